import type { HttpRequest } from '../../kernel/index.ts';
import { parseQueryOptions } from '../../odata/index.ts';
import type { Caller } from '../contract.ts';
import type { ApiParts } from './api.ts';
import { levelOf, type MetadataLevel } from './metadata-level.ts';
import { readPreferences, type Preferences } from './preferences.ts';
import { RequestWriter } from './request-writer.ts';
import type { RowWriter } from './write-row.ts';

/** One Web API request, read. */
export interface RequestContext {
  readonly parts: ApiParts;
  readonly request: HttpRequest;
  readonly caller: Caller;
  readonly preferences: Preferences;
  readonly options: ReadonlyMap<string, string>;
  readonly aliases: ReadonlyMap<string, string>;
  /** e.g. `http://127.0.0.1:7071/api/data/v9.2` */
  readonly base: string;
  readonly level: MetadataLevel;
  readonly writer: RowWriter;
  /** Called with the results of an operation in its transaction, when it runs in the background. */
  readonly record?: (results: Readonly<Record<string, unknown>>) => Promise<void>;
}

export function readContext(
  parts: ApiParts,
  request: HttpRequest,
  base: string,
  caller = parts.callers.of(request.headers),
): RequestContext {
  const { url, headers } = request;
  const level = levelOf(headers);
  const preferences = readPreferences(headers);
  const question = url.indexOf('?');
  const { options, aliases } = parseQueryOptions(question < 0 ? '' : url.slice(question + 1));
  const writer = new RequestWriter(parts, caller, preferences, level === 'full' ? base : undefined);
  return { parts, request, caller, preferences, options, aliases, base, level, writer };
}
