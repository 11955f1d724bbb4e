import { faults } from '../faults.ts';

/** One step of a resource path: a set or a navigation property with or without a key, a property, `$count`, an action. */
export interface PathSegment {
  readonly name: string;
  /** What stands in the brackets, percent-decoded; undefined without brackets. */
  readonly key: string | undefined;
}

/** Slashes divide, but for those inside a quoted key, which may be encoded or not. */
const segment = /(?:'(?:[^']|'')*'|%27(?:(?!%27).|%27%27)*%27|[^/])+/gi;

/**
 * Reads what follows `/data/`.
 *
 * @param path percent-encoded, without the query
 * @throws Fault 400 for text that is no path
 */
export function readResourcePath(path: string): PathSegment[] {
  return (path.match(segment) ?? []).map((text) => {
    const match = /^([^()]*)(?:\((.*)\))?$/s.exec(decode(text));
    if (match === null) throw faults.badRequest(`Bad Request - Error in query syntax: '${text}' is no path segment.`);
    return { name: match[1]!, key: match[2] };
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw faults.badRequest(`Bad Request - Error in query syntax: '${text}' is not percent-encoded correctly.`);
  }
}

/** The rest of a path, as a message names it. */
export const pathText = (segments: readonly PathSegment[]): string =>
  segments.map(({ name, key }) => (key === undefined ? name : `${name}(${key})`)).join('/');
