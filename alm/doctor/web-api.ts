import { BuildError } from '../build-error.ts';

export type Row = Readonly<Record<string, unknown>>;

/** The Web API of the environment that is looked at. */
export interface WebApi {
  readonly url: string;
  /** @throws Refused with what the environment answers */
  get(path: string): Promise<Row>;
  /** All rows, page by page. @throws Refused */
  list(path: string): Promise<Row[]>;
  /** @throws Refused */
  patch(path: string, body: object): Promise<void>;
}

/** What the environment said no with. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Where the token of the environment is looked for; the emulator takes an e-mail, or none. */
export const tokenVariable = 'DATAVERSE_TOKEN';

/** Longest a call may take: making a table visible often answers late, or not at all. */
const longestMs = 120_000;

/** @throws BuildError for what is no address */
export function openWebApi(url: string, token: string | undefined): WebApi {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new BuildError(`'${url}' is no address of an environment, such as https://contoso.crm.dynamics.com.`);
  const { origin } = new URL(url);

  async function send(method: string, address: string, body?: object): Promise<Row> {
    const response = await fetch(address, {
      method,
      headers: {
        Accept: 'application/json',
        'OData-Version': '4.0',
        'OData-MaxVersion': '4.0',
        ...(token === undefined || token === '' ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(longestMs),
    }).catch((error: Error) => {
      throw new Refused(0, '', `${origin} does not answer: ${String(error.cause ?? error.message)}`);
    });
    const text = await response.text();
    if (!response.ok) throw refusal(response.status, text);
    return text === '' ? {} : (JSON.parse(text) as Row);
  }
  const base = `${origin}/api/data/v9.2/`;
  return {
    url: origin,
    get: (path) => send('GET', base + path),
    async list(path) {
      const rows: Row[] = [];
      for (let next: string | undefined = base + path; next !== undefined;) {
        const page: Row = await send('GET', next);
        rows.push(...(page['value'] as Row[]));
        next = page['@odata.nextLink'] as string | undefined;
      }
      return rows;
    },
    patch: async (path, body) => void (await send('PATCH', base + path, body)),
  };
}

function refusal(status: number, text: string): Refused {
  try {
    const { code, message } = (JSON.parse(text) as { error: { code: string; message: string } }).error;
    return new Refused(status, code, message);
  } catch {
    return new Refused(status, '', `The environment answered ${status}: ${text.slice(0, 300)}`);
  }
}

export const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
export const filter = (text: string) => `$filter=${encodeURIComponent(text)}`;
