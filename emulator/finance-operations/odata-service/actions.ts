import { bearerName, type HttpResponse } from '../../kernel/index.ts';
import { normalizeDate } from '../../odata/index.ts';
import type { EntityRow } from '../contract.ts';
import type { ActionParameter, ActionValue, EntityAction, EntityDefinition } from '../entities/entity.ts';
import { faults } from '../faults.ts';
import { inUnitOfWork } from '../unit-of-work.ts';
import type { Call, ServiceParts } from './call.ts';
import { actionType } from './csdl.ts';
import type { PathSegment } from './resource-path.ts';
import { noContent, respond, writeRow } from './write-row.ts';

const namespace = 'Microsoft.Dynamics.DataEntities.';

/** The action a segment names: qualified, as the metadata document has it, or alone. */
export function findAction(
  entity: EntityDefinition,
  { name, key }: PathSegment,
  binding: EntityAction['binding'],
): EntityAction | undefined {
  if (key !== undefined && key !== '') return undefined;
  const wanted = name.startsWith(namespace) ? name.slice(namespace.length) : name;
  return entity.actions.find((one) => one.name === wanted && one.binding === binding);
}

/**
 * Runs an action in a unit of work: what it changes and raises is told when it commits.
 *
 * @param row the row it is bound to; undefined for one of the set
 * @throws Fault 400 for parameters that are missing, unknown or of the wrong type; 405 unless it is posted
 */
export async function runAction(
  parts: ServiceParts,
  call: Call,
  action: EntityAction,
  row: EntityRow | undefined,
): Promise<HttpResponse> {
  const { request, entity, base } = call;
  if (request.method !== 'POST') throw faults.notAllowed(request.method);
  const values = readParameters(action, request.body.toString('utf8'));
  const { store } = parts;
  const result = await inUnitOfWork(parts, bearerName(request.headers), (work) =>
    action.run({ values, row, store, work, roles: call.user.roles }),
  );
  if (action.returns === undefined) return noContent;
  const { type, isCollection = false } = action.returns;
  const of = type === 'rows' ? entity.set : isCollection ? `Collection(${actionType(type)})` : actionType(type);
  const value = type === 'rows' ? (result as EntityRow[]).map((one) => writeRow(entity, one)) : result;
  return respond(200, { '@odata.context': `${base}/$metadata#${of}`, value });
}

function readParameters({ name, parameters }: EntityAction, text: string): Record<string, ActionValue> {
  const given = readObject(text);
  const unknown = Object.keys(given).find((one) => !parameters.some((parameter) => parameter.name === one));
  if (unknown !== undefined)
    throw faults.badRequest(
      `The parameter '${unknown}' in the request payload is not a valid parameter for the operation '${name}'.`,
    );
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, readValue(name, parameter, given)]));
}

function readObject(text: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch (error) {
    throw faults.badRequest(`The request body is not valid JSON: ${(error as Error).message}`);
  }
  throw faults.badRequest('The request body is not a JSON object.');
}

const isOfType: Readonly<Record<ActionParameter['type'], (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  guid: (value) => typeof value === 'string',
  int: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  utcDateTime: (value) => typeof value === 'string' && normalizeDate(value) !== undefined,
};

/** A text that is missing is empty, as everything nullable is; anything else has to be there. */
function readValue(action: string, { name, type }: ActionParameter, given: Record<string, unknown>): ActionValue {
  const value = given[name] ?? (type === 'string' ? '' : undefined);
  if (value === undefined)
    throw faults.badRequest(`The parameter '${name}' of the operation '${action}' is missing in the request payload.`);
  if (!isOfType[type](value))
    throw faults.badRequest(
      `The value ${JSON.stringify(value)} of the parameter '${name}' cannot be read as ${actionType(type)}.`,
    );
  return value as ActionValue;
}
