import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** Both platforms and the console, over HTTP. */
export interface Services {
  /** The Web API, below `/api/data/v9.2/`, as this user. */
  dataverse(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** The OData service, below `/data/`. */
  financeOperations(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** The console, below `/_emulator`. Fails the test on any status but 2xx. */
  console(method: string, path: string, body?: object): Promise<any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they asked for
}

/** The emulator as users start it: another process, spoken to over HTTP only. */
export interface TestEmulator extends Services {
  readonly origin: string;
  readonly financeOperationsOrigin: string;
  stop(): Promise<void>;
  /** Ends the process without a word, as a power cut does. */
  kill(): Promise<void>;
}

export interface CallOptions {
  /** E-mail; the default is the service representative. */
  readonly as?: string;
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON of the body; undefined for none. */
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they asked for
}

export const service = 'service@fnoconnect.example';
export const admin = 'admin@fnoconnect.example';
export const norole = 'norole@fnoconnect.example';

/** Starts `npm start` on free ports with a store of its own; `stop` removes it. */
export async function startTestEmulator(options: readonly string[] = ['--customers', '5']): Promise<TestEmulator> {
  const program = ['run.cjs', 'emulator/start.ts'];
  const child = spawn(process.execPath, [...program, '--port', '0', ...store(options), ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { origin, financeOperationsOrigin } = await addresses(child);
  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((ended) => {
      child.once('exit', () => ended());
      child.kill(signal);
    });
  return {
    origin,
    financeOperationsOrigin,
    ...servicesAt({ origin, financeOperationsOrigin }),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

export function servicesAt({
  origin,
  financeOperationsOrigin,
}: Pick<TestEmulator, 'origin' | 'financeOperationsOrigin'>): Services {
  return {
    dataverse: (method, path, given = {}) => call(method, `${origin}/api/data/v9.2/${path}`, given),
    financeOperations: (method, path, given = {}) => call(method, `${financeOperationsOrigin}/data/${path}`, given),
    async console(method, path, body) {
      const answer = await call(method, `${origin}/_emulator${path}`, { as: admin, body });
      if (answer.status >= 300) throw new Error(`${method} /_emulator${path}: ${answer.status} ${answer.text}`);
      return answer.body;
    },
  };
}

/** Keeps nothing, unless the test names a folder. */
const store = (options: readonly string[]) => (options.includes('--data') ? [] : ['--memory']);

function addresses(child: ChildProcess): Promise<Pick<TestEmulator, 'origin' | 'financeOperationsOrigin'>> {
  return new Promise((ready, failed) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const dataverse = /Dataverse\s+(http:\/\/\S+?)\/api\/data/.exec(output)?.[1];
      const operations = /finance and operations\s+(http:\/\/\S+?)\/data\//.exec(output)?.[1];
      if (dataverse !== undefined && operations !== undefined && output.includes('/_emulator\n')) {
        ready({ origin: dataverse, financeOperationsOrigin: operations });
      }
    };
    child.stdout!.on('data', read);
    child.stderr!.on('data', read);
    child.once('exit', (code) => failed(new Error(`The emulator ended with ${code} before it was ready:\n${output}`)));
  });
}

async function call(method: string, url: string, { as = service, body, headers = {} }: CallOptions): Promise<Answer> {
  const typed: Record<string, string> = typeof body === 'object' ? { 'Content-Type': 'application/json' } : {};
  const response = await fetch(url, {
    method,
    headers: { Authorization: `Bearer ${as}`, Accept: 'application/json', ...typed, ...headers },
    body: typeof body === 'object' ? JSON.stringify(body) : body,
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson && text !== '' ? JSON.parse(text) : undefined,
  };
}
