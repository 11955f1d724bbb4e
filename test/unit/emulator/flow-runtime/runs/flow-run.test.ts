import { createClock } from '../../../../../emulator/kernel/index.ts';
import { connectorsFrom, runFlow, type ConnectorCall } from '../../../../../emulator/flow-runtime/index.ts';

const compose = (inputs: unknown, runAfter: object = {}) => ({ type: 'Compose', inputs, runAfter });
/** Fails: there is no such variable. */
const failing = (runAfter: object = {}) => compose("@variables('none')", runAfter);
const flow = (actions: object, more: object = {}) => ({
  triggers: { manual: { type: 'Request', kind: 'Button' } },
  actions,
  ...more,
});

async function statuses(actions: object) {
  const { status, actions: done } = await runFlow(flow(actions), {});
  return { run: status, ...Object.fromEntries(done.map((action) => [action.name, action.status])) };
}

test('actions follow runAfter, not their order in the file', async () => {
  const { actions } = await runFlow(
    flow({ Last: compose("@concat(outputs('First'), 'b')", { First: ['Succeeded'] }), First: compose('a') }),
    {},
  );
  expect(actions.find((action) => action.name === 'Last')?.outputs).toBe('ab');
});

test('a failure skips what follows and fails the run', async () => {
  expect(await statuses({ A: failing(), B: compose(1, { A: ['Succeeded'] }) })).toEqual({
    run: 'Failed',
    A: 'Failed',
    B: 'Skipped',
  });
});

test('a caught failure leaves the run good, and the catch of a success is skipped', async () => {
  expect(await statuses({ A: failing(), B: compose(1, { A: ['FAILED', 'TimedOut'] }) })).toMatchObject({
    run: 'Succeeded',
    B: 'Succeeded',
  });
  expect(await statuses({ A: compose(1), B: compose(1, { A: ['Failed'] }) })).toMatchObject({
    run: 'Succeeded',
    B: 'Skipped',
  });
});

test('an action waits for all its predecessors and all their statuses', async () => {
  const actions = {
    A: compose(1),
    B: failing(),
    C: compose(1, { A: ['Succeeded'], B: ['Succeeded'] }),
    D: compose(1, { A: ['Succeeded'], B: ['Failed'] }),
  };
  expect(await statuses(actions)).toMatchObject({ C: 'Skipped', D: 'Succeeded', run: 'Failed' });
});

test('scopes take the status of their ends, and result() lists what failed in them', async () => {
  const actions = {
    Try: { type: 'Scope', actions: { A: failing(), B: compose(1, { A: ['Succeeded'] }) } },
    Catch: compose("@first(result('Try'))?['error']?['code']", { Try: ['Failed'] }),
  };
  const { status, actions: done } = await runFlow(flow(actions), {});
  expect(status).toBe('Succeeded');
  expect(done.find((action) => action.name === 'Catch')?.outputs).toBe('InvalidTemplate');
});

test('If, Switch, Foreach and Until work on variables', async () => {
  const set = (name: string, value: unknown, runAfter = {}) => ({
    type: 'SetVariable',
    inputs: { name, value },
    runAfter,
  });
  const actions = {
    Init: { type: 'InitializeVariable', inputs: { variables: [{ name: 'sum', type: 'integer', value: 0 }] } },
    Each: {
      type: 'Foreach',
      foreach: '@createArray(1, 2, 3)',
      runAfter: { Init: ['Succeeded'] },
      actions: { Add: { type: 'IncrementVariable', inputs: { name: 'sum', value: "@items('Each')" } } },
    },
    Loop: {
      type: 'Until',
      expression: "@greaterOrEquals(variables('sum'), 10)",
      runAfter: { Each: ['Succeeded'] },
      actions: { More: { type: 'IncrementVariable', inputs: { name: 'sum' } } },
    },
    Check: {
      type: 'If',
      runAfter: { Loop: ['Succeeded'] },
      expression: { and: [{ equals: ["@variables('sum')", 10] }, { not: { equals: [1, 2] } }] },
      actions: {
        Pick: {
          type: 'Switch',
          expression: "@variables('sum')",
          cases: { ten: { case: 10, actions: { Ten: set('sum', 100) } } },
          default: { actions: { Other: set('sum', 0) } },
        },
      },
      else: { actions: { Never: set('sum', -1) } },
    },
    End: compose("@variables('sum')", { Check: ['Succeeded'] }),
  };
  const { status, actions: done } = await runFlow(flow(actions), {});
  expect(status).toBe('Succeeded');
  expect(done.find((action) => action.name === 'End')?.outputs).toBe(100);
});

