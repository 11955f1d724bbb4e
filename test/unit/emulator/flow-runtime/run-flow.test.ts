import { runFlow, runFlows } from '../../../../emulator/flow-runtime/index.ts';
import { flow } from '../../../support/flow-environment.ts';

const say = (inputs: unknown) => ({ Say: { type: 'Compose', inputs } });
const splitting = flow(say("@triggerBody()?['n']"), {
  type: 'Request',
  splitOn: "@triggerOutputs()?['body/value']",
  conditions: [{ expression: "@greater(triggerBody()?['n'], 1)" }],
});

test('a trigger that splits makes a run of each element its conditions hold for', async () => {
  const runs = await runFlows(splitting, { trigger: { value: [{ n: 1 }, { n: 2 }, { n: 3 }] } });
  expect(runs.map(({ actions }) => actions[0]!.outputs)).toEqual([2, 3]);
});

test('runFlow runs the one element that is left, and refuses several', async () => {
  const { status, actions } = await runFlow(splitting, { trigger: { value: [{ n: 1 }, { n: 2 }] } });
  expect([status, actions[0]!.outputs]).toEqual(['Succeeded', 2]);
  await expect(runFlow(splitting, { trigger: { value: [{ n: 2 }, { n: 3 }] } })).rejects.toThrow('into 2 runs');
});

test('a body that is no list is the body of one run', async () => {
  expect((await runFlow(splitting, { trigger: { n: 5 } })).actions[0]!.outputs).toBe(5);
});

test('there is no run where the conditions of the trigger do not hold', async () => {
  expect(await runFlow(splitting, { trigger: { n: 1 } })).toMatchObject({ status: 'Skipped', actions: [] });
  expect(await runFlows(splitting, { trigger: { value: [] } })).toEqual([]);
});

const child = flow({
  Answer: { type: 'Response', inputs: { statusCode: 200, body: { twice: "@mul(triggerBody()?['n'], 2)" } } },
});
const parent = flow({
  Ask: { type: 'Workflow', inputs: { host: { workflowReferenceName: 'C1' }, body: { n: 4 } } },
  Say: { type: 'Compose', inputs: "@outputs('Ask')?['body/twice']", runAfter: { Ask: ['Succeeded'] } },
});

test('child flows of the test are run, and no others', async () => {
  const { actions } = await runFlow(parent, { children: { c1: child } });
  expect(actions.find(({ name }) => name === 'Say')!.outputs).toBe(8);
  expect((await runFlow(parent, {})).error?.message).toContain("'C1' is not part of this test");
});
