import type { Query } from '../../query/index.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { askContext } from './api.ts';
import { QueryBinder } from './bind-query.ts';
import type { RequestContext } from './request-context.ts';
import type { SelectedColumns } from './selected-columns.ts';

export interface BoundOptions {
  readonly query: Query;
  readonly selected: SelectedColumns;
}

/** The options of a request given their meaning. @throws Fault for a name or a value there is not */
export function bindOptions({ options, parts, caller, aliases }: RequestContext, table: TableMetadata): BoundOptions {
  const { metadata, shapes } = parts;
  const [filter, order] = [options.get('$filter'), options.get('$orderby')];
  const selected = parts.selectedColumns(table, options.get('$select'), options.get('$expand'));
  const query: Query = { table: table.logicalName, columns: selected.read, joins: [], order: [] };
  if (filter === undefined && order === undefined) return { query, selected };
  const binder = new QueryBinder(table, { metadata, shapes, ask: askContext(parts, caller), aliases });
  const bound = {
    filter: filter === undefined ? undefined : binder.filter(filter),
    order: order === undefined ? [] : binder.orderBy(order),
  };
  return { query: { ...query, joins: binder.joins, ...bound }, selected };
}

/** @throws Fault for an option that is not one of these */
export function requireKnownOptions({ options }: RequestContext, known: ReadonlySet<string>): void {
  for (const name of options.keys())
    if (!known.has(name)) throw faults.queryNotSupported(`The query parameter ${name} is not supported`);
}
