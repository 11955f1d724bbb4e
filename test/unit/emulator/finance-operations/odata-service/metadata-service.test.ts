import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, 7: roots, shapes of the metadata service (read only, OData style).
let there: TestFinanceOperations;
beforeAll(async () => {
  there = await aFinanceOperations();
});
afterAll(() => there.close());

interface Named {
  readonly Name: string;
}
const get = async (path: string) => (await there.call('GET', `/metadata/${path}`)).body;
const names = (items: readonly Named[]) => items.map(({ Name }) => Name);
const propertyOf = async (entity: string, name: string) =>
  (await get(`PublicEntities('${entity}')`)).Properties.find((one: Named) => one.Name === name) as object;

test('it has four resources', async () => {
  expect((await there.call('GET', '/metadata')).body.value.map(({ name }: { name: string }) => name)).toEqual([
    'DataEntities',
    'PublicEntities',
    'PublicEnumerations',
    'Labels',
  ]);
});

test('every set at /data is a public entity and a data entity, of the same names', async () => {
  const sets = (await there.call('GET', '/data')).body.value.map(({ name }: { name: string }) => name);
  const entities = (await get('PublicEntities')).value as { Name: string; EntitySetName: string }[];
  expect(entities.map(({ EntitySetName }) => EntitySetName)).toEqual(sets);
  const data = (await get('DataEntities')).value as { PublicEntityName: string; PublicCollectionName: string }[];
  expect(data.map(({ PublicEntityName, PublicCollectionName }) => [PublicEntityName, PublicCollectionName])).toEqual(
    entities.map(({ Name, EntitySetName }) => [Name, EntitySetName]),
  );
});

test('a public entity and its properties have the published members', async () => {
  const entity = await get("PublicEntities('CustomerV3')");
  expect(Object.keys(entity)).toEqual(
    expect.arrayContaining(['Name', 'EntitySetName', 'LabelId', 'IsReadOnly', 'ConfigurationEnabled', 'Properties']),
  );
  for (const property of entity.Properties)
    expect(property).toMatchObject({
      ...{ Name: expect.any(String), TypeName: expect.any(String), DataType: expect.any(String) },
      ...{ IsKey: expect.any(Boolean), IsMandatory: expect.any(Boolean), AllowEdit: expect.any(Boolean) },
      ...{ AllowEditOnCreate: expect.any(Boolean), IsDimension: expect.any(Boolean) },
    });
  expect(await propertyOf('CustomerV3', 'CustomerAccount')).toMatchObject({
    ...{ TypeName: 'Edm.String', DataType: 'String', IsKey: true, IsMandatory: true, AllowEdit: false },
  });
  expect(await propertyOf('CustomerV3', 'OnHoldStatus')).toMatchObject({
    ...{ TypeName: 'Microsoft.Dynamics.DataEntities.CustVendorBlocked', DataType: 'Enum', IsKey: false },
    AllowEdit: true,
  });
  expect(await propertyOf('CustTransOpen', 'DueDate')).toMatchObject({
    TypeName: 'Edm.DateTimeOffset',
    DataType: 'Date',
  });
  expect(await propertyOf('CustTransOpen', 'SysRecId')).toMatchObject({ TypeName: 'Edm.Int64', DataType: 'Int64' });
});

test('an enumeration has its members by value, and labels that can be asked for', async () => {
  const { Members } = await get("PublicEnumerations('CustVendorBlocked')");
  expect(Members.map(({ Name, Value }: { Name: string; Value: number }) => [Name, Value])).toEqual([
    ['No', 0],
    ['Invoice', 1],
    ['All', 2],
    ['Payment', 3],
    ['Requisition', 4],
    ['Never', 5],
    ['PurchOrder', 6],
  ]);
  const { LabelId } = Members[6];
  expect(await get(`Labels(Id='${LabelId}',Language='en-us')`)).toMatchObject({
    ...{ Id: LabelId, Language: 'en-us', Value: 'Purch order' },
  });
});

test("names are singular, and none is another's", async () => {
  const found = names((await get('PublicEntities')).value);
  expect(new Set(found).size).toBe(found.length);
  expect(found).toEqual(expect.arrayContaining(['Currency', 'CustomerV3', 'CreditManagementAccountStatus']));
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is not allowed', async (method) => {
  const path = "/metadata/PublicEnumerations('NoYes')";
  expect((await there.call(method, path, { Name: 'x' })).status).toBe(405);
});

test.each(["Labels(Id='@CustCustomerV3Entity')", "Labels('@CustCustomerV3Entity')", 'Labels'])(
  '%s says how a label is asked for',
  async (path) => {
    expect((await there.call('GET', `/metadata/${path}`)).status).toBe(400);
  },
);
