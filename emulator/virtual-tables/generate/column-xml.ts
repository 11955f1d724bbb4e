import type { EntityField } from '../../finance-operations/contract.ts';
import { choiceName, columnName, labelOf } from '../names.ts';
import { labels, type Label } from './xml.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly label: string | Label;
  /** Name in finance and operations; undefined for what the provider derives. */
  readonly externalName?: string;
  readonly isRequired?: boolean;
  readonly isPrimaryName?: boolean;
  readonly isReadOnly?: boolean;
  /** Elements of its type. */
  readonly more: string;
}

export function columnXml(column: Column): string {
  const { name, type, isRequired = false, isPrimaryName = false, isReadOnly = false, externalName } = column;
  const writable = isReadOnly ? 0 : 1;
  const mask = `${isPrimaryName ? 'PrimaryName|' : ''}ValidForAdvancedFind|ValidForForm|ValidForGrid`;
  const external = externalName === undefined ? '' : `<ExternalName>${externalName}</ExternalName>`;
  return `<attribute PhysicalName="${name}"><Type>${type}</Type><Name>${name}</Name><LogicalName>${name}</LogicalName>
<RequiredLevel>${isRequired ? 'required' : 'none'}</RequiredLevel><DisplayMask>${mask}</DisplayMask>
<ValidForUpdateApi>${writable}</ValidForUpdateApi><ValidForReadApi>1</ValidForReadApi><ValidForCreateApi>${writable}</ValidForCreateApi>
<IsCustomField>1</IsCustomField><IsSecured>0</IsSecured>${external}${column.more}${labels('displaynames', 'displayname', column.label)}</attribute>`;
}

export const keyXml = (name: string, text: string) =>
  `<attribute PhysicalName="${name}"><Type>primarykey</Type><Name>${name}</Name><LogicalName>${name}</LogicalName>
<RequiredLevel>systemrequired</RequiredLevel><DisplayMask>ValidForAdvancedFind|RequiredForGrid</DisplayMask>
<ValidForUpdateApi>0</ValidForUpdateApi><ValidForReadApi>1</ValidForReadApi><ValidForCreateApi>1</ValidForCreateApi>
<IsCustomField>0</IsCustomField>${labels('displaynames', 'displayname', text)}</attribute>`;

export const lookupXml = (name: string, text: string, externalName?: string) =>
  columnXml({
    name,
    type: 'lookup',
    label: text,
    ...(externalName === undefined ? {} : { externalName }),
    more: '<LookupStyle>single</LookupStyle><LookupTypes />',
  });

const range = (precision: number) =>
  `<MinValue>-100000000000</MinValue><MaxValue>100000000000</MaxValue><Accuracy>${precision}</Accuracy>`;
const zoneless = (format: string) =>
  `<Format>${format}</Format><CanChangeDateTimeBehavior>0</CanChangeDateTimeBehavior><Behavior>3</Behavior>`;

/** Decided: 2 decimals, 6 for coordinates and rates, as a real has more than Dataverse shows. */
const precisionOf = (field: string) => (/(Latitude|Longitude|Rate|Ratio)$/i.test(field) ? 6 : 2);

/** Texts longer than a single line takes. */
const longestLine = 4000;
const textLength = 100;

/** Type in Dataverse of a type of finance and operations; what is not there has no column. */
const types: Readonly<
  Record<EntityField['type'], ((field: EntityField) => { type: string; more: string }) | undefined>
> = {
  string: ({ maxLength = textLength }) =>
    maxLength > longestLine
      ? { type: 'ntext', more: `<Format>textarea</Format><MaxLength>${maxLength}</MaxLength>` }
      : {
          type: 'nvarchar',
          more: `<Format>text</Format><MaxLength>${maxLength}</MaxLength><Length>${maxLength * 2}</Length>`,
        },
  real: ({ name }) => ({ type: 'decimal', more: range(precisionOf(name)) }),
  int: () => ({
    type: 'int',
    more: '<Format></Format><MinValue>-2147483648</MinValue><MaxValue>2147483647</MaxValue>',
  }),
  int64: () => ({ type: 'decimal', more: range(0) }),
  date: () => ({ type: 'datetime', more: zoneless('date') }),
  utcDateTime: () => ({ type: 'datetime', more: zoneless('datetime') }),
  enum: ({ enumType = '' }) => ({
    type: 'picklist',
    more: `<AppDefaultValue>-1</AppDefaultValue><OptionSetName>${choiceName(enumType)}</OptionSetName>`,
  }),
  guid: undefined,
};

/** Column of a field; undefined for a type virtual tables do not have, and for an enum nobody knows the symbols of. */
export function fieldXml(
  field: EntityField,
  isKey: boolean,
  hasEnum: (name: string) => boolean,
  labelled: (text: string, field: EntityField) => string | Label = (text) => text,
): string | undefined {
  const made = types[field.type]?.(field);
  if (made === undefined || (field.type === 'enum' && !hasEnum(field.enumType ?? ''))) return undefined;
  return columnXml({
    ...made,
    name: columnName(field.name),
    label: field.name === 'dataAreaId' ? 'Company Code' : labelled(labelOf(field.name), field),
    externalName: field.name,
    isRequired: field.isMandatory === true || (isKey && field.name !== 'dataAreaId'),
    isReadOnly: field.allowEdit === false,
  });
}
