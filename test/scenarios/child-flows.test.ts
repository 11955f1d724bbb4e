import { admin } from '../support/emulator.ts';
import { printMatrix, runFaultMatrix, startWorld, type World } from '../support/fault-matrix/index.ts';
import { connectorCall } from '../support/flow-connectors.ts';
import { aFlow, zipped } from '../support/solution-builder.ts';

const childId = '7d0f4d3e-6a56-4b2c-9d8e-0c1f2a3b4c5e';
const definition = (trigger: object, actions: object) =>
  JSON.stringify({
    properties: {
      connectionReferences: {},
      definition: {
        parameters: { $authentication: { type: 'SecureObject', defaultValue: {} } },
        triggers: { manual: trigger },
        actions,
      },
    },
    schemaVersion: '1.0.0.0',
  });
const after = (name: string) => ({ runAfter: { [name]: ['Succeeded'] } });

const parent = definition(
  { type: 'Request', kind: 'Button' },
  {
    Before: { type: 'Compose', inputs: 'a customer' },
    Child: {
      type: 'Workflow',
      inputs: { host: { workflowReferenceName: childId }, body: { text: "@outputs('Before')" } },
      ...after('Before'),
    },
    After: { type: 'Compose', inputs: "@outputs('Child')?['body/said']", ...after('Child') },
  },
);
const child = definition(
  { type: 'Request', kind: 'Button' },
  {
    Write: connectorCall('shared_commondataserviceforapps', 'CreateRecord', {
      entityName: 'tasks',
      'item/subject': "@triggerBody()?['text']",
    }),
    Answer: {
      type: 'Response',
      kind: 'PowerApp',
      inputs: { statusCode: 200, body: { said: 'done' } },
      ...after('Write'),
    },
    Later: { type: 'Compose', inputs: 'the run goes on', ...after('Answer') },
  },
);

let world: World;
beforeAll(async () => void (world = await startWorld()), 600_000);
afterAll(() => world?.close());

test('wherever the process ends, a child flow is run once and its answer is not lost', async () => {
  const outcome = async (flow: string, action: string) => {
    const runs = await world.runs(flow);
    expect(runs.map(({ status }) => status)).toEqual(['Succeeded']);
    const { actions } = await world.console('GET', `/flow-runs/${runs[0]!.id}`);
    return actions.find(({ name }: { name: string }) => name === action)?.outputs;
  };
  const cells = await runFaultMatrix(world, {
    flows: ['parent', 'child'],
    async arrange() {
      const flows = [
        aFlow('7d0f4d3e-6a56-4b2c-9d8e-0c1f2a3b4c5d', 'parent', { json: parent }),
        aFlow(childId, 'child', { json: child }),
      ];
      const body = {
        CustomizationFile: (await zipped(flows)).toString('base64'),
        OverwriteUnmanagedCustomizations: true,
        PublishWorkflows: true,
        ImportJobId: '11111111-2222-4333-8444-555555555555',
      };
      expect((await world.dataverse('POST', 'ImportSolution', { as: admin, body })).status).toBe(204);
    },
    // The process may end before it has answered whoever started the run.
    act: async () => void (await world.console('POST', '/flows/parent/runs', {}).catch(() => undefined)),
    async check() {
      expect(await outcome('parent', 'After')).toBe('done');
      expect(await outcome('child', 'Later')).toBe('the run goes on');
      const path = "tasks?$select=subject&$filter=subject eq 'a customer'";
      expect((await world.dataverse('GET', path, { as: admin })).body.value).toHaveLength(1);
    },
    // A write whose answer is lost is made again: a call is made at least once.
    only: ({ fault }) => ['process ends before the call', 'process ends after the action'].includes(fault),
  });
  console.log(printMatrix(cells));
  expect(cells.filter(({ isRight }) => !isRight)).toEqual([]);
  expect(cells).toHaveLength(7);
}, 600_000);
