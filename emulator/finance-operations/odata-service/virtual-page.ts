import type { HttpResponse } from '../../kernel/index.ts';
import { countRows, readLinesText } from '../../storage/index.ts';
import { refusePaging } from '../rules/configuration-keys.ts';
import type { Call, ServiceParts } from './call.ts';
import { readQuery, wholeNumber } from './read-set.ts';

/**
 * `GET` of a set by the virtual-table provider: values without names, for it knows what it has asked for.
 *
 * Decided: the platform's adapter service carries entity collections in a form nobody has published. Here a page is handed
 * on as the store writes it: neither side makes objects of rows that are only passed through.
 *
 * @throws Fault for pages of an entity behind which a configuration key is off
 */
export function readVirtualPage(parts: ServiceParts, call: Call): HttpResponse {
  const { entity, options } = call;
  if (options.has('$top') || options.has('$skip')) refusePaging(entity, parts.store);
  const { query } = readQuery(parts, call);
  const paged = { ...query, top: wholeNumber(options, '$top'), skip: wholeNumber(options, '$skip') };
  const count =
    options.get('$count') === 'true'
      ? `"count":${countRows(parts.database, query, parts.shapes, Number.MAX_SAFE_INTEGER)},`
      : '';
  const { columns, text } = readLinesText(parts.database, paged, parts.shapes);
  const body = `{"fields":${JSON.stringify(columns)},${count}"lines":${text}}`;
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body };
}
