import type { Database } from '../../storage/index.ts';
import { english } from './labels.ts';
import type { Label } from './model.ts';

const labelsTable = `create table if not exists "emulator$component_labels" (tablename text not null, id text not null, columnname text not null, language integer not null, label text not null, primary key (tablename, id, columnname, language)) without rowid`;

/** Keeps what components are called in other languages; their rows hold the English. A component loses the labels it had. */
export function keepComponentLabels(
  database: Database,
  table: string,
  id: string,
  labels: Readonly<Record<string, Label>>,
): void {
  database.run(labelsTable);
  database.run('delete from "emulator$component_labels" where tablename = ? and id = ?', [table, id]);
  for (const [column, label] of Object.entries(labels))
    for (const [language, text] of Object.entries(label))
      if (Number(language) !== english && text !== '')
        database.run('insert into "emulator$component_labels" values (?, ?, ?, ?, ?)', [
          table,
          id,
          column,
          Number(language),
          text,
        ]);
}

/** Names of components in a language, by `table id column`; empty for English. */
export function readComponentLabels(database: Database, language: number): ReadonlyMap<string, string> {
  if (language === english) return new Map();
  database.run(labelsTable);
  const rows = database.all(
    'select tablename, id, columnname, label from "emulator$component_labels" where language = ?',
    [language],
  );
  return new Map(
    rows.map((row) => [
      componentLabelKey(String(row['tablename']), String(row['id']), String(row['columnname'])),
      String(row['label']),
    ]),
  );
}

export const componentLabelKey = (table: string, id: string, column: string): string => `${table} ${id} ${column}`;

/** Tables whose rows have labels in several languages. */
export const labelledTables: ReadonlySet<string> = new Set([
  'appaction',
  'appmodule',
  'savedquery',
  'savedqueryvisualization',
  'systemform',
]);
