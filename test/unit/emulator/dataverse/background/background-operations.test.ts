/** @see https://learn.microsoft.com/power-apps/developer/data-platform/background-operations */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CustomApiBody, CustomApiCall } from '../../../../../emulator/dataverse/index.ts';
import { openDatabase } from '../../../../../emulator/storage/index.ts';
import { customApi } from '../../../../support/a-custom-api.ts';
import { aDataverse, origin, type TestAnswer, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { aRole } from '../../../../support/solution-builder.ts';

const types = { integer: 7, string: 10 };
const api = customApi('ora_Press', {
  takes: [['Fruit', types.string]],
  answers: [
    ['Juice', types.string],
    ['Litres', types.integer],
  ],
});
const peel = customApi('ora_Peel', { binding: 1, table: 'account', answers: [['Peeled', types.string]] });
const roleId = 'd1000000-0000-4000-8000-000000000001';
const worker = aRole(roleId, 'Worker', {
  prvReadbackgroundoperation: 'Global',
  prvWritebackgroundoperation: 'Global',
  prvReadAccount: 'Global',
  prvCreateAccount: 'Global',
});

const press: CustomApiBody = async ({ input, organization }) => {
  await organization.create('account', { name: String(input['Fruit']) });
  return { Juice: `${String(input['Fruit'])} juice`, Litres: 2 };
};
/** What the plug-in does, and what it was called with. */
let body: CustomApiBody = press;
let calls: CustomApiCall[] = [];

const open = async (options: Parameters<typeof aDataverse>[1] = {}) => {
  const environment = await aDataverse([api, peel, worker], {
    ...options,
    customApis: (name) =>
      name.startsWith('ora_')
        ? (call) => {
            calls.push(call);
            return body(call);
          }
        : undefined,
  });
  environment.dataverse.addUser({ email: 'worker@ora.example', fullName: 'Worker', roles: ['Worker'] });
  environment.dataverse.addUser({ email: 'nobody@ora.example', fullName: 'Nobody', roles: [] });
  return environment;
};

let platform: TestDataverse;
beforeAll(async () => void (platform = await open()));
afterAll(() => platform.close());
beforeEach(() => {
  body = press;
  calls = [];
  platform.posted.length = 0;
});

const ask = (more: { prefer?: string; as?: string; body?: object } = {}, path = 'ora_Press') =>
  platform.call('POST', path, {
    as: more.as,
    body: more.body ?? { Fruit: 'Orange' },
    headers: { Prefer: more.prefer ?? 'respond-async' },
  });
const idOf = (answer: TestAnswer) => String(answer.headers['x-ms-dyn-backgroundoperationid']);
const quiet = () => platform.work.quiet(5000);
const rowOf = async (answer: TestAnswer) =>
  (await platform.call('GET', `backgroundoperations(${idOf(answer)})`)).body as Record<string, unknown>;
const monitor = (answer: TestAnswer, method = 'GET', as?: string) =>
  platform.call(method, String(answer.headers['Location']), { as });
const accounts = async (name: string) =>
  (await platform.call('GET', `accounts?$select=name&$filter=name eq '${name}'`)).body.value.length as number;
const fail: CustomApiBody = () => {
  throw new Error('The press is stuck.');
};
/** Keeps operations on this fruit in progress, before their transaction, until they are let go. */
function hold(fruit = 'Orange') {
  let go!: () => void;
  const gate = new Promise<void>((open) => (go = open));
  let isReached = false;
  const remove = platform.dataverse.registerStep({
    name: 'Test',
    message: 'ora_Press',
    stage: 10,
    async run({ input }) {
      if (input['Fruit'] !== fruit) return;
      isReached = true;
      await gate;
    },
  });
  const reached = () => until(() => isReached);
  return {
    reached,
    go() {
      remove();
      go();
    },
  };
}
const until = async (isSo: () => boolean) => {
  for (let turn = 0; !isSo(); turn++) {
    if (turn > 10_000) throw new Error('It does not happen.');
    await new Promise(setImmediate);
  }
};

test('the answer comes at once: 202, the status monitor and the id of the row', async () => {
  const held = hold();
  const answer = await ask();
  expect([answer.status, answer.text, answer.headers['Preference-Applied']]).toEqual([202, '', 'respond-async']);
  expect(answer.headers['Location']).toBe(`${origin}/api/backgroundoperation/${idOf(answer)}`);
  await held.reached();
  expect(await rowOf(answer)).toMatchObject({
    name: 'ora_Press',
    displayname: 'ora_Press',
    backgroundoperationstatecode: 2,
    backgroundoperationstatuscode: 20,
    inputparameters: '[{"Key":"Fruit","Value":"Orange"}]',
    outputparameters: null,
    starttime: '2026-01-02T03:04:05Z',
    endtime: null,
    retrycount: 0,
    ttlinseconds: 7776000,
  });
  expect((await monitor(answer)).body).toEqual({ backgroundOperationStateCode: 2, backgroundOperationStatusCode: 20 });
  held.go();
  await quiet();
});

test('when it is done its results stand in the row and at the status monitor', async () => {
  const answer = await ask();
  await quiet();
  expect(await rowOf(answer)).toMatchObject({
    backgroundoperationstatecode: 3,
    backgroundoperationstatuscode: 30,
    outputparameters: '[{"Key":"Juice","Value":"Orange juice"},{"Key":"Litres","Value":2}]',
    endtime: '2026-01-02T03:04:05Z',
    errorcode: null,
    errormessage: null,
  });
  const status = await monitor(answer);
  expect([status.status, status.body]).toEqual([
    200,
    { backgroundOperationStateCode: 3, backgroundOperationStatusCode: 30, Juice: 'Orange juice', Litres: 2 },
  ]);
});

test('it runs as who asked for it', async () => {
  const answer = await ask({ as: 'worker@ora.example', body: { Fruit: 'Lime' } });
  await quiet();
  const row = await rowOf(answer);
  expect(calls[0]!.caller).toMatchObject({ email: 'worker@ora.example', userId: row['runas'] });
  expect(row['_createdby_value']).toBe(row['runas']);
  expect(row['backgroundoperationstatuscode']).toBe(30);
  const { value } = (await platform.call('GET', "accounts?$select=_createdby_value&$filter=name eq 'Lime'")).body;
  expect(value).toMatchObject([{ _createdby_value: row['runas'] }]);
});

test('a bound operation finds its row', async () => {
  const id = await platform.create('accounts', { name: 'bound' });
  body = ({ target }) => ({ Peeled: target!.id });
  const answer = await ask({ body: {} }, `accounts(${id})/Microsoft.Dynamics.CRM.ora_Peel`);
  await quiet();
  expect((await monitor(answer)).body).toMatchObject({ backgroundOperationStatusCode: 30, Peeled: id });
});

test.each([
  ['without read and write access to the table', { as: 'nobody@ora.example' }, '403 0x80040220'],
  ['with a parameter that is not of its type', { body: { Fruit: 7 } }, '400 0x80048d19'],
  [
    'with a callback beyond this machine',
    { prefer: 'respond-async, callback; url="https://hooks.contoso.com/x"' },
    '400 0x80040203',
  ],
  ['with a callback that is no address', { prefer: 'respond-async, callback; url="x"' }, '400 0x80040203'],
])('a request %s is refused at once', async (_what, more, refusal) => {
  const before = (await platform.call('GET', 'backgroundoperations/$count')).text;
  expect((await ask(more)).refusal).toBe(refusal);
  expect((await platform.call('GET', 'backgroundoperations/$count')).text).toBe(before);
  expect(calls).toEqual([]);
});

test.each([
  ['GET', 'WhoAmI()'],
  ['POST', 'PublishAllXml'],
])('%s %s, which is no custom API, does not run in the background', async (method, path) => {
  const answer = await platform.call(method, path, { headers: { Prefer: 'respond-async' } });
  expect([answer.refusal, answer.text]).toEqual(['400 0x80040203', expect.stringContaining('custom API')]);
});

test('what fails is tried three times more, after longer and longer waits by the clock', async () => {
  body = fail;
  const answer = await ask();
  const seen: unknown[] = [];
  for (const wait of [10_000, 20_000, 40_000]) {
    await quiet();
    const { backgroundoperationstatuscode, retrycount } = await rowOf(answer);
    seen.push([calls.length, backgroundoperationstatuscode, retrycount]);
    platform.clock.advance(wait - 1);
    await quiet();
    expect(calls.length).toBe(seen.length);
    platform.clock.advance(1);
  }
  await quiet();
  expect(seen).toEqual([
    [1, 0, 1],
    [2, 0, 2],
    [3, 0, 3],
  ]);
  const error = { errorcode: 0x80040265 | 0, errormessage: 'The press is stuck.' };
  expect(await rowOf(answer)).toMatchObject({ ...error, backgroundoperationstatuscode: 31, retrycount: 3 });
  expect((await monitor(answer)).body).toEqual({
    backgroundOperationErrorCode: error.errorcode,
    backgroundOperationErrorMessage: error.errormessage,
    backgroundOperationStateCode: 3,
    backgroundOperationStatusCode: 31,
  });
  expect(calls.length).toBe(4);
});

test('what fails leaves nothing behind, and may succeed when it is tried again', async () => {
  let tries = 0;
  body = async (call) => {
    const results = await press(call);
    if ((tries += 1) < 2) throw new Error('Not yet.');
    return results;
  };
  const answer = await ask({ body: { Fruit: 'Quince' } });
  await quiet();
  expect(await accounts('Quince')).toBe(0);
  platform.clock.advance(10_000);
  await quiet();
  expect(await accounts('Quince')).toBe(1);
  expect(await rowOf(answer)).toMatchObject({ backgroundoperationstatuscode: 30, retrycount: 1, errorcode: null });
});

test('a callback tells how it ended, without the results', async () => {
  const url = 'http://127.0.0.1:9/done';
  const answer = await ask({ prefer: `respond-async, callback; url="${url}"` });
  const location = answer.headers['Location'];
  expect([answer.status, answer.headers['Preference-Applied'], JSON.parse(answer.text)]).toEqual([
    202,
    'callback',
    { backgroundOperationId: idOf(answer), location },
  ]);
  await quiet();
  const told = { backgroundOperationId: idOf(answer), backgroundOperationStateCode: 3, location };
  expect(platform.posted).toEqual([{ url, body: { ...told, backgroundOperationStatusCode: 30 } }]);
});

test('a callback tells of an error; OData names the preference odata.callback', async () => {
  body = fail;
  const answer = await ask({ prefer: 'respond-async,odata.callback;url="http://localhost:9/x"' });
  for (const wait of [10_000, 20_000, 40_000]) {
    await quiet();
    expect(platform.posted).toEqual([]);
    platform.clock.advance(wait);
  }
  await quiet();
  expect(platform.posted[0]!.body).toEqual({
    backgroundOperationId: idOf(answer),
    backgroundOperationStateCode: 3,
    backgroundOperationStatusCode: 31,
    backgroundOperationErrorCode: 0x80040265 | 0,
    backgroundOperationErrorMessage: 'The press is stuck.',
    location: answer.headers['Location'],
  });
});

test('OnBackgroundOperationComplete is raised for plug-in steps and for flows', async () => {
  const seen: unknown[] = [];
  const remove = platform.dataverse.registerStep({
    name: 'Test',
    message: 'OnBackgroundOperationComplete',
    stage: 40,
    isAsync: true,
    run: async ({ input, output }) => void seen.push([input, output]),
  });
  await platform.create('callbackregistrations', {
    name: 'all',
    sdkmessagename: 'OnBackgroundOperationComplete',
    url: 'http://127.0.0.1:9/all',
    version: 1,
    message: 1,
    scope: 4,
  });
  const answer = await ask({ prefer: 'respond-async, callback; url="http://127.0.0.1:9/own?sig=secret"' });
  await quiet();
  remove();
  const InputParameters = {
    PayloadType: 0,
    CallbackUrl: '***',
    LocationUrl: answer.headers['Location'],
    BackgroundOperationId: idOf(answer),
  };
  const OutputParameters = {
    BackgroundOperationStateCode: 3,
    BackgroundOperationStatusCode: 30,
    OperationName: 'ora_Press',
  };
  expect(seen).toEqual([[InputParameters, OutputParameters]]);
  const told = platform.posted.find(({ url }) => url.endsWith('/all'));
  expect(told?.body).toEqual({ SdkMessage: 'OnBackgroundOperationComplete', InputParameters, OutputParameters });
});

describe('cancelling', () => {
  const byRow = (answer: TestAnswer) =>
    platform.call('PATCH', `backgroundoperations(${idOf(answer)})`, {
      body: { backgroundoperationstatecode: 2, backgroundoperationstatuscode: 22 },
    });
  const ways: [string, (answer: TestAnswer) => Promise<TestAnswer>, number, unknown][] = [
    ['the row', byRow, 204, undefined],
    [
      'the status monitor',
      (answer) => monitor(answer, 'DELETE'),
      200,
      { backgroundOperationStateCode: 2, backgroundOperationStatusCode: 22 },
    ],
  ];

  test.each(ways)('by %s: what waits for another try is not tried again', async (_by, cancel, status, said) => {
    body = fail;
    const answer = await ask();
    await quiet();
    const canceled = await cancel(answer);
    expect([canceled.status, canceled.body]).toEqual([status, said]);
    await quiet();
    expect(await rowOf(answer)).toMatchObject({ backgroundoperationstatecode: 3, backgroundoperationstatuscode: 32 });
    platform.clock.advance(1_000_000);
    await quiet();
    expect(calls.length).toBe(1);
  });

  test('what has begun is not broken off', async () => {
    const held = hold();
    const answer = await ask();
    await held.reached();
    expect((await monitor(answer, 'DELETE')).status).toBe(200);
    expect(await rowOf(answer)).toMatchObject({ backgroundoperationstatuscode: 22 });
    held.go();
    await quiet();
    expect(await rowOf(answer)).toMatchObject({ backgroundoperationstatuscode: 30 });
  });

  test('what fails after it was asked to is not tried again', async () => {
    body = fail;
    const held = hold();
    const answer = await ask();
    await held.reached();
    await byRow(answer);
    held.go();
    await quiet();
    expect(await rowOf(answer)).toMatchObject({ backgroundoperationstatuscode: 32, retrycount: 0 });
  });

  test('what is over stays as it ended', async () => {
    const answer = await ask();
    await quiet();
    expect((await byRow(answer)).refusal).toBe('400 0x80040233');
    expect(await rowOf(answer)).toMatchObject({ backgroundoperationstatuscode: 30 });
  });
});

test('the status monitor knows GET and DELETE, ids there are, and who may read them', async () => {
  const answer = await ask();
  await quiet();
  expect((await monitor(answer, 'PATCH')).status).toBe(405);
  expect((await monitor(answer, 'GET', 'nobody@ora.example')).refusal).toBe('403 0x80040220');
  const unknown = await platform.call('GET', `${origin}/api/backgroundoperation/11111111-1111-4111-8111-111111111111`);
  expect(unknown.refusal).toBe('404 0x80040217');
});

test('a row is deleted when its time to live is over', async () => {
  const answer = await ask();
  await quiet();
  await platform.call('PATCH', `backgroundoperations(${idOf(answer)})`, { body: { ttlinseconds: 60 } });
  platform.clock.advance(59_000);
  await quiet();
  expect((await monitor(answer)).status).toBe(200);
  platform.clock.advance(1000);
  await quiet();
  expect((await monitor(answer)).status).toBe(404);
});

test('in a change set that fails nothing runs', async () => {
  const part = (id: number, line: string, json: object) =>
    `--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: ${id}\r\n\r\n${line} HTTP/1.1\r\nContent-Type: application/json\r\nPrefer: respond-async\r\n\r\n${JSON.stringify(json)}\r\n`;
  const changes =
    part(1, 'POST /api/data/v9.2/ora_Press', { Fruit: 'Plum' }) +
    part(2, 'POST /api/data/v9.2/accounts', { nothing: 1 });
  await platform.call('POST', '$batch', {
    headers: { 'Content-Type': 'multipart/mixed; boundary=b' },
    body: `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${changes}--c--\r\n--b--\r\n`,
  });
  await quiet();
  expect(calls).toEqual([]);
});

test('an operation an earlier start left in the middle is done once, by the next', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'background-'));
  const file = join(folder, 'store.sqlite');
  const first = await open({ database: openDatabase(file) });
  const before = platform;
  platform = first;
  const held = hold('Running');
  const prefer = 'respond-async, callback; url="http://127.0.0.1:9/done"';
  const running = await ask({ prefer, body: { Fruit: 'Running' }, as: 'worker@ora.example' });
  body = fail;
  const waiting = await ask({ prefer, body: { Fruit: 'Waiting' } });
  await Promise.all([held.reached(), until(() => calls.length === 1)]);
  first.work.stop();
  first.close();

  body = press;
  calls = [];
  platform = await aDataverse([], {
    database: openDatabase(file),
    customApis: () => (call) => {
      calls.push(call);
      return body(call);
    },
  });
  platform.dataverse.resume();
  await quiet();
  for (const [answer, fruit] of [
    [running, 'Running'],
    [waiting, 'Waiting'],
  ] as const) {
    expect((await monitor(answer)).body).toMatchObject({ backgroundOperationStatusCode: 30, Juice: `${fruit} juice` });
    expect(await accounts(fruit)).toBe(1);
  }
  expect(calls.map(({ caller }) => caller.email).sort()).toContain('worker@ora.example');
  expect(platform.posted.length).toBe(2);
  platform.dataverse.resume();
  await quiet();
  expect(calls.length).toBe(2);
  platform.close();
  platform = before;
  rmSync(folder, { recursive: true });
});
