import { notEmulated, type HttpResponse } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import { customizingRequest } from '../customizing/requests.ts';
import { definitionSet, handleMetadataRequest } from '../metadata/definitions.ts';
import { requireStored } from '../metadata/computed-columns.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { answer } from './answer.ts';
import { runBatch } from './batch.ts';
import { columnNamed } from './bind-query.ts';
import { fileRequest, isAboutContent } from './file-requests.ts';
import { setsElsewhere } from './known-elsewhere.ts';
import { followedRow, navigationRequest } from './navigation-requests.ts';
import { declaredOperations, runOperation, type OperationCall } from './operations/index.ts';
import { readCount, readSet } from './read-set.ts';
import { referenceRequest } from './reference-requests.ts';
import { readKey, type RowKey } from './references.ts';
import type { RequestContext } from './request-context.ts';
import { deleteRequest, getRow, patchRow, postRow, propertyRequest, rawValue } from './row-requests.ts';
import { splitPath, splitSegment } from './split-path.ts';

/** Answers one request below `/api/data/v9.x/`. */
export async function route(context: RequestContext, path: string): Promise<HttpResponse> {
  const segments = splitPath(path);
  const [first, ...rest] = segments;
  if (first === undefined) return serviceDocument(context);
  if (first === '$batch') return runBatch(context);
  const definitions = context.request.method === 'GET' ? undefined : definitionSet(first);
  if (definitions !== undefined) return changeDefinitions(context, { ...definitions, rest });
  const described = readDefinitions(context, segments);
  if (described !== undefined) return described;
  const { name, inside } = splitSegment(first);
  const table = context.parts.metadata.tableBySet(name);
  if (table === undefined && setsElsewhere.has(name.toLowerCase()))
    throw notEmulated(`The table of the set '${name}'`, 'Make it, or import a solution that holds it.');
  if (table === undefined) return operationRequest(context, { name, inside, bound: undefined }, rest);
  return inside === undefined || inside === ''
    ? setRequest(context, table, rest)
    : rowRequest(context, table, readKey(context, table, inside), rest);
}

const readDefinitions = (context: RequestContext, segments: readonly string[]) =>
  handleMetadataRequest(context.parts.metadata, context, segments, () => declaredOperations(context.parts));

/** Changes definitions; the answer may hold what a GET of them would read. */
function changeDefinitions(
  context: RequestContext,
  asked: { readonly set: string; readonly key: string | undefined; readonly rest: readonly string[] },
): Promise<HttpResponse> {
  const reading = { ...context, request: { ...context.request, method: 'GET' } };
  return customizingRequest({ context, ...asked, read: (path) => readDefinitions(reading, splitPath(path))! });
}

/** `<set>`, `<set>/$count`, `<set>/Microsoft.Dynamics.CRM.<operation>`. */
async function setRequest(
  context: RequestContext,
  table: TableMetadata,
  rest: readonly string[],
): Promise<HttpResponse> {
  const { method } = context.request;
  const [next, ...further] = rest;
  if (next === '$count' && further.length === 0) {
    if (method !== 'GET') throw faults.methodNotAllowed(method);
    return readCount(context, table);
  }
  const operation = next === undefined ? undefined : boundOperation(next);
  if (operation !== undefined) return operationRequest(context, { ...operation, bound: { table } }, further);
  if (next !== undefined) throw faults.resourceNotFound(next);
  if (method === 'GET') return readSet(context, table);
  if (method === 'POST') return postRow(context, table);
  throw faults.methodNotAllowed(method);
}

/** `<row>`, and what stands behind it. */
const rowRequest = (context: RequestContext, table: TableMetadata, key: RowKey, rest: readonly string[]) =>
  rest.length === 0 ? wholeRowRequest(context, table, key) : behindRow(context, table, key, rest);

/** A property of a row, a navigation, `$ref`, an operation. */
async function behindRow(
  context: RequestContext,
  table: TableMetadata,
  key: RowKey,
  rest: readonly string[],
): Promise<HttpResponse> {
  const [next = '', last, ...further] = rest;
  const behind = await followedRow(context, { table, key }, rest);
  if (behind !== undefined) return rowRequest(context, behind.table, behind.key, behind.rest);
  if (further.length > 0) throw faults.resourceNotFound(further[0]!);
  const operation = boundOperation(next);
  if (operation !== undefined)
    return operationRequest(context, { ...operation, bound: { table, key } }, last === undefined ? [] : [last]);
  const { name, inside } = splitSegment(next);
  if (last === '$ref') return referenceRequest(context, { table, key, name, relatedKey: inside });
  const column = columnNamed(table, next);
  if (column === undefined) return navigationRequest(context, table, key, next, last);
  requireStored(table, column);
  const metadata = table.columns.get(column)!;
  if (last === '$value' ? metadata.file !== undefined : last === undefined && isAboutContent(context, metadata))
    return fileRequest(context, table, key, metadata, last === '$value');
  if (last === '$value') return rawValue(context, table, key, column);
  if (last !== undefined) throw faults.resourceNotFound(last);
  return propertyRequest(context, table, key, column);
}

function wholeRowRequest(context: RequestContext, table: TableMetadata, key: RowKey): Promise<HttpResponse> {
  const { method } = context.request;
  if (method === 'GET') return getRow(context, table, key);
  if (method === 'PATCH') return patchRow(context, table, key);
  if (method === 'DELETE') return deleteRequest(context, table, key);
  throw faults.methodNotAllowed(method);
}

/** A bound operation carries its namespace, an unbound one must not. */
function boundOperation(segment: string): Pick<OperationCall, 'name' | 'inside'> | undefined {
  const { name, inside } = splitSegment(segment);
  const short = /^(?:Microsoft\.Dynamics\.CRM|mscrm)\.(.+)$/.exec(name)?.[1];
  return short === undefined ? undefined : { name: short, inside };
}

async function operationRequest(
  context: RequestContext,
  call: OperationCall,
  rest: readonly string[],
): Promise<HttpResponse> {
  if (rest.length > 0) throw faults.resourceNotFound(rest[0]!);
  return runOperation(context, call);
}

function serviceDocument(context: RequestContext): HttpResponse {
  if (context.request.method !== 'GET') throw faults.methodNotAllowed(context.request.method);
  const sets = [...context.parts.metadata.tables()].map(({ entitySetName }) => ({
    name: entitySetName,
    kind: 'EntitySet',
    url: entitySetName,
  }));
  return answer(context, { '@odata.context': `${context.base}/$metadata`, value: sets });
}
