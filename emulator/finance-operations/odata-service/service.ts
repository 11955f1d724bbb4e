import { bearerName, Fault, json, notEmulated, type HttpRequest, type HttpResponse } from '../../kernel/index.ts';
import { ODataSyntaxError, parseKey, parseQueryOptions, parseSelect } from '../../odata/index.ts';
import type { Condition, Query } from '../../query/index.ts';
import { countRows, type Shapes } from '../../storage/index.ts';
import type { DataEntity, EntityRow } from '../contract.ts';
import type { EntityDefinition } from '../entities/entity.ts';
import { faults } from '../faults.ts';
import { inUnitOfWork, type UnitOfWork, type WorkSurroundings } from '../unit-of-work.ts';
import { noDate } from '../entities/entity.ts';
import { readBody } from './body.ts';
import { writeMetadata } from './csdl.ts';
import { createBinder } from './filter.ts';

export interface ServiceParts extends WorkSurroundings {
  readonly shapes: Shapes;
  readonly strictAuth: boolean;
  /** Default company and companies of a user; undefined when the user is not one of finance and operations. */
  readonly userByEmail: (
    email: string,
  ) => { readonly defaultCompany: string; readonly companies: readonly string[] } | undefined;
  readonly log: (text: string) => void;
}

const pageSize = 10_000;

interface User {
  /** Undefined for the administrator: every company. */
  readonly companies: readonly string[] | undefined;
  readonly defaultCompany: string;
}

interface Call {
  readonly request: HttpRequest;
  readonly entity: EntityDefinition;
  readonly options: ReadonlyMap<string, string>;
  readonly user: User;
  readonly crossCompany: boolean;
  /** The virtual-table provider: rows carry their RecId. */
  readonly withRecId: boolean;
  readonly base: string;
}

/** Answers `/data/…`. */
export function createService(parts: ServiceParts): (request: HttpRequest) => Promise<HttpResponse> {
  const bySet = new Map([...parts.entities.values()].map((entity) => [entity.set, entity]));
  return async (request) => {
    try {
      return await dispatch(parts, bySet, request);
    } catch (error) {
      return render(error, request, parts.log);
    }
  };
}

async function dispatch(
  parts: ServiceParts,
  bySet: ReadonlyMap<string, EntityDefinition>,
  request: HttpRequest,
): Promise<HttpResponse> {
  const [path, query = ''] = request.url.split(/\?(.*)/s) as [string, string?];
  const match = /^\/data(?:\/(.*))?$/s.exec(decodeURIComponent(path));
  if (match === null) throw faults.notFound(path);
  const rest = match[1] ?? '';
  const base = `http://${request.headers['host'] ?? '127.0.0.1:7072'}/data`;
  if (rest === '')
    return respond(200, {
      '@odata.context': `${base}/$metadata`,
      value: [...bySet.keys()].map((name) => ({ name, kind: 'EntitySet', url: name })),
    });
  if (rest === '$metadata')
    return { status: 200, headers: { 'Content-Type': 'application/xml' }, body: writeMetadata([...bySet.values()]) };
  if (rest === '$batch')
    throw notEmulated('$batch of the finance and operations OData service', 'Send the requests one by one.');
  const [, set = '', keyText, tail] = /^(\w+)(?:\((.*)\))?(?:\/(.+))?$/s.exec(rest) ?? [];
  const entity = bySet.get(set);
  if (entity === undefined) throw faults.notFound(rest);
  if (tail !== undefined && tail !== '$count') throw notEmulated(`'/${tail}' below '${set}'`, 'Read the row itself.');
  const { options } = parseQueryOptions(query);
  const call: Call = {
    request,
    entity,
    options,
    base,
    user: userOf(parts, request),
    crossCompany: options.get('cross-company') === 'true',
    withRecId: request.headers['x-ms-virtual-entity'] !== undefined,
  };
  if (keyText === undefined) return setRequest(parts, call, tail === '$count');
  return rowRequest(parts, call, keyText);
}

function userOf(parts: ServiceParts, request: HttpRequest): User {
  const name = bearerName(request.headers);
  const known = name === undefined ? undefined : parts.userByEmail(name);
  if (known !== undefined) return known;
  // The virtual-table provider brings the caller's name; somebody who is no user here gets nothing.
  if (request.headers['x-ms-virtual-entity'] !== undefined && name !== undefined && name !== '')
    throw faults.notAuthorized(name);
  if (parts.strictAuth && name !== 'dual-write') throw faults.notAuthorized(name ?? '');
  return { companies: undefined, defaultCompany: 'dat' };
}

