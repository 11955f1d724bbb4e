import { parseXml, xmlElement, type XmlElement } from '../../../packaging/index.ts';
import { textNode } from './nodes.ts';

/** A column every table of a kind has: everything in which they differ. */
interface SystemColumn {
  readonly schemaName: string;
  readonly type: string;
  readonly label: string;
  readonly description: string;
  readonly level?: string;
  readonly mask?: string;
  readonly ime?: string;
  /** Can be given on create, on update. */
  readonly writable: readonly [boolean, boolean];
  readonly isAudited?: boolean;
  readonly isLogical?: boolean;
  readonly canBeFiltered?: readonly [boolean, boolean];
  /** Elements that only its type has. */
  readonly more?: string;
}

const everywhere = 'ValidForAdvancedFind|ValidForForm|ValidForGrid';
const lookup = '<LookupStyle>single</LookupStyle><LookupTypes />';
const moment = (format: string) =>
  `<Format>${format}</Format><CanChangeDateTimeBehavior>0</CanChangeDateTimeBehavior><Behavior>1</Behavior>`;
const whole = (least: number, most: number) =>
  `<Format></Format><MinValue>${least}</MinValue><MaxValue>${most}</MaxValue>`;
const owners =
  '<LookupStyle>single</LookupStyle><LookupTypes><LookupType id="00000000-0000-0000-0000-000000000000">8</LookupType><LookupType id="00000000-0000-0000-0000-000000000000">9</LookupType></LookupTypes>';

const never = [false, false] as const;
const who = (schemaName: string, label: string, description: string): SystemColumn => ({
  schemaName,
  type: 'lookup',
  label,
  description,
  mask: everywhere,
  writable: never,
  more: lookup,
});
const when = (schemaName: string, label: string, description: string): SystemColumn => ({
  schemaName,
  type: 'datetime',
  label,
  description,
  mask: everywhere,
  ime: 'inactive',
  writable: never,
  canBeFiltered: [true, false],
  more: moment('datetime'),
});
const number = (schemaName: string, label: string): SystemColumn => ({
  schemaName,
  type: 'int',
  label,
  description: 'For internal use only.',
  writable: [true, true],
  more: whole(-1, 2_147_483_647),
});

const onEvery: readonly SystemColumn[] = [
  who('CreatedBy', 'Created By', 'Unique identifier of the user who created the record.'),
  when('CreatedOn', 'Created On', 'Date and time when the record was created.'),
  who('CreatedOnBehalfBy', 'Created By (Delegate)', 'Unique identifier of the delegate user who created the record.'),
  who('ModifiedBy', 'Modified By', 'Unique identifier of the user who modified the record.'),
  when('ModifiedOn', 'Modified On', 'Date and time when the record was modified.'),
  who(
    'ModifiedOnBehalfBy',
    'Modified By (Delegate)',
    'Unique identifier of the delegate user who modified the record.',
  ),
  {
    schemaName: 'ImportSequenceNumber',
    type: 'int',
    label: 'Import Sequence Number',
    description: 'Sequence number of the import that created this record.',
    mask: 'ValidForAdvancedFind',
    ime: 'disabled',
    writable: [true, false],
    isAudited: true,
    more: whole(-2_147_483_648, 2_147_483_647),
  },
  {
    schemaName: 'OverriddenCreatedOn',
    type: 'datetime',
    label: 'Record Created On',
    description: 'Date and time that the record was migrated.',
    mask: 'ValidForAdvancedFind|ValidForGrid',
    ime: 'inactive',
    writable: [true, false],
    isAudited: true,
    more: moment('date'),
  },
  number('TimeZoneRuleVersionNumber', 'Time Zone Rule Version Number'),
  number('UTCConversionTimeZoneCode', 'UTC Conversion Time Zone Code'),
];

const onOwned: readonly SystemColumn[] = [
  {
    schemaName: 'OwnerId',
    type: 'owner',
    label: 'Owner',
    description: 'Owner Id',
    level: 'systemrequired',
    mask: `${everywhere}|RequiredForForm`,
    writable: [true, true],
    isAudited: true,
    canBeFiltered: [true, false],
    more: owners,
  },
  {
    ...who(
      'OwningBusinessUnit',
      'Owning Business Unit',
      'Unique identifier for the business unit that owns the record',
    ),
    canBeFiltered: [true, false],
  },
  { ...hidden('OwningTeam', 'Owning Team', 'Unique identifier for the team that owns the record.'), isLogical: true },
  { ...hidden('OwningUser', 'Owning User', 'Unique identifier for the user that owns the record.'), isLogical: true },
];

const onOrganization: readonly SystemColumn[] = [
  {
    schemaName: 'OrganizationId',
    type: 'lookup',
    label: 'Organization Id',
    description: 'Unique identifier for the organization',
    writable: never,
    isAudited: true,
    more: '<LookupTypes />',
  },
];

function hidden(schemaName: string, label: string, description: string): SystemColumn {
  return { schemaName, type: 'lookup', label, description, writable: never, more: lookup };
}

