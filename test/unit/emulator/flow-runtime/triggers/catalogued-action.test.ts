import { aPlatform, type TestPlatform } from '../../../../support/a-platform.ts';

// flows reference, trigger `BusinessEventsTrigger`; finance-operations reference 3.6; Microsoft's "Trigger flows with actions".
const event = 'SalesInvoicePostedBusinessEvent';
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
  await there.platform.events.addEndpoint({ name: 'one', type: 'Http', url: `${there.receiver}/one` });
  await there.platform.events.change('activate', { event, endpoint: 'one' });
  const reference = {
    connectionreferencelogicalname: 'abc_dataverse',
    connectionreferencedisplayname: 'Dataverse',
    connectorid: '/providers/Microsoft.PowerApps/apis/shared_commondataserviceforapps',
  };
  expect((await there.dataverse('POST', 'connectionreferences', { body: reference })).status).toBe(204);
  await there.quiet();
});
afterAll(() => there.close());

const host = {
  connectionName: 'shared_commondataserviceforapps',
  apiId: '/providers/Microsoft.PowerApps/apis/shared_commondataserviceforapps',
};
const whole = {
  catalog: 'mserp_FinanceAndOperations',
  category: 'mserp_AccountsReceivable',
  'subscriptionRequest/entityname': 'none',
  'subscriptionRequest/sdkmessagename': `mserp_${event}`,
};
const definition = (parameters: object) => ({
  properties: {
    connectionReferences: {
      shared_commondataserviceforapps: {
        runtimeSource: 'embedded',
        connection: { connectionReferenceLogicalName: 'abc_dataverse' },
        api: { name: 'shared_commondataserviceforapps' },
      },
    },
    definition: {
      $schema:
        'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
      contentVersion: '1.0.0.0',
      parameters: {
        $connections: { defaultValue: {}, type: 'Object' },
        $authentication: { defaultValue: {}, type: 'SecureObject' },
      },
      triggers: {
        When_an_action_is_performed: {
          type: 'OpenApiConnectionWebhook',
          inputs: {
            host: { ...host, operationId: 'BusinessEventsTrigger' },
            parameters,
            authentication: "@parameters('$authentication')",
          },
        },
      },
      actions: {
        Invoice: { type: 'Compose', inputs: "@triggerOutputs()?['body/InputParameters/InvoiceId']", runAfter: {} },
      },
    },
  },
  schemaVersion: '1.0.0.0',
});

let made = 0;
/** Makes the flow and turns it on. @returns its id, and what the list of flows says of it */
async function turnOn(parameters: object) {
  const name = `Hears ${++made}`;
  const clientdata = JSON.stringify(definition(parameters));
  const post = await there.dataverse('POST', 'workflows', {
    body: { name, category: 5, type: 1, primaryentity: 'none', clientdata },
  });
  expect(post.status).toBe(204);
  const [{ workflowid }] = (await there.dataverse('GET', `workflows?$filter=name eq '${name}'`)).body.value;
  await there.dataverse('PATCH', `workflows(${workflowid})`, { body: { statecode: 1, statuscode: 2 } });
  await there.quiet();
  const { value } = (await there.platform.flowRuntime.flows()) as {
    value: { name: string; isOn: boolean; problem?: string }[];
  };
  return value.find((one) => one.name === name)!;
}

test('a flow runs when the business event its catalog and category hold is performed', async () => {
  const flow = await turnOn(whole);
  expect(flow).toMatchObject({ isOn: true, problem: undefined });
  await there.platform.database.transaction(async () => {
    there.platform.financeOperations.businessEvents.raise(event, 'usmf', { InvoiceId: 'CIV-7' });
  });
  await there.quiet();
  const runs = await there.platform.flowRuntime.runs({});
  expect(JSON.stringify(runs)).toContain('Succeeded');
  expect(there.platform.events.activations()).toContainEqual(
    expect.objectContaining({ event, endpoint: 'Dataverse', isActive: true }),
  );
});

test.each([
  ['a catalog there is not', { catalog: 'abc_Catalog' }, "There is no catalog 'abc_Catalog'."],
  ['a category there is not', { category: 'abc_Sales' }, "has no category 'abc_Sales'."],
  ['a category without the action', { category: 'mserp_GeneralLedger' }, 'does not hold the action'],
  [
    'a category for a catalog',
    { catalog: 'mserp_AccountsReceivable' },
    "There is no catalog 'mserp_AccountsReceivable'.",
  ],
])('a flow with %s does not turn on, in words', async (_what, changes, words) => {
  await there.platform.virtualTables.catalogue.show(['LedgerEntity']);
  await there.quiet();
  const flow = await turnOn({ ...whole, ...changes });
  expect(flow).toMatchObject({ isOn: false, problem: expect.stringContaining(words) });
});
