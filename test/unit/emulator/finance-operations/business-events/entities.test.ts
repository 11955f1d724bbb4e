import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, 3.1 "Concepts" and 3.4 "Endpoints" (business events: home page, managing endpoints).
let there: TestFinanceOperations;
beforeEach(async () => {
  there = await aFinanceOperations();
});
afterEach(() => there.close());

const event = 'SalesInvoicePostedBusinessEvent';
const post = (set: string, body: object) => there.call('POST', set, body);
const said = ({ body }: { body: { error: { message: string; innererror?: { message: string } } } }) =>
  body.error.innererror?.message ?? body.error.message;
const keyVault = {
  AzureAppId: '11111111-2222-3333-4444-555555555555',
  DecryptedAzureAppSecret: 'secret',
  KeyVaultDnsName: 'https://vault.example/',
  KeyVaultSecretName: 'bus',
};
const queue = { Name: 'bus', Type: 'AzureServiceBusQueue', ServiceBusQueueName: 'invoices', ...keyVault };

describe('BusinessEventsCatalogs', () => {
  test('lists every event of the catalogue by its class', async () => {
    const rows = await there.rows('BusinessEventsCatalogs');
    expect(rows).toHaveLength(there.service.businessEventSetup.catalogue.size);
    expect(rows.find(({ BusinessEventId }) => BusinessEventId === event)).toMatchObject({
      Name: 'Invoice is created from a sales order',
      Module: 'SalesOrder',
      Contract: 'SalesInvoicePostedBusinessEventContract',
    });
    expect(await there.rows('BusinessEventsCatalogs', "Module eq 'SystemAdministration'")).toHaveLength(1);
  });

  test('is what it is: nobody writes it', async () => {
    expect((await post('BusinessEventsCatalogs', { BusinessEventId: 'Mine' })).status).toBe(405);
    expect((await there.call('DELETE', `BusinessEventsCatalogs('${event}')`)).status).toBe(405);
  });

  test('getBusinessEventsCatalog lists the events of a category', async () => {
    const list = (body: object) =>
      post('BusinessEventsCatalogs/Microsoft.Dynamics.DataEntities.getBusinessEventsCatalog', body);
    const { status, body } = await list({ _businessEventsCategory: 'Alerts' });
    expect([status, body['@odata.context']]).toEqual([200, expect.stringMatching(/#BusinessEventsCatalogs$/)]);
    expect(body.value.map((row: { BusinessEventId: string }) => row.BusinessEventId)).toEqual(['AlertBusinessEvent']);
    expect((await list({})).body.value).toHaveLength(there.service.businessEventSetup.catalogue.size);
    expect((await list({ _businessEventsCategory: 'None' })).body.value).toEqual([]);
  });
});

describe('BusinessEventsEndpoints', () => {
  test.each([
    ['AzureServiceBusQueue', 'ServiceBusQueueName', 'invoices'],
    ['AzureServiceBusTopic', 'ServiceBusTopicName', 'invoices'],
    ['AzureEventHub', 'EventHubName', 'invoices'],
    ['AzureEventGrid', 'EventGridEndpointURL', 'https://topic.westeurope-1.eventgrid.azure.net/api/events'],
    ['AzureBlobStorage', 'AzureBlobContainerName', 'invoices'],
  ])('makes an endpoint of type %s', async (Type, field, target) => {
    expect((await post('BusinessEventsEndpoints', { Name: 'one', Type, [field]: target, ...keyVault })).status).toBe(
      201,
    );
    expect(there.service.businessEventSetup.endpoints()).toEqual([{ name: 'one', type: Type, target }]);
    const { body } = await there.call('GET', "BusinessEventsEndpoints('one')");
    expect(body).toMatchObject({ Type, [field]: target, KeyVaultSecretName: 'bus', DecryptedAzureAppSecret: '' });
  });

  test.each([
    [{ ...queue, ServiceBusQueueName: '' }, /Field 'Queue name' must be filled in/],
    [{ ...queue, AzureAppId: '' }, /Field 'Azure Active Directory application ID' must be filled in/],
    [{ ...queue, DecryptedAzureAppSecret: '' }, /Field 'Azure application secret' must be filled in/],
    [{ ...queue, KeyVaultDnsName: '' }, /Field 'Key vault DNS name' must be filled in/],
    [{ ...queue, KeyVaultSecretName: '' }, /Field 'Key vault secret name' must be filled in/],
    [{ ...queue, ServiceBusQueueName: 'a b' }, /Queue name has 1 to 60/],
    [{ ...queue, Name: '' }, /name has 1 to 60/],
    [{ ...queue, Type: 'Flow' }, /cannot be made by hand/],
    [{ ...queue, Type: 'CDS' }, /cannot be made by hand/],
    [{ ...queue, Type: 'Http' }, /An endpoint of type 'Http' over OData is not emulated/],
  ])('refuses %j', async (row, words) => {
    const answer = await post('BusinessEventsEndpoints', row);
    expect(said(answer)).toMatch(words);
    expect(there.service.businessEventSetup.endpoints()).toEqual([]);
  });

  test('changes what it leads to, never its type; the secret need not be given again', async () => {
    await post('BusinessEventsEndpoints', queue);
    expect(said(await post('BusinessEventsEndpoints', queue))).toMatch(/already exists/);
    const patch = (body: object) => there.call('PATCH', "BusinessEventsEndpoints('bus')", body);
    expect((await patch({ ServiceBusQueueName: 'others', Description: 'moved' })).status).toBe(204);
    expect(there.service.businessEventSetup.endpoint('bus')!.target).toBe('others');
    expect(said(await patch({ Type: 'AzureServiceBusTopic', ServiceBusTopicName: 't' }))).toMatch(/cannot be changed/);
  });

  test('is deleted when nothing is active for it', async () => {
    await post('BusinessEventsEndpoints', queue);
    const row = { BusinessEventsTable: event, BusinessEventsEndpoint_Name: 'bus' };
    expect((await post('BusinessEventsConfigurations', row)).status).toBe(201);
    const remove = () => there.call('DELETE', "BusinessEventsEndpoints('bus')");
    expect(said(await remove())).toMatch(/is in use/);
    await there.call(
      'PATCH',
      `BusinessEventsConfigurations(BusinessEventsTable='${event}',LegalEntity='',BusinessEventsEndpoint_Name='bus')`,
      { Disabled: 'Yes' },
    );
    expect((await remove()).status).toBe(204);
  });
});

describe('BusinessEventsConfigurations', () => {
  const row = { BusinessEventsTable: event, LegalEntity: 'USMF', BusinessEventsEndpoint_Name: 'bus' };
  beforeEach(() => post('BusinessEventsEndpoints', queue));

  test('activates, deactivates and deletes', async () => {
    expect((await post('BusinessEventsConfigurations', row)).status).toBe(201);
    const { businessEventSetup } = there.service;
    const key = { event, legalEntity: 'usmf', endpoint: 'bus' };
    expect(businessEventSetup.activations()).toEqual([{ ...key, isActive: true }]);
    const path = `BusinessEventsConfigurations(BusinessEventsTable='${event}',LegalEntity='usmf',BusinessEventsEndpoint_Name='bus')`;
    expect((await there.call('GET', `${path}/BusinessEventsCatalog`)).body.BusinessEventId).toBe(event);
    expect((await there.call('GET', `${path}/BusinessEventsEndpoint/Type`)).body.value).toBe('AzureServiceBusQueue');
    await there.call('PATCH', path, { Disabled: 'Yes' });
    expect(businessEventSetup.activations()).toEqual([{ ...key, isActive: false }]);
    await there.call('PATCH', path, { Disabled: 'No' });
    expect(businessEventSetup.activationsOf(event, 'usmf')).toHaveLength(1);
    expect(businessEventSetup.activationsOf(event, 'demf')).toEqual([]);
    expect((await there.call('DELETE', path)).status).toBe(204);
    expect(businessEventSetup.activations()).toEqual([]);
  });

  test.each([
    [{ ...row, BusinessEventsTable: 'CustomerChangedBusinessEvent' }, /no event 'CustomerChangedBusinessEvent'/],
    [{ ...row, BusinessEventsEndpoint_Name: 'none' }, /no endpoint 'none'/],
    [{ ...row, LegalEntity: 'frmf' }, /no legal entity 'frmf'/],
    [{ ...row, BusinessEventsTable: 'DirPartyCDSEntityUpdated' }, /without companies/],
    [{ ...row, BusinessEventsTable: 'dirpartycdsentityUpdated', LegalEntity: '' }, /no event/],
  ])('refuses %j', async (given, words) => {
    expect(said(await post('BusinessEventsConfigurations', given))).toMatch(words);
  });

  test('takes data events', async () => {
    const given = { ...row, BusinessEventsTable: 'CustCustomerV3EntityUpdated' };
    expect((await post('BusinessEventsConfigurations', given)).status).toBe(201);
    const global = { ...row, BusinessEventsTable: 'DirPartyCDSEntityUpdated', LegalEntity: '' };
    expect((await post('BusinessEventsConfigurations', global)).status).toBe(201);
  });
});
