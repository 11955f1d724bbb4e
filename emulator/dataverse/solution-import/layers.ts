import { deleteRow, type Database } from '../../storage/index.ts';
import type { Catalogue } from '../metadata/catalogue.ts';
import { shapeOf } from '../metadata/table-shape.ts';
import { activeLayer } from './packages.ts';
import { refusal } from './refusals.ts';

/** Which solution brought which row: a row that no solution holds any more goes with the last that did. */
export const layersTable = `create table if not exists "emulator$layers" (solution text not null collate nocase, tablename text not null, id text not null, managed integer not null, primary key (solution, tablename, id)) without rowid`;

/** Kept whoever brought it: publishers outlive their solutions. */
const withoutLayers = new Set(['publisher']);

/** Notes that the solution holds the row. */
export function addLayer(database: Database, layer: Layer): void {
  if (withoutLayers.has(layer.table)) return;
  database.run('insert or ignore into "emulator$layers" (solution, tablename, id, managed) values (?, ?, ?, ?)', [
    layer.solution,
    layer.table,
    layer.id,
    layer.isManaged ? 1 : 0,
  ]);
}

export interface Layer {
  readonly solution: string;
  readonly table: string;
  readonly id: string;
  readonly isManaged: boolean;
}

/** Tables whose rows a managed solution may not take over from an unmanaged one, and what they are called. */
const guarded: Readonly<Record<string, string>> = {
  appmodule: 'AppModule',
  customcontrol: 'CustomControl',
  environmentvariabledefinition: 'EnvironmentVariableDefinition',
  fieldsecurityprofile: 'FieldSecurityProfile',
  role: 'Role',
  savedquery: 'SavedQuery',
  systemform: 'SystemForm',
  webresource: 'WebResource',
  workflow: 'Workflow',
};

/** @throws Fault 0x8004F016 where a managed solution would take over what began unmanaged */
export function requireNoUnmanagedBase(database: Database, { table, id, isManaged }: Layer): void {
  const what = guarded[table];
  if (!isManaged || what === undefined) return;
  const held = database.get(
    'select min(managed) as least, max(managed) as most from "emulator$layers" where tablename = ? and id = ?',
    [table, id],
  );
  if (held === undefined || held['most'] !== 0) return;
  throw refusal(
    'unmanagedBase',
    `A managed solution cannot overwrite the ${what} component with Id=${id} which has an unmanaged base instance. The most likely scenario for this error is that an unmanaged solution has installed a new unmanaged ${what} component on the target system, and now a managed solution from the same publisher is trying to install that same ${what} component as managed. This will cause an invalid layering of solutions on the target system and is not allowed.`,
  );
}

interface HeldRow {
  readonly table: string;
  readonly id: string;
}

const rowsOf = (database: Database, sql: string, values: readonly string[]): HeldRow[] =>
  database.all(sql, values).map((row) => ({ table: String(row['tablename']), id: String(row['id']) }));

/** Takes the solution's layer away. @returns rows nobody holds any more, and rows that others still hold */
export function removeLayer(database: Database, solution: string): { gone: HeldRow[]; shared: HeldRow[] } {
  const elsewhere =
    'exists (select 1 from "emulator$layers" o where o.tablename = l.tablename and o.id = l.id and o.solution <> l.solution)';
  const select = `select tablename, id from "emulator$layers" l where solution = ? and`;
  const gone = rowsOf(database, `${select} not ${elsewhere}`, [solution]);
  const shared = rowsOf(database, `${select} ${elsewhere}`, [solution]);
  database.run('delete from "emulator$layers" where solution = ?', [solution]);
  return { gone, shared };
}

/** The layer goes on under another name: what was unmanaged joins the active layer, what was held becomes the solution. */
export function renameLayer(database: Database, from: string, to: string): void {
  database.run('update or ignore "emulator$layers" set solution = ? where solution = ?', [to, from]);
  database.run('delete from "emulator$layers" where solution = ?', [from]);
}

/** True for a solution whose rows were noted: one that an older emulator installed has none. */
export const hasLayer = (database: Database, solution: string) =>
  solution === activeLayer ||
  database.get('select 1 from "emulator$layers" where solution = ? limit 1', [solution]) !== undefined;

/** Deletes rows of components; the metadata is that of before. */
export function deleteRows(database: Database, catalogue: Catalogue, rows: readonly HeldRow[]): void {
  for (const { table, id } of rows) {
    const metadata = catalogue.table(table);
    if (metadata === undefined) continue;
    if (table === 'customcontrol')
      database.run(
        'delete from "emulator$control_files" where control = (select name from customcontrol where customcontrolid = ?)',
        [id],
      );
    deleteRow(database, shapeOf(metadata), { [metadata.primaryId]: id });
  }
}
