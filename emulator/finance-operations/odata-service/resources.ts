import { notEmulated, type HttpResponse } from '../../kernel/index.ts';
import type { Condition } from '../../query/index.ts';
import type { EntityRow } from '../contract.ts';
import { faults } from '../faults.ts';
import { eventOf, requireShown } from '../security/event-security.ts';
import { findAction, runAction } from './actions.ts';
import { isReached, isVirtualPageCall, requireRight, type Call, type ServiceParts } from './call.ts';
import { followed } from './expand.ts';
import { navigationsOf, type Navigation } from './navigation.ts';
import { readSet } from './read-set.ts';
import { rowReference, setReferences } from './references.ts';
import { pathText, type PathSegment } from './resource-path.ts';
import { insertRow, readKey, readProperty, rowRequest } from './row-requests.ts';
import { readVirtualPage } from './virtual-page.ts';
import { noContent } from './write-row.ts';

/**
 * Answers a request about the rows of a set, or about what the path goes on to below them.
 *
 * @param segments what follows the name of the set and has not been read
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/odata#addressing
 */
export async function answerSet(
  parts: ServiceParts,
  call: Call,
  segments: readonly PathSegment[],
): Promise<HttpResponse> {
  const [next, ...rest] = segments;
  const { method } = call.request;
  requireRight(call.user, call.entity, method === 'GET' ? 'read' : 'write', parts.store);
  if (next === undefined) {
    if (method === 'GET')
      return parts.database.reading(async () =>
        isVirtualPageCall(call.request) ? readVirtualPage(parts, call) : readSet(parts, call, false),
      );
    if (method !== 'POST') throw faults.notAllowed(method);
    if (call.within !== undefined)
      throw notEmulated(`POST below a row of '${call.entity.set}'`, 'Insert into the set itself.');
    return insertRow(parts, call);
  }
  const isLast = rest.length === 0;
  if (isLast && next.name === '$count' && method === 'GET')
    return parts.database.reading(async () => readSet(parts, call, true));
  if (isLast && next.name === '$ref') return setReferences(parts, call);
  const action = findAction(call.entity, next, 'set');
  if (isLast && action !== undefined) return runAction(parts, call, action, undefined);
  throw unknownPath(call, segments);
}

/** Answers a request about the row with this key, or about what the path goes on to below it. @throws Fault 404 */
export async function answerKey(
  parts: ServiceParts,
  call: Call,
  keyText: string,
  segments: readonly PathSegment[],
): Promise<HttpResponse> {
  // What is changed is read whole inside its unit of work; until then its key is enough.
  const isChanged = segments.length === 0 && (call.request.method === 'PATCH' || call.request.method === 'PUT');
  const row = readKey(parts, call, keyText, isChanged ? ['RecId', ...call.entity.key] : undefined);
  if (row === undefined || !isReached(call, row)) throw faults.rowNotFound(call.entity.set);
  const event = eventOf(call.entity.set, row);
  if (event !== undefined) requireShown(call.user, event, parts.store);
  return answerRow(parts, call, row, segments);
}

async function answerRow(
  parts: ServiceParts,
  call: Call,
  row: EntityRow,
  segments: readonly PathSegment[],
): Promise<HttpResponse> {
  const [next, ...rest] = segments;
  // What the path only passes through is read.
  const isWritten = call.request.method !== 'GET' && !leadsOn(call, next);
  requireRight(call.user, call.entity, isWritten ? 'write' : 'read', parts.store);
  if (next === undefined) return rowRequest(parts, call, row);
  const isLast = rest.length === 0;
  if (isLast && next.name === '$ref') return rowReference(call, row);
  if (call.entity.fields.has(next.name) && next.key === undefined && isRawOrNothing(rest))
    return readProperty(call, row, next.name, rest.length === 1);
  const navigation = navigationNamed(call, next);
  if (navigation !== undefined) return answerNavigation(parts, call, row, navigation, next.key, rest);
  const action = findAction(call.entity, next, 'row');
  if (isLast && action !== undefined) return runAction(parts, call, action, row);
  throw unknownPath(call, segments);
}

const navigationNamed = ({ entity, entities }: Call, { name }: PathSegment) =>
  navigationsOf(entity, entities).find((navigation) => navigation.name === name);

const leadsOn = (call: Call, next: PathSegment | undefined) =>
  next !== undefined && navigationNamed(call, next) !== undefined;

const isRawOrNothing = ([only, ...more]: readonly PathSegment[]) =>
  more.length === 0 && (only === undefined || only.name === '$value');

/** Goes on at what a row leads to; one row that is not there has no content. */
async function answerNavigation(
  parts: ServiceParts,
  call: Call,
  row: EntityRow,
  { target, fields, isCollection }: Navigation,
  key: string | undefined,
  rest: readonly PathSegment[],
): Promise<HttpResponse> {
  const entity = call.entities.get(target.name)!;
  const there: Call = { ...call, entity, within: sameValues(fields, row) };
  if (!isCollection) {
    const [found] = followed(there, parts);
    if (found !== undefined) return answerRow(parts, { ...there, within: undefined }, found, rest);
    if (rest.length > 0) throw faults.rowNotFound(entity.set);
    return noContent;
  }
  return key === undefined ? answerSet(parts, there, rest) : answerKey(parts, there, key, rest);
}

const sameValues = (fields: Navigation['fields'], row: EntityRow): Condition => ({
  kind: 'all',
  of: Object.entries(fields).map(([here, column]) => ({
    kind: 'compare',
    left: { column },
    operator: 'eq',
    right: row[here]!,
  })),
});

const unknownPath = ({ entity }: Call, segments: readonly PathSegment[]) =>
  notEmulated(
    `'/${pathText(segments)}' below '${entity.set}'`,
    'A path goes on with a property, a navigation property, $value, $ref, $count, or an action of the metadata document.',
  );
