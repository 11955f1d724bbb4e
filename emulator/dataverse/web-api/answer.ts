import type { HttpResponse } from '../../kernel/index.ts';
import { withoutControl } from './metadata-level.ts';
import { parseExpand, parseSelect, type ExpandItem } from '../../odata/index.ts';
import type { RequestContext } from './request-context.ts';

export const version = { 'OData-Version': '4.0' };

export const noContent: HttpResponse = { status: 204, headers: version, body: '' };

/** A JSON answer with the headers every one carries. */
export function answer(
  context: RequestContext,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): HttpResponse {
  const text = JSON.stringify(context.level === 'none' ? withoutControl(body) : body);
  return { status, headers: Object.assign(headersOf(context), headers), body: text };
}

/** The same for a list of rows that are JSON already, and what stands before and after it. */
export function answerRows(
  context: RequestContext,
  before: object,
  rows: readonly string[],
  after: object,
): HttpResponse {
  const value = `"value":[${rows.join(',')}]`;
  const body = `{${[membersOf(before), value, membersOf(after)].filter((text) => text !== '').join(',')}}`;
  return { status: 200, headers: headersOf(context), body };
}

const membersOf = (value: object) => JSON.stringify(value).slice(1, -1);

function headersOf({ preferences, level }: RequestContext): Record<string, string> {
  const headers = { 'Content-Type': `application/json; odata.metadata=${level}`, ...version };
  return preferences.applied.length === 0
    ? headers
    : { ...headers, 'Preference-Applied': preferences.applied.join(',') };
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
