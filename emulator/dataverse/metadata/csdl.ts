import type { Signature } from '../messages/operations/operation.ts';
import { writeImports, writeOperations } from './csdl-operations.ts';
import type { ColumnMetadata, MetadataCatalogue, TableMetadata } from './model.ts';

const types: Record<ColumnMetadata['type'], string> = {
  text: 'Edm.String',
  memo: 'Edm.String',
  choices: 'Edm.String',
  integer: 'Edm.Int32',
  choice: 'Edm.Int32',
  bigint: 'Edm.Int64',
  decimal: 'Edm.Decimal',
  money: 'Edm.Decimal',
  double: 'Edm.Double',
  boolean: 'Edm.Boolean',
  datetime: 'Edm.DateTimeOffset',
  date: 'Edm.Date',
  guid: 'Edm.Guid',
  lookup: 'Edm.Guid',
  binary: 'Edm.Binary',
};

/** A navigation property: to one row, or to many. */
interface Navigation {
  readonly name: string;
  readonly target: string;
  readonly isMany: boolean;
  readonly partner: string | undefined;
  /** The lookup's value property and what it refers to. */
  readonly constraint: readonly [string, string] | undefined;
}

/**
 * The service's CSDL: entity types with their keys, properties and navigation properties, and the container. Names hold
 * letters, digits and underscores only, so nothing needs escaping.
 *
 * Differs: `systemuser` and `team` have their own keys instead of deriving from `principal`; operations without a signature here are left out.
 */
export function writeCsdl(metadata: MetadataCatalogue, operations: readonly Signature[]): string {
  const tables = [...metadata.tables()];
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>',
    '<Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">',
    '<EntityType Name="crmbaseentity" Abstract="true" />',
    '<EntityType Name="principal" BaseType="mscrm.crmbaseentity"><Key><PropertyRef Name="ownerid" /></Key><Property Name="ownerid" Type="Edm.Guid" /></EntityType>',
    ...tables.map(writeType),
    ...writeOperations(operations),
    '<EntityContainer Name="System">',
    ...tables.map((table) => writeSet(table, metadata)),
    ...writeImports(operations),
    '</EntityContainer>',
    '</Schema></edmx:DataServices></edmx:Edmx>',
  ].join('\n');
}

function writeType(table: TableMetadata): string {
  const properties = [...table.columns.values()].map(writeProperty);
  const navigations = navigationsOf(table).map(writeNavigation);
  const key = `<Key><PropertyRef Name="${table.primaryId}" /></Key>`;
  return `<EntityType Name="${table.logicalName}" BaseType="mscrm.crmbaseentity">${key}${[...properties, ...navigations].join('')}</EntityType>`;
}

function writeProperty(column: ColumnMetadata): string {
  const name = column.type === 'lookup' ? `_${column.logicalName}_value` : column.logicalName;
  const type = types[column.type];
  const facet = type === 'Edm.Decimal' ? ' Scale="Variable"' : type === 'Edm.String' ? ' Unicode="false"' : '';
  return `<Property Name="${name}" Type="${type}"${facet} />`;
}

/** Each name once: an owner is one property, whatever kinds of owners there are. */
function navigationsOf(table: TableMetadata): Navigation[] {
  const all = new Map<string, Navigation>();
  for (const one of table.manyToOne) {
    const isOwner = table.columns.get(one.referencingColumn)?.attributeType === 'Owner';
    all.set(one.referencingNavigation, {
      name: one.referencingNavigation,
      target: isOwner ? 'principal' : one.referencedTable,
      isMany: false,
      partner: isOwner ? undefined : one.referencedNavigation,
      constraint: [`_${one.referencingColumn}_value`, isOwner ? 'ownerid' : one.referencedColumn],
    });
  }
  const addMany = (name: string, target: string, partner: string) => {
    if (!all.has(name)) all.set(name, { name, target, isMany: true, partner, constraint: undefined });
  };
  for (const one of table.oneToMany) addMany(one.referencedNavigation, one.referencingTable, one.referencingNavigation);
  for (const one of table.manyToMany) {
    if (one.firstTable === table.logicalName) addMany(one.firstNavigation, one.secondTable, one.secondNavigation);
    if (one.secondTable === table.logicalName) addMany(one.secondNavigation, one.firstTable, one.firstNavigation);
  }
  return [...all.values()];
}

function writeNavigation({ name, target, isMany, partner, constraint }: Navigation): string {
  const type = isMany ? `Collection(mscrm.${target})` : `mscrm.${target}`;
  const ends = partner === undefined ? '' : ` Partner="${partner}"`;
  const nullable = isMany ? '' : ' Nullable="true"';
  const open = `<NavigationProperty Name="${name}" Type="${type}"${nullable}${ends}`;
  if (constraint === undefined) return `${open} />`;
  return `${open}><ReferentialConstraint Property="${constraint[0]}" ReferencedProperty="${constraint[1]}" /></NavigationProperty>`;
}

function writeSet(table: TableMetadata, metadata: MetadataCatalogue): string {
  const bindings = navigationsOf(table).flatMap(({ name, target }) => {
    const set = metadata.table(target)?.entitySetName;
    return set === undefined ? [] : [`<NavigationPropertyBinding Path="${name}" Target="${set}" />`];
  });
  return `<EntitySet Name="${table.entitySetName}" EntityType="Microsoft.Dynamics.CRM.${table.logicalName}">${bindings.join('')}</EntitySet>`;
}
