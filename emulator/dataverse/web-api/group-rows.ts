import type { ColumnPath, ColumnValue, Lookup, Query } from '../../query/index.ts';
import { countSource, readGroups, type GroupRow } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { ColumnMetadata, TableMetadata } from '../metadata/model.ts';
import { securedQuery } from '../security/secured-query.ts';
import { formatValue } from './format-value.ts';
import type { RequestContext } from './request-context.ts';

/** Rows an aggregate looks at on the platform, and no more. */
const mostAggregated = 50_000;

/** @throws Fault 0x8004e023 when there are more rows than an aggregate may look at */
export function readGroupPage(
  { parts, caller }: RequestContext,
  table: TableMetadata,
  asked: Query,
  limit = mostAggregated,
): GroupRow[] {
  if (table.isVirtual) throw faults.virtualQuery('A virtual table cannot be aggregated.');
  const query = securedQuery(asked, caller, parts);
  const most = Math.min(limit, mostAggregated);
  if (countSource(parts.database, query, parts.shapes, most + 1) > most) throw faults.aggregateLimit();
  return readGroups(parts.database, query, asked.aggregation!, parts.shapes);
}

const formatted = 'OData.Community.Display.V1.FormattedValue';
const lookupTable = 'Microsoft.Dynamics.CRM.lookuplogicalname';

/** Groups as JSON: values under their names, formatted where asked for; a null is left out. */
export function writeGroups(context: RequestContext, query: Query, groups: readonly GroupRow[]): object[] {
  const { groups: keys, figures } = query.aggregation!;
  const columns = new Map<string, ColumnMetadata | undefined>();
  for (const { as, path } of keys) columns.set(as, columnAt(context, query, path));
  for (const { as, path, function: name } of figures)
    columns.set(as, /^count/.test(name) || path === undefined ? undefined : columnAt(context, query, path));
  const numbered = new Set(keys.flatMap(({ as, dateGrouping }) => (dateGrouping === undefined ? [] : [as])));
  return groups.map((group) => {
    const written: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(group))
      if (value !== null) write(written, name, value, numbered.has(name) ? undefined : columns.get(name), context);
    return written;
  });
}

function columnAt({ parts }: RequestContext, query: Query, { alias, column }: ColumnPath): ColumnMetadata | undefined {
  const table = alias === undefined ? query.table : query.joins.find((one) => one.alias === alias)!.table;
  return parts.metadata.table(table)?.columns.get(column);
}

/** Counts and parts of dates have no column of their own: they are whole numbers. */
function write(
  written: Record<string, unknown>,
  name: string,
  value: ColumnValue,
  column: ColumnMetadata | undefined,
  { writer }: RequestContext,
): void {
  const { preferences, formats } = writer;
  if (column?.type === 'lookup') {
    const lookup = value as Lookup;
    const shown = preferences.annotation(formatted) ? writer.nameOf(lookup) : undefined;
    if (shown !== undefined) written[`${name}@${formatted}`] = shown;
    if (preferences.annotation(lookupTable)) written[`${name}@${lookupTable}`] = lookup.table;
    written[name] = lookup.id;
    return;
  }
  if (preferences.annotation(formatted)) {
    const shown =
      column === undefined
        ? new Intl.NumberFormat(formats.culture).format(value as number)
        : formatValue(column, value, undefined, formats);
    if (shown !== undefined) written[`${name}@${formatted}`] = shown;
  }
  written[name] = typeof value === 'bigint' ? Number(value) : value;
}
