import { connectorsFrom, runFlow, type ConnectorOperation } from '../../../../emulator/flow-runtime/index.ts';
import { createClock } from '../../../../emulator/kernel/index.ts';
import { openDatabase } from '../../../../emulator/storage/index.ts';
import {
  after,
  call,
  closeEnvironments,
  ended,
  flow,
  runsOf,
  soon,
  startFlow,
} from '../../../support/flow-environment.ts';

afterEach(closeEnvironments);

const never: ConnectorOperation = () => new Promise(() => {});
const compose = (inputs: unknown, more: object = {}) => ({ type: 'Compose', inputs, ...more });
const answering =
  (statusCode: number): ConnectorOperation =>
  async () => ({ statusCode, headers: {}, body: null });

/** Runs a flow and lets the clock go on by this much at every turn, until it has ended. */
async function runAsTimePasses(
  definition: object,
  stubs: Record<string, ConnectorOperation>,
  stepMs: number,
  more: object = {},
) {
  const clock = createClock(() => 0);
  let isOver = false;
  const running = runFlow(definition, { connectors: connectorsFrom({ shared_x: stubs }), clock, ...more });
  void running.then(() => (isOver = true));
  while (!isOver) {
    await new Promise((turn) => setTimeout(turn, 1));
    clock.advance(stepMs);
  }
  return { ...(await running), tookMs: clock.now().getTime() };
}

test.each([
  ['a connector', { Hang: call('Never', { limit: { timeout: 'PT1M' } }) }],
  ['an address', { Hang: { type: 'Http', inputs: { method: 'GET', uri: 'http://a' }, limit: { timeout: 'PT1M' } } }],
])('%s that never answers is TimedOut when the limit has passed, and runAfter takes it up', async (_what, actions) => {
  const late = compose("@actions('Hang')['code']", after('Hang', 'TimedOut'));
  const { status, actions: did } = await runAsTimePasses(flow({ ...actions, Late: late }), { Never: never }, 20_000, {
    http: never,
  });
  expect(status).toBe('Succeeded');
  expect(did.map(({ name, status: how }) => [name, how])).toEqual([
    ['Hang', 'TimedOut'],
    ['Late', 'Succeeded'],
  ]);
  expect(did[1]!.outputs).toBe('ActionTimedOut');
});

const hour = { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } } };

test('a delay that is longer than its limit is TimedOut', async () => {
  const late = compose("@actions('Rest')['status']", after('Rest', 'TimedOut'));
  const { status, actions, tookMs } = await runAsTimePasses(
    flow({ Rest: { ...hour, limit: { timeout: 'PT1M' } }, Late: late }),
    {},
    20_000,
  );
  expect([status, actions[1]!.outputs]).toEqual(['Succeeded', 'TimedOut']);
  expect(tookMs).toBeLessThan(600_000);
});

test.each([
  ['a call', { Hang: call('Never') }, { Hang: 'Cancelled' }],
  ['a delay', { Rest: hour, Next: compose(1, after('Rest')) }, { Rest: 'Cancelled', Next: 'Skipped' }],
  ['a scope', { Inner: { type: 'Scope', actions: { Rest: hour } } }, { Inner: 'Cancelled', Rest: 'Cancelled' }],
  [
    'a loop',
    { Each: { type: 'Foreach', foreach: '@range(0, 50)', actions: { Rest: hour } } },
    { Each: 'Cancelled', Rest: 'Cancelled' },
  ],
])('the limit of a scope cancels %s in it; what follows takes up TimedOut', async (_what, inside, expected) => {
  const { status, actions, tookMs } = await runAsTimePasses(
    flow({
      Try: { type: 'Scope', actions: inside, limit: { timeout: 'PT5M' } },
      Catch: compose("@result('Try')[0]['status']", after('Try', 'Failed', 'TimedOut')),
    }),
    { Never: never },
    60_000,
  );
  const did = Object.fromEntries(actions.map((action) => [action.name, action.status]));
  expect(did).toEqual({ ...expected, Try: 'TimedOut', Catch: 'Succeeded' });
  expect(status).toBe('Succeeded');
  expect(tookMs).toBeLessThan(3600_000);
});

