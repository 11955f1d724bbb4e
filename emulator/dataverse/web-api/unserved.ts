import { notEmulated, type HttpRequest } from '../../kernel/index.ts';
import type { RequestContext } from './request-context.ts';

/**
 * Headers whose meaning for functions and actions the emulator lacks: the name, which values ask for it, and what to do
 * without. Background operations are of messages only; a preference that is not served elsewhere is passed over.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/background-operations
 */
export const unservedHeaders: readonly (readonly [name: string, asks: RegExp, instead: string])[] = [
  ['Prefer', /(^|,)\s*respond-async\b/i, 'Send the request without it and wait for the answer.'],
];

/** Refuses by name what a function or action asks for in its headers. @throws Fault notEmulated */
export function refuseHeaders({ request }: Pick<RequestContext, 'request'>): void {
  for (const [name, asks, instead] of unservedHeaders) {
    const value = headerOf(request, name);
    if (value !== undefined && asks.test(value)) throw notEmulated(`The header '${name}: ${value}'`, instead);
  }
}

/** Refuses by name query options that belong to what is not here. @throws Fault notEmulated */
export function refuseOptions({ options }: Pick<RequestContext, 'options'>): void {
  // The documents write partitionId, some clients partitionid.
  for (const name of options.keys())
    if (name.toLowerCase() === 'partitionid') throw notEmulated('partitionId (elastic tables)', 'Leave it out.');
  if (options.has('sql')) throw notEmulated('A query in SQL', 'Ask with $filter or FetchXML.');
}

const headerOf = ({ headers }: HttpRequest, name: string) => headers[name.toLowerCase()];
