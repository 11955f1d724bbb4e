import type { ConnectorCall, Operations } from '../../../../emulator/flow-runtime/index.ts';
import { createClock } from '../../../../emulator/kernel/index.ts';
import { openDatabase, type Database } from '../../../../emulator/storage/index.ts';
import {
  after,
  call,
  closeEnvironments,
  ended,
  eventually,
  flow,
  startFlow,
} from '../../../support/flow-environment.ts';

afterEach(closeEnvironments);

const start = (definition: object, database: Database, stubs: object, clock = createClock(() => 0)) =>
  startFlow(definition, database, { stubs: stubs as Operations, clock });

/** Many shapes: variables, a loop, a scope that fails and is caught, a condition, branches side by side. */
const manyShaped = flow({
  Sum: { type: 'InitializeVariable', inputs: { variables: [{ name: 'sum', type: 'integer', value: 0 }] } },
  First: call('One', after('Sum')),
  Each: {
    type: 'Foreach',
    foreach: '@range(1, 3)',
    ...after('First'),
    actions: {
      Write: call('Write'),
      Add: { type: 'IncrementVariable', inputs: { name: 'sum', value: "@items('Each')" }, ...after('Write') },
    },
  },
  Try: { type: 'Scope', ...after('Each'), actions: { Fails: call('Fails') } },
  Catch: { type: 'Compose', inputs: "@result('Try')[0]['status']", ...after('Try', 'Failed') },
  Side: call('Side', after('First')),
  Check: {
    type: 'If',
    expression: { equals: ["@variables('sum')", 6] },
    ...after('Catch'),
    actions: { Right: call('Right') },
    else: { actions: { Wrong: call('Wrong') } },
  },
});

function counted() {
  const calls: string[] = [];
  const answer =
    (name: string, statusCode = 200) =>
    async (_call: ConnectorCall) => {
      calls.push(name);
      return { statusCode, headers: {}, body: null };
    };
  return {
    calls,
    stubs: {
      One: answer('One'),
      Write: answer('Write'),
      Fails: answer('Fails', 400),
      Side: answer('Side'),
      Right: answer('Right'),
      Wrong: answer('Wrong'),
    },
  };
}

/** A store whose process dies as it is about to write for the n-th time: nothing after that is kept. */
function dyingAt(database: Database, crashAt: number) {
  let writes = 0;
  let isDead = false;
  let die: () => void = () => {};
  const died = new Promise<void>((tell) => (die = tell));
  const dying: Database = Object.assign(Object.create(database) as Database, {
    transaction: (task: never) => {
      if (++writes >= crashAt) {
        isDead = true;
        die();
      }
      return isDead ? new Promise<never>(() => {}) : database.transaction(task);
    },
  });
  return { dying, died, writes: () => writes };
}

test('cut off before any write, a run goes on at the next start and nothing that had finished is done twice', async () => {
  const whole = counted();
  const database = openDatabase(':memory:');
  const counting = dyingAt(database, Infinity);
  const { runtime } = await start(manyShaped, counting.dying, whole.stubs);
  await runtime.run('Flow', {});
  expect((await ended(runtime)).status).toBe('Succeeded');
  const expected = ['Fails', 'One', 'Right', 'Side', 'Write', 'Write', 'Write'];
  expect([...whole.calls].sort()).toEqual(expected);

  const rows: string[] = [];
  for (let crashAt = 2; crashAt <= counting.writes(); crashAt++) {
    const store = openDatabase(':memory:');
    const { calls, stubs } = counted();
    const { dying, died } = dyingAt(store, crashAt);
    const first = await start(manyShaped, dying, stubs);
    await first.runtime.run('Flow', {});
    await died;
    first.runtime.close();
    const second = await start(manyShaped, store, stubs);
    const detail = await ended(second.runtime);
    const right = detail.actions.find(({ name }) => name === 'Right');
    rows.push(`${crashAt}: ${detail.status}, ${calls.length} calls`);
    expect([detail.status, right?.status]).toEqual(['Succeeded', 'Succeeded']);
    // What was in flight when the store died is asked again; two branches can be in flight at once.
    expect(calls.length - expected.length).toBeLessThanOrEqual(2);
    expect(new Set(calls)).toEqual(new Set(expected));
  }
  console.log(`crashes before each of ${rows.length} writes\n${rows.join('\n')}`);
});

const webhook = { ...call('Wait'), type: 'OpenApiConnectionWebhook', limit: { timeout: 'P1D' } };

function subscriptions() {
  const seen: string[] = [];
  const note =
    (name: string) =>
    async ({ callbackUrl }: ConnectorCall) => {
      seen.push(`${name} ${new URL(callbackUrl!).pathname}`);
      return { statusCode: 201, headers: {}, body: null };
    };
  return { seen, stubs: { Wait: note('on'), 'Wait/unsubscribe': note('off') } };
}