async function setRequest(parts: ServiceParts, call: Call, onlyCount: boolean): Promise<HttpResponse> {
  const { method } = call.request;
  if (method === 'GET') return parts.database.reading(async () => readSet(parts, call, onlyCount));
  if (method !== 'POST') throw faults.notAllowed(method);
  const { entity, user } = call;
  const values = readBody(entity, call.request.body.toString('utf8'));
  const company: EntityRow = entity.isCompanyBound
    ? { dataAreaId: requireCompany(user, String(values['dataAreaId'] ?? user.defaultCompany).toLowerCase()) }
    : {};
  const row: EntityRow = { ...values, ...company };
  let key: EntityRow = row;
  await unitOfWork(parts, call, (log) => {
    if (entity.writer.insert === undefined)
      throw notEmulated(`POST of '${entity.set}'`, 'Write the entity that owns the data.');
    const touched: EntityRow[] = [];
    entity.writer.insert(row, parts.store, {
      ...log,
      touch: (name, one) => (name === entity.name && touched.push(one), log.touch(name, one)),
    });
    key = touched[0] ?? row;
  });
  const created = readByKey(parts, entity, key);
  return respond(
    201,
    { '@odata.context': `${call.base}/$metadata#${entity.set}/$entity`, ...writeRow(call, created ?? row) },
    { Location: `${call.base}/${entity.set}(${keyTextOf(entity, created ?? row)})` },
  );
}

async function rowRequest(parts: ServiceParts, call: Call, keyText: string): Promise<HttpResponse> {
  const { entity, request } = call;
  const key = readKey(call, keyText);
  const row = readByKey(parts, entity, key);
  if (row === undefined || !isReached(call, row)) throw faults.rowNotFound(entity.set);
  switch (request.method) {
    case 'GET':
      return respond(200, { '@odata.context': `${call.base}/$metadata#${entity.set}/$entity`, ...writeRow(call, row) });
    case 'PATCH':
    case 'PUT': {
      const values = readBody(entity, request.body.toString('utf8'));
      for (const name of entity.key) delete (values as Record<string, unknown>)[name];
      if (entity.writer.update === undefined)
        throw notEmulated(`PATCH of '${entity.set}'`, 'Write the entity that owns the data.');
      // The row is read again inside the unit of work: what stood before may have changed while it waited.
      await unitOfWork(parts, call, (log) =>
        entity.writer.update!(readByKey(parts, entity, key) ?? row, values, parts.store, log),
      );
      return { status: 204, headers: { 'OData-Version': '4.0' }, body: '' };
    }
    case 'DELETE':
      if (entity.writer.delete === undefined)
        throw notEmulated(`DELETE of '${entity.set}'`, 'Write the entity that owns the data.');
      await unitOfWork(parts, call, (log) => entity.writer.delete!(row, parts.store, log));
      return { status: 204, headers: { 'OData-Version': '4.0' }, body: '' };
    default:
      throw faults.notAllowed(request.method);
  }
}

const unitOfWork = (parts: ServiceParts, { request }: Call, logic: (work: UnitOfWork) => void): Promise<void> =>
  inUnitOfWork(parts, bearerName(request.headers), logic);

function readByKey({ store }: ServiceParts, entity: DataEntity, key: EntityRow): EntityRow | undefined {
  return store.read(entity.shape, key);
}

function readKey({ entity }: Call, text: string): EntityRow {
  const key = parseKey(text);
  const given =
    key.kind === 'single'
      ? entity.key.length === 1
        ? new Map([[entity.key[0]!, key.value]])
        : new Map<string, string>()
      : key.values;
  const missing = entity.key.find((name) => !given.has(name));
  if (missing !== undefined)
    throw faults.badRequest(
      `The number of keys specified in the URI does not match number of key properties for the resource '${entity.set}': '${missing}' is missing.`,
    );
  return Object.fromEntries(
    entity.key.map((name) => [name, name === 'dataAreaId' ? given.get(name)!.toLowerCase() : given.get(name)!]),
  );
}

function isReached({ user, crossCompany, entity }: Call, row: EntityRow): boolean {
  if (!entity.isCompanyBound) return true;
  const company = String(row['dataAreaId']);
  if (user.companies !== undefined && !user.companies.includes(company)) return false;
  return crossCompany || user.companies === undefined || company === user.defaultCompany;
}

function requireCompany(user: User, company: string): string {
  if (user.companies === undefined || user.companies.includes(company)) return company;
  throw faults.companyNotAllowed(company);
}

const known = new Set(['$select', '$filter', '$orderby', '$top', '$skip', '$count', 'cross-company', '$skiptoken']);

