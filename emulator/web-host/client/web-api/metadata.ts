import { get } from './web-api';
import { userLanguage } from '../language/speak';

interface Label {
  readonly LocalizedLabels: readonly { readonly Label: string; readonly LanguageCode: number }[];
  readonly UserLocalizedLabel: { readonly Label: string } | null;
}

export interface ChoiceOption {
  readonly value: number;
  readonly label: string;
  /** Of a status reason: the state it belongs to. */
  readonly state?: number | undefined;
}

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly label: string;
  readonly isRequired: boolean;
  readonly isPrimaryId: boolean;
  readonly isPrimaryName: boolean;
  readonly validForCreate: boolean;
  readonly validForUpdate: boolean;
  readonly maxLength: number | undefined;
  readonly minValue: number | undefined;
  readonly maxValue: number | undefined;
  readonly precision: number | undefined;
  /** As the service names it, such as `Email`; empty for none. */
  readonly format: string;
  readonly isDateOnly: boolean;
  readonly targets: readonly string[];
  readonly options: readonly ChoiceOption[];
  /** What a new row has in it. */
  readonly defaultValue: number | boolean | undefined;
}

export interface Table {
  readonly name: string;
  readonly schemaName: string;
  readonly set: string;
  readonly label: string;
  readonly collectionLabel: string;
  readonly primaryId: string;
  readonly primaryName: string;
  readonly isVirtual: boolean;
  readonly hasNotes: boolean;
  readonly hasActivities: boolean;
  readonly metadataId: string;
  readonly typeCode: number | undefined;
  readonly columns: ReadonlyMap<string, Column>;
  /** Navigation property of a lookup to a table. */
  navigation(column: string, target: string): string;
  /** Column of another table's rows that point here, by relationship name. */
  childColumn(relationship: string): { readonly table: string; readonly column: string } | undefined;
}

export function textOf(label: Label | undefined): string {
  const own = label?.LocalizedLabels.find((one) => one.LanguageCode === userLanguage());
  return own?.Label ?? label?.UserLocalizedLabel?.Label ?? '';
}

type Json = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- metadata of many shapes

const known = new Map<string, Promise<Table>>();

/** Metadata of a table, read once. */
export function readTable(name: string): Promise<Table> {
  let table = known.get(name);
  if (table === undefined) {
    table = load(name);
    known.set(name, table);
    table.catch(() => known.delete(name));
  }
  return table;
}

const setNames = new Map<string, Promise<string>>();

/** Entity set name of a table, read once: all that binding a lookup needs. */
export function readSetName(table: string): Promise<string> {
  let name = setNames.get(table);
  if (name === undefined) {
    name = get<Json>(`EntityDefinitions(LogicalName='${table}')?$select=EntitySetName`).then(
      (one) => one['EntitySetName'] as string,
    );
    setNames.set(table, name);
    name.catch(() => setNames.delete(table));
  }
  return name;
}

async function load(name: string): Promise<Table> {
  const path = `EntityDefinitions(LogicalName='${name}')`;
  const cast = (type: string) =>
    get<{ value: Json[] }>(
      `${path}/Attributes/Microsoft.Dynamics.CRM.${type}AttributeMetadata?$expand=OptionSet,GlobalOptionSet`,
    );
  const [definition, ...choices] = await Promise.all([
    get<Json>(`${path}?$expand=Attributes,ManyToOneRelationships,OneToManyRelationships`),
    ...['Picklist', 'State', 'Status', 'Boolean', 'MultiSelectPicklist'].map(cast),
  ]);
  const options = new Map(
    choices.flatMap(({ value }) => value.map((one) => [one['LogicalName'] as string, readOptions(one)] as const)),
  );
  const columns = new Map(
    (definition['Attributes'] as Json[]).map((one) => [
      one['LogicalName'] as string,
      readColumn(one, options.get(one['LogicalName'] as string) ?? []),
    ]),
  );
  const manyToOne = definition['ManyToOneRelationships'] as Json[];
  const oneToMany = definition['OneToManyRelationships'] as Json[];
  return {
    name,
    schemaName: definition['SchemaName'],
    set: definition['EntitySetName'],
    label: textOf(definition['DisplayName']) || name,
    collectionLabel: textOf(definition['DisplayCollectionName']) || name,
    primaryId: definition['PrimaryIdAttribute'],
    primaryName: definition['PrimaryNameAttribute'] ?? definition['PrimaryIdAttribute'],
    isVirtual: definition['TableType'] === 'Virtual',
    hasNotes: definition['HasNotes'] === true,
    hasActivities: definition['HasActivities'] === true,
    metadataId: definition['MetadataId'],
    typeCode: definition['ObjectTypeCode'] ?? undefined,
    columns,
    navigation: (column, target) =>
      manyToOne.find((one) => one['ReferencingAttribute'] === column && one['ReferencedEntity'] === target)?.[
        'ReferencingEntityNavigationPropertyName'
      ] ?? column,
    childColumn(relationship) {
      const found = oneToMany.find((one) => one['SchemaName'] === relationship);
      return found === undefined
        ? undefined
        : { table: found['ReferencingEntity'], column: found['ReferencingAttribute'] };
    },
  };
}

function readColumn(one: Json, options: readonly ChoiceOption[]): Column {
  return {
    name: one['LogicalName'],
    type: one['AttributeType'],
    label: textOf(one['DisplayName']) || one['LogicalName'],
    isRequired: ['ApplicationRequired', 'SystemRequired'].includes(one['RequiredLevel']?.Value),
    isPrimaryId: one['IsPrimaryId'],
    isPrimaryName: one['IsPrimaryName'],
    validForCreate: one['IsValidForCreate'],
    validForUpdate: one['IsValidForUpdate'],
    maxLength: one['MaxLength'] ?? undefined,
    minValue: one['MinValue'] ?? undefined,
    maxValue: one['MaxValue'] ?? undefined,
    precision: one['Precision'] ?? undefined,
    format: one['FormatName']?.Value ?? one['Format'] ?? '',
    isDateOnly: one['Format'] === 'DateOnly',
    targets: one['Targets'] ?? [],
    options,
    defaultValue: defaultOf(one),
  };
}

const none = -1;

function defaultOf(one: Json): number | boolean | undefined {
  if (typeof one['DefaultValue'] === 'boolean') return one['DefaultValue'];
  const choice = one['DefaultFormValue'] as unknown;
  return typeof choice === 'number' && choice !== none ? choice : undefined;
}

function readOptions(one: Json): ChoiceOption[] {
  const set = one['OptionSet'] ?? one['GlobalOptionSet'];
  if (set?.TrueOption !== undefined)
    return [set.FalseOption, set.TrueOption]
      .filter(Boolean)
      .map((option: Json) => ({ value: option['Value'], label: textOf(option['Label']) }));
  return (set?.Options ?? []).map((option: Json) => ({
    value: option['Value'],
    label: textOf(option['Label']),
    state: option['State'] ?? undefined,
  }));
}
