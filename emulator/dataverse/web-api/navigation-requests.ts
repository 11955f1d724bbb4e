import type { HttpResponse } from '../../kernel/index.ts';
import type { Lookup } from '../../query/index.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { noContent } from './answer.ts';
import { inCollection, navigationNamed } from './navigation.ts';
import { readCount, readSet } from './read-set.ts';
import type { RowKey } from './references.ts';
import type { RequestContext } from './request-context.ts';
import { getRow, readable, requireId } from './row-requests.ts';

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
