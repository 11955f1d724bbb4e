import type { ColumnValue, Lookup } from '../../query/index.ts';
import type { ColumnMetadata } from '../metadata/model.ts';
import { formatValue } from '../web-api/format-value.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import { withoutTags } from './indexed-text.ts';
import type { Hit } from './search.ts';

const formatted = 'OData.Community.Display.V1.FormattedValue';

/** How values are written: raw with what is shown beside them, or as the legacy search has them. */
export type Writing = 'annotated' | 'legacy';

/**
 * Columns of a row that was found. A lookup is its id, with the name of the row and of its table beside it.
 *
 * Decided: of a choice the legacy search answers the number, and its label as `<column>name`.
 */
export function writeAttributes(
  context: RequestContext,
  { one, row }: Hit,
  columns: readonly string[],
  writing: Writing,
): Record<string, unknown> {
  const { writer } = context;
  const result: Record<string, unknown> = {};
  for (const name of new Set(columns)) {
    const column = one.table.columns.get(name);
    if (column === undefined || !one.indexed.has(name)) continue;
    const value = row[name] ?? null;
    if (column.type === 'lookup') {
      const lookup = value as Lookup | null;
      result[name] = lookup?.id ?? null;
      result[`${name}name`] = lookup === null ? null : (writer.nameOf(lookup) ?? null);
      if (lookup !== null) result[`@search.${name}.logicalname`] = lookup.table;
      continue;
    }
    const symbol = column.type === 'money' ? writer.symbolOf(row['transactioncurrencyid'] as Lookup | null) : undefined;
    const shown = formatValue(column, value, symbol, writer.formats);
    const isDate = column.type === 'datetime' || column.type === 'date';
    result[name] = writing === 'legacy' && isDate ? (shown ?? null) : plain(column, value);
    if (shown === undefined) continue;
    if (writing === 'annotated') result[`${name}@${formatted}`] = shown;
    else if (column.choice !== undefined) result[`${name}name`] = shown;
  }
  return result;
}

const plain = ({ type }: ColumnMetadata, value: ColumnValue) =>
  typeof value === 'bigint' ? Number(value) : type === 'memo' && value !== null ? withoutTags(String(value)) : value;
