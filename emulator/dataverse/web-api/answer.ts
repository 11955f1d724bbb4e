import type { HttpResponse } from '../../kernel/index.ts';
import { withoutControl } from './metadata-level.ts';
import { parseExpand, parseSelect, type ExpandItem } from '../../odata/index.ts';
import type { RequestContext } from './request-context.ts';

export const version = { 'OData-Version': '4.0' };

export const noContent: HttpResponse = { status: 204, headers: version, body: '' };

/** A JSON answer with the headers every one carries. */
export function answer(
  { preferences, level }: RequestContext,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): HttpResponse {
  const all: Record<string, string> = { 'Content-Type': `application/json; odata.metadata=${level}`, ...version };
  if (preferences.applied.length > 0) all['Preference-Applied'] = preferences.applied.join(',');
  return {
    status,
    headers: Object.assign(all, headers),
    body: JSON.stringify(level === 'none' ? withoutControl(body) : body),
  };
}

/** `(name,primarycontactid(fullname))` of a context URL. */
export function selection(select?: string, expand?: string): string {
  const all = selected(select, expand);
  return all.length === 0 ? '' : `(${all.join(',')})`;
}

function selected(select: string | undefined, expand: string | undefined): string[] {
  const inner = expand === undefined ? [] : parseExpand(expand);
  const within = ({ options }: ExpandItem) => selected(options.get('$select'), options.get('$expand')).join(',');
  return [
    ...parseSelect(select ?? ''),
    ...inner.map((one) => `${one.navigation}${one.isReference ? '/$ref' : ''}(${within(one)})`),
  ];
}