test('the limit of an Until ends no repetition that has begun', async () => {
  const { actions } = await runAsTimePasses(
    flow({ Ask: { type: 'Until', expression: '@equals(1, 2)', limit: { timeout: 'PT5M' }, actions: { Rest: hour } } }),
    {},
    300_000,
  );
  expect(actions.map(({ name, status }) => [name, status])).toEqual(
    expect.arrayContaining([
      ['Rest', 'Succeeded'],
      ['Ask', 'Succeeded'],
    ]),
  );
});

test.each([
  ['low', 3],
  ['medium', 9],
] as const)('the plan %s tries %i times, and the history tells of each attempt', async (plan, attempts) => {
  const asked = { ...call('Busy') };
  asked.inputs = { ...asked.inputs, retryPolicy: undefined as never };
  const { actions } = await runAsTimePasses(flow({ Busy: asked }), { Busy: answering(503) }, 60_000, { plan });
  expect(actions[0]).toMatchObject({ status: 'Failed', attempts });
  expect(actions[0]!.retryHistory).toHaveLength(attempts - 1);
  expect(actions[0]!.retryHistory![0]).toMatchObject({ code: '503', message: expect.stringContaining('503') });
  const times = actions[0]!.retryHistory!.map(({ startTime }) => startTime);
  expect(new Set(times).size).toBe(times.length);
});

test('an action that succeeds at once has no history of attempts', async () => {
  const { actions } = await runFlow(flow({ Say: compose(1) }), {});
  expect(actions[0]!.retryHistory).toBeUndefined();
});

const loop = (items: number) => flow({ Each: { type: 'Foreach', foreach: `@range(0, ${items})`, actions: {} } });

test('a loop takes as many items as the plan allows, and no more', async () => {
  expect((await runFlow(loop(5000), {})).status).toBe('Succeeded');
  const { error, actions } = await runFlow(loop(5001), {});
  expect(actions[0]).toMatchObject({ status: 'Failed', error: { code: 'ForeachItemsLimitExceeded' } });
  expect(error?.message).toContain('5001 items; 5000 are the most');
  expect((await runFlow(loop(5001), { plan: 'high' })).status).toBe('Succeeded');
});

test('Until goes round 5,000 times at most, whatever it says', async () => {
  const until = {
    type: 'Until',
    expression: '@equals(1, 2)',
    limit: { count: 1_000_000 },
    actions: { Count: { type: 'IncrementVariable', inputs: { name: 'n', value: 1 } } },
  };
  const start = { type: 'InitializeVariable', inputs: { variables: [{ name: 'n', type: 'integer', value: 0 }] } };
  const { actions } = await runFlow(
    flow({ Start: start, Loop: { ...until, ...after('Start') }, Say: compose("@variables('n')", after('Loop')) }),
    {},
  );
  expect(actions.at(-1)!.outputs).toBe(5000);
});

const splitting = (more: object = {}) =>
  flow({ Say: compose('@triggerBody()') }, { type: 'Request', splitOn: '@triggerBody()', ...more });

test('what a trigger splits is limited by the plan, and to 100 with concurrency', async () => {
  const { runtime } = await startFlow(splitting(), openDatabase(':memory:'));
  await expect(runtime.run('Flow', Array(5001).fill(1))).rejects.toThrow('5001 items to split; 5000 are the most');
  const limited = splitting({ runtimeConfiguration: { concurrency: { runs: 50 } } });
  const other = await startFlow(limited, openDatabase(':memory:'));
  await expect(other.runtime.run('Flow', Array(101).fill(1))).rejects.toThrow('100 are the most');
  expect(await runsOf(other.runtime)).toEqual([]);
});

test('an over-long list sent to the callback of a flow is 400', async () => {
  const { post } = await startFlow(splitting(), openDatabase(':memory:'));
  const { status, body } = await post('http://local/callbacks/f1', Array(5001).fill(1));
  expect([status, String(body)]).toEqual([400, expect.stringContaining('SplitOnItemsLimitExceeded')]);
});

