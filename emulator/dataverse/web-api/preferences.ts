import { remembered, type HttpRequest } from '../../kernel/index.ts';

/** What `Prefer` asked for. */
export interface Preferences {
  readonly returnRepresentation: boolean;
  readonly maxPageSize: number | undefined;
  readonly continueOnError: boolean;
  readonly trackChanges: boolean;
  readonly respondAsync: boolean;
  /** Where to post that what is done in the background is done: `callback; url="…"`, or `odata.callback` as OData has it. */
  readonly callbackUrl: string | undefined;
  /** True when this annotation is wanted. */
  annotation(name: string): boolean;
  /** The preferences that were understood, as `Preference-Applied` echoes them. */
  readonly applied: readonly string[];
}

const mostRows = 5000;

/** Values may come in one header or several, their names in any letter case; the comma inside the quoted annotation list separates nothing. */
export const readPreferences = (headers: HttpRequest['headers']): Preferences => preferencesIn(headers['prefer'] ?? '');

const preferencesIn = remembered((header): Preferences => {
  const parts =
    header
      .match(/[^,;"]+(?:"[^"]*")?/g)
      ?.map((part) => part.trim().replace(/^[\w.-]+/, (name) => name.toLowerCase()))
      .filter((part) => part !== '') ?? [];
  const value = (name: string) =>
    parts
      .find((part) => part.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .replaceAll('"', '');
  const patterns = (value('odata.include-annotations') ?? '')
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '');
  const size = Number(value('odata.maxpagesize'));
  return {
    returnRepresentation: value('return')?.toLowerCase() === 'representation',
    maxPageSize: Number.isInteger(size) && size > 0 ? Math.min(size, mostRows) : undefined,
    continueOnError: parts.includes('odata.continue-on-error'),
    trackChanges: parts.includes('odata.track-changes'),
    respondAsync: parts.includes('respond-async'),
    callbackUrl: parts.includes('callback') || parts.includes('odata.callback') ? value('url') : undefined,
    annotation: (name) =>
      patterns.some(
        (pattern) =>
          pattern === '*' || pattern === name || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1))),
      ),
    applied: parts.filter((part) =>
      /^(return=representation|odata\.(include-annotations|maxpagesize)=|odata\.track-changes$)/.test(part),
    ),
  };
});