function readSet(parts: ServiceParts, call: Call, onlyCount: boolean): HttpResponse {
  const { entity, options, base, withRecId } = call;
  if (options.has('$expand'))
    throw notEmulated('$expand in finance and operations', 'Read the related entity by its key.');
  const unknown = [...options.keys()].find((name) => !known.has(name));
  if (unknown !== undefined) throw faults.badRequest(`The query option '${unknown}' is not supported.`);
  const binder = createBinder(entity, withRecId);
  const filters = [
    companyFilter(call),
    options.has('$filter') ? binder.filter(options.get('$filter')!) : undefined,
  ].filter((one): one is Condition => one !== undefined);
  const top = wholeNumber(options, '$top');
  const skip = (wholeNumber(options, '$skip') ?? 0) + (wholeNumber(options, '$skiptoken') ?? 0);
  const size = Math.min(top ?? pageSize, pageSize);
  const query: Query = {
    table: entity.name,
    columns: [...entity.shape.columns.keys()],
    joins: [],
    filter: filters.length === 0 ? undefined : { kind: 'all', of: filters },
    order: options.has('$orderby') ? binder.orderBy(options.get('$orderby')!) : [],
  };
  const total = () => countRows(parts.database, query, parts.shapes, Number.MAX_SAFE_INTEGER);
  if (onlyCount) return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: String(total()) };
  const wanted = options.has('$select')
    ? parseSelect(options.get('$select')!).map((name) => binder.column(name))
    : undefined;
  const rows = parts.store.query({ ...query, top: size + 1, skip });
  const body: Record<string, unknown> = { '@odata.context': `${base}/$metadata#${entity.set}` };
  if (options.get('$count') === 'true') body['@odata.count'] = total();
  body['value'] = rows.slice(0, size).map((row) => writeRow(call, row, wanted));
  if (rows.length > size && (top === undefined || top > pageSize))
    body['@odata.nextLink'] = nextLink(call, skip + size);
  else if (withRecId) body['@emulator.moreRows'] = rows.length > size;
  return respond(200, body);
}

function nextLink({ base, request, entity }: Call, skip: number): string {
  const query = (request.url.split('?')[1] ?? '')
    .split('&')
    .filter((part) => part !== '' && !part.startsWith('$skiptoken='))
    .join('&');
  return `${base}/${entity.set}?${query === '' ? '' : `${query}&`}$skiptoken=${skip}`;
}

function companyFilter({ entity, user, crossCompany }: Call): Condition | undefined {
  if (!entity.isCompanyBound) return undefined;
  const left = { column: 'dataAreaId' };
  if (crossCompany) return user.companies === undefined ? undefined : { kind: 'in', left, values: [...user.companies] };
  return user.companies === undefined
    ? undefined
    : { kind: 'compare', left, operator: 'eq', right: user.defaultCompany };
}

function wholeNumber(options: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = options.get(name);
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw faults.badRequest(`Invalid value '${text}' for ${name} query option.`);
}

function writeRow({ entity, withRecId }: Call, row: EntityRow, wanted?: readonly string[]): Record<string, unknown> {
  const names = wanted ?? [...entity.fields.keys()];
  const result: Record<string, unknown> = {
    '@odata.etag': `W/"${Buffer.from(JSON.stringify(entity.key.map((name) => row[name]))).toString('base64')}"`,
  };
  for (const name of names) {
    const field = entity.fields.get(name);
    if (field !== undefined)
      result[name] =
        row[name] ??
        (field.type === 'date' || field.type === 'utcDateTime'
          ? noDate
          : field.type === 'string' || field.type === 'enum' || field.type === 'guid'
            ? ''
            : 0);
  }
  if (withRecId) result['RecId'] = String(row['RecId']);
  return result;
}

function keyTextOf(entity: DataEntity, row: EntityRow): string {
  return entity.key
    .map(
      (name) =>
        `${name}=${entity.fields.get(name)!.type === 'utcDateTime' ? String(row[name]) : `'${String(row[name]).replaceAll("'", "''")}'`}`,
    )
    .join(',');
}

function respond(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return json(status, body, {
    'Content-Type': 'application/json; odata.metadata=minimal',
    'OData-Version': '4.0',
    ...headers,
  });
}

/** Decided: the shape of errors; X++ refusals carry the infolog in `innererror.message`. */
function render(error: unknown, request: HttpRequest, log: (text: string) => void): HttpResponse {
  if (error instanceof ODataSyntaxError) return respond(400, { error: { code: '', message: error.message } });
  if (!(error instanceof Fault)) {
    if ((error as Error).name === 'ConnectionDropped' || (error as Error).constructor.name === 'ConnectionDropped')
      throw error;
    log(`${request.method} ${request.url} failed: ${(error as Error).stack ?? String(error)}`);
    return respond(500, {
      error: {
        code: '',
        message: 'An error has occurred.',
        innererror: { message: (error as Error).message, type: 'System.Exception', stacktrace: '' },
      },
    });
  }
  const { code, status } = error.wire;
  if (error.name !== 'refused' && error.name !== 'dualWriteRefused')
    return respond(status, { error: { code, message: error.message } });
  return respond(status, {
    error: {
      code,
      message: 'An error has occurred.',
      innererror: {
        message: `Write failed for table row of type. Infolog: Error: ${error.message}`,
        type: 'System.InvalidOperationException',
        stacktrace: '',
      },
    },
  });
}
