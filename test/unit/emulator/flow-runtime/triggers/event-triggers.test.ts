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
  const other = {
    connectionreferencelogicalname: 'abc_fno',
    connectionreferencedisplayname: 'Finance and operations',
    connectorid: '/providers/Microsoft.PowerApps/apis/shared_dynamicsax',
  };
  expect((await there.dataverse('POST', 'connectionreferences', { body: other })).status).toBe(204);
  await there.platform.virtualTables.catalogue.show(['LedgerEntity']);
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
const definition = (parameters: object, { host: of, operationId }: Operation) => ({
  properties: {
    connectionReferences: {
      shared_commondataserviceforapps: {
        runtimeSource: 'embedded',
        connection: { connectionReferenceLogicalName: 'abc_dataverse' },
        api: { name: 'shared_commondataserviceforapps' },
      },
      shared_dynamicsax: {
        runtimeSource: 'embedded',
        connection: { connectionReferenceLogicalName: 'abc_fno' },
        api: { name: 'shared_dynamicsax' },
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
            host: { ...of, operationId },
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

interface Operation {
  readonly host: object;
  readonly operationId: string;
}
const performed: Operation = { host, operationId: 'BusinessEventsTrigger' };

let made = 0;
/** Makes the flow and turns it on. @returns its id, and what the list of flows says of it */
async function turnOn(parameters: object, operation = performed) {
  const name = `Hears ${++made}`;
  const clientdata = JSON.stringify(definition(parameters, operation));
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

// Section 8, 22 of the finance-operations reference: issues MicrosoftDocs/azure-docs 116407, Azure/logicapps 714.
test('a registration that is there twice makes a flow run twice for one event, and the console shows both', async () => {
  const registrations = async () => (await there.dataverse('GET', 'callbackregistrations')).body.value;
  const [{ name, sdkmessagename }] = (await registrations()).filter(
    (one: { sdkmessagename: string | null }) => one.sdkmessagename === `mserp_${event}`,
  );
  const runs = async () => ((await there.platform.flowRuntime.runs({})) as { value: unknown[] }).value.length;
  const before = await runs();
  const raise = async (InvoiceId: string) => {
    await there.platform.database.transaction(async () => {
      there.platform.financeOperations.businessEvents.raise(event, 'usmf', { InvoiceId });
    });
    await there.quiet();
  };
  await raise('CIV-8');
  expect((await runs()) - before).toBe(1);
  // Whoever reads a registration does not see its address.
  const url = String(
    there.platform.database.get('select url from callbackregistration where name = ?', [name])!['url'],
  );
  const twin = { name, url, sdkmessagename, message: 3, scope: 4, version: 3 };
  const copied = await there.dataverse('POST', 'callbackregistrations', { body: twin });
  expect(copied.status).toBe(204);
  const deliveries = there.platform.dataverse.deliveries().length;
  await raise('CIV-9');
  expect((await runs()) - before).toBe(3);
  const shown = there.platform.dataverse
    .deliveries()
    .slice(0, there.platform.dataverse.deliveries().length - deliveries);
  expect(shown.map(({ registration, status }) => [registration, status])).toEqual([
    [name, 'Succeeded'],
    [name, 'Succeeded'],
  ]);
  const [, extra] = await registrations();
  await there.dataverse('DELETE', `callbackregistrations(${extra.callbackregistrationid})`);
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
  const flow = await turnOn({ ...whole, ...changes });
  expect(flow).toMatchObject({ isOn: false, problem: expect.stringContaining(words) });
});

// Section 3.7 of the finance-operations reference: Subscribe to business events from service.
describe('a flow of the Fin & Ops connector', () => {
  const occurs: Operation = {
    host: { connectionName: 'shared_dynamicsax', apiId: '/providers/Microsoft.PowerApps/apis/shared_dynamicsax' },
    operationId: 'SubscribeOnABusinessEvent',
  };
  const parameters = {
    dataset: 'contoso.operations.dynamics.com',
    businesseventcategory: 'Accounts receivable',
    businessevent: event,
  };
  const command = (name: string, given: object) =>
    there.platform.financeOperations.command(name, given as Record<string, unknown>);
  const role = 'Sales representative';

  it('of a user without the privilege to subscribe does not turn on, and says which it is', async () => {
    const user = { email: 'admin@fnoconnect.example', defaultCompany: 'usmf', companies: ['usmf', 'demf'] };
    await command('add-user', { ...user, roles: [role] });
    expect(await turnOn(parameters, occurs)).toMatchObject({
      isOn: false,
      problem: expect.stringContaining(
        "none of your security roles has the privilege 'Subscribe to business events from service'",
      ),
    });
    expect(there.platform.events.endpoints().filter(({ type }) => type === 'Flow')).toEqual([]);
    await command('grant-role-privilege', { role, privilege: 'Subscribe to business events from service' });
    expect(await turnOn(parameters, occurs)).toMatchObject({ isOn: true });
    expect(there.platform.events.endpoints().filter(({ type }) => type === 'Flow')).not.toEqual([]);
  });

  it('of a user whose roles the event is not mapped to does not turn on, while roles decide', async () => {
    await command('turn-business-events-security-feature', { enabled: true });
    await command('turn-business-events-security', { enabled: true });
    expect(await turnOn(parameters, occurs)).toMatchObject({
      isOn: false,
      problem: expect.stringContaining(`the business event '${event}' is mapped to none of your security roles`),
    });
    await command('map-business-event-roles', { event, roles: [role] });
    expect(await turnOn(parameters, occurs)).toMatchObject({
      isOn: false,
      problem: expect.stringContaining('hold for the legal entities usmf, demf only'),
    });
    expect(await turnOn({ ...parameters, legalEntity: 'usmf' }, occurs)).toMatchObject({ isOn: true });
    const asUser = there.platform.events.catalogue;
    await command('grant-role-privilege', { role, privilege: 'BusinessEventsCatalogView' });
    expect(asUser('admin@fnoconnect.example').businessEvents.map(({ id }) => id)).toEqual([event]);
    expect(() => asUser('service@fnoconnect.example')).toThrow("the privilege 'BusinessEventsCatalogView'");
    const activate = { event, endpoint: 'one', user: 'service@fnoconnect.example' };
    await expect(there.platform.events.change('activate', activate)).rejects.toThrow('BusinessEventsCatalogMaintain');
    const made = { name: 'two', type: 'Http', url: there.receiver, user: 'service@fnoconnect.example' };
    await expect(there.platform.events.addEndpoint(made)).rejects.toThrow('Business events security privilege');
  });
});
