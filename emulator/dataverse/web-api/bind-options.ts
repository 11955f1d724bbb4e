import type { Query } from '../../query/index.ts';
import { faults } from '../faults.ts';
import { requireStored } from '../metadata/computed-columns.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { askContext } from './api.ts';
import { allColumns, QueryBinder } from './bind-query.ts';
import { columnsForExpand } from './expand.ts';
import type { RequestContext } from './request-context.ts';

export interface BoundOptions {
  readonly query: Query;
  /** Columns the answer shows; the query reads more. */
  readonly selected: readonly string[];
}

/** The options of a request given their meaning. @throws Fault for a name or a value there is not */
export function bindOptions({ options, parts, caller, aliases }: RequestContext, table: TableMetadata): BoundOptions {
  const { metadata, shapes } = parts;
  const binder = new QueryBinder(table, { metadata, shapes, ask: askContext(parts, caller), aliases });
  const [filter, order, select, expand] = ['$filter', '$orderby', '$select', '$expand'].map((name) =>
    options.get(name),
  );
  const selectsAll = select === undefined || select.trim() === '';
  if (!selectsAll) for (const name of binder.select(select)) requireStored(table, name);
  const selected = withImplied(table, selectsAll ? allColumns(table) : binder.select(select));
  const columns = new Set([
    ...selected,
    ...(expand === undefined ? [] : columnsForExpand(table, expand)),
    ...(table.columns.has('versionnumber') ? ['versionnumber'] : []),
  ]);
  const bound = {
    filter: filter === undefined ? undefined : binder.filter(filter),
    order: order === undefined ? [] : binder.orderBy(order),
  };
  return { query: { table: table.logicalName, columns: [...columns], joins: binder.joins, ...bound }, selected };
}

/** Added though not selected: the key, and the currency of a money column. */
export function withImplied(table: TableMetadata, selected: readonly string[]): string[] {
  const hasMoney = selected.some((name) => table.columns.get(name)?.type === 'money');
  const currency = hasMoney && table.columns.has('transactioncurrencyid') ? ['transactioncurrencyid'] : [];
  return [...new Set([...selected, ...currency, table.primaryId])];
}

/** @throws Fault for an option that is not one of these */
export function requireKnownOptions({ options }: RequestContext, known: ReadonlySet<string>): void {
  const unknown = [...options.keys()].find((name) => !known.has(name));
  if (unknown !== undefined) throw faults.queryNotSupported(`The query parameter ${unknown} is not supported`);
}
