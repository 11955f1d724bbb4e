import { notEmulated } from '../../kernel/index.ts';
import { parseExpand, type ExpandItem } from '../../odata/index.ts';
import type { Condition, Lookup, Query, Row } from '../../query/index.ts';
import { readRows } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { Relationship, TableMetadata } from '../metadata/model.ts';
import { askContext } from './api.ts';
import { allColumns, QueryBinder } from './bind-query.ts';
import { singleValued } from './read-body.ts';
import type { RequestContext } from './request-context.ts';
import { writeRow } from './write-row.ts';

const mostExpands = 15;

/** Columns the root query must read for its expands. */
export function columnsForExpand(table: TableMetadata, text: string): string[] {
  return parseExpand(text).flatMap(({ navigation }) => {
    const relationship = singleValued(table, navigation);
    return relationship === undefined ? [] : [relationship.referencingColumn];
  });
}

/** Adds expanded rows to rows already written: one statement a navigation, whatever the number of rows. */
export function addExpanded(
  context: RequestContext,
  table: TableMetadata,
  rows: readonly Row[],
  written: readonly Record<string, unknown>[],
  text: string,
  level = 1,
): void {
  const items = parseExpand(text);
  if (items.length > mostExpands) throw faults.queryNotSupported(`A query has at most ${mostExpands} $expand items.`);
  for (const item of items) {
    if (item.isReference) throw notEmulated('$expand with $ref', 'Read the _x_value of the lookup.');
    const parents = table.manyToOne.filter((one) => one.referencingNavigation === item.navigation);
    const children = table.oneToMany.find((one) => one.referencedNavigation === item.navigation);
    if (parents.length > 0) for (const parent of parents) expandParent(context, parent, rows, written, item, level);
    else if (children !== undefined) expandChildren(context, table, children, rows, written, item, level);
    else if (
      table.manyToMany.some(
        (one) => one.firstNavigation === item.navigation || one.secondNavigation === item.navigation,
      )
    ) {
      throw notEmulated('$expand of a many-to-many relationship', 'Read the navigation property of one row.');
    } else throw faults.unknownProperty(item.navigation, table.logicalName);
  }
}

function expandParent(
  context: RequestContext,
  relationship: Relationship,
  rows: readonly Row[],
  written: readonly Record<string, unknown>[],
  item: ExpandItem,
  level: number,
): void {
  const target = context.parts.metadata.table(relationship.referencedTable)!;
  const lookups = rows.map((row) => row[relationship.referencingColumn] as Lookup | null);
  const ids = [
    ...new Set(
      lookups.flatMap((lookup) => (lookup !== null && lookup.table === target.logicalName ? [lookup.id] : [])),
    ),
  ];
  const { found, json } = readRelated(
    context,
    target,
    { kind: 'in', left: { column: target.primaryId }, values: ids },
    item,
    level,
  );
  const byId = new Map(found.map((row, index) => [String(row[target.primaryId]), json[index]!]));
  written.forEach((row, index) => {
    const lookup = lookups[index];
    if (lookup?.table === target.logicalName) row[item.navigation] = byId.get(lookup.id) ?? null;
    else row[item.navigation] ??= null;
  });
}

function expandChildren(
  context: RequestContext,
  table: TableMetadata,
  relationship: Relationship,
  rows: readonly Row[],
  written: readonly Record<string, unknown>[],
  item: ExpandItem,
  level: number,
): void {
  const child = context.parts.metadata.table(relationship.referencingTable)!;
  const column = relationship.referencingColumn;
  const ids = rows.map((row) => String(row[table.primaryId]));
  const { found, json } = readRelated(context, child, { kind: 'in', left: { column }, values: ids }, item, level, [
    column,
  ]);
  const top = item.options.has('$top') ? Number(item.options.get('$top')) : Infinity;
  written.forEach((row, index) => {
    const mine = json.filter((_one, at) => (found[at]![column] as Lookup | null)?.id === ids[index]);
    row[item.navigation] = mine.slice(0, top);
    const options = [...item.options].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
    row[`${item.navigation}@odata.nextLink`] =
      `${context.base}/${table.entitySetName}(${ids[index]})/${item.navigation}${options === '' ? '' : `?${options}`}`;
  });
}

const known = new Set(['$select', '$filter', '$orderby', '$top', '$expand']);

function readRelated(
  context: RequestContext,
  table: TableMetadata,
  link: Condition,
  item: ExpandItem,
  level: number,
  extra: readonly string[] = [],
) {
  const { parts, caller, aliases } = context;
  if (table.isVirtual)
    throw notEmulated(
      `$expand of the virtual table '${table.logicalName}'`,
      'Query the virtual table by its key columns.',
    );
  const unknown = [...item.options.keys()].find((name) => !known.has(name));
  if (unknown !== undefined)
    throw faults.queryNotSupported(`The query option '${unknown}' is not supported inside $expand.`);
  if (level > 1 && (item.options.has('$top') || item.options.has('$orderby'))) {
    throw faults.queryNotSupported(
      'Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested one-to-many relationship.',
    );
  }
  const binder = new QueryBinder(table, {
    metadata: parts.metadata,
    shapes: parts.shapes,
    ask: askContext(parts, caller),
    aliases,
  });
  const { options } = item;
  const selected = options.has('$select') ? binder.select(options.get('$select')!) : allColumns(table);
  const inner = options.get('$expand');
  const needed = inner === undefined ? [] : columnsForExpand(table, inner);
  const filters = [
    link,
    options.has('$filter') ? binder.filter(options.get('$filter')!) : undefined,
    parts.access.condition(caller, 'Read', table),
  ];
  const order = options.has('$orderby') ? binder.orderBy(options.get('$orderby')!) : [];
  const columns = [
    ...new Set([
      table.primaryId,
      ...selected,
      ...needed,
      ...extra,
      ...(table.columns.has('versionnumber') ? ['versionnumber'] : []),
    ]),
  ];
  const query: Query = {
    table: table.logicalName,
    columns,
    joins: binder.joins,
    order,
    filter: { kind: 'all', of: filters.filter((one) => one !== undefined) },
  };
  const found = readRows(parts.database, query, parts.shapes).map((row) => row.columns);
  const shown = new Set([table.primaryId, ...selected, ...extra]);
  const json = found.map((row) =>
    writeRow(table, pick(row, shown, selected.includes('versionnumber')), context.writer),
  );
  found.forEach((row, index) => {
    if (level === 1 && table.hasOptimisticConcurrency)
      json[index] = { '@odata.etag': `W/"${String(row['versionnumber'])}"`, ...json[index]! };
  });
  if (inner !== undefined) addExpanded(context, table, found, json, inner, level + 1);
  return { found, json };
}

function pick(row: Row, names: ReadonlySet<string>, withVersion: boolean): Row {
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => names.has(name) && (name !== 'versionnumber' || withVersion)),
  );
}
