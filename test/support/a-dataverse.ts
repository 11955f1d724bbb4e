import { join } from 'node:path';
import { createDataverse, type CustomApiBodies, type RunningDataverse } from '../../emulator/dataverse/index.ts';
import {
  createClock,
  createFaultRules,
  createWork,
  randomId,
  readJson,
  request,
  type Clock,
  type FaultRules,
  type HttpResponse,
  type Outbox,
  type Work,
} from '../../emulator/kernel/index.ts';
import { createOutbox, openDatabase, type Database } from '../../emulator/storage/index.ts';
import { readFolder, writeZip } from '../../packaging/index.ts';
import { aSolution, type Part } from './solution-builder.ts';

/** Dataverse in memory, asked through its dispatcher: no socket, no waiting, a clock that stands still. */
export interface TestDataverse {
  readonly dataverse: RunningDataverse;
  readonly database: Database;
  readonly clock: Clock;
  readonly faultRules: FaultRules;
  readonly work: Work;
  readonly outbox: Outbox;
  /** Callbacks that were posted, in order. */
  readonly posted: { readonly url: string; readonly body: any }[]; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they asked for
  /** What the receiver of callbacks answers; 200 unless changed. */
  receiver: (url: string) => number;
  /** One Web API request below `/api/data/v9.2/`; as the system administrator unless `as` names a user. */
  call(method: string, path: string, options?: CallOptions): Promise<TestAnswer>;
  /** Creates a row and answers its id; fails the test when it is refused. */
  create(set: string, row: object, options?: CallOptions): Promise<string>;
  import(parts: readonly Part[], options?: Parameters<typeof aSolution>[1]): Promise<void>;
  close(): void;
}

export interface CallOptions {
  readonly as?: string;
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: HttpResponse['headers'];
  readonly text: string;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they asked for
  /** `<status> <code>` of a refusal, for short expectations. */
  readonly refusal: string;
}

const zips = new Map<string, Promise<Buffer>>();

/** A solution of `emulator/first-party`, packed once. */
function firstPartyZip(name: string): Promise<Buffer> {
  const read = () => readFolder(join(__dirname, '../../emulator/first-party', name), { type: 'managed' });
  const zip = zips.get(name) ?? read().then((folder) => writeZip(folder));
  zips.set(name, zip);
  return zip;
}

/** Cases and what they stand on, for `firstParty`. */
export const customerService = ['msdynce_Activities', 'msdynce_Service'] as const;

export const origin = 'http://127.0.0.1:7999';

interface EnvironmentOptions {
  readonly strictAuth?: boolean;
  readonly serviceProtection?: boolean;
  /** Solutions of `emulator/first-party` beside `System`. */
  readonly firstParty?: readonly string[];
  readonly customApis?: CustomApiBodies;
  /** A store of the test's own; one in memory unless given. */
  readonly database?: Database;
}

/** An environment with the tables every one has and, when given, one solution made of these parts. */
export async function aDataverse(
  parts: readonly Part[] = [],
  {
    strictAuth = false,
    serviceProtection = false,
    firstParty = [],
    customApis,
    database = openDatabase(':memory:'),
  }: EnvironmentOptions = {},
): Promise<TestDataverse> {
  const clock = createClock(() => Date.parse('2026-01-02T03:04:05Z'));
  const faultRules = createFaultRules();
  const failures: unknown[] = [];
  const work = createWork((_name, error) => void failures.push(error));
  const outbox = createOutbox({ database, clock, newId: randomId });
  const posted: { url: string; body: unknown }[] = [];
  const dataverse = createDataverse({
    database,
    clock,
    work,
    faultRules,
    strictAuth,
    serviceProtection,
    origin: () => origin,
    log: () => undefined,
    outbox,
    customApis,
    deliver: async (url, body) => {
      posted.push({ url, body: JSON.parse(body) as unknown });
      return test.receiver(url);
    },
  });
  const test: TestDataverse = {
    dataverse,
    database,
    clock,
    faultRules,
    work,
    posted,
    outbox,
    receiver: () => 200,
    async call(method, path, { as, body, headers = {} } = {}) {
      const identity: Record<string, string> = as === undefined ? {} : { authorization: `Bearer ${as}` };
      const url = path.startsWith('http') ? path.slice(origin.length) : `/api/data/v9.2/${path}`;
      const response = await dataverse.handle(request(method, url, { ...identity, ...headers }, body));
      const text = response.body.toString();
      const isJson = String(response.headers['Content-Type'] ?? '').includes('json');
      const read: any = isJson ? readJson(response) : undefined; // eslint-disable-line @typescript-eslint/no-explicit-any -- as above
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: read,
        refusal: `${response.status} ${read?.error?.code ?? ''}`.trim(),
      };
    },
    async create(set, row, options = {}) {
      const { status, headers, text } = await test.call('POST', set, { ...options, body: row });
      if (status !== 204) throw new Error(`POST ${set}: ${status} ${text}`);
      return /\(([^()]+)\)$/.exec(String(headers['OData-EntityId']))![1]!;
    },
    import: async (given, options) => void (await dataverse.importSolution(await writeZip(aSolution(given, options)))),
    close() {
      clock.stop();
      database.close();
    },
  };
  await dataverse.load();
  for (const name of ['System', ...firstParty]) await dataverse.importSolution(await firstPartyZip(name));
  if (parts.length > 0) await test.import(parts);
  return test;
}
