import { createFinanceOperations } from '../../../../../emulator/finance-operations/index.ts';
import type { HttpCall } from '../../../../../emulator/flow-runtime/connectors/service-client.ts';
import { createClock } from '../../../../../emulator/kernel/index.ts';
import { openDatabase } from '../../../../../emulator/storage/index.ts';
import { clientOf, connectorCall, runActions, testConnectors, value } from '../../../../support/flow-connectors.ts';

const api = 'shared_dynamicsax';
const dataset = 'contoso.operations.dynamics.com';
const call = (operation: string, parameters: object, more: object = {}) =>
  connectorCall(api, operation, { dataset, ...parameters }, more);

const parts = {
  database: openDatabase(':memory:'),
  clock: createClock(() => 0),
  strictAuth: false,
  log: () => undefined,
};
const financeOperations = createFinanceOperations(parts);
const run = (actions: Readonly<Record<string, object>>) =>
  runActions(actions, testConnectors({ financeOperations: clientOf(financeOperations.handle, '/data/') }));

test('records are made, read by their key in order, changed, and listed across companies', async () => {
  const table = 'CustomerGroups';
  const { by } = await run({
    Company: call('PostItem', { table: 'LegalEntities', 'item/LegalEntityId': 'usmf', 'item/Name': 'Contoso' }),
    Group: call('PostItem', {
      table,
      'item/dataAreaId': 'usmf',
      'item/CustomerGroupId': "O'1",
      'item/Description': 'A',
    }),
    Get: call('GetItem', { table, id: "usmf,O'1" }),
    Patch: call('PatchItem', { table, id: "usmf,O'1", item: { Description: 'B' } }),
    List: call('GetItems', { table, 'cross-company': true, $filter: "Description eq 'B'", $select: 'CustomerGroupId' }),
    Gone: call('GetItem', { table, id: 'usmf,2' }),
  });
  expect(by.Group.outputs).toMatchObject({ statusCode: 201, body: { dataAreaId: 'usmf', Description: 'A' } });
  expect(by.Get.outputs.body.Description).toBe('A');
  expect(by.Patch.outputs).toMatchObject({ statusCode: 200, body: { Description: 'B' } });
  expect(by.List.outputs.body.value).toMatchObject([{ CustomerGroupId: "O'1" }]);
  expect(by.Gone).toMatchObject({ status: 'Failed', outputs: { statusCode: 404 } });
});

test('an id that is not the key of its entity is refused in words', async () => {
  const { by } = await run({ Get: call('GetItem', { table: 'CustomersV3', id: 'US-001' }) });
  expect(by.Get.error.message).toBe(
    "The id 'US-001' of 'CustomersV3' has 1 values; its key is dataAreaId,CustomerAccount.",
  );
  const other = await run({ Get: call('GetItem', { table: 'Dances', id: 'x' }) });
  expect(other.by.Get.error.message).toContain("no data entity 'Dances'");
});

test('tables are listed, and an action that is not there fails with the words of the service', async () => {
  const procedure = 'DataManagementDefinitionGroups/Microsoft.Dynamics.DataEntities.ExportToPackage';
  const { by } = await run({
    Tables: call('GetTables', {}),
    Export: call('ExecuteProcedure', { procedure, 'parameters/packageName': 'x' }),
  });
  expect(by.Tables.outputs.body.value).toContainEqual({ Name: 'CustomersV3', DisplayName: 'CustomersV3' });
  expect(by.Export.status).toBe('Failed');
  expect(by.Export.outputs.statusCode).toBe(404);
});

test('a record is deleted by its key', async () => {
  const sent: string[] = [];
  const send = async (asked: HttpCall) => {
    sent.push(`${asked.method} ${asked.path}`);
    return asked.method === 'GET' ? metadata.send(asked) : { statusCode: 204, headers: {}, body: null };
  };
  const metadata = clientOf(financeOperations.handle, '/data/');
  const connectors = testConnectors({ financeOperations: { send } });
  const { by } = await runActions(
    { Delete: call('DeleteItem', { table: 'CustomersV3', id: 'usmf, US-1' }) },
    connectors,
  );
  expect(by.Delete.outputs.statusCode).toBe(204);
  expect(sent[1]).toBe("DELETE CustomersV3(dataAreaId='usmf',CustomerAccount='US-1')?cross-company=true");
});

test('arguments of an action go out together, however they are named', async () => {
  const sent: unknown[] = [];
  const connectors = testConnectors({
    financeOperations: {
      send: async (asked) => (sent.push(asked), { statusCode: 200, headers: {}, body: value({ value: 'ok' }) }),
    },
  });
  const given = { procedure: 'Set/Do', 'parameters/a': 1, 'item/b': 'x', c: true };
  const { by } = await runActions({ Do: call('ExecuteProcedure', given) }, connectors);
  expect(by.Do.outputs.body.value).toBe('ok');
  expect(sent).toMatchObject([{ method: 'POST', path: 'Set/Do', body: { a: 1n, b: 'x', c: true } }]);
});

test('a business event is subscribed with its legal entity, and without a source the flow is told', async () => {
  const seen: unknown[] = [];
  const businessEvents = {
    subscribeToBusinessEvent: async (one: object) => void seen.push(one),
    unsubscribeFromBusinessEvent: async (url: string) => void seen.push(url),
  };
  const parameters = value({
    dataset,
    businesseventcategory: 'AR',
    businessevent: 'Paid',
    legalEntity: 'usmf',
  }) as never;
  const on = {
    api,
    operation: 'SubscribeOnABusinessEvent',
    connectionReference: undefined,
    callbackUrl: 'http://back',
    parameters,
  };
  const { find } = testConnectors({ businessEvents });
  await find(api, on.operation)!(on);
  await find(api, `${on.operation}/unsubscribe`)!(on);
  expect(seen).toEqual([
    {
      businessEvent: 'Paid',
      category: 'AR',
      legalEntity: 'usmf',
      url: 'http://back',
      user: 'admin@fnoconnect.example',
    },
    'http://back',
  ]);
  expect(await testConnectors({}).find(api, on.operation)!(on)).toMatchObject({ statusCode: 501 });
});
