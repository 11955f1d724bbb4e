import { notEmulated, type HttpRequest } from '../../kernel/index.ts';
import type { RequestContext } from './request-context.ts';

/** Headers whose meaning the emulator lacks: the name, which values ask for it, and what to do without. */
export const unservedHeaders: readonly (readonly [name: string, asks: RegExp, instead: string])[] = [
  ['Prefer', /(^|,)\s*respond-async\b/i, 'Send the request without it and wait for the answer.'],
];

/** Refuses by name what a request asks for beside its path. @throws Fault notEmulated */
export function refuseUnserved({ request, options }: Pick<RequestContext, 'request' | 'options'>): void {
  for (const [name, asks, instead] of unservedHeaders) {
    const value = headerOf(request, name);
    if (value !== undefined && asks.test(value)) throw notEmulated(`The header '${name}: ${value}'`, instead);
  }
  // The documents write partitionId, some clients partitionid.
  if ([...options.keys()].some((name) => name.toLowerCase() === 'partitionid'))
    throw notEmulated('partitionId (elastic tables)', 'Leave it out.');
}

const headerOf = ({ headers }: HttpRequest, name: string) => headers[name.toLowerCase()];
