import { aDataverse, customerService, type TestDataverse } from '../../../../support/a-dataverse.ts';

let platform: TestDataverse;
beforeAll(async () => {
  platform = await aDataverse([], { firstParty: customerService });
});
afterAll(() => platform.close());

const initialize = (
  from: string,
  target: string,
  type = "Microsoft.Dynamics.CRM.TargetFieldType'ValidForCreate'",
  as?: string,
) =>
  platform.call(
    'GET',
    `InitializeFrom(EntityMoniker=@p1,TargetEntityName=@p2,TargetFieldType=@p3)?@p1={'@odata.id':'${from}'}&@p2='${target}'&@p3=${type}`,
    { as },
  );

test('a contact of an account starts with what the map hands on, ready to post', async () => {
  const account = await platform.create('accounts', {
    name: 'Contoso',
    address1_city: 'Bonn',
    telephone1: '1',
    accountnumber: 'A',
  });
  const { status, body } = await initialize(`accounts(${account})`, 'contact');
  expect(status).toBe(200);
  const { '@odata.context': context, ...row } = body;
  expect(context).toMatch(/#contacts\/\$entity$/);
  expect(row).toEqual({
    '@odata.type': '#Microsoft.Dynamics.CRM.contact',
    'parentcustomerid_account@odata.bind': expect.stringContaining(`/accounts(${account})`),
    address1_city: 'Bonn',
    telephone1: '1',
    'transactioncurrencyid@odata.bind': expect.stringContaining('/transactioncurrencies('),
  });
  const contact = await platform.create('contacts', { ...row, lastname: 'Ann' });
  expect(
    (await platform.call('GET', `contacts(${contact})?$select=_parentcustomerid_value`)).body._parentcustomerid_value,
  ).toBe(account);
});

test('a child of a case takes its customer', async () => {
  const contact = await platform.create('contacts', { lastname: 'Bob' });
  const id = await platform.create('incidents', {
    title: 'Parent',
    'customerid_contact@odata.bind': `/contacts(${contact})`,
  });
  const { body } = await initialize(`incidents(${id})`, 'incident');
  expect(body).toMatchObject({ title: 'Parent', prioritycode: 2 });
  expect(body['parentcaseid@odata.bind']).toContain(id);
  expect(body['customerid_contact@odata.bind']).toContain(contact);
});

test('tables without a map between them give a row without columns', async () => {
  const contact = await platform.create('contacts', { lastname: 'Cid' });
  const { body } = await initialize(`contacts(${contact})`, 'queue');
  expect(Object.keys(body)).toEqual(['@odata.context', '@odata.type']);
});

test.each([
  ['a row that is not there', 'accounts(11111111-1111-1111-1111-111111111111)', 'contact', undefined, '404 0x80040217'],
  [
    'a table that is not there',
    'accounts(11111111-1111-1111-1111-111111111111)',
    'nothing',
    undefined,
    '404 0x8006088a',
  ],
  [
    'a kind of fields there is not',
    'accounts(11111111-1111-1111-1111-111111111111)',
    'contact',
    "Microsoft.Dynamics.CRM.TargetFieldType'Some'",
    '400 0x80040203',
  ],
])('%s is refused', async (_name, from, target, type, refusal) => {
  expect((await initialize(from, target, type)).refusal).toBe(refusal);
});

test('a caller who may not create the row, or not read the other, is refused', async () => {
  platform.dataverse.addUser({ email: 'dan@example.com', fullName: 'Dan', roles: [] });
  const account = await platform.create('accounts', { name: 'Contoso' });
  expect((await initialize(`accounts(${account})`, 'contact', undefined, 'dan@example.com')).refusal).toBe(
    '403 0x80040220',
  );
});

test('a map of an imported solution adds its columns', async () => {
  await platform.import([
    {
      list: 'EntityMaps',
      node: '<EntityMap><EntitySource>contact</EntitySource><EntityTarget>queue</EntityTarget><AttributeMaps><AttributeMap><AttributeSource>fullname</AttributeSource><AttributeTarget>name</AttributeTarget></AttributeMap></AttributeMaps></EntityMap>',
    },
  ]);
  const contact = await platform.create('contacts', { lastname: 'Eve' });
  expect((await initialize(`contacts(${contact})`, 'queue')).body.name).toBe('Eve');
});