test('a run lasts thirty days, through a restart too', async () => {
  const clock = createClock(() => 0);
  const database = openDatabase(':memory:');
  const definition = flow({ Wait: { type: 'Wait', inputs: { interval: { count: 60, unit: 'Day' } } } });
  const first = await startFlow(definition, database, { clock });
  await first.runtime.run('Flow', {});
  await soon();
  clock.advance(29 * 86_400_000);
  await soon();
  first.runtime.close();
  const { runtime } = await startFlow(definition, database, { clock });
  await soon();
  expect(await runsOf(runtime)).toMatchObject([{ status: 'Running' }]);
  clock.advance(86_400_000);
  expect(await ended(runtime)).toMatchObject({ status: 'TimedOut', error: { code: 'WorkflowRunTimedOut' } });
});

test('the limit of an action goes on counting over a restart', async () => {
  const clock = createClock(() => 0);
  const database = openDatabase(':memory:');
  const wait = { type: 'Wait', inputs: { interval: { count: 20, unit: 'Day' } } };
  const definition = flow({ Try: { type: 'Scope', actions: { Wait: wait }, limit: { timeout: 'P10D' } } });
  const first = await startFlow(definition, database, { clock });
  await first.runtime.run('Flow', {});
  await soon();
  clock.advance(9 * 86_400_000);
  await soon();
  first.runtime.close();
  const { runtime } = await startFlow(definition, database, { clock });
  await soon();
  expect(await runsOf(runtime)).toMatchObject([{ status: 'Running' }]);
  clock.advance(86_400_000);
  expect((await ended(runtime)).actions).toMatchObject([
    { name: 'Try', status: 'TimedOut' },
    { name: 'Wait', status: 'Cancelled' },
  ]);
});

test('an action whose limit has passed while the process was away is not begun again', async () => {
  const clock = createClock(() => 0);
  const database = openDatabase(':memory:');
  let calls = 0;
  const stubs = {
    Never: () => {
      calls += 1;
      return new Promise<never>(() => {});
    },
  };
  const definition = flow({ Hang: call('Never', { limit: { timeout: 'PT1H' } }) });
  const first = await startFlow(definition, database, { clock, stubs });
  await first.runtime.run('Flow', {});
  await soon();
  first.runtime.close();
  clock.advance(7_200_000);
  const { runtime } = await startFlow(definition, database, { clock, stubs });
  expect((await ended(runtime)).actions).toMatchObject([{ name: 'Hang', status: 'TimedOut' }]);
  expect(calls).toBe(1);
});

