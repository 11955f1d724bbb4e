import { admin } from '../support/emulator.ts';
import { printMatrix, runFaultMatrix, startWorld, type World } from '../support/fault-matrix/index.ts';
import { connectorCall } from '../support/flow-connectors.ts';
import { aFlow, zipped } from '../support/solution-builder.ts';

const dataverse = 'shared_commondataserviceforapps';

/** Writes a row for every account that is renamed and asks nobody whether there is one: wrong whenever anything comes twice. */
const careless = {
  properties: {
    connectionReferences: {},
    definition: {
      parameters: { $authentication: { type: 'SecureObject', defaultValue: {} } },
      triggers: {
        Renamed: {
          type: 'OpenApiConnectionWebhook',
          inputs: connectorCall(dataverse, 'SubscribeWebhookTrigger', {
            'subscriptionRequest/message': 3,
            'subscriptionRequest/entityname': 'account',
            'subscriptionRequest/scope': 4,
            'subscriptionRequest/filteringattributes': 'name',
          }).inputs,
        },
      },
      actions: {
        Name: { type: 'Compose', inputs: "@triggerOutputs()?['body/name']" },
        Write: {
          ...connectorCall(dataverse, 'CreateRecord', {
            entityName: 'tasks',
            'item/subject': "@outputs('Name')",
          }),
          runAfter: { Name: ['Succeeded'] },
        },
      },
    },
  },
  schemaVersion: '1.0.0.0',
};
const writeInputs = careless.properties.definition.actions.Write.inputs as { retryPolicy: object };
writeInputs.retryPolicy = { type: 'fixed', count: 2, interval: 'PT10S' };

let world: World;
beforeAll(async () => void (world = await startWorld()), 600_000);
afterAll(() => world?.close());

test('a flow that writes without looking is found out, cell by cell', async () => {
  const tasks = async () =>
    (await world.dataverse('GET', "tasks?$select=subject&$filter=subject eq 'Renamed'", { as: admin })).body.value;
  const cells = await runFaultMatrix(world, {
    flows: ['careless'],
    async arrange() {
      const flow = aFlow('7d0f4d3e-6a56-4b2c-9d8e-0c1f2a3b4c5d', 'careless', { json: JSON.stringify(careless) });
      const body = {
        CustomizationFile: (await zipped([flow])).toString('base64'),
        OverwriteUnmanagedCustomizations: true,
        PublishWorkflows: true,
        ImportJobId: '11111111-2222-4333-8444-555555555555',
      };
      expect((await world.dataverse('POST', 'ImportSolution', { as: admin, body })).status).toBe(204);
    },
    async act() {
      const { body } = await world.dataverse('GET', "accounts?$select=accountid&$filter=accountnumber eq 'US-001'", {
        as: admin,
      });
      await world.dataverse('PATCH', `accounts(${body.value[0].accountid})`, { as: admin, body: { name: 'Renamed' } });
    },
    check: async () => expect(await tasks()).toHaveLength(1),
  });
  console.log(printMatrix(cells));
  const places = (isRight: boolean) =>
    cells.filter((cell) => cell.isRight === isRight).map(({ action, fault }) => `${action ?? 'event'} ${fault}`);
  expect(places(false)).toEqual(
    expect.arrayContaining([
      'Write times out after the effect',
      'Write process ends after the call',
      'event is delivered twice',
      'event has its answer lost',
    ]),
  );
  // When the process ends early, the event has perhaps not been answered yet, and comes again.
  expect(places(true)).toEqual(
    expect.arrayContaining([
      'Write fails once with 500',
      'Write fails always',
      'Write is throttled (429, Retry-After)',
      'Write times out before the effect',
      'event is delivered late',
    ]),
  );
  expect(cells).toHaveLength(12);
}, 600_000);