test('a webhook action waits through a restart, is called back once and unsubscribes', async () => {
  const database = openDatabase(':memory:');
  const { seen, stubs } = subscriptions();
  const first = await start(flow({ Wait: webhook }), database, stubs);
  await first.runtime.run('Flow', {});
  await eventually(async () => seen[0]);
  await eventually(async () => database.get('select * from "emulator$flow_callbacks"', []));
  first.runtime.close();
  const second = await start(flow({ Wait: webhook }), database, stubs);
  const url = seen[0]!.split(' ')[1]!;
  const post = { method: 'POST', url, headers: { 'content-type': 'application/json' } };
  const back = (body: string) => second.runtime.handle({ ...post, body: Buffer.from(body) });
  expect((await back('{"outcome":"Approve"}')).status).toBe(200);
  expect((await back('{"outcome":"Reject"}')).status).toBe(200);
  const detail = await ended(second.runtime);
  expect(detail.actions[0]).toMatchObject({ status: 'Succeeded', outputs: { body: { outcome: 'Approve' } } });
  expect(seen.map((one) => one.split(' ')[0])).toEqual(['on', 'off']);
  expect((await second.runtime.handle({ ...post, url: `${url}x`, body: Buffer.from('{}') })).status).toBe(404);
});

test('a webhook action whose limit passes is TimedOut, and runAfter takes it up', async () => {
  const { seen, stubs } = subscriptions();
  const late = { type: 'Compose', inputs: "@actions('Wait')['code']", ...after('Wait', 'TimedOut') };
  const { runtime, clock } = await start(flow({ Wait: webhook, Late: late }), openDatabase(':memory:'), stubs);
  await runtime.run('Flow', {});
  await eventually(async () => seen[0]);
  await new Promise((soon) => setTimeout(soon, 20));
  clock.advance(86_400_000);
  const { status, actions } = await ended(runtime);
  expect(status).toBe('Succeeded');
  expect(actions.find(({ name }) => name === 'Late')?.outputs).toBe('ActionTimedOut');
  expect(seen).toHaveLength(2);
});

test('a polling trigger asks at every recurrence and splits what it finds', async () => {
  const answers = [[], [{ n: 1 }, { n: 2 }]];
  let asked = 0;
  const trigger = {
    ...call('New'),
    recurrence: { frequency: 'Minute', interval: 1 },
    splitOn: "@triggerOutputs()?['body/value']",
  };
  const New = async () => ({ statusCode: 200, headers: {}, body: { value: answers[asked++] ?? [] } });
  const definition = flow({ Say: { type: 'Compose', inputs: "@triggerBody()?['n']" } }, trigger);
  const { runtime, clock } = await start(definition, openDatabase(':memory:'), { New });
  for (let turn = 1; turn <= 3; turn++) {
    clock.advance(60_000);
    await eventually(async () => (asked === turn ? true : undefined));
  }
  await eventually(async () =>
    ((await runtime.runs({})) as { value: unknown[] }).value.length === 2 ? true : undefined,
  );
  runtime.close();
});

test('runs beyond the degree of a trigger wait, and beyond the queue are refused', async () => {
  let release: () => void = () => {};
  const held = new Promise<void>((go) => (release = go));
  const trigger = { type: 'Request', runtimeConfiguration: { concurrency: { runs: 1, maximumWaitingRuns: 1 } } };
  const One = async () => (await held, { statusCode: 200, headers: {}, body: null });
  const { runtime } = await start(flow({ One: call('One') }, trigger), openDatabase(':memory:'), { One });
  await runtime.run('Flow', {});
  await runtime.run('Flow', {});
  await expect(runtime.run('Flow', {})).rejects.toThrow('As many runs of the flow');
  const states = async () =>
    ((await runtime.runs({})) as { value: { status: string }[] }).value.map(({ status }) => status);
  expect((await states()).sort()).toEqual(['Running', 'Waiting']);
  release();
  await eventually(async () => ((await states()).every((status) => status === 'Succeeded') ? true : undefined));
});

test('a call of a flow with a Response is answered with it', async () => {
  const answer = {
    type: 'Response',
    inputs: { statusCode: 201, headers: { 'X-A': '1' }, body: "@triggerBody()?['a']" },
  };
  const { runtime } = await start(flow({ Answer: answer }), openDatabase(':memory:'), {});
  const response = await runtime.handle({
    method: 'POST',
    url: '/callbacks/f1',
    headers: {},
    body: Buffer.from('{"a":{"b":1}}'),
  });
  expect([response.status, response.headers['X-A'], String(response.body)]).toEqual([201, '1', '{"b":1}']);
});

test('a delay ends when it was to end, whatever restarts came between', async () => {
  const clock = createClock(() => 0);
  const database = openDatabase(':memory:');
  const definition = flow({ Wait: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } } } });
  const first = await start(definition, database, {}, clock);
  await first.runtime.run('Flow', {});
  await eventually(async () => database.get('select * from "emulator$flow_callbacks"', []));
  clock.advance(30 * 60_000);
  first.runtime.close();
  const second = await start(definition, database, {}, clock);
  await new Promise((soon) => setTimeout(soon, 20));
  clock.advance(30 * 60_000);
  expect((await ended(second.runtime)).actions[0]).toMatchObject({ name: 'Wait', status: 'Succeeded' });
});
