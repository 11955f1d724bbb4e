import type { ColumnValue, Lookup, Row } from '../../query/index.ts';
import { readRows } from '../../storage/index.ts';
import type { RequestContext } from './request-context.ts';
import type { RowWriter } from './write-row.ts';

/** Ids asked for in one statement. */
const mostIds = 5000;

/** The request's writer, knowing the names of all rows these rows point at: one statement a table, not one a lookup. */
export function namingWriter(context: RequestContext, rows: readonly Row[]): RowWriter {
  const { writer, preferences } = context;
  if (rows.length < 2 || !preferences.annotation('OData.Community.Display.V1.FormattedValue')) return writer;
  const names = new Map<string, string | undefined>();
  for (const [table, ids] of pointedAt(rows)) {
    for (let at = 0; at < ids.length; at += mostIds) addNames(names, context, table, ids.slice(at, at + mostIds));
  }
  const nameOf = (lookup: Lookup) => {
    const key = keyOf(lookup);
    return names.has(key) ? names.get(key) : writer.nameOf(lookup);
  };
  // The rest is the writer's own, and it looks up for both.
  return Object.create(writer, { nameOf: { value: nameOf } }) as RowWriter;
}

function addNames(
  names: Map<string, string | undefined>,
  { parts: { metadata, database, shapes } }: RequestContext,
  table: string,
  ids: readonly string[],
): void {
  const { primaryId, primaryName: name, isVirtual = true } = metadata.table(table) ?? {};
  if (primaryId === undefined || name === undefined || isVirtual) return;
  const filter = { kind: 'in', left: { column: primaryId }, values: ids } as const;
  const query = { table, columns: [name], joins: [], order: [], filter };
  for (const { columns } of readRows(database, query, shapes))
    names.set(keyOf({ table, id: String(columns[primaryId]) }), readName(columns[name]));
}

const readName = (value: ColumnValue | undefined) =>
  value === null || value === undefined ? undefined : String(value);

const keyOf = ({ table, id }: Lookup) => `${table}/${id}`;

function pointedAt(rows: readonly Row[]): Map<string, string[]> {
  const tables = new Map<string, Set<string>>();
  for (const row of rows) {
    for (const value of Object.values(row)) {
      if (!isLookup(value)) continue;
      const ids = tables.get(value.table);
      if (ids === undefined) tables.set(value.table, new Set([value.id]));
      else ids.add(value.id);
    }
  }
  return new Map([...tables].map(([table, ids]) => [table, [...ids]]));
}

const isLookup = (value: ColumnValue): value is Lookup => typeof value === 'object' && value !== null && 'id' in value;
