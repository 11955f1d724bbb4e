import type { HttpResponse } from '../../kernel/index.ts';
import type { Condition, Lookup } from '../../query/index.ts';
import { countRows } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { noContent } from './answer.ts';
import { inCollection, navigationNamed, type Navigation } from './navigation.ts';
import { readCount, readSet } from './read-set.ts';
import { readKey, type RowKey } from './references.ts';
import type { RequestContext } from './request-context.ts';
import { getRow, readable, requireId } from './row-requests.ts';
import { splitSegment } from './split-path.ts';

/** GET of a navigation property: the row a lookup points at, the rows of a collection, or how many there are. */
export async function navigationRequest(
  context: RequestContext,
  table: TableMetadata,
  key: RowKey,
  name: string,
  last: string | undefined,
): Promise<HttpResponse> {
  const { parts, request } = context;
  const navigation = navigationNamed(table, name, parts.metadata);
  if (navigation === undefined) throw faults.resourceNotFound(name);
  if (request.method !== 'GET') throw faults.methodNotAllowed(request.method);
  if (last !== undefined && (last !== '$count' || navigation.kind === 'parent')) throw faults.resourceNotFound(last);
  const row = await readable(context, table, key);
  if (navigation.kind !== 'parent') {
    const scope = inCollection(navigation, requireId(table, key));
    return last === '$count' ? readCount(context, navigation.table, scope) : readSet(context, navigation.table, scope);
  }
  const lookup = row[navigation.relationships[0].referencingColumn] as Lookup | null;
  const target = lookup === null ? undefined : parts.metadata.table(lookup.table);
  const isMeant =
    name === 'ownerid' || navigation.relationships.some((one) => one.referencedTable === target?.logicalName);
  if (lookup === null || target === undefined || !isMeant) return noContent;
  return getRow(context, target, { id: lookup.id, values: undefined, text: lookup.id });
}

/**
 * The row a longer path goes on from: behind a lookup, `<row>/<lookup>/<property>`, or out of a collection,
 * `<row>/<collection>(<key>)`. Undefined where the path ends here.
 */
export async function followedRow(
  context: RequestContext,
  { table, key }: { readonly table: TableMetadata; readonly key: RowKey },
  [next, ...rest]: readonly string[],
): Promise<{ readonly table: TableMetadata; readonly key: RowKey; readonly rest: readonly string[] } | undefined> {
  const { parts, request } = context;
  const { name, inside } = splitSegment(next ?? '');
  const navigation = request.method === 'GET' ? navigationNamed(table, name, parts.metadata) : undefined;
  if (navigation === undefined || rest[0] === '$ref' || rest[0] === '$count') return undefined;
  if (navigation.kind !== 'parent') {
    if (inside === undefined) return undefined;
    const member = readKey(context, navigation.table, inside);
    await requireMember(context, navigation, requireId(table, key), member);
    return { table: navigation.table, key: member, rest };
  }
  if (inside !== undefined || rest.length === 0) return undefined;
  const lookup = (await readable(context, table, key))[navigation.relationships[0].referencingColumn] as Lookup | null;
  const target = lookup === null ? undefined : parts.metadata.table(lookup.table);
  if (lookup === null || target === undefined) throw faults.resourceNotFound(name);
  return { table: target, key: { id: lookup.id, values: undefined, text: lookup.id }, rest };
}

/** @throws Fault 404 for a row that is not in the collection */
async function requireMember(
  { parts }: RequestContext,
  navigation: Exclude<Navigation, { kind: 'parent' }>,
  owner: string,
  member: RowKey,
): Promise<void> {
  const { table } = navigation;
  const id = requireId(table, member);
  const isOne: Condition = { kind: 'compare', left: { column: table.primaryId }, operator: 'eq', right: id };
  const filter: Condition = { kind: 'all', of: [inCollection(navigation, owner), isOne] };
  const query = { table: table.logicalName, columns: [], joins: [], order: [], filter };
  if (countRows(parts.database, query, parts.shapes, 1) === 0) throw faults.rowNotFound(table.schemaName, id);
}
