import { columnSettings } from './column-settings.ts';
import { labelDefinition } from './labels.ts';
import { managedProperty, type Definition } from './managed-property.ts';
import type { AttributeType, ColumnMetadata, TableMetadata } from './model.ts';
import { settingsDefinition } from './settings.ts';

/** Sub-types of `AttributeMetadata` whose name is not that of the column's type. */
const subTypes: Partial<Record<AttributeType, string>> = {
  Customer: 'Lookup',
  Owner: 'Lookup',
  PartyList: 'Lookup',
  Uniqueidentifier: 'UniqueIdentifier',
};

/** The sub-type's name without its ending: `Picklist` for `PicklistAttributeMetadata`. */
export const subTypeOf = ({ attributeType }: ColumnMetadata) => subTypes[attributeType] ?? attributeType;

/** Newer types, which `AttributeType` calls Virtual; `AttributeTypeName` says which they are. */
const isVirtualType = (type: AttributeType) => ['MultiSelectPicklist', 'Image', 'File'].includes(type);

/** What every `AttributeMetadata` has. */
export function commonColumnDefinition(column: ColumnMetadata, table: TableMetadata): Definition {
  const { attributeType, metadataId } = column;
  return {
    '@odata.type': `#Microsoft.Dynamics.CRM.${subTypeOf(column)}AttributeMetadata`,
    MetadataId: metadataId,
    HasChanged: null,
    LogicalName: column.logicalName,
    SchemaName: column.schemaName,
    EntityLogicalName: table.logicalName,
    AttributeType: isVirtualType(attributeType) ? 'Virtual' : attributeType,
    AttributeTypeName: { Value: `${attributeType}Type` },
    AttributeOf: column.attributeOf ?? null,
    ColumnNumber: [...table.columns.keys()].indexOf(column.logicalName) + 1,
    DisplayName: labelDefinition(column.label, metadataId, column.isManaged),
    Description: labelDefinition(column.description, metadataId, column.isManaged),
    RequiredLevel: {
      Value: column.requiredLevel,
      CanBeChanged: true,
      ManagedPropertyLogicalName: 'canmodifyrequirementlevelsettings',
    },
    IsPrimaryId: column.isPrimaryId,
    IsPrimaryName: column.isPrimaryName,
    IsCustomAttribute: column.isCustom,
    IsSecured: column.isSecured,
    IsValidForCreate: column.validForCreate,
    IsValidForRead: column.validForRead,
    IsValidForUpdate: column.validForUpdate,
    IsLogical: column.attributeOf !== undefined,
    ExternalName: column.externalName ?? null,
    SourceType: column.sourceType,
    AutoNumberFormat: column.autoNumberFormat ?? null,
    CanBeSecuredForCreate: column.validForCreate,
    CanBeSecuredForRead: column.validForRead,
    CanBeSecuredForUpdate: column.validForUpdate,
    IsManaged: column.isManaged,
    IsValidForAdvancedFind: managedProperty(column.isSearchable !== false, 'canmodifysearchsettings'),
    ...fixed,
    ...settingsDefinition(columnSettings, column.settings),
  };
}

/** The same for every column here. */
const fixed: Definition = {
  DeprecatedVersion: null,
  InheritsFrom: null,
  IsDataSourceSecret: false,
  IsFilterable: true,
  IsRequiredForForm: false,
  IsRetrievable: true,
  IsSearchable: true,
  IsValidForForm: true,
  IsValidForGrid: true,
  IsValidODataAttribute: true,
  LinkedAttributeId: null,
};

/** `AttributeMetadata` of a column with what its sub-type adds. */
export function columnDefinition(column: ColumnMetadata, table: TableMetadata): Definition {
  return { ...commonColumnDefinition(column, table), ...subTypeDefinition(column), ...fileDefinition(column, table) };
}

/** Sizes of files and images; a thumbnail has always the same. */
function fileDefinition({ attributeType, logicalName, file }: ColumnMetadata, table: TableMetadata): Definition {
  if (file === undefined) return {};
  if (attributeType === 'File') return { MaxSizeInKB: file.maxSizeInKb };
  const image = { CanStoreFullImage: file.storesFullImage, IsPrimaryImage: table.primaryImage === logicalName };
  return { MaxSizeInKB: file.maxSizeInKb, MaxHeight: 144, MaxWidth: 144, ...image };
}

function subTypeDefinition(column: ColumnMetadata): Definition {
  const { maxLength = null, minValue = null, maxValue = null, precision, format, dateBehavior, settings = {} } = column;
  const ImeMode = imeMode(settings['ImeMode']);
  switch (column.attributeType) {
    case 'String':
    case 'Memo':
      return {
        MaxLength: maxLength,
        Format: textFormat(format),
        FormatName: { Value: textFormat(format) },
        ImeMode,
      };
    case 'Integer':
      return {
        MinValue: minValue,
        MaxValue: maxValue,
        Format: numberFormats[format?.toLowerCase() ?? ''] ?? 'None',
        SourceTypeMask: 0,
      };
    case 'BigInt':
      return { MinValue: minValue, MaxValue: maxValue };
    case 'Decimal':
    case 'Double':
      return { MinValue: minValue, MaxValue: maxValue, Precision: precision ?? 2, ImeMode, SourceTypeMask: 0 };
    case 'Money':
      return {
        MinValue: minValue,
        MaxValue: maxValue,
        Precision: precision ?? 2,
        PrecisionSource: settings['PrecisionSource'] ?? 0,
        CalculationOf: column.calculationOf ?? null,
        IsBaseCurrency: column.calculationOf !== undefined,
        ImeMode,
        SourceTypeMask: 0,
      };
    case 'DateTime':
      return {
        Format: format?.toLowerCase() === 'date' ? 'DateOnly' : 'DateAndTime',
        DateTimeBehavior: { Value: ['UserLocal', 'DateOnly', 'TimeZoneIndependent'][(dateBehavior ?? 1) - 1] },
        CanChangeDateTimeBehavior: managedProperty(false, 'canchangedatetimebehavior'),
        ImeMode,
        SourceTypeMask: 0,
      };
    case 'Lookup':
    case 'Customer':
    case 'Owner':
    case 'PartyList':
      return { Targets: column.targets, Format: 'None' };
    case 'Picklist':
    case 'MultiSelectPicklist':
    case 'State':
    case 'Status':
      return { DefaultFormValue: column.defaultValue ?? -1 };
    case 'Boolean':
      return { DefaultValue: column.defaultValue === 1, SourceTypeMask: 0 };
    default:
      return {};
  }
}

const imeModes = ['Auto', 'Inactive', 'Active', 'Disabled'];

/** As packages write it, in lower case. */
const imeMode = (stated: unknown) => imeModes.find((one) => one.toLowerCase() === stated) ?? 'Auto';

/** Formats by their names in solution files. */
const textFormats: Record<string, string> = {
  email: 'Email',
  json: 'Json',
  phone: 'Phone',
  richtext: 'RichText',
  textarea: 'TextArea',
  tickersymbol: 'TickerSymbol',
  url: 'Url',
};

const numberFormats: Record<string, string> = {
  duration: 'Duration',
  language: 'Language',
  locale: 'Locale',
  timezone: 'TimeZone',
};

const textFormat = (format: string | undefined) => textFormats[format?.toLowerCase() ?? ''] ?? 'Text';
