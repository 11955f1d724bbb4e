import { faults } from '../faults.ts';
import type { Catalogue, MutableTable } from './catalogue.ts';
import type {
  AlternateKey,
  Choice,
  ColumnMetadata,
  ManyToManyRelationship,
  MetadataCatalogue,
  Relationship,
  TableMetadata,
} from './model.ts';
import { stableId } from './stable-id.ts';

/** The name in `LogicalName='account'`; undefined for a key of another form. Quotes inside are doubled. */
const named = (key: string, property: string): string | undefined =>
  new RegExp(`^${property}='(.*)'$`).exec(key)?.[1]?.replaceAll("''", "'");

/** The id in `<guid>` or `MetadataId=<guid>`. */
const idIn = (key: string) => key.replace(/^MetadataId=/, '').toLowerCase();

/** What a key in a URL means. @throws Fault 404 where there is none */
export function tableByKey(metadata: Catalogue, key: string): MutableTable;
export function tableByKey(metadata: MetadataCatalogue, key: string): TableMetadata;
export function tableByKey(metadata: MetadataCatalogue, key: string): TableMetadata {
  const name = named(key, 'LogicalName');
  const table =
    name === undefined ? [...metadata.tables()].find((one) => one.metadataId === idIn(key)) : metadata.table(name);
  if (table === undefined) throw faults.resourceNotFound(`EntityDefinitions(${key})`);
  return table;
}

export function columnByKey(table: TableMetadata, key: string): ColumnMetadata {
  const name = named(key, 'LogicalName')?.toLowerCase();
  const column = [...table.columns.values()].find((one) =>
    name === undefined ? one.metadataId === idIn(key) : one.logicalName === name,
  );
  if (column === undefined) throw faults.resourceNotFound(`Attributes(${key})`);
  return column;
}

export function keyByKey(table: TableMetadata, key: string): AlternateKey {
  const name = named(key, 'LogicalName')?.toLowerCase();
  const found = table.keys.find((one) =>
    name === undefined
      ? stableId('key', table.logicalName, one.logicalName) === idIn(key)
      : one.logicalName.toLowerCase() === name,
  );
  if (found === undefined) throw faults.resourceNotFound(`Keys(${key})`);
  return found;
}

export function choiceByKey(metadata: MetadataCatalogue, key: string): Choice {
  const name = named(key, 'Name');
  const choice =
    name === undefined
      ? [...metadata.globalChoices()].find((one) => one.metadataId === idIn(key))
      : metadata.globalChoice(name);
  if (choice === undefined) throw faults.resourceNotFound(`GlobalOptionSetDefinitions(${key})`);
  return choice;
}

export function relationshipByKey(metadata: MetadataCatalogue, key: string): Relationship | ManyToManyRelationship {
  const name = named(key, 'SchemaName')?.toLowerCase();
  for (const table of metadata.tables()) {
    const found = [...table.manyToOne, ...table.manyToMany].find((one) =>
      name === undefined ? one.metadataId === idIn(key) : one.schemaName.toLowerCase() === name,
    );
    if (found !== undefined) return found;
  }
  throw faults.resourceNotFound(`RelationshipDefinitions(${key})`);
}
