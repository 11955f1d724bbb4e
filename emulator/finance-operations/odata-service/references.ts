import { notEmulated, type HttpResponse } from '../../kernel/index.ts';
import type { EntityRow } from '../contract.ts';
import type { Call, ServiceParts } from './call.ts';
import { readPageOf } from './read-set.ts';
import { keyTextOf, respond } from './write-row.ts';

const idOf = ({ base, entity }: Call, row: EntityRow) => ({
  '@odata.id': `${base}/${entity.set}(${keyTextOf(entity, row)})`,
});

/** `…/$ref` of one row. @throws Fault 501 for anything but reading: a relation is one of values */
export function rowReference(call: Call, row: EntityRow): HttpResponse {
  requireRead(call);
  return respond(200, { '@odata.context': `${call.base}/$metadata#$ref`, ...idOf(call, row) });
}

/** `…/$ref` of a set. @throws Fault as above */
export function setReferences(parts: ServiceParts, call: Call): HttpResponse {
  requireRead(call);
  const { rows, nextLink } = readPageOf(parts, call);
  return respond(200, {
    '@odata.context': `${call.base}/$metadata#Collection($ref)`,
    value: rows.map((row) => idOf(call, row)),
    ...(nextLink === undefined ? {} : { '@odata.nextLink': nextLink }),
  });
}

function requireRead({ request, entity }: Call): void {
  if (request.method !== 'GET')
    throw notEmulated(
      `${request.method} of a reference to '${entity.set}'`,
      'Relations are of values: write the fields they stand on.',
    );
}
