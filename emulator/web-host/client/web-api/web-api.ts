import { keepSession } from './session';

/** A row as the Web API sends it, annotations included. */
export type Row = Record<string, unknown>;

/** What a refused request says; `errorCode` is the signed number of the code, as the client API has it. */
export class WebApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  get errorCode(): number {
    return Number.parseInt(this.code, 16) | 0;
  }
}

const base = '/api/data/v9.2/';
const annotations = 'odata.include-annotations="*"';

let user = '';

let isSessionKept = false;

/** The user every request of the page acts as, its scripts' and controls' own ones included. */
export function actAs(email: string): void {
  user = email;
  if (!isSessionKept) keepSession(() => user);
  isSessionKept = true;
}

export async function send(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const identity: Record<string, string> = user === '' ? {} : { Authorization: `Bearer ${user}` };
  const json: Record<string, string> =
    body === undefined || typeof body === 'string' ? {} : { 'Content-Type': 'application/json' };
  let response: Response;
  try {
    response = await fetch(path.startsWith('/') ? path : base + path, {
      method,
      headers: {
        Accept: 'application/json',
        'OData-Version': '4.0',
        Prefer: annotations,
        ...identity,
        ...json,
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
  } catch (error) {
    throw new WebApiError(0, '0x80040216', `The server could not be reached. ${(error as Error).message}`);
  }
  if (response.ok) return response;
  throw await errorOf(response);
}

export async function errorOf(response: Response): Promise<WebApiError> {
  const text = await response.text();
  try {
    const { error } = JSON.parse(text) as { error: { code: string; message: string } };
    return new WebApiError(response.status, error.code, error.message);
  } catch {
    return new WebApiError(response.status, '0x80040216', text || `The server answered ${response.status}.`);
  }
}

export async function get<T = Row>(path: string, headers: Record<string, string> = {}): Promise<T> {
  return (await (await send('GET', path, undefined, headers)).json()) as T;
}

export async function list(path: string, headers: Record<string, string> = {}): Promise<Row[]> {
  return (await get<{ value: Row[] }>(path, headers)).value;
}

const forbidden = 403;

/** What a page does without when the user may not read it: none then. */
export async function listAllowed(path: string): Promise<Row[]> {
  return list(path).catch((error: unknown) => {
    if (error instanceof WebApiError && error.status === forbidden) return [];
    throw error;
  });
}

export const formattedKey = (name: string) => `${name}@OData.Community.Display.V1.FormattedValue`;
export const lookupTableKey = (name: string) => `_${name}_value@Microsoft.Dynamics.CRM.lookuplogicalname`;

/** The text a user is shown for a column of a row. */
export function shown(row: Row, name: string): string {
  const lookup = row[formattedKey(`_${name}_value`)];
  return String(lookup ?? row[formattedKey(name)] ?? row[name] ?? row[`_${name}_value`] ?? '');
}

/** Id of the row a request made, from its headers. */
export const idOf = (response: Response) =>
  /\(([0-9a-f-]{36})\)$/i.exec(response.headers.get('OData-EntityId') ?? '')?.[1] ?? '';
