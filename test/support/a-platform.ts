import { installFirstParty, readMaps } from '../../emulator/first-party.ts';
import { readJson, request, serve, type HttpHandler } from '../../emulator/kernel/index.ts';
import { openPlatform, type Platform } from '../../emulator/platform.ts';
import { seed } from '../../emulator/seed.ts';
import { openDatabase } from '../../emulator/storage/index.ts';
import { readDemoData } from '../../examples/demo-data/index.ts';

/** Both platforms in this process, with the demo data but no solution of ours; finance and operations behind a socket. */
export interface TestPlatform {
  readonly platform: Platform;
  readonly origin: string;
  /** Web API, below `/api/data/v9.2/`; as the system administrator unless `as` names a user. */
  dataverse(method: string, path: string, options?: CallOptions): Promise<TestAnswer>;
  /** OData, below `/data/`. */
  financeOperations(method: string, path: string, options?: CallOptions): Promise<TestAnswer>;
  /** What was posted to the receiver's address, in order. */
  readonly received: { readonly path: string; readonly body: any }[]; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they asked for
  /** Status the receiver answers; 200 unless changed. */
  answer: (path: string) => number;
  /** Address of the receiver, e.g. `http://127.0.0.1:40123`. */
  readonly receiver: string;
  /** Waits until nothing is under way. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

interface CallOptions {
  readonly as?: string;
  /** Text is sent as it stands. */
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
}

export interface TestAnswer {
  readonly status: number;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they asked for
}

export async function aPlatform({ customers = 3 } = {}): Promise<TestPlatform> {
  const origins = { dataverse: '', financeOperations: '' };
  const platform = openPlatform({
    database: openDatabase(':memory:'),
    dataverseOrigin: () => origins.dataverse,
    financeOperationsOrigin: () => origins.financeOperations,
    strictAuth: false,
    serviceProtection: false,
    maps: readMaps(),
    connectionUser: 'admin@fnoconnect.example',
    log: process.env['EV_LOG'] ? console.log : () => undefined,
  });
  const received: TestPlatform['received'] = [];
  const servers = await Promise.all([
    serve(
      (one) =>
        one.url.startsWith(`${platform.callbackPath}/`)
          ? platform.flowRuntime.handle(one)
          : platform.handleDataverse(one),
      0,
    ),
    serve((one) => platform.handleFinanceOperations(one), 0),
    serve(async ({ url, body }) => {
      received.push({ path: url, body: readJson({ body }) });
      return { status: test.answer(url), headers: {}, body: '' };
    }, 0),
  ]);
  origins.dataverse = servers[0].origin;
  origins.financeOperations = servers[1].origin;
  const test: TestPlatform = {
    platform,
    origin: servers[0].origin,
    received,
    answer: () => 200,
    receiver: servers[2].origin,
    dataverse: (method, path, options) => ask(platform.handleDataverse, method, `/api/data/v9.2/${path}`, options),
    financeOperations: (method, path, options) =>
      ask(platform.handleFinanceOperations, method, `/data/${path}`, options),
    async quiet() {
      // What has just come due begins in a moment.
      await new Promise((soon) => setImmediate(soon));
      if (!(await platform.work.quiet(10_000))) throw new Error('Work is still running after 10 s.');
    },
    async close() {
      for (const server of servers) await server.close();
      await platform.close();
      platform.database.close();
    },
  };
  await platform.load();
  await installFirstParty(platform, () => undefined);
  const data = readDemoData({ customers });
  await seed(
    platform,
    // What is posted last, and linked, has columns of the product, which is not here.
    {
      ...data,
      dataverseRowsAfter: [],
      links: [],
      users: data.users.map((user) => ({ ...user, roles: standardRoles(user.roles) })),
    },
    () => undefined,
  );
  await platform.begin();
  return test;
}

/** Roles of the product are not there without it. */
const standardRoles = (roles: readonly string[]) => roles.filter((role) => !role.startsWith('FnO '));

async function ask(
  handle: HttpHandler,
  method: string,
  path: string,
  { as, body, headers = {} }: CallOptions = {},
): Promise<TestAnswer> {
  const identity: Record<string, string> = as === undefined ? {} : { authorization: `Bearer ${as}` };
  const { status, body: text } = await handle(request(method, path, { ...identity, ...headers }, body));
  try {
    return { status, body: readJson({ body: text }) };
  } catch {
    return { status, body: text.toString() };
  }
}
