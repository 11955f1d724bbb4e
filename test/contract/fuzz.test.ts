/**
 * Broken, hostile and random requests: never a crash, never an error of ours, never a row of somebody else.
 *
 * Every request of the contract cases is taken apart and damaged. `FUZZ_RUNS` says how many, `FUZZ_SEED` which.
 */
import { connect } from 'node:net';
import fc from 'fast-check';
import { request, serve } from '../../emulator/kernel/index.ts';
import { aDataverse, type TestDataverse } from '../support/a-dataverse.ts';
import { groups } from './cases/index.ts';
import type { BatchItem, BatchRequest, Exchange } from './contract-case.ts';
import { contractSolution } from './target/contract-solution.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 1500);
const seed = Number(process.env['FUZZ_SEED'] ?? 20260102);
const secret = 'Zwetschgenwasser';

let platform: TestDataverse;
const values = new Map<string, string>();
beforeAll(async () => {
  platform = await aDataverse();
  await platform.dataverse.importSolution(await contractSolution());
  const user = (name: string, ...roles: string[]) =>
    values.set(name, platform.dataverse.addUser({ email: `${name}@fuzz.example`, fullName: `Fuzz ${name}`, roles }));
  user('picker', 'Contract picker');
  user('other', 'Contract picker');
  user('admin', 'System Administrator');
  const account = await platform.create('accounts', { name: `${secret} account` });
  const guarded = { ctr_note: secret, 'ctr_AccountId@odata.bind': `accounts(${account})` };
  for (const code of 'abcdefghij')
    values.set(code, await platform.create('ctr_trees', { ...guarded, ctr_name: `${secret} ${code}`, ctr_code: code }));
  const mine = { ctr_name: 'Mine', ctr_code: 'mine' };
  values.set('it', await platform.create('ctr_trees', mine, { as: 'picker@fuzz.example' }));
});
afterAll(() => platform.close());

/** Names of the cases that nobody gave stand for the row of the user. */
const filled = (text: string) =>
  text.replace(/\{(?:new:)?([a-z][\w:]*)\}/gi, (_whole, name: string) => values.get(name) ?? values.get('it')!);

interface Sent {
  readonly method: string;
  readonly path: string;
  /** Query options, not encoded. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const partText = ({ send, body, headers = {}, id }: BatchRequest) =>
  `Content-Type: application/http\r\n${id === undefined ? '' : `Content-ID: ${id}\r\n`}\r\n${send} HTTP/1.1\r\nContent-Type: application/json\r\n${Object.entries(
    headers,
  )
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n${JSON.stringify(body ?? {})}\r\n`;

const itemText = (item: BatchItem) =>
  Array.isArray(item)
    ? `Content-Type: multipart/mixed; boundary=c\r\n\r\n${(item as readonly BatchRequest[]).map((one) => `--c\r\n${partText(one)}`).join('')}--c--\r\n`
    : partText(item as BatchRequest);

function sentBy({ send, query = {}, headers = {}, body, batch }: Exchange): Sent {
  const [, method = 'GET', path = '', own = ''] = /^(\w+) ([^?]*)\??(.*)$/s.exec(send) ?? [];
  const options = own === '' ? [] : own.split('&').map((one) => one.split(/=(.*)/s) as unknown as [string, string]);
  const inBatch = batch?.map((item) => `--b\r\n${itemText(item)}`).join('');
  const typed: Record<string, string> = inBatch === undefined ? {} : { 'Content-Type': 'multipart/mixed; boundary=b' };
  return {
    method,
    path,
    query: [...options, ...Object.entries(query)],
    headers: { ...headers, ...typed },
    body:
      inBatch === undefined ? (typeof body === 'string' ? body : JSON.stringify(body ?? '')) : `${inBatch}--b--\r\n`,
  };
}

/** Shared rows and metadata actions would change what later runs may see. */
const corpus = Object.values(groups)
  .flat()
  .flatMap(({ steps }) => steps)
  .filter(({ send }) => !/GrantAccess|ModifyAccess|ImportSolution/.test(send))
  .map(sentBy)
  .filter((sent) => JSON.stringify(sent).length < 6000);
const questions = corpus.filter(({ method, query }) => method === 'GET' && query.length > 0);

const tokens = [
  "'", '"', '(', ')', '[', ']', '{', '}', '/', '\\', '?', '&', '=', ',', ';', ':', '$', '@', '%', '%00', '%ZZ', '+', '#', '<', '>', '&lt;',
  ' eq ', ' and ', ' or ', ' not ', ' ne null', 'null', 'true', '$filter=', '$expand=', '$select=', '$apply=', '$ref', '$value', '$count', '$batch',
  '$metadata', '$1', '../', '//', '*', '-1', '0', '99999999999999999999', '1e400', 'NaN', '\u0000', '\ud800', '\u2028', '😀', 'é', '\r\n', '\r\n\r\n', '--b', '--b--',
  '--c--', '<fetch>', '<condition/>', '<![CDATA[', '<!DOCTYPE x [<!ENTITY e "e">]>', '&e;', 'Microsoft.Dynamics.CRM.', '@odata.bind', '@odata.type', '__proto__', 'constructor',
  "' or '1'='1", '; drop table ctr_tree; --', 'rootalias', 'ctr_name__folded', 'ctr_treeid', 'ownerid', 'accounts', 'systemusers', 'ctr_tree_tree', 'ctr_AccountId',
] as const; // prettier-ignore

/** Cuts a piece out of the text and puts something else in its place, a few times. */
const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 30 })),
    put: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...tokens) },
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(...questions.map(({ query }) => query.at(-1)!.at(-1)!)),
    ),
  }),
  { maxLength: 3 },
);
type Damage = typeof damage extends fc.Arbitrary<infer Made> ? Made : never;

