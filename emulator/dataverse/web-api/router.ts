import { notEmulated, type HttpResponse } from '../../kernel/index.ts';
import { handleMetadataRequest } from '../metadata/definitions.ts';
import { countRows } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import { runBatch } from './batch.ts';
import { columnNamed } from './bind-query.ts';
import { runOperation } from './operations.ts';
import { and, answer, bind, readSet } from './read-set.ts';
import { readKey } from './references.ts';
import type { RequestContext } from './request-context.ts';
import {
  deleteRequest,
  getRow,
  navigationRequest,
  patchRow,
  postRow,
  propertyRequest,
  referenceRequest,
} from './row-requests.ts';

/** Splits a path at its slashes, but not inside brackets or quotes: a key may hold one. */
export function splitPath(path: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let inString = false;
  let part = '';
  for (const character of path) {
    if (character === "'") inString = !inString;
    else if (!inString && character === '(') depth += 1;
    else if (!inString && character === ')') depth -= 1;
    if (character === '/' && depth === 0 && !inString) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part].filter((one) => one !== '');
}

const segment = /^([^(]*)(?:\((.*)\))?$/s;

/** Answers one request below `/api/data/v9.x/`. */
export async function route(context: RequestContext, path: string): Promise<HttpResponse> {
  const { parts, request } = context;
  const segments = splitPath(path);
  const [first, ...rest] = segments;
  if (first === undefined) return serviceDocument(context);
  if (first === '$batch') return runBatch(context);
  const [, name = '', keyText] = segment.exec(first) ?? [];
  const metadata = handleMetadataRequest(parts.metadata, context, segments);
  if (metadata !== undefined) return metadata;
  const table = parts.metadata.tableBySet(name);
  if (table === undefined) return runOperation(context, name);
  if (keyText === undefined || keyText === '') return setRequest(context, name, rest);
  const key = readKey(context, table, keyText);
  const [property, last] = rest;
  if (property === undefined) return rowRequest(context, table, key);
  if (property.startsWith('Microsoft.Dynamics.CRM.'))
    return runOperation(context, property.slice('Microsoft.Dynamics.CRM.'.length));
  const [, navigation = '', relatedKey] = segment.exec(property) ?? [];
  if (last === '$ref')
    return referenceRequest(
      context,
      table,
      key,
      navigation,
      relatedKey === undefined ? undefined : relatedUrl(context, table, navigation, relatedKey),
    );
  if (last === '$value') throw notEmulated('File and image columns', 'Keep files elsewhere for now.');
  const column = table.columns.has(property) ? property : columnNamed(table, property);
  if (column !== undefined && table.columns.get(column)!.type !== 'lookup')
    return propertyRequest(context, table, key, column);
  if (property.startsWith('_') && column !== undefined) return propertyRequest(context, table, key, column);
  if (request.method !== 'GET') throw faults.methodNotAllowed(request.method);
  return navigationRequest(context, table, key, property, (child, childColumn, id) =>
    last === '$count'
      ? countRequest(context, child.entitySetName)
      : readSet(context, child, { kind: 'compare', left: { column: childColumn }, operator: 'eq', right: id }),
  );
}

function relatedUrl(
  { parts }: RequestContext,
  table: {
    oneToMany: readonly { referencedNavigation: string; referencingTable: string }[];
    manyToMany: readonly {
      firstNavigation: string;
      secondNavigation: string;
      firstTable: string;
      secondTable: string;
    }[];
    logicalName: string;
  },
  navigation: string,
  key: string,
): string {
  const many = table.oneToMany.find((one) => one.referencedNavigation === navigation);
  const pair = table.manyToMany.find(
    (one) => one.firstNavigation === navigation || one.secondNavigation === navigation,
  );
  const other =
    many?.referencingTable ??
    (pair === undefined ? undefined : pair.firstTable === table.logicalName ? pair.secondTable : pair.firstTable);
  if (other === undefined) throw faults.resourceNotFound(navigation);
  return `${parts.metadata.table(other)!.entitySetName}(${key})`;
}

async function setRequest(context: RequestContext, set: string, rest: readonly string[]): Promise<HttpResponse> {
  const table = context.parts.metadata.tableBySet(set)!;
  const { method } = context.request;
  if (rest[0] === '$count') return countRequest(context, set);
  if (rest[0]?.startsWith('Microsoft.Dynamics.CRM.'))
    return runOperation(context, rest[0].slice('Microsoft.Dynamics.CRM.'.length));
  if (rest.length > 0) throw faults.resourceNotFound(rest[0]!);
  if (method === 'GET') return readSet(context, table);
  if (method === 'POST') return postRow(context, table);
  throw faults.methodNotAllowed(method);
}

async function rowRequest(
  context: RequestContext,
  table: Parameters<typeof getRow>[1],
  key: Parameters<typeof getRow>[2],
): Promise<HttpResponse> {
  switch (context.request.method) {
    case 'GET':
      return getRow(context, table, key);
    case 'PATCH':
    case 'PUT':
      return patchRow(context, table, key);
    case 'DELETE':
      return deleteRequest(context, table, key);
    default:
      throw faults.methodNotAllowed(context.request.method);
  }
}

const byteOrderMark = '\uFEFF';
const mostCounted = 5000;

async function countRequest(context: RequestContext, set: string): Promise<HttpResponse> {
  const { parts, caller } = context;
  const table = parts.metadata.tableBySet(set)!;
  const { query } = bind(context, table);
  const filter = and([query.filter, parts.access.condition(caller, 'Read', table)]);
  if (table.isVirtual) throw notEmulated('$count of a virtual table', 'Use $count=true in the query.');
  const count = countRows(parts.database, { ...query, filter }, parts.shapes, mostCounted);
  return {
    status: 200,
    headers: { 'Content-Type': 'text/plain', 'OData-Version': '4.0' },
    body: byteOrderMark + String(count),
  };
}

function serviceDocument(context: RequestContext): HttpResponse {
  const sets = [...context.parts.metadata.tables()].map((table) => ({
    name: table.entitySetName,
    kind: 'EntitySet',
    url: table.entitySetName,
  }));
  return answer(context, { '@odata.context': `${context.base}/$metadata`, value: sets });
}
