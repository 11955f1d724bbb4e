import { notEmulated } from '../../kernel/index.ts';
import { parseExpand, type ExpandItem } from '../../odata/index.ts';
import type { Condition, Lookup, Query, Row } from '../../query/index.ts';
import { readRows } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { Relationship, TableMetadata } from '../metadata/model.ts';
import { securedQuery } from '../security/secured-query.ts';
import { askContext } from './api.ts';
import { allColumns, QueryBinder } from './bind-query.ts';
import { requireExpandable } from './expand-rules.ts';
import { mostRows } from './page.ts';
import { namingWriter } from './naming-writer.ts';
import { nextLink } from './paging.ts';
import { navigationNamed, type Navigation, type Pairs } from './navigation.ts';
import type { RequestContext } from './request-context.ts';
import { columnsForExpand, columnsNamed } from './selected-columns.ts';
import { rowUrl, shownRows } from './write-row.ts';

type Written = Record<string, unknown>;

/** The rows an item of `$expand` is added to. */
interface Parents {
  readonly table: TableMetadata;
  readonly rows: readonly Row[];
  readonly written: readonly Written[];
  readonly level: number;
  /** Rows of a collection at most; a nested `$expand` anywhere in the query makes every collection page. */
  readonly pageSize: number | undefined;
}

type Depth = Pick<Parents, 'level' | 'pageSize'>;

/** Adds expanded rows to rows already written: one statement a navigation, whatever the number of rows. */
export function addExpanded(
  context: RequestContext,
  table: TableMetadata,
  rows: readonly Row[],
  written: readonly Written[],
  text: string,
  level = 1,
  pageSize = pageSizeOf(context, text),
): void {
  const items = parseExpand(text).map((item) => {
    const navigation = navigationNamed(table, item.navigation, context.parts.metadata);
    if (navigation === undefined) throw faults.unknownProperty(item.navigation, table.logicalName);
    return { item, navigation };
  });
  requireExpandable(items, level);
  const parents: Parents = { table, rows, written, level, pageSize };
  for (const { item, navigation } of items) {
    if (navigation.kind !== 'parent') expandCollection(context, parents, navigation, item);
    else if (isOwner(table, navigation.relationships[0])) expandOwner(context, parents, item);
    else for (const relationship of navigation.relationships) expandParent(context, parents, relationship, item);
  }
}

function pageSizeOf({ preferences }: RequestContext, text: string): number | undefined {
  const isNested = parseExpand(text).some(({ options }) => options.has('$expand'));
  return isNested ? (preferences.maxPageSize ?? mostRows) : undefined;
}

function expandParent(
  context: RequestContext,
  { rows, written, level, pageSize }: Parents,
  { referencingColumn, referencedTable }: Relationship,
  item: ExpandItem,
): void {
  const target = context.parts.metadata.table(referencedTable)!;
  const lookups = rows.map((row) => row[referencingColumn] as Lookup | null);
  const pointed = lookups.flatMap((one) => (one?.table === target.logicalName ? [one.id] : []));
  const link: Condition = { kind: 'in', left: { column: target.primaryId }, values: [...new Set(pointed)] };
  const byId = item.isReference
    ? references(context, target, pointed)
    : readById(context, target, link, item, { level, pageSize });
  written.forEach((row, index) => {
    const lookup = lookups[index];
    if (lookup?.table === target.logicalName) row[item.navigation] = byId.get(lookup.id) ?? null;
    else row[item.navigation] ??= null;
  });
}

const isOwner = (table: TableMetadata, { referencingColumn }: Relationship) =>
  table.columns.get(referencingColumn)?.attributeType === 'Owner';

/** What users and teams have in common is their id: `ownerid` of the abstract type `principal`. */
function expandOwner(
  { parts, base }: RequestContext,
  { rows, written }: Parents,
  { navigation, options, isReference }: ExpandItem,
): void {
  const other = options
    .get('$select')
    ?.split(',')
    .find((name) => name.trim() !== 'ownerid');
  if (other !== undefined) throw faults.unknownProperty(other.trim(), 'principal');
  written.forEach((row, index) => {
    const owner = rows[index]!['ownerid'] as Lookup | null;
    const table = owner === null ? undefined : parts.metadata.table(owner.table);
    if (owner === null || table === undefined) row[navigation] = null;
    else if (isReference) row[navigation] = { '@odata.id': rowUrl(base, table, owner.id) };
    else row[navigation] = { '@odata.type': `#Microsoft.Dynamics.CRM.${owner.table}`, ownerid: owner.id };
  });
}

const references = ({ base }: RequestContext, table: TableMetadata, ids: readonly string[]) =>
  new Map(ids.map((id): [string, Written] => [id, { '@odata.id': rowUrl(base, table, id) }]));

function readById(
  context: RequestContext,
  table: TableMetadata,
  link: Condition,
  item: ExpandItem,
  depth: Depth,
): Map<string, Written> {
  const { found, json } = readRelated(context, table, link, item, depth);
  return new Map(found.map((row, index) => [String(row[table.primaryId]), json[index]!]));
}

