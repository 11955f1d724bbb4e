import type { HttpResponse } from '../../kernel/index.ts';
import { parseApply, type ApplyFigure } from '../../odata/index.ts';
import type { AggregateFunction, Condition, Figure, GroupKey, Query } from '../../query/index.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { answer } from './answer.ts';
import { askContext } from './api.ts';
import { QueryBinder } from './bind-query.ts';
import { readGroupPage, writeGroups } from './group-rows.ts';
import { both, mostRows } from './page.ts';
import type { RequestContext } from './request-context.ts';

const methods: Readonly<Record<string, AggregateFunction>> = {
  sum: 'sum',
  average: 'avg',
  min: 'min',
  max: 'max',
  countdistinct: 'countcolumn',
};

const dates = new Set(['datetime', 'date']);

/** GET of a set with `$apply`: groups in place of rows. @throws Fault for what `$apply` does not have on the platform */
export async function readApply(
  context: RequestContext,
  table: TableMetadata,
  scope: Condition | undefined,
): Promise<HttpResponse> {
  const { options, parts, caller, aliases } = context;
  const other = ['$select', '$expand', '$orderby'].find((name) => options.has(name));
  if (other === '$orderby')
    throw faults.queryNotSupported('The query node SingleValueOpenPropertyAccess is not supported');
  if (other !== undefined) throw faults.queryNotSupported(`The query parameter ${other} is not supported with $apply.`);
  const binder = new QueryBinder(table, {
    metadata: parts.metadata,
    shapes: parts.shapes,
    ask: askContext(parts, caller),
    aliases,
  });
  const apply = parseApply(options.get('$apply')!);
  const groups = apply.groupBy.map((path) => groupOf(binder, path, table));
  const figures = apply.figures.map((figure) => figureOf(binder, figure));
  const filters = [apply.filter, options.get('$filter')].map((text) =>
    text === undefined ? undefined : binder.filter(text),
  );
  const query: Query = {
    table: table.logicalName,
    columns: [],
    joins: binder.joins,
    filter: both(both(filters[0], filters[1]), scope),
    order: [],
    top: mostRows,
    aggregation: { groups, figures, order: [] },
  };
  return answer(context, {
    '@odata.context': `${context.base}/$metadata#${table.entitySetName}`,
    value: writeGroups(context, query, readGroupPage(context, table, query)),
  });
}

function groupOf(binder: QueryBinder, names: readonly string[], table: TableMetadata): GroupKey {
  const { path, shape } = binder.column(names);
  if (dates.has(shape.type))
    throw faults.queryNotSupported(`Grouping by the date column '${path.column}' is not supported in $apply.`);
  const owner = binder.joins.find(({ alias }) => alias === path.alias)?.table ?? table.logicalName;
  // A path comes back under the name of the table it leads to.
  return { as: names.length === 1 ? names[0]! : `${owner}_${names.at(-1)!}`, path };
}

function figureOf(binder: QueryBinder, { path, method, as }: ApplyFigure): Figure {
  if (path === undefined) return { as, path, function: 'count', distinct: false };
  const name = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (name === undefined) throw faults.queryNotSupported(`The aggregation method '${method}' is not supported.`);
  const column = binder.column(path);
  if ((name === 'sum' || name === 'avg') && !/^(integer|bigint|decimal|money|double)$/.test(column.shape.type))
    throw faults.queryNotSupported(`The column '${column.path.column}' cannot be aggregated: it holds no number.`);
  return { as, path: column.path, function: name, distinct: name === 'countcolumn' };
}
