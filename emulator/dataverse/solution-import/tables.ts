import { child, childText, children } from '../../../packaging/index.ts';
import { addIndex, createTable } from '../../storage/index.ts';
import { shapeOf } from '../metadata/table-shape.ts';
import { stableId } from '../metadata/stable-id.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { putComponent, type ImportCall } from './import-platform.ts';

/** Rights a table has privileges for; organisation-owned ones cannot be assigned or shared. */
const rights = ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Assign', 'Share'] as const;
const accessRights: Record<(typeof rights)[number], number> = {
  Create: 32,
  Read: 1,
  Write: 2,
  Delete: 65536,
  Append: 4,
  AppendTo: 16,
  Assign: 524288,
  Share: 262144,
};

export const privilegeId = (name: string) => stableId('privilege', name);

/** Makes what the tables of the package need in the store: tables, indexes, privileges. The metadata is read already. */
export function importTables(call: ImportCall): void {
  // Relationships and keys of one package reach tables of another, so all are looked at.
  for (const table of call.catalogue.tables()) storeTable(call, table);
  for (const node of children(child(call.pkg.customizations, 'Entities'), 'Entity')) {
    const table = call.catalogue.table(childText(node, 'Name'));
    if (table !== undefined && child(node, 'EntityInfo') !== undefined) addPrivileges(call, table);
  }
}

function storeTable({ database }: ImportCall, table: TableMetadata): void {
  if (table.isVirtual) return;
  const shape = shapeOf(table);
  createTable(database, shape);
  for (const key of table.keys) addIndex(database, shape, key.columns, { unique: true });
  for (const { referencingColumn } of table.manyToOne) addIndex(database, shape, [referencingColumn]);
  if (table.primaryName !== undefined) addIndex(database, shape, [table.primaryName]);
}

export function addPrivileges(call: ImportCall, table: TableMetadata): void {
  if (call.catalogue.table('privilege') === undefined) return;
  const isOwned = table.ownership === 'user' || table.ownership === 'business';
  for (const right of rights) {
    if (!isOwned && (right === 'Assign' || right === 'Share')) continue;
    const name = `prv${right}${table.schemaName}`;
    putComponent(call, 'privilege', {
      privilegeid: privilegeId(name),
      name,
      accessright: accessRights[right],
      canbebasic: isOwned,
      canbelocal: isOwned,
      canbedeep: isOwned,
      canbeglobal: true,
    });
  }
}
