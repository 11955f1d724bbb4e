import type { HttpRequest } from '../../kernel/index.ts';
import { parseQueryOptions } from '../../odata/index.ts';
import type { Caller } from '../contract.ts';
import { componentLabelKey, readComponentLabels } from '../metadata/component-labels.ts';
import { createNames, createSymbols, once, type ApiParts } from './api.ts';
import { levelOf, type MetadataLevel } from './metadata-level.ts';
import { readPreferences, type Preferences } from './preferences.ts';
import { formatsOf } from './user-formats.ts';
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
}

export function readContext(parts: ApiParts, request: HttpRequest, base: string): RequestContext {
  const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?') + 1) : '';
  const level = levelOf(request.headers);
  const preferences = readPreferences(request.headers);
  const caller = parts.callers.of(request.headers);
  const formats = once(() => formatsOf(caller, parts.database, parts.metadata));
  const labels = once(() => readComponentLabels(parts.database, formats().language));
  return {
    parts,
    request,
    caller,
    preferences,
    ...parseQueryOptions(query),
    base,
    level,
    writer: {
      ...(level === 'full' ? { fullMetadataOf: base } : {}),
      metadata: parts.metadata,
      preferences,
      get formats() {
        return formats();
      },
      nameOf: createNames(parts),
      symbolOf: createSymbols(parts),
      labelOf: (table, id, column) => labels().get(componentLabelKey(table, id, column)),
    },
  };
}
