import { json, type HttpResponse } from '../../kernel/index.ts';
import { withoutControl } from './metadata-level.ts';
import { parseExpand, parseSelect } from '../../odata/index.ts';
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
  const applied: Record<string, string> =
    preferences.applied.length > 0 ? { 'Preference-Applied': preferences.applied.join(',') } : {};
  return json(status, level === 'none' ? withoutControl(body) : body, {
    'Content-Type': `application/json; odata.metadata=${level}`,
    ...version,
    ...applied,
    ...headers,
  });
}

/** `(name,primarycontactid(fullname))` of a context URL. */
export const selection = ({ options }: Pick<RequestContext, 'options'>) => {
  const all = selected(options);
  return all.length === 0 ? '' : `(${all.join(',')})`;
};

function selected(options: ReadonlyMap<string, string>): string[] {
  const expanded = options.get('$expand');
  const inner = expanded === undefined ? [] : parseExpand(expanded);
  return [
    ...parseSelect(options.get('$select') ?? ''),
    ...inner.map((one) => `${one.navigation}${one.isReference ? '/$ref' : ''}(${selected(one.options).join(',')})`),
  ];
}
