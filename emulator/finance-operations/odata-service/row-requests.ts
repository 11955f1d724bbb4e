import { bearerName, notEmulated, type HttpResponse } from '../../kernel/index.ts';
import { parseKey } from '../../odata/index.ts';
import type { DataEntity, EntityRow } from '../contract.ts';
import { dayValue } from '../entities/entity.ts';
import { faults } from '../faults.ts';
import { eventOf, requireShown } from '../security/event-security.ts';
import { inUnitOfWork, type UnitOfWork } from '../unit-of-work.ts';
import { readBody } from './body.ts';
import { requireCompany, type Call, type ServiceParts } from './call.ts';
import { expandRows, readExpand } from './expand.ts';
import { requireKnown } from './read-set.ts';
import { keyTextOf, noContent, respond, writeRow } from './write-row.ts';

const unitOfWork = (parts: ServiceParts, { request }: Call, logic: (work: UnitOfWork) => void): Promise<void> =>
  inUnitOfWork(parts, bearerName(request.headers), logic);

const read = ({ store }: ServiceParts, entity: DataEntity, key: EntityRow) => store.read(entity.shape, key);

/**
 * `reread`, inside the unit of work: what stood before may have changed while it waited.
 *
 * @throws Fault 404 when the row is not there any more
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/odata#validate-methods
 */
function reread(parts: ServiceParts, entity: DataEntity, key: EntityRow): EntityRow {
  const row = read(parts, entity, key);
  if (row === undefined) throw faults.rowNotFound(entity.set);
  return row;
}

/** Texts of keys are the same in any case. */
const inOtherCase = ({ store }: ServiceParts, entity: DataEntity, key: EntityRow) =>
  store.find(entity.shape, key as Record<string, string | number>)[0];

/** `POST /data/<Set>` */
export async function insertRow(parts: ServiceParts, call: Call): Promise<HttpResponse> {
  const { entity, user } = call;
  const values = readBody(entity, call.request.body.toString('utf8'));
  const event = eventOf(entity.set, values);
  if (event !== undefined) requireShown(user, event, parts.store);
  const company: EntityRow = entity.isCompanyBound
    ? { dataAreaId: requireCompany(user, String(values['dataAreaId'] ?? user.defaultCompany).toLowerCase()) }
    : {};
  const row: EntityRow = { ...values, ...company };
  let key: EntityRow = row;
  await unitOfWork(parts, call, (work) => {
    if (entity.writer.insert === undefined)
      throw notEmulated(`POST of '${entity.set}'`, 'Write the entity that owns the data.');
    const touched: EntityRow[] = [];
    entity.writer.insert(row, parts.store, {
      ...work,
      touch(name, one) {
        if (name === entity.name || name === entity.sameRowsAs) touched.push(one);
        work.touch(name, one);
      },
    });
    key = touched[0] ?? row;
  });
  const created = read(parts, entity, key) ?? row;
  return respond(
    201,
    {
      '@odata.context': `${call.base}/$metadata#${entity.set}/$entity`,
      ...writeRow(entity, created, { withRecId: call.withRecId }),
    },
    { Location: `${call.base}/${entity.set}(${keyTextOf(entity, created)})` },
  );
}

/** A request about one row. */
export async function rowRequest(parts: ServiceParts, call: Call, row: EntityRow): Promise<HttpResponse> {
  const { entity, request } = call;
  const key = Object.fromEntries(entity.key.map((name) => [name, row[name]!]));
  switch (request.method) {
    case 'GET':
      return readRow(parts, call, row);
    case 'PATCH':
    case 'PUT': {
      const values = readBody(entity, request.body.toString('utf8'));
      for (const name of entity.key) delete (values as Record<string, unknown>)[name];
      if (entity.writer.update === undefined)
        throw notEmulated(`PATCH of '${entity.set}'`, 'Write the entity that owns the data.');
      await unitOfWork(parts, call, (work) =>
        entity.writer.update!(reread(parts, entity, key), values, parts.store, work),
      );
      return noContent;
    }
    case 'DELETE':
      if (entity.writer.delete === undefined)
        throw notEmulated(`DELETE of '${entity.set}'`, 'Write the entity that owns the data.');
      await unitOfWork(parts, call, (work) => entity.writer.delete!(reread(parts, entity, key), parts.store, work));
      return noContent;
    default:
      throw faults.notAllowed(request.method);
  }
}

function readRow(parts: ServiceParts, call: Call, row: EntityRow): HttpResponse {
  const { entity, base, options, withRecId } = call;
  requireKnown(options);
  const wanted = options
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  const unknown = wanted?.find((name) => !entity.fields.has(name));
  if (unknown !== undefined)
    throw faults.badRequest(
      `The query specified in the URI is not valid. Could not find a property named '${unknown}' on type 'Microsoft.Dynamics.DataEntities.${entity.set}'.`,
    );
  const expand = readExpand(call, parts);
  return respond(200, {
    '@odata.context': `${base}/$metadata#${entity.set}/$entity`,
    ...writeRow(entity, row, { wanted, withRecId }),
    ...expandRows(expand, [row], call, parts)[0],
  });
}

/** `…/<Property>`, and its `/$value`. */
export function readProperty(
  { entity, base, request }: Call,
  row: EntityRow,
  name: string,
  isRaw: boolean,
): HttpResponse {
  if (request.method !== 'GET') throw faults.notAllowed(request.method);
  const value = writeRow(entity, row, { wanted: [name] })[name];
  if (isRaw) return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: String(value) };
  return respond(200, {
    '@odata.context': `${base}/$metadata#${entity.set}(${keyTextOf(entity, row)})/${name}`,
    value,
  });
}

/** The row a key in an address means, among those its path leads to; without `columns`, all of it. @throws Fault naming the key field that is missing */
export function readKey(
  parts: ServiceParts,
  { entity, within }: Call,
  text: string,
  columns?: readonly string[],
): EntityRow | undefined {
  const key = keyOf(entity, text);
  const row = parts.store.read(entity.shape, key, columns) ?? inOtherCase(parts, entity, key);
  if (row === undefined || within === undefined) return row;
  const isThere = { kind: 'compare', left: { column: 'RecId' }, operator: 'eq', right: row['RecId']! } as const;
  const filter = { kind: 'all', of: [within, isThere] } as const;
  return parts.store.query({
    table: entity.name,
    columns: [...entity.shape.columns.keys()],
    joins: [],
    order: [],
    filter,
  })[0];
}

function keyOf(entity: DataEntity, text: string): EntityRow {
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
  return Object.fromEntries(entity.key.map((name) => [name, keyValue(entity, name, given.get(name)!)]));
}

function keyValue(entity: DataEntity, name: string, text: string): string | number {
  const { type } = entity.fields.get(name)!;
  if (name === 'dataAreaId' || name === 'LegalEntityId') return text.toLowerCase();
  if (type === 'real' || type === 'int' || type === 'int64') return Number(text);
  if (type === 'date') return dayValue(text);
  // `Microsoft.Dynamics.DataEntities.NoYes'Yes'` or the symbol alone.
  return type === 'enum' ? (/'(.*)'$/.exec(text)?.[1] ?? text) : text;
}