const damaged = (text: string, changes: Damage) =>
  changes.reduce((here, { at, cut, put }) => {
    const place = Math.floor(at * (here.length + 1));
    return here.slice(0, place) + put + here.slice(place + cut);
  }, text);

/** Mostly one option: a path nobody knows is refused before anything is read. */
function urlOf({ path, query }: Sent, { where, isRaw, changes }: UrlDamage): string {
  const at = where % (query.length + 1);
  const hitsPath = at === query.length && where % 4 === 0;
  const options = query.map(([name, value = ''], index) => {
    const text = filled(index === at ? damaged(value, changes) : value);
    return `${name}=${isRaw ? text : encoded(text)}`;
  });
  return [filled(hitsPath ? damaged(path, changes) : path), options.join('&')].filter((one) => one !== '').join('?');
}

/** Half a character is none: it is sent as it stands. */
function encoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

const urlDamage = fc.record({
  where: fc.integer({ min: 0, max: 23 }),
  isRaw: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
  changes: damage,
});
type UrlDamage = typeof urlDamage extends fc.Arbitrary<infer Made> ? Made : never;

const headerNames = [
  'Prefer',
  'If-Match',
  'If-None-Match',
  'Content-Type',
  'Accept',
  'OData-Version',
  'MSCRM.MergeLabels',
  'Consistency',
];
const headers = fc.dictionary(
  fc.constantFrom(...headerNames),
  fc.oneof(
    fc.constantFrom(
      '*',
      'null',
      'W/"1"',
      'odata.maxpagesize=0',
      'odata.maxpagesize=-1',
      'odata.include-annotations="*',
      'return=representation',
      ',,,',
      '"',
      'multipart/mixed; boundary=',
    ),
    fc.string({ maxLength: 20 }),
  ),
  { maxKeys: 2 },
);

const hostile = (from: readonly Sent[]) =>
  fc.record({ from: fc.constantFrom(...from), url: urlDamage, body: damage, headers, method });
const method = fc.oneof(
  { weight: 9, arbitrary: fc.constant(undefined) },
  fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'x'),
);

interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

async function answerTo(sent: Request, as: string) {
  const headers = { ...sent.headers, authorization: `Bearer ${as}@fuzz.example` };
  const filledHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, filled(value)]));
  return platform.dataverse.handle(
    request(sent.method, `/api/data/v9.2/${sent.url}`, filledHeaders, filled(sent.body)),
  );
}

/** Fails with the request, so that it can be sent again. */
async function requireOrder(sent: Request, as: string): Promise<string> {
  const { status, body, headers } = await answerTo(sent, as);
  const text = body.toString();
  if (status >= 500 && status !== 501) throw new Error(`${JSON.stringify(sent)}\nanswered ${status}: ${text}`);
  if (String(headers['Content-Type']).startsWith('application/json')) JSON.parse(text);
  return text;
}

const settings = { numRuns: runs, seed, endOnFailure: process.env['FUZZ_RUNS'] !== undefined };

test('no damaged request breaks the service or shows a row of another user', () =>
  fc.assert(
    fc.asyncProperty(hostile(corpus), async ({ from, method, url, body, headers: more }) => {
      const sent: Request = {
        method: method ?? from.method,
        url: urlOf(from, url),
        headers: { ...from.headers, ...more },
        body: damaged(from.body, body),
      };
      expect(await requireOrder(sent, 'picker')).not.toContain(secret);
    }),
    settings,
  ));

test('no damaged question of an administrator breaks the service', () =>
  fc.assert(
    fc.asyncProperty(hostile(questions), async ({ from, url, headers: more }) => {
      await requireOrder({ method: 'GET', url: urlOf(from, url), headers: more, body: '' }, 'admin');
    }),
    settings,
  ));

test('what nobody expected is answered with a trace id, and the log tells the rest under it', async () => {
  const read = jest.spyOn(platform.database, 'line').mockImplementation(() => {
    throw new Error('disk on fire');
  });
  const { status, body } = await answerTo({ method: 'GET', url: 'ctr_trees', headers: {}, body: '' }, 'picker');
  read.mockRestore();
  expect(status).toBe(500);
  expect(JSON.parse(body.toString()).error).toMatchObject({
    code: '0x80040216',
    message: expect.stringMatching(/Trace id [0-9a-f-]{36}/),
  });
});

test('the rows of others are as they were', async () => {
  const { body } = await platform.call(
    'GET',
    `ctr_trees?$select=ctr_name,ctr_note&$filter=startswith(ctr_name,'${secret}')`,
  );
  expect(body.value).toHaveLength(10);
  expect(body.value.every((row: { ctr_note: string }) => row.ctr_note === secret)).toBe(true);
});

test('random bytes on the socket do not end the service', async () => {
  const server = await serve(platform.dataverse.handle, 0);
  const port = Number(new URL(server.origin).port);
  const send = (bytes: Uint8Array) =>
    new Promise<void>((done) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
      socket.on('data', () => undefined);
      socket.on('error', () => done());
      socket.on('close', () => done());
    });
  const line = fc.constantFrom('GET /api/data/v9.2/ HTTP/1.1\r\n', 'POST /api/data/v9.2/$batch HTTP/1.1\r\n', '');
  try {
    await fc.assert(
      fc.asyncProperty(line, fc.uint8Array({ maxLength: 200 }), async (start, bytes) => {
        await send(Buffer.concat([Buffer.from(start), bytes]));
      }),
      { numRuns: Math.ceil(runs / 20), seed },
    );
    const { status } = await fetch(`${server.origin}/api/data/v9.2/WhoAmI`);
    expect(status).toBe(200);
  } finally {
    await server.close();
  }
});
