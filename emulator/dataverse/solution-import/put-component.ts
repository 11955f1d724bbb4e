import type { ColumnValue, Row } from '../../query/index.ts';
import { deleteRow, insertRow, readRow, updateRow } from '../../storage/index.ts';
import { keepComponentLabels } from '../metadata/component-labels.ts';
import type { Label } from '../metadata/model.ts';
import { shapeOf } from '../metadata/table-shape.ts';
import type { ImportPlatform } from './import-platform.ts';

/**
 * Writes a component's row: inserted the first time, overwritten after that. Columns the table lacks are left out, those in
 * `keep` are set the first time only; a row that is already the same keeps its version.
 */
export function putComponent(call: ImportPlatform, table: string, row: Row, keep: readonly string[] = []): void {
  const metadata = call.catalogue.table(table);
  if (metadata === undefined) return;
  const shape = shapeOf(metadata);
  const wanted = known(shape.columns, row);
  if (call.claim?.(table, String(row[metadata.primaryId])) === false) return;
  const before = readRow(call.database, shape, wanted);
  if (before === undefined) {
    insertRow(call.database, shape, known(shape.columns, { ...stamps(call), ...row }));
    return;
  }
  const changes = Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => !keep.includes(name) && !isSame(before[name] ?? null, value)),
  );
  if (Object.keys(changes).length === 0) return;
  const { modifiedon = null, versionnumber = null } = stamps(call);
  updateRow(call.database, shape, wanted, known(shape.columns, { ...changes, modifiedon, versionnumber }));
}

/** Keeps the labels of a component that has just been written, unless another layer has it. */
export function putLabels(
  call: ImportPlatform,
  table: string,
  id: string,
  labels: Readonly<Record<string, Label>>,
): void {
  if (call.claim?.(table, id) !== false) keepComponentLabels(call.database, table, id, labels);
}

/** Removes the rows of a component that is replaced as a whole, except those written just now. */
export function removeOthers(
  call: ImportPlatform,
  table: string,
  parent: { readonly column: string; readonly id: string },
  keepIds: ReadonlySet<string>,
): void {
  const metadata = call.catalogue.table(table);
  if (metadata === undefined) return;
  const key = metadata.primaryId;
  const rows = call.database.all(`select "${key}" as id from "${table}" where "${parent.column}" = ?`, [parent.id]);
  for (const { id } of rows)
    if (!keepIds.has(String(id)) && call.claim?.(table, String(id)) !== false)
      deleteRow(call.database, shapeOf(metadata), { [key]: String(id) });
}

/** The id of a component's row by a column that names it; undefined when there is none. */
export function findComponent(call: ImportPlatform, table: string, column: string, value: string): string | undefined {
  const key = call.catalogue.table(table)?.primaryId;
  if (key === undefined || value === '' || !isStored(call, table)) return undefined;
  const row = call.database.get(`select "${key}" as id from "${table}" where "${column}" = ?`, [value]);
  return row === undefined ? undefined : String(row['id']);
}

/** False while the package that brings the table is still being read. */
const isStored = ({ database }: ImportPlatform, table: string) =>
  database.get(`select 1 from sqlite_master where type = 'table' and name = ?`, [table]) !== undefined;

/** What every new row carries, its own values apart. */
function stamps(call: ImportPlatform): Row {
  const now = `${call.clock.now().toISOString().slice(0, 19)}Z`;
  const plain: Row = {
    createdon: now,
    modifiedon: now,
    versionnumber: call.nextVersion(),
    statecode: 0,
    statuscode: 1,
    ismanaged: false,
    iscustomizable: true,
    componentstate: 0,
  };
  if (call.importer === undefined) return plain;
  const user = { table: 'systemuser', id: call.importer.userId };
  const unit = { table: 'businessunit', id: call.importer.businessUnitId };
  return { ...plain, createdby: user, modifiedby: user, ownerid: user, owninguser: user, owningbusinessunit: unit };
}

function known(columns: ReadonlyMap<string, unknown>, row: Row): Record<string, ColumnValue> {
  return Object.fromEntries(
    Object.entries(row).filter(([name, value]) => columns.has(name) && value !== undefined),
  ) as Record<string, ColumnValue>;
}

function isSame(before: ColumnValue, value: ColumnValue): boolean {
  if (before === null || value === null) return before === value;
  if (typeof value === 'object' && 'id' in value)
    return typeof before === 'object' && 'id' in before && before.id === value.id && before.table === value.table;
  return String(before) === String(value);
}