test('Terminate ends the run with its status and error', async () => {
  const stop = { type: 'Terminate', inputs: { runStatus: 'Failed', runError: { code: '7', message: 'enough' } } };
  const { status, error, actions } = await runFlow(
    flow({ Stop: stop, After: compose(1, { Stop: ['Succeeded'] }) }),
    {},
  );
  expect({ status, error }).toEqual({ status: 'Failed', error: { code: '7', message: 'enough' } });
  expect(actions.find((action) => action.name === 'After')?.status).toBe('Skipped');
});

const call = (operationId: string, parameters: object, more: object = {}) => ({
  type: 'OpenApiConnection',
  inputs: {
    host: { apiId: '/providers/Microsoft.PowerApps/apis/shared_x', connectionName: 'shared_x', operationId },
    parameters,
    ...more,
  },
});

test('a transient failure is tried again by its policy, on the clock', async () => {
  const clock = createClock(() => 0);
  let calls = 0;
  const connectors = connectorsFrom({
    shared_x: {
      Get: async () =>
        ++calls < 3 ? { statusCode: 503, headers: {}, body: null } : { statusCode: 200, headers: {}, body: 'ok' },
    },
  });
  const running = runFlow(
    flow({ Get: call('Get', {}, { retryPolicy: { type: 'fixed', count: 3, interval: 'PT1H' } }) }),
    { connectors, clock },
  );
  for (let turn = 0; turn < 4; turn++) {
    await new Promise((soon) => setTimeout(soon, 2));
    clock.advance(3600_000);
  }
  const { actions } = await running;
  expect(actions[0]).toMatchObject({ status: 'Succeeded', attempts: 3 });
});

test('a refusal is not tried again and shows status, headers and body', async () => {
  const connectors = connectorsFrom({
    shared_x: {
      Get: async () => ({ statusCode: 404, headers: {}, body: { error: { code: '0x80040217', message: 'gone' } } }),
    },
  });
  const { actions } = await runFlow(flow({ Get: call('Get', {}) }), { connectors });
  expect(actions[0]).toMatchObject({
    status: 'Failed',
    attempts: 1,
    error: { code: '0x80040217', message: 'gone' },
    outputs: { statusCode: 404 },
  });
});

test('an operation that is not there, and an action type that is not there, fail by name', async () => {
  const { actions } = await runFlow(flow({ Get: call('Nonsense', {}), Liquid: { type: 'Liquid', inputs: {} } }), {});
  expect(actions.map((action) => action.error?.message)).toEqual([
    "The connector 'shared_x' has no operation 'Nonsense' here. Register a stub for it, or see docs/support-matrix.md.",
    "The action type 'Liquid' of 'Liquid' is not emulated. Use Select and Compose. See docs/support-matrix.md.",
  ]);
});

test('parameters are resolved and handed to the connector with the connection reference', async () => {
  const seen: ConnectorCall[] = [];
  const connectors = connectorsFrom({
    shared_x: { Get: async (one) => (seen.push(one), { statusCode: 200, headers: {}, body: null }) },
  });
  const references = {
    connectionReferences: {
      shared_x: { api: { name: 'shared_x' }, connection: { connectionReferenceLogicalName: 'abc_x' } },
    },
  };
  await runFlow(flow({ Get: call('Get', { 'item/name': "@triggerBody()?['name']" }) }, references), {
    connectors,
    trigger: { name: '<b>' },
  });
  expect(seen).toEqual([
    {
      api: 'shared_x',
      operation: 'Get',
      parameters: { 'item/name': '<b>' },
      connectionReference: 'abc_x',
      from: expect.objectContaining({ action: 'Get' }),
    },
  ]);
});

test('secured outputs are hidden from history', async () => {
  const secret = { ...compose('password'), runtimeConfiguration: { secureData: { properties: ['outputs'] } } };
  const { actions } = await runFlow(
    flow({ Secret: secret, Use: compose("@outputs('Secret')", { Secret: ['Succeeded'] }) }),
    {},
  );
  expect(actions.find((action) => action.name === 'Secret')?.outputs).toBe('*** secured ***');
  expect(actions.find((action) => action.name === 'Use')?.outputs).toBe('password');
});

test.each([
  [{ A: compose(1, { B: ['Succeeded'] }) }, "'A' runs after 'B', which is not beside it"],
  [{ A: compose(1, { B: ['Succeeded'] }), B: compose(1, { A: ['Succeeded'] }) }, "'A' → 'B' → 'A' wait for each other"],
  [{ A: compose(1), S: { type: 'Scope', actions: { a: compose(1) } } }, "Two actions are named 'a'"],
  [{ A: compose(1), B: compose(1, { A: ['Done'] }) }, "a status 'Done', which there is not"],
])('a definition that cannot run is refused: %#', async (actions, message) => {
  await expect(runFlow(flow(actions), {})).rejects.toThrow(message);
});
