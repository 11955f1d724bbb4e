/** @see https://learn.microsoft.com/azure/logic-apps/concepts-schedule-automated-recurring-tasks-workflows#recurrence-start-time */
import { createClock, json, type HttpHandler } from '../../../../../emulator/kernel/index.ts';
import { openDatabase } from '../../../../../emulator/storage/index.ts';
import { closeEnvironments, flow, runsOf, soon, startFlow } from '../../../../support/flow-environment.ts';

afterEach(closeEnvironments);

const recurring = (recurrence: object, inputs: unknown = 1) =>
  flow({ Say: { type: 'Compose', inputs } }, { type: 'Recurrence', recurrence });

/** How many runs there have been after each of these steps of the clock. */
async function countRuns(recurrence: object, steps: readonly number[]) {
  const clock = createClock(() => 0);
  const { runtime } = await startFlow(recurring(recurrence), openDatabase(':memory:'), { clock });
  const counts: number[] = [];
  for (const step of steps) {
    clock.advance(step);
    await soon();
    counts.push((await runsOf(runtime)).length);
  }
  runtime.close();
  return counts;
}

const hour = 3_600_000;

test.each([
  ['at once without a start time', { frequency: 'Hour', interval: 1 }, [0, hour - 1, 1], [1, 1, 2]],
  ['at once with a schedule too', { frequency: 'Day', schedule: { hours: [3] } }, [0, 2 * hour, hour], [1, 1, 2]],
  [
    'not before a start to come',
    { frequency: 'Hour', startTime: '1970-01-01T02:30:00Z' },
    [0, 2 * hour, hour],
    [0, 0, 1],
  ],
  [
    'not for times that are past',
    { frequency: 'Hour', startTime: '1969-12-31T00:30:00Z' },
    [0, hour / 2, hour],
    [0, 1, 2],
  ],
  [
    'no more after its end',
    { frequency: 'Hour', endTime: '1970-01-01T01:30:00Z' },
    [0, hour, hour, hour],
    [1, 2, 2, 2],
  ],
])('a flow that recurs runs %s', async (_what, recurrence, steps, expected) => {
  expect(await countRuns(recurrence, steps)).toEqual(expected);
});

test('a restart is no new start: the count goes on', async () => {
  const clock = createClock(() => 0);
  const database = openDatabase(':memory:');
  const definition = recurring({ frequency: 'Hour', interval: 1 });
  const first = await startFlow(definition, database, { clock });
  await soon();
  first.runtime.close();
  clock.advance(hour / 2);
  const { runtime } = await startFlow(definition, database, { clock });
  await soon();
  expect(await runsOf(runtime)).toHaveLength(1);
  clock.advance(hour / 2);
  await soon();
  expect(await runsOf(runtime)).toHaveLength(2);
  runtime.close();
});

test('a changed flow starts anew', async () => {
  const clock = createClock(() => 0);
  const database = openDatabase(':memory:');
  const recurrence = { frequency: 'Hour', interval: 1 };
  const first = await startFlow(recurring(recurrence), database, { clock });
  await soon();
  first.runtime.close();
  const { runtime } = await startFlow(recurring(recurrence, 2), database, { clock });
  await soon();
  expect(await runsOf(runtime)).toHaveLength(2);
  runtime.close();
});

test.each([
  ['deleted', (workflows: { statecode: number }[]) => void workflows.splice(0)],
  ['turned off', (workflows: { statecode: number }[]) => void (workflows[0]!.statecode = 0)],
])('the registration of a flow that is %s, when it cannot be deleted, is deleted the next time', async (_what, end) => {
  const registrations = new Set<string>();
  let isBusy = false;
  const dataverse: HttpHandler = async ({ method, url }) => {
    const id = /callbackregistrations\((.*)\)/.exec(url)?.[1];
    if (method === 'POST') registrations.add('r1');
    if (method === 'DELETE' && isBusy) return json(400, { error: { code: '0x80040216', message: 'Not now.' } });
    if (method === 'DELETE') registrations.delete(id!);
    return json(200, { value: [...registrations].map((callbackregistrationid) => ({ callbackregistrationid })) });
  };
  const trigger = {
    type: 'OpenApiConnectionWebhook',
    inputs: {
      host: {
        apiId: '/providers/Microsoft.PowerApps/apis/shared_commondataserviceforapps',
        operationId: 'SubscribeWebhookTrigger',
      },
      parameters: { 'subscriptionRequest/message': 3, 'subscriptionRequest/entityname': 'account' },
    },
  };
  const definition = flow({ Say: { type: 'Compose', inputs: 1 } }, trigger);
  const { runtime, workflows, said } = await startFlow(definition, openDatabase(':memory:'), { dataverse });
  expect(said).toEqual([]);
  expect([...registrations]).toEqual(['r1']);
  end(workflows);
  isBusy = true;
  await runtime.refresh();
  expect([...registrations]).toEqual(['r1']);
  expect(said).toEqual([expect.stringMatching(/The flow 'Flow' could not be turned off: .*Not now\./)]);
  isBusy = false;
  await runtime.refresh();
  expect([...registrations]).toEqual([]);
  runtime.close();
});
