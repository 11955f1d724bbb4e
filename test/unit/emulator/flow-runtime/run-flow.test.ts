import { connectorsFrom, runFlow, runFlows } from '../../../../emulator/flow-runtime/index.ts';
import { call, flow } from '../../../support/flow-environment.ts';

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

const button = (inputs: unknown) => flow(say(inputs), { type: 'Request', kind: 'Button', inputs: {} });

test.each([
  ["@triggerOutputs()['headers']['x-ms-user-email']", undefined, 'user@example.com'],
  ["@base64ToString(triggerOutputs()['headers']['x-ms-user-name-encoded'])", undefined, 'Test User'],
  ["@triggerOutputs()['headers']['x-ms-user-email']", { 'x-ms-user-email': 'a@b.example' }, 'a@b.example'],
])('%s of a flow started by hand, with headers %j', async (inputs, headers, expected) => {
  expect((await runFlow(button(inputs), { headers })).actions[0]!.outputs).toBe(expected);
});

test('what a connector says of authentication is not evaluated', async () => {
  const token = "@json(decodeBase64(triggerOutputs().headers['X-MS-APIM-Tokens']))['$ConnectionKey']";
  const asked = { ...call('Ask') };
  const inputs = { ...asked.inputs, authentication: { type: 'Raw', value: token } };
  const connectors = connectorsFrom({ shared_x: { Ask: async () => ({ statusCode: 200, headers: {}, body: 7n }) } });
  const { status, actions } = await runFlow(flow({ Ask: { ...asked, inputs } }), { connectors });
  expect([status, Object.keys(actions[0]!.inputs as object)]).toEqual([
    'Succeeded',
    ['host', 'parameters', 'retryPolicy'],
  ]);
});

test('a package names the connector of a connection by its id', async () => {
  const { apiId: _apiId, ...host } = call('Ask').inputs.host;
  const definition = {
    properties: {
      definition: flow({ Ask: { type: 'OpenApiConnection', inputs: { host: { ...host, connectionName: 'y_1' } } } }),
      connectionReferences: {
        y_1: { connectionName: 'y-1', source: 'Embedded', id: '/providers/Microsoft.PowerApps/apis/shared_x' },
      },
    },
  };
  const connectors = connectorsFrom({ shared_x: { Ask: async () => ({ statusCode: 200, headers: {}, body: 7n }) } });
  expect((await runFlow(definition, { connectors })).status).toBe('Succeeded');
});

test('the one workflow of a deployment template is read', async () => {
  const template = {
    parameters: {},
    resources: [
      { type: 'Microsoft.Web/connections', properties: {} },
      { type: 'Microsoft.Logic/workflows', properties: { definition: flow(say(3)) } },
    ],
  };
  expect((await runFlow(template, {})).actions[0]!.outputs).toBe(3);
});
