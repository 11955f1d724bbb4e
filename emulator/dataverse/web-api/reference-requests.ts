import type { HttpResponse } from '../../kernel/index.ts';
import type { Lookup } from '../../query/index.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { answer, noContent } from './answer.ts';
import { inCollection, navigationNamed, type Navigation } from './navigation.ts';
import { addPair, removePair } from './pairs.ts';
import { parseBody } from './parse-body.ts';
import { readReferences } from './read-set.ts';
import { resolveReference, type RowKey } from './references.ts';
import type { RequestContext } from './request-context.ts';
import { readable, requireId } from './row-requests.ts';
import { rowUrl } from './write-row.ts';

/** `<row>/<name>/$ref`, or `<row>/<name>(<relatedKey>)/$ref`. */
export interface ReferencePath {
  readonly table: TableMetadata;
  readonly key: RowKey;
  readonly name: string;
  readonly relatedKey: string | undefined;
}

/** GET, POST, PUT and DELETE of `$ref`: reads, sets or clears a lookup, adds or removes a row of a collection. */
export async function referenceRequest(context: RequestContext, path: ReferencePath): Promise<HttpResponse> {
  const navigation = navigationNamed(path.table, path.name, context.parts.metadata);
  if (navigation === undefined) throw faults.resourceNotFound(path.name);
  const { method } = context.request;
  if (method === 'GET') return readReference(context, path, navigation);
  const isAllowed = method === 'DELETE' || (navigation.kind === 'parent' ? method === 'PUT' : method === 'POST');
  if (!isAllowed) throw faults.methodNotAllowed(method);
  await (navigation.kind === 'parent'
    ? setLookup(context, path, navigation)
    : changeCollection(context, path, navigation));
  return noContent;
}

async function readReference(
  context: RequestContext,
  { table, key }: ReferencePath,
  navigation: Navigation,
): Promise<HttpResponse> {
  const row = await readable(context, table, key);
  if (navigation.kind !== 'parent')
    return readReferences(context, navigation.table, inCollection(navigation, requireId(table, key)));
  const lookup = row[navigation.relationships[0].referencingColumn] as Lookup | null;
  if (lookup === null) return noContent;
  const target = context.parts.metadata.table(lookup.table)!;
  const place = { '@odata.context': `${context.base}/$metadata#$ref` };
  return answer(context, { ...place, '@odata.id': rowUrl(context.base, target, lookup.id) });
}

/** The row the request names: in the path, in `$id` of a DELETE, else in the body. */
async function relatedRow(
  context: RequestContext,
  { table, relatedKey }: ReferencePath,
  navigation: Navigation,
): Promise<Lookup> {
  const { request, options } = context;
  if (relatedKey !== undefined && navigation.kind !== 'parent')
    return resolveReference(context, `${navigation.table.entitySetName}(${relatedKey})`);
  const url = request.method === 'DELETE' ? options.get('$id') : parseBody(context, table.entitySetName)['@odata.id'];
  if (typeof url === 'string') return resolveReference(context, url);
  throw faults.payload(table.entitySetName, "The reference has no '@odata.id'.");
}

async function setLookup(
  context: RequestContext,
  path: ReferencePath,
  navigation: Extract<Navigation, { kind: 'parent' }>,
): Promise<void> {
  const { table, key } = path;
  const { pipeline } = context.parts;
  const column = navigation.relationships[0].referencingColumn;
  const value = context.request.method === 'DELETE' ? null : await relatedRow(context, path, navigation);
  const isOwner = path.name === 'ownerid' && (value?.table === 'systemuser' || value?.table === 'team');
  if (value !== null && !isOwner && !navigation.relationships.some((one) => one.referencedTable === value.table))
    throw faults.payload(table.entitySetName, `'${path.name}' does not lead to rows of '${value.table}'.`);
  await pipeline.update(table.logicalName, requireId(table, key), { [column]: value }, context.caller);
}

async function changeCollection(
  context: RequestContext,
  path: ReferencePath,
  navigation: Exclude<Navigation, { kind: 'parent' }>,
): Promise<void> {
  const { parts, caller, request } = context;
  const { table } = path;
  const id = requireId(table, path.key);
  const other = await relatedRow(context, path, navigation);
  if (other.table !== navigation.table.logicalName)
    throw faults.payload(table.entitySetName, `'${path.name}' does not hold rows of '${other.table}'.`);
  const isRemoval = request.method === 'DELETE';
  if (navigation.kind === 'pairs')
    return (isRemoval ? removePair : addPair)(parts, caller, { table, id, other, pairs: navigation.pairs });
  const value = isRemoval ? null : { table: table.logicalName, id };
  await parts.pipeline.update(other.table, other.id, { [navigation.column]: value }, caller);
}
