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

/** The service's CSDL: entity types with their keys, properties and navigation properties, and the container. */
export function writeCsdl(metadata: MetadataCatalogue): string {
  const tables = [...metadata.tables()];
  const sets = tables.map(
    (table) => `<EntitySet Name="${table.entitySetName}" EntityType="Microsoft.Dynamics.CRM.${table.logicalName}" />`,
  );
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>',
    '<Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">',
    '<EntityType Name="crmbaseentity" Abstract="true" />',
    ...tables.map(writeType),
    `<EntityContainer Name="System">${sets.join('')}</EntityContainer>`,
    '</Schema></edmx:DataServices></edmx:Edmx>',
  ].join('\n');
}

function writeType(table: TableMetadata): string {
  const properties = [...table.columns.values()].map((column) => {
    const name = column.type === 'lookup' ? `_${column.logicalName}_value` : column.logicalName;
    return `<Property Name="${name}" Type="${types[column.type]}"${types[column.type] === 'Edm.Decimal' ? ' Scale="Variable"' : ''} />`;
  });
  const single = table.manyToOne.map(
    (one) =>
      `<NavigationProperty Name="${one.referencingNavigation}" Type="mscrm.${one.referencedTable}" Nullable="true" Partner="${one.referencedNavigation}"><ReferentialConstraint Property="_${one.referencingColumn}_value" ReferencedProperty="${one.referencedColumn}" /></NavigationProperty>`,
  );
  const many = table.oneToMany.map(
    (one) =>
      `<NavigationProperty Name="${one.referencedNavigation}" Type="Collection(mscrm.${one.referencingTable})" Partner="${one.referencingNavigation}" />`,
  );
  return `<EntityType Name="${table.logicalName}" BaseType="mscrm.crmbaseentity"><Key><PropertyRef Name="${table.primaryId}" /></Key>${[...properties, ...new Set([...single, ...many])].join('')}</EntityType>`;
}