function expandCollection(
  context: RequestContext,
  parents: Parents,
  navigation: Exclude<Navigation, { kind: 'parent' }>,
  item: ExpandItem,
): void {
  const { table, rows, written, pageSize } = parents;
  const ids = rows.map((row) => String(row[table.primaryId]));
  const byParent =
    navigation.kind === 'children'
      ? childrenOf(context, navigation.table, navigation.column, ids, item, parents)
      : partnersOf(context, navigation.table, navigation.pairs, ids, item, parents);
  const top = item.options.has('$top') ? Number(item.options.get('$top')) : undefined;
  const options = [...item.options].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  written.forEach((row, index) => {
    const all = byParent.get(ids[index]!) ?? [];
    const url = `${rowUrl(context.base, table, ids[index]!)}/${item.navigation}${options === '' ? '' : `?${options}`}`;
    row[item.navigation] = all.slice(0, top ?? pageSize);
    // Without a nested expand it is no continuation: the same rows again, as the platform has it.
    if (pageSize === undefined) row[`${item.navigation}@odata.nextLink`] = url;
    else if (all.length > pageSize) row[`${item.navigation}@odata.nextLink`] = nextLink(url, 2);
  });
}

function childrenOf(
  context: RequestContext,
  child: TableMetadata,
  column: string,
  ids: readonly string[],
  item: ExpandItem,
  depth: Depth,
): Map<string, Written[]> {
  const link: Condition = { kind: 'in', left: { column }, values: ids };
  const { found, json } = readRelated(context, child, link, item, depth, column);
  return grouped(found.map((row, index) => [(row[column] as Lookup).id, json[index]!]));
}

function partnersOf(
  context: RequestContext,
  other: TableMetadata,
  { intersectTable, ownColumn, otherColumn }: Pairs,
  ids: readonly string[],
  item: ExpandItem,
  depth: Depth,
): Map<string, Written[]> {
  const sql = `select "${ownColumn}" as own, "${otherColumn}" as other from "${intersectTable}" where "${ownColumn}" in (${ids.map(() => '?').join(', ')})`;
  const pairs = context.parts.database.all(sql, ids);
  const values = [...new Set(pairs.map((pair) => String(pair['other'])))];
  const link: Condition = { kind: 'in', left: { column: other.primaryId }, values };
  const owners = grouped(pairs.map((pair) => [String(pair['other']), String(pair['own'])]));
  const { found, json } = readRelated(context, other, link, item, depth);
  return grouped(
    found.flatMap((row, index) =>
      (owners.get(String(row[other.primaryId])) ?? []).map((own): [string, Written] => [own, json[index]!]),
    ),
  );
}

function grouped<T>(entries: readonly (readonly [string, T])[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of entries) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

/** Reads the rows of one navigation, for all parents at once, and what is expanded below them. */
function readRelated(
  context: RequestContext,
  table: TableMetadata,
  link: Condition,
  item: ExpandItem,
  { level, pageSize }: Depth,
  linkColumn?: string,
) {
  const { parts, caller, aliases } = context;
  if (table.isVirtual)
    throw notEmulated(
      `$expand of the virtual table '${table.logicalName}'`,
      'Query the virtual table by its key columns.',
    );
  const { metadata, shapes } = parts;
  const binder = new QueryBinder(table, { metadata, shapes, ask: askContext(parts, caller), aliases });
  const [select, filter, order, inner] = ['$select', '$filter', '$orderby', '$expand'].map((name) =>
    item.options.get(name),
  );
  const own = select === undefined ? allColumns(table) : columnsNamed(table, select, metadata);
  const selected = [...new Set([table.primaryId, ...own, ...(linkColumn === undefined ? [] : [linkColumn])])];
  const version = table.columns.has('versionnumber') ? ['versionnumber'] : [];
  const needed = inner === undefined ? [] : columnsForExpand(table, inner);
  const conditions = filter === undefined ? [link] : [link, binder.filter(filter)];
  const query: Query = {
    table: table.logicalName,
    columns: [...new Set([...selected, ...needed, ...version])],
    order: order === undefined ? [] : binder.orderBy(order),
    joins: binder.joins,
    filter: { kind: 'all', of: conditions },
  };
  const mask = parts.columnSecurity.masking(caller, table);
  const found = readRows(parts.database, securedQuery(query, caller, parts), shapes).map(({ columns }) =>
    mask(columns),
  );
  const writer = namingWriter(context, found);
  const write = shownRows(table, selected, writer);
  const json = found.map((row) => {
    const written = write(row);
    // Decided: rows of a nested expand carry no ETag.
    if (level > 1) delete written['@odata.etag'];
    return written;
  });
  if (inner !== undefined) addExpanded(context, table, found, json, inner, level + 1, pageSize);
  return { found, json };
}