/** Columns a new table gets beside those of its definition, in the order of a package; the key first. */
export function systemColumns(schemaName: string, isOwned: boolean, version: string): XmlElement[] {
  const table = schemaName.toLowerCase();
  const key: SystemColumn = {
    schemaName: `${schemaName}Id`,
    type: 'primarykey',
    label: schemaName,
    description: 'Unique identifier for entity instances',
    level: 'systemrequired',
    mask: 'ValidForAdvancedFind|RequiredForGrid',
    writable: [true, false],
    canBeFiltered: [true, true],
  };
  const own = isOwned ? onOwned : onOrganization;
  return [key, ...onEvery, ...own, stateOf(table), statusOf(table)].map((column) => nodeOf(column, version));
}

const label = (text: string) => `<labels><label description="${text}" languagecode="1033" /></labels>`;

const stateOf = (table: string): SystemColumn => ({
  schemaName: 'statecode',
  type: 'state',
  label: 'Status',
  description: 'Status of the record',
  level: 'systemrequired',
  mask: everywhere,
  writable: [false, true],
  isAudited: true,
  canBeFiltered: [true, false],
  more: `<optionset Name="${table}_statecode"><OptionSetType>state</OptionSetType><IntroducedVersion>1.0</IntroducedVersion><IsCustomizable>1</IsCustomizable><displaynames><displayname description="Status" languagecode="1033" /></displaynames><states><state value="0" defaultstatus="1" invariantname="Active">${label('Active')}</state><state value="1" defaultstatus="2" invariantname="Inactive">${label('Inactive')}</state></states></optionset>`,
});

const statusOf = (table: string): SystemColumn => ({
  schemaName: 'statuscode',
  type: 'status',
  label: 'Status Reason',
  description: 'Reason for the status of the record',
  mask: everywhere,
  writable: [true, true],
  isAudited: true,
  more: `<optionset Name="${table}_statuscode"><OptionSetType>status</OptionSetType><IntroducedVersion>1.0</IntroducedVersion><IsCustomizable>1</IsCustomizable><displaynames><displayname description="Status Reason" languagecode="1033" /></displaynames><statuses><status value="1" state="0">${label('Active')}</status><status value="2" state="1">${label('Inactive')}</status></statuses></optionset>`,
});

/** What a table with money has once: the currency of the row, and its rate. */
export const currencyColumns = (version: string): XmlElement[] =>
  (
    [
      {
        ...who('TransactionCurrencyId', 'Currency', 'Unique identifier of the currency associated with the entity.'),
        writable: [true, true],
        isAudited: true,
      },
      {
        schemaName: 'ExchangeRate',
        type: 'decimal',
        label: 'Exchange Rate',
        description: 'Exchange rate for the currency associated with the entity with respect to the base currency.',
        mask: everywhere,
        ime: 'disabled',
        writable: never,
        isAudited: true,
        more: '<MinValue>1E-10</MinValue><MaxValue>100000000000</MaxValue><Accuracy>10</Accuracy>',
      },
    ] satisfies SystemColumn[]
  ).map((column) => nodeOf(column, version));

function nodeOf(column: SystemColumn, version: string): XmlElement {
  const { schemaName, type, level = 'none', mask, ime = 'auto', writable, canBeFiltered = never, more = '' } = column;
  const [create, update] = writable;
  const name = schemaName.toLowerCase();
  const own = parseXml(`<more>${more}</more>`, 'system column').children;
  return xmlElement('attribute', { PhysicalName: schemaName }, [
    textNode('Type', type),
    textNode('Name', name),
    textNode('LogicalName', name),
    textNode('RequiredLevel', level),
    ...(mask === undefined ? [] : [textNode('DisplayMask', mask)]),
    textNode('ImeMode', ime),
    textNode('ValidForUpdateApi', update),
    textNode('ValidForReadApi', true),
    textNode('ValidForCreateApi', create),
    textNode('IsCustomField', false),
    textNode('IsAuditEnabled', column.isAudited === true),
    ...(column.isLogical === true ? [textNode('IsLogical', true)] : []),
    textNode('IsSecured', false),
    textNode('IntroducedVersion', version),
    ...['IsCustomizable', 'IsRenameable', 'CanModifySearchSettings'].map((one) => textNode(one, true)),
    textNode('CanModifyRequirementLevelSettings', type !== 'primarykey'),
    textNode('CanModifyAdditionalSettings', true),
    textNode('SourceType', 0),
    ...['IsGlobalFilterEnabled', 'IsSortableEnabled'].map((one) => textNode(one, false)),
    ...['CanModifyGlobalFilterSettings', 'CanModifyIsSortableSettings'].map((one) => textNode(one, true)),
    textNode('IsDataSourceSecret', false),
    textNode('AutoNumberFormat', ''),
    textNode('IsSearchable', false),
    textNode('IsFilterable', canBeFiltered[0]),
    textNode('IsRetrievable', canBeFiltered[1]),
    textNode('IsLocalizable', false),
    ...own,
    xmlElement('displaynames', {}, [xmlElement('displayname', { description: column.label, languagecode: '1033' })]),
    xmlElement('Descriptions', {}, [
      xmlElement('Description', { description: column.description, languagecode: '1033' }),
    ]),
  ]);
}
