import { attribute, child, childText, type XmlElement } from '../../../packaging/index.ts';
import type { ColumnType } from '../../query/index.ts';
import type { AttributeType, Choice, ColumnMetadata, FileLimits } from '../metadata/model.ts';
import { columnSettings, kindSettings, searchMask } from '../metadata/column-settings.ts';
import { readSettings } from '../metadata/settings.ts';
import { stableId } from '../metadata/stable-id.ts';
import { readChoice } from './read-choices.ts';
import { requireName } from './names.ts';
import { readChildLabels } from './read-labels.ts';
import { refusal } from './refusals.ts';

/** Column types of the file: their name in the Web API, and how they are kept. */
const types: Record<string, readonly [AttributeType, ColumnType]> = {
  primarykey: ['Uniqueidentifier', 'guid'],
  uniqueidentifier: ['Uniqueidentifier', 'guid'],
  nvarchar: ['String', 'text'],
  ntext: ['Memo', 'memo'],
  int: ['Integer', 'integer'],
  bigint: ['BigInt', 'bigint'],
  decimal: ['Decimal', 'decimal'],
  float: ['Double', 'double'],
  money: ['Money', 'money'],
  bit: ['Boolean', 'boolean'],
  picklist: ['Picklist', 'choice'],
  multiselectpicklist: ['MultiSelectPicklist', 'choices'],
  state: ['State', 'choice'],
  status: ['Status', 'choice'],
  datetime: ['DateTime', 'datetime'],
  lookup: ['Lookup', 'lookup'],
  customer: ['Customer', 'lookup'],
  owner: ['Owner', 'lookup'],
  partylist: ['PartyList', 'memo'],
  entityname: ['EntityName', 'text'],
  image: ['Image', 'binary'],
  file: ['File', 'guid'],
  managedproperty: ['Boolean', 'boolean'],
};

const levels = {
  none: 'None',
  recommended: 'Recommended',
  required: 'ApplicationRequired',
  systemrequired: 'SystemRequired',
} as const;

/** Reads an `attribute` node. @throws Fault of the import for an unknown type, a text without length, a missing choice */
export function readColumn(
  node: XmlElement,
  tableName: string,
  globalChoice: (name: string) => Choice | undefined,
): ColumnMetadata {
  const schemaName = attribute(node, 'PhysicalName') ?? '';
  const logicalName = childText(node, 'LogicalName') || schemaName.toLowerCase();
  const typeName = childText(node, 'Type').toLowerCase();
  requireName(logicalName, `column '${tableName}.${logicalName}'`);
  const type = types[typeName];
  if (type === undefined)
    throw refusal(
      'badSchema',
      `The column '${tableName}.${logicalName}' is of type '${typeName}', which is not known.`,
    );
  const behavior = number(node, 'Behavior') as 1 | 2 | 3 | undefined;
  const maxLength = number(node, 'MaxLength');
  if (typeName === 'nvarchar' && maxLength === undefined)
    throw refusal(
      'textWithoutLength',
      `New string attributes must have a max length value. ('${tableName}.${logicalName}')`,
    );
  const defaultValue = number(node, 'AppDefaultValue');
  return {
    metadataId: stableId('column', tableName, logicalName),
    logicalName,
    schemaName,
    attributeType: type[0],
    type: typeName === 'datetime' && behavior === 2 ? 'date' : type[1],
    label: readChildLabels(node, 'displaynames'),
    description: readChildLabels(node, 'Descriptions'),
    requiredLevel: levels[childText(node, 'RequiredLevel').toLowerCase() as keyof typeof levels] ?? 'None',
    isCustom: childText(node, 'IsCustomField') === '1',
    isPrimaryId: typeName === 'primarykey',
    isPrimaryName: childText(node, 'DisplayMask').includes('PrimaryName'),
    isSecured: childText(node, 'IsSecured') === '1',
    validForCreate: childText(node, 'ValidForCreateApi') === '1',
    validForRead: childText(node, 'ValidForReadApi') !== '0',
    validForUpdate: childText(node, 'ValidForUpdateApi') === '1',
    format: childText(node, 'Format') || undefined,
    maxLength,
    minValue: number(node, 'MinValue'),
    maxValue: number(node, 'MaxValue'),
    precision: number(node, 'Accuracy'),
    dateBehavior: typeName === 'datetime' ? (behavior ?? 1) : undefined,
    choice: readColumnChoice(node, tableName, logicalName, globalChoice),
    defaultValue: defaultValue === -1 ? undefined : defaultValue,
    targets: [],
    autoNumberFormat: childText(node, 'AutoNumberFormat') || undefined,
    externalName: childText(node, 'ExternalName') || undefined,
    calculationOf: childText(node, 'CalculationOf').toLowerCase() || undefined,
    sourceType: number(node, 'SourceType') ?? 0,
    ...(typeName === 'file' || typeName === 'image' ? { file: readFileLimits(node, typeName) } : {}),
    isManaged: true,
    settings: readSettings(settings, node),
    isSearchable: isSearchable(node),
  };
}

const settings = [...columnSettings, ...Object.values(kindSettings)];

/** Older packages have no mask for some system columns: those are offered. */
const isSearchable = (node: XmlElement) =>
  childText(node, 'DisplayMask') === '' || childText(node, 'DisplayMask').includes(searchMask);

/** Where nothing is said, the platform's defaults. */
function readFileLimits(node: XmlElement, type: 'file' | 'image'): FileLimits {
  const stated = number(node, 'MaxSizeInKB') ?? number(node, 'MaxValue');
  return { maxSizeInKb: stated ?? (type === 'file' ? 32_768 : 10_240), storesFullImage: false };
}

function number(node: XmlElement, name: string): number | undefined {
  const value = childText(node, name);
  return value === '' || Number.isNaN(Number(value)) ? undefined : Number(value);
}

function readColumnChoice(
  node: XmlElement,
  table: string,
  column: string,
  globalChoice: (name: string) => Choice | undefined,
): Choice | undefined {
  const local = child(node, 'optionset');
  if (local !== undefined) return readChoice(local);
  const name = childText(node, 'OptionSetName');
  if (name === '') return undefined;
  const choice = globalChoice(name);
  if (choice === undefined)
    throw refusal(
      'choiceMissing',
      `The column '${table}.${column}' uses the global choice '${name}', which is not there.`,
    );
  return choice;
}

/** `versionnumber`, which every table has and no export carries. */
export function versionNumber(tableName: string): ColumnMetadata {
  return {
    metadataId: stableId('column', tableName, 'versionnumber'),
    logicalName: 'versionnumber',
    schemaName: 'VersionNumber',
    attributeType: 'BigInt',
    type: 'bigint',
    label: { 1033: 'Version Number' },
    description: {},
    requiredLevel: 'None',
    isCustom: false,
    isPrimaryId: false,
    isPrimaryName: false,
    isSecured: false,
    validForCreate: false,
    validForRead: true,
    validForUpdate: false,
    format: undefined,
    maxLength: undefined,
    minValue: undefined,
    maxValue: undefined,
    precision: undefined,
    dateBehavior: undefined,
    choice: undefined,
    defaultValue: undefined,
    targets: [],
    autoNumberFormat: undefined,
    externalName: undefined,
    calculationOf: undefined,
    sourceType: 0,
    isManaged: true,
  };
}
