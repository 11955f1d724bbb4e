import { child, childText, children } from '../../../packaging/index.ts';
import { addIndex, createTable } from '../../storage/index.ts';
import { shapeOf } from '../metadata/table-shape.ts';
import type { TableMetadata } from '../metadata/model.ts';
import type { ImportCall } from './import-platform.ts';
import { addOtherPrivileges, addTablePrivileges } from './privileges.ts';
import { refusal } from './refusals.ts';

/** Makes what the tables of the package need in the store: tables, indexes, privileges. The metadata is read already. */
export function importTables(call: ImportCall): void {
  // Relationships and keys of one package reach tables of another, so all are looked at.
  for (const table of call.catalogue.tables()) storeTable(call, table);
  if (call.before.table('privilege') === undefined) addOtherPrivileges(call);
  for (const node of children(child(call.pkg.customizations, 'Entities'), 'Entity')) {
    if (child(node, 'EntityInfo') !== undefined)
      addTablePrivileges(call, call.catalogue.table(childText(node, 'Name'))!);
  }
}

/** Makes the table in the store, or what it lacks there: columns, indexes of keys and lookups. */
export function storeTable(call: Pick<ImportCall, 'database' | 'before'>, table: TableMetadata): void {
  if (table.isVirtual) return;
  const { database } = call;
  const shape = shapeOf(table);
  createTable(database, shape);
  nameTargets(call, table);
  for (const key of table.keys) {
    try {
      addIndex(database, shape, key.columns, { unique: true });
    } catch (error) {
      // Differs: the platform builds the index later, and marks the key as failed.
      throw refusal(
        'badKey',
        `The key '${key.logicalName}' of '${table.logicalName}' cannot be made: ${(error as Error).message}`,
      );
    }
  }
  for (const { referencingColumn } of table.manyToOne) addIndex(database, shape, [referencingColumn], { sparse: true });
  if (table.primaryName !== undefined) addIndex(database, shape, [table.primaryName]);
}

/** A lookup that gets a second target keeps its table beside it from now on; rows that are there point at the first. */
function nameTargets({ before, database }: Pick<ImportCall, 'database' | 'before'>, table: TableMetadata): void {
  for (const column of table.columns.values()) {
    const [first, ...more] = before.table(table.logicalName)?.columns.get(column.logicalName)?.targets ?? [];
    if (first === undefined || more.length > 0 || column.targets.length < 2) continue;
    database.run(
      `update "${table.logicalName}" set "${column.logicalName}__table" = ? where "${column.logicalName}" is not null and "${column.logicalName}__table" is null`,
      [first],
    );
  }
}
