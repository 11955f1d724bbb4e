import { labelIn } from '../metadata/labels.ts';
import type { TableMetadata } from '../metadata/model.ts';
import type { Catalogue } from '../metadata/catalogue.ts';
import type { ImportPlatform } from './import-platform.ts';
import { putComponent } from './put-component.ts';

/**
 * Keeps the table `entity`: a row for each table, so that rows may point at tables. What pointed at one that is gone goes, too.
 *
 * @param catalogue the metadata as it is from now on
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/entity
 */
export function keepEntityRows(platform: ImportPlatform, catalogue: Catalogue = platform.catalogue): void {
  if (catalogue.table('entity') === undefined) return;
  const { database } = platform;
  const tables = new Map([...catalogue.tables()].map((table) => [table.metadataId, table]));
  const present = new Set(database.all('select entityid as id from entity').map(({ id }) => String(id)));
  for (const [id, table] of tables)
    if (!present.has(id)) putComponent({ ...platform, catalogue }, 'entity', rowOf(table));
  for (const id of present) {
    if (tables.has(id)) continue;
    if (catalogue.table('catalogassignment') !== undefined)
      database.run('delete from catalogassignment where object = ? and object__table = ?', [id, 'entity']);
    database.run('delete from entity where entityid = ?', [id]);
  }
}

const rowOf = (table: TableMetadata) => ({
  entityid: table.metadataId,
  name: table.schemaName,
  physicalname: table.schemaName,
  logicalname: table.logicalName,
  entitysetname: table.entitySetName,
  collectionname: table.entitySetName,
  logicalcollectionname: table.entitySetName.toLowerCase(),
  originallocalizedname: labelIn(table.label) || table.schemaName,
  originallocalizedcollectionname: labelIn(table.collectionLabel) || table.entitySetName,
  basetablename: table.isVirtual ? null : `${table.schemaName}Base`,
  externalname: table.externalName ?? null,
  objecttypecode: table.objectTypeCode,
});