test('a run that waits is cancelled at once', async () => {
  const definition = flow({ Wait: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Day' } } } });
  const { runtime, work } = await startFlow(definition, openDatabase(':memory:'));
  await runtime.run('Flow', {});
  await soon();
  const [{ id }] = (await runsOf(runtime)) as unknown as [{ id: string }];
  await runtime.cancel(id);
  const { status, actions } = await ended(runtime);
  await soon();
  expect([status, work.running]).toEqual(['Cancelled', 0]);
  expect(actions).toMatchObject([{ name: 'Wait', status: 'Cancelled' }]);
});

const withStatic = (result: object, staticResultOptions = 'Enabled') => ({
  ...flow({
    Call: call('Nowhere', { runtimeConfiguration: { staticResult: { name: 'Call0', staticResultOptions } } }),
    Say: compose("@outputs('Call')?['body/name']", after('Call')),
    Catch: compose("@actions('Call')?['error']?['message']", after('Call', 'Failed', 'TimedOut')),
  }),
  staticResults: { Call0: result },
});

test('a static result stands for the action while it is switched on', async () => {
  const good = { status: 'Succeeded', outputs: { statusCode: 'OK', body: { name: 'Contoso' } } };
  const by = async (definition: object) =>
    Object.fromEntries((await runFlow(definition, {})).actions.map((action) => [action.name, action]));
  const on = await by(withStatic(good));
  expect([on['Call']!.status, on['Say']!.outputs, on['Catch']!.status]).toEqual(['Succeeded', 'Contoso', 'Skipped']);
  const off = await by(withStatic(good, 'Disabled'));
  expect(off['Call']!.code).toBe('NotEmulated');
  const bad = await by(withStatic({ status: 'Failed', error: { code: 'Gone', message: 'It is gone.' } }));
  expect([bad['Call']!.code, bad['Say']!.status, bad['Catch']!.outputs]).toEqual(['Gone', 'Skipped', 'It is gone.']);
  expect((await by(withStatic({ status: 'TimedOut' })))['Call']!.status).toBe('TimedOut');
});

const parse = (content: unknown, schema: object) =>
  runFlow(flow({ Parse: { type: 'ParseJson', inputs: { content, schema } } }), {});

test.each([
  ['a text where a number is wanted', { n: 'x' }, { properties: { n: { type: 'integer' } } }, '#/n'],
  ['null where a text is wanted', { n: null }, { properties: { n: { type: 'string' } } }, '#/n'],
  ['a name that is missing', {}, { type: 'object', required: ['n'] }, 'n'],
  ['an element of another type', [1, 'x'], { type: 'array', items: { type: 'integer' } }, '#/1'],
])('Parse JSON refuses %s', async (_what, content, schema, where) => {
  const { actions } = await parse(content, schema);
  expect(actions[0]).toMatchObject({ status: 'Failed', error: { code: 'ValidationFailed' } });
  expect(actions[0]!.error!.message).toContain(where);
});

test.each([
  ['a long whole number', '{"n": 9223372036854775807}', { properties: { n: { type: 'integer' } } }],
  [
    'escaped names',
    '{"@odata.etag": "x"}',
    { properties: { '@@odata.etag': { type: 'string' } }, required: ['@@odata.etag'] },
  ],
  ['either of two types', '{"n": null}', { properties: { n: { type: ['string', 'null'] } } }],
  ['formats there are not', '{"n": "x"}', { properties: { n: { type: 'string', format: 'guid' } } }],
  ['no schema', '[1]', {}],
])('Parse JSON takes %s', async (_what, content, schema) => {
  expect((await parse(content, schema)).status).toBe('Succeeded');
});

const schema = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };

test.each([
  ['a button', { type: 'Request', kind: 'Button', inputs: { schema } }, 400],
  ['an app', { type: 'Request', kind: 'PowerAppV2', inputs: { schema } }, 400],
  [
    'an HTTP call that is to be checked',
    { type: 'Request', kind: 'Http', operationOptions: 'EnableSchemaValidation', inputs: { schema } },
    400,
  ],
  ['an HTTP call', { type: 'Request', kind: 'Http', inputs: { schema } }, 202],
])('what %s sends is checked by the schema of the trigger', async (_what, trigger, expected) => {
  const { post, runtime } = await startFlow(flow({ Say: compose(1) }, trigger), openDatabase(':memory:'));
  const { status, body } = await post('http://local/callbacks/f1', { text: 1 });
  expect(status).toBe(expected);
  if (expected === 400) expect(String(body)).toContain('TriggerInputSchemaMismatch');
  expect(await runsOf(runtime)).toHaveLength(expected === 400 ? 0 : 1);
  expect((await post('http://local/callbacks/f1', { text: 'x' })).status).toBe(202);
});

test('secured outputs are hidden, in the trigger and in every action that reads them', async () => {
  const secure = { runtimeConfiguration: { secureData: { properties: ['outputs'] } } };
  const definition = flow(
    {
      Secret_one: compose('s3cret', secure),
      Reads: compose("@concat(outputs('Secret_one'), '!')", after('Secret_one')),
      Spaced: compose("@{body('secret one')}", after('Secret_one')),
      FromTrigger: compose("@triggerBody()?['card']"),
      Plain: compose('plain'),
    },
    { type: 'Request', ...secure },
  );
  const { runtime } = await startFlow(definition, openDatabase(':memory:'));
  await runtime.run('Flow', { card: '4111' });
  const { trigger, actions } = await ended(runtime);
  const hidden = '*** secured ***';
  expect(trigger.outputs).toBe(hidden);
  const of = (name: string) => actions.find((action) => action.name === name)!;
  expect(of('Secret_one').outputs).toBe(hidden);
  expect([of('Reads').inputs, of('Spaced').inputs, of('FromTrigger').inputs]).toEqual([hidden, hidden, hidden]);
  expect(of('Plain').inputs).not.toBe(hidden);
});
