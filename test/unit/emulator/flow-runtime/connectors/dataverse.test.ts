import { refuseUncatalogued } from '../../../../../emulator/flow-runtime/triggers/catalogued-action.ts';
import { aDataverse, origin, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { clientOf, connectorCall, runActions, testConnectors, value } from '../../../../support/flow-connectors.ts';
import type { HttpCall } from '../../../../../emulator/flow-runtime/connectors/service-client.ts';

const api = 'shared_commondataserviceforapps';
const call = (operation: string, parameters: object, more: object = {}) =>
  connectorCall(api, operation, parameters, more);

let platform: TestDataverse;
beforeAll(async () => (platform = await aDataverse()));
afterAll(() => platform.close());

const connectors = () =>
  testConnectors({
    dataverse: clientOf(platform.dataverse.handle, '/api/data/v9.2/'),
    dataverseOrigin: () => origin,
    tableOfSet: (set) => platform.dataverse.metadata.tableBySet(set),
  });
const run = (actions: Readonly<Record<string, object>>) => runActions(actions, connectors());
const nobody = '11111111-2222-4333-8444-555555555555';

test('adds a row, relates another to it by its address, reads both, and takes them apart again', async () => {
  const account = "@{outputs('Account')?['body/accountid']}";
  const contacts = { entityName: 'contacts', $filter: `_parentcustomerid_value eq ${account}` };
  const { status, by } = await run({
    Account: call('CreateRecord', { entityName: 'accounts', 'item/name': 'Contoso', 'item/creditlimit': 2000.5 }),
    Contact: call('CreateRecord', {
      entityName: 'contacts',
      'item/lastname': 'Weber',
    }),
    Relate: call('AssociateEntities', {
      entityName: 'accounts',
      recordId: account,
      associationEntityRelationship: 'contact_customer_accounts',
      'item/@odata.id': "@outputs('Contact')?['body/@odata.id']",
    }),
    Related: call('ListRecords', contacts),
    Unrelate: call('DisassociateEntities', {
      entityName: 'accounts',
      recordId: account,
      associationEntityRelationship: 'contact_customer_accounts',
      $id: "@outputs('Contact')?['body/@odata.id']",
    }),
    Unrelated: call('ListRecords', contacts),
  });
  expect(by.Relate.error).toBeUndefined();
  const { accountid } = by.Account.outputs.body;
  expect(by.Account.outputs).toMatchObject({
    statusCode: 201,
    body: {
      name: 'Contoso',
      '@odata.type': '#Microsoft.Dynamics.CRM.account',
      '@odata.id': `${origin}/api/data/v9.2/accounts(${accountid})`,
      '@odata.editLink': `accounts(${accountid})`,
    },
  });
  expect(by.Account.outputs.body['creditlimit@OData.Community.Display.V1.FormattedValue']).toContain('2,000.50');
  expect(by.Related.outputs.body.value).toHaveLength(1);
  expect(by.Unrelate.outputs).toMatchObject({ statusCode: 204, body: null });
  expect(by.Unrelated.outputs.body.value).toEqual([]);
  expect(status).toBe('Succeeded');
});

test('Update a row makes a missing one, Update only does not', async () => {
  const row = { entityName: 'accounts', recordId: nobody };
  const { by } = await run({
    Only: call('UpdateOnlyRecord', { ...row, 'item/name': 'No' }),
    Upsert: call('UpdateRecord', { ...row, 'item/name': 'Yes' }, { runAfter: { Only: ['Failed'] } }),
    Clear: call('UpdateOnlyRecordWithOrganization', { ...row, organization: origin, 'item/telephone1': null }),
    Get: call('GetItem', { ...row, $select: 'name,telephone1' }),
    Delete: call('DeleteRecord', row),
    Gone: call('GetItem', row),
  });
  expect(by.Only).toMatchObject({ status: 'Failed', outputs: { statusCode: 404 } });
  expect(by.Upsert).toMatchObject({ status: 'Succeeded', outputs: { body: { accountid: nobody } } });
  expect(by.Get.outputs.body).toMatchObject({ name: 'Yes', telephone1: null });
  expect(by.Delete.outputs.statusCode).toBe(204);
  expect(by.Gone.error.message).toMatch(/Does Not Exist/);
});

const changeset = (actions: object, more: object = {}) => ({
  type: 'Changeset',
  kind: 'ODataOpenApiConnection',
  inputs: { host: { apiId: `/apis/${api}`, connectionName: api, operationId: 'ExecuteChangeset' } },
  actions,
  ...more,
});

test('a changeset keeps all its changes, and what each gave is read like that of any action', async () => {
  const { status, by } = await run({
    Together: changeset({
      Two: call('CreateRecord', { entityName: 'accounts', 'item/name': 'Two' }, { runAfter: { One: ['Succeeded'] } }),
      One: call('CreateRecord', { entityName: 'accounts', 'item/name': 'One' }),
    }),
    Read: { type: 'Compose', inputs: "@concat(outputs('One')?['body/name'], outputs('Two')?['body/name'])" },
  });
  expect([status, by.Read.outputs]).toEqual(['Succeeded', 'OneTwo']);
  expect(by.One.outputs.statusCode).toBe(201);
});

test('a changeset of which one change is refused keeps none', async () => {
  const { by } = await run({
    Together: changeset({
      Good: call('CreateRecord', { entityName: 'accounts', 'item/name': 'Undone' }),
      Bad: call(
        'UpdateOnlyRecord',
        { entityName: 'accounts', recordId: nobody, 'item/name': 'x' },
        { runAfter: { Good: ['Succeeded'] } },
      ),
    }),
    Look: call(
      'ListRecords',
      { entityName: 'accounts', $filter: "name eq 'Undone'" },
      { runAfter: { Together: ['Failed'] } },
    ),
  });
  expect(by.Together).toMatchObject({ status: 'Failed', outputs: { statusCode: 404 } });
  expect([by.Good.status, by.Bad.status]).toEqual(['Failed', 'Failed']);
  expect(by.Look.outputs.body.value).toEqual([]);
});

test('a changeset holds changes only', async () => {
  const { by } = await run({ Together: changeset({ Read: call('ListRecords', { entityName: 'accounts' }) }) });
  expect(by.Together.error).toMatchObject({
    code: 'InvalidChangeset',
    message: expect.stringContaining('ListRecords'),
  });
});

test('actions are performed, bound to a row or to none', async () => {
  const { by } = await run({
    Who: call('PerformUnboundAction', { actionName: 'CreateMultiple', item: {} }),
    Row: call('CreateRecord', { entityName: 'accounts', 'item/name': 'Bound' }, { runAfter: { Who: ['Failed'] } }),
    Bound: call('PerformBoundAction', {
      entityName: 'accounts',
      recordId: "@outputs('Row')?['body/accountid']",
      actionName: 'Microsoft.Dynamics.CRM.contoso_Dance',
      'item/Steps': 3,
    }),
  });
  expect(by.Who.outputs.statusCode).toBe(404);
  expect(by.Bound).toMatchObject({ status: 'Failed', error: { message: expect.stringContaining('contoso_Dance') } });
});

test('a blank parameter that is needed fails the action in words', async () => {
  const { by } = await run({ Get: call('GetItem', { entityName: 'accounts', recordId: '' }) });
  expect(by.Get.error.message).toContain("needs the parameter 'recordId'");
});

/** A Dataverse that notes what it is asked. */
function scripted(answers: readonly object[]) {
  const asked: HttpCall[] = [];
  const send = async (sent: HttpCall) => {
    asked.push(sent);
    return { statusCode: 200, headers: {}, body: value(answers[asked.length - 1] ?? null) };
  };
  return { asked, connectors: testConnectors({ dataverse: { send }, user: (reference) => reference ?? 'owner@x' }) };
}

test('pages are joined until there are as many rows as wanted, and the link is left out', async () => {
  const pages = [1, 2, 3].map((page) => ({ value: [{ page }], '@odata.nextLink': `http://d/api?$skiptoken=${page}` }));
  const { asked, connectors: paged } = scripted(pages);
  const more = { runtimeConfiguration: { paginationPolicy: { minimumItemCount: 2 } } };
  const list = { entityName: 'accounts', $top: 5, $filter: "name eq 'a b'" };
  const { by } = await runActions({ All: call('ListRecords', list, more) }, paged);
  expect(by.All.outputs.body).toEqual({ value: [{ page: 1 }, { page: 2 }] });
  expect(asked.map(({ path }) => path)).toEqual([
    'accounts?$filter=name%20eq%20%27a%20b%27&$top=5'.replaceAll('%27', "'"),
    'http://d/api?$skiptoken=1',
  ]);
});

test('without a policy there is one page, and its token leads to the next', async () => {
  const { asked, connectors: paged } = scripted([
    { value: [], '@odata.nextLink': "http://d/api?$skiptoken=%3Ccookie%20a='1'/%3E" },
    {},
  ]);
  const token = "@uriComponentToString(last(split(outputs('First')?['body/@odata.nextLink'], 'skiptoken=')))";
  await runActions(
    {
      First: call('ListRecords', { entityName: 'accounts' }),
      Next: call('ListRecords', { entityName: 'accounts', $skiptoken: token }),
    },
    paged,
  );
  expect(asked[1]!.path).toBe("accounts?$skiptoken=%3Ccookie%20a%3D'1'%2F%3E");
});

test('files go up as bytes with their name and come down as binary', async () => {
  const { asked, connectors: files } = scripted([]);
  const place = { entityName: 'accounts', recordId: nobody, fileImageFieldName: 'contoso_contract' };
  await runActions(
    {
      Up: call('UpdateEntityFileImageFieldContent', {
        ...place,
        item: "@base64ToBinary('aGk=')",
        'x-ms-file-name': 'Verträge.pdf',
      }),
      Down: call('GetEntityFileImageFieldContent', { ...place, size: 'full' }),
    },
    files,
  );
  expect(asked[0]).toMatchObject({
    method: 'PUT',
    path: `accounts(${nobody})/contoso_contract`,
    headers: { 'Content-Type': 'application/octet-stream', 'x-ms-file-name': 'Vertr%C3%A4ge.pdf' },
    body: { $content: 'aGk=' },
  });
  expect(asked[1]).toMatchObject({ method: 'GET', path: `accounts(${nobody})/contoso_contract/$value?size=full` });
});

// finance-operations reference 3.6: reading the message needs read access to sdkmessage, customapi or workflow.
test('"When an action is performed" is refused with the words of Dataverse to who may not read custom APIs', async () => {
  const denied = { error: { code: '0x80040220', message: 'missing prvReadCustomAPI privilege' } };
  const asked: string[] = [];
  const client = {
    send: async ({ path }: { path: string }) => {
      asked.push(path.split('?')[0]!);
      const isApi = path.startsWith('customapis');
      const row = { catalogid: 'c' };
      return { statusCode: isApi ? 403 : 200, headers: {}, body: (isApi ? denied : { value: [row] }) as never };
    },
  };
  const call = { operation: 'BusinessEventsTrigger', parameters: value({ catalog: 'a', category: 'b' }) as never };
  const registration = { sdkmessagename: 'contoso_Dance' };
  const refusal = await refuseUncatalogued({ call, client, user: 'ann', registration } as never);
  expect(refusal).toMatchObject({ statusCode: 403, body: denied });
  expect(asked).toEqual(['catalogs', 'catalogs', 'customapis']);
});

test('a wait and "When an action is performed" are registrations named after their address', async () => {
  const { asked, connectors: subscribing } = scripted([
    { value: [] },
    // Its catalog, its category, its custom API and what assigns it.
    { value: [{ catalogid: 'c' }] },
    { value: [{ catalogid: 'x' }] },
    { value: [{ customapiid: 'a', boundentitylogicalname: null }] },
    { value: [{ catalogassignmentid: 'm' }] },
    {},
    { value: [{ callbackregistrationid: 'r' }] },
  ]);
  const on = { api, connectionReference: 'contoso_dv', callbackUrl: 'http://127.0.0.1/back' };
  const parameters = value({
    catalog: 'commoncatalog',
    category: 'x',
    subscriptionRequest: { entityname: 'none', sdkmessagename: 'contoso_Dance' },
  }) as never;
  await subscribing.find(api, 'BusinessEventsTrigger')!({ ...on, operation: 'BusinessEventsTrigger', parameters });
  await subscribing.find(api, 'BusinessEventsTrigger/unsubscribe')!({
    ...on,
    operation: 'BusinessEventsTrigger',
    parameters,
  });
  expect(asked.slice(1, 5).map(({ path }) => path.split('?')[0])).toEqual([
    'catalogs',
    'catalogs',
    'customapis',
    'catalogassignments',
  ]);
  const { body, user } = asked[5]!;
  expect(body).toMatchObject({ url: on.callbackUrl, version: 3n, scope: 4n, sdkmessagename: 'contoso_Dance' });
  expect(body).not.toHaveProperty('entityname');
  expect(user).toBe('contoso_dv');
  expect(asked[7]).toMatchObject({ method: 'DELETE', path: 'callbackregistrations(r)' });
});
