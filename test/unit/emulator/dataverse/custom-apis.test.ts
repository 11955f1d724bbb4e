import { join } from 'node:path';
import { readCustomApis, type CustomApiBodies, type CustomApiCall } from '../../../../emulator/dataverse/index.ts';
import { aDataverse, type TestDataverse } from '../../../support/a-dataverse.ts';
import { customApi } from '../../../support/a-custom-api.ts';

const optional = '<isoptional>1</isoptional>';
const types = {
  boolean: 0,
  dateTime: 1,
  decimal: 2,
  entity: 3,
  entities: 4,
  reference: 5,
  integer: 7,
  string: 10,
  strings: 11,
  guid: 12,
};

const calls: CustomApiCall[] = [];
const bodies: Record<string, (call: CustomApiCall) => unknown> = {
  ora_Pick: async ({ input, organization }) => ({
    Basket: await organization.create('account', { name: String(input['Fruit']) }),
    Count: 3,
  }),
  ora_Ripe: ({ target }) => ({ Ripe: target !== undefined, Names: ['a', 'b'] }),
  ora_All: () => ({}),
  ora_Rows: () => ({ Found: [{ table: 'contact', row: { lastname: 'Ann' } }] }),
  ora_Fail: async ({ organization }) => {
    await organization.create('account', { name: 'Half done' });
    throw new Error('The tree fell.');
  },
  ora_More: () => ({ Unknown: 1 }),
  ora_Every: ({ input }) => input,
};

let platform: TestDataverse;
beforeAll(async () => {
  const registered: CustomApiBodies = (name) =>
    bodies[name] &&
    ((call) => {
      calls.push(call);
      return bodies[name]!(call);
    });
  platform = await aDataverse(
    [
      customApi('ora_Pick', {
        takes: [
          ['Fruit', types.string],
          ['Ladder', types.boolean, optional],
        ],
        answers: [
          ['Basket', types.guid],
          ['Count', types.integer],
        ],
      }),
      customApi('ora_Ripe', {
        binding: 1,
        table: 'account',
        isFunction: true,
        answers: [
          ['Ripe', types.boolean],
          ['Names', types.strings],
        ],
      }),
      customApi('ora_All', { binding: 2, table: 'account' }),
      customApi('ora_Rows', {
        isFunction: true,
        answers: [['Found', types.entities, '<logicalentityname>contact</logicalentityname>']],
      }),
      customApi('ora_Fail'),
      customApi('ora_More'),
      customApi('ora_Bodiless'),
      customApi('ora_Secret', { isPrivate: true, privilege: 'prvSendAsUser' }),
      customApi('ora_Every', {
        takes: [
          ['When', types.dateTime],
          ['Much', types.decimal],
          ['Who', types.reference],
          ['Row', types.entity],
          ['Rows', types.entities, '<logicalentityname>contact</logicalentityname>'],
        ],
        answers: [
          ['When', types.dateTime],
          ['Much', types.decimal],
          ['Who', types.reference],
          ['Row', types.entity],
          ['Rows', types.entities, '<logicalentityname>contact</logicalentityname>'],
        ],
      }),
    ],
    { customApis: registered },
  );
});
afterAll(() => platform.close());

const post = (name: string, body: object = {}, as?: string) => platform.call('POST', name, { body, as });

test('an unbound action takes its parameters and answers its properties', async () => {
  const { status, body } = await post('ora_Pick', { Fruit: 'Apple' });
  expect(status).toBe(200);
  expect(body['@odata.context']).toMatch(/\$metadata#Microsoft\.Dynamics\.CRM\.ora_PickResponse$/);
  expect(body.Count).toBe(3);
  expect((await platform.call('GET', `accounts(${body.Basket})?$select=name`)).body.name).toBe('Apple');
});

test('a function bound to a row is asked with GET and gets the row', async () => {
  const id = await platform.create('accounts', { name: 'Tree' });
  const { body } = await platform.call('GET', `accounts(${id})/Microsoft.Dynamics.CRM.ora_Ripe()`);
  expect(body).toMatchObject({ Ripe: true, Names: ['a', 'b'] });
  expect(calls.at(-1)!.target).toEqual({ table: 'account', id });
  expect((await platform.call('POST', `accounts(${id})/Microsoft.Dynamics.CRM.ora_Ripe`, { body: {} })).refusal).toBe(
    '404',
  );
});

test('an action bound to a set answers 204 when it answers nothing', async () => {
  expect((await post('accounts/Microsoft.Dynamics.CRM.ora_All')).status).toBe(204);
  expect((await post('contacts/Microsoft.Dynamics.CRM.ora_All')).refusal).toBe('404 0x8006088a');
  expect((await post('ora_All')).refusal).toBe('404 0x8006088a');
});

test('values of every type reach the body and come back', async () => {
  const id = await platform.create('accounts', { name: 'Tree' });
  const { status, body } = await post('ora_Every', {
    When: '2026-01-31T10:00:00Z',
    Much: 1.5,
    Who: { '@odata.type': 'Microsoft.Dynamics.CRM.account', accountid: id },
    Row: {
      '@odata.type': 'Microsoft.Dynamics.CRM.contact',
      lastname: 'Ann',
      'parentcustomerid_account@odata.bind': `/accounts(${id})`,
    },
    Rows: [{ '@odata.type': 'Microsoft.Dynamics.CRM.contact', lastname: 'Bob' }],
  });
  expect(status).toBe(200);
  expect(calls.at(-1)!.input['Who']).toEqual({ table: 'account', id });
  expect(calls.at(-1)!.input['Row']).toMatchObject({
    table: 'contact',
    row: { lastname: 'Ann', parentcustomerid: { table: 'account', id } },
  });
  expect(body).toMatchObject({
    When: '2026-01-31T10:00:00Z',
    Much: 1.5,
    Who: { '@odata.type': '#Microsoft.Dynamics.CRM.account', accountid: id },
    Row: { '@odata.type': '#Microsoft.Dynamics.CRM.contact', lastname: 'Ann' },
    Rows: [{ '@odata.type': '#Microsoft.Dynamics.CRM.contact', lastname: 'Bob' }],
  });
});

test('rows as the only property are the answer itself', async () => {
  const { body } = await platform.call('GET', 'ora_Rows()');
  expect(body).toEqual({
    '@odata.context': expect.stringMatching(/#Collection\(Microsoft\.Dynamics\.CRM\.contact\)$/),
    value: [{ '@odata.type': '#Microsoft.Dynamics.CRM.contact', lastname: 'Ann' }],
  });
});

test.each([
  ['a parameter that is missing', {}, '400 0x80040200', "'Fruit'"],
  ['a parameter there is not', { Fruit: 'Apple', Colour: 'red' }, '400 0x80048d19', "'Colour'"],
  ['a value of another type', { Fruit: 7 }, '400 0x80048d19', 'Edm.String'],
])('%s is refused by name', async (_name, body, refusal, words) => {
  const answer = await post('ora_Pick', body);
  expect(answer.refusal).toBe(refusal);
  expect(answer.body.error.message).toContain(words);
});

test('what a body throws is a plug-in exception, and undoes what it wrote', async () => {
  const { refusal, body } = await post('ora_Fail');
  expect([refusal, body.error.message]).toEqual(['400 0x80040265', 'The tree fell.']);
  expect((await platform.call('GET', "accounts?$filter=name eq 'Half done'")).body.value).toEqual([]);
});

test('a body that answers what is not declared is told so', async () => {
  expect((await post('ora_More')).body.error.message).toContain("'Unknown'");
});

test('without a body the refusal names the API and where to put one', async () => {
  const { refusal, body } = await post('ora_Bodiless');
  expect(refusal).toBe('501 NotEmulated');
  expect(body.error.message).toContain("'ora_Bodiless'");
  expect(body.error.message).toContain('ora_Bodiless.cjs');
});

test('the privilege to execute is asked for', async () => {
  platform.dataverse.addUser({ email: 'ann@example.com', fullName: 'Ann', roles: [] });
  expect((await post('ora_Secret', {}, 'ann@example.com')).refusal).toBe('403 0x80040220');
});

test('a body acts as its caller', async () => {
  expect((await post('ora_Pick', { Fruit: 'Pear' }, 'ann@example.com')).refusal).toBe('403 0x80040220');
});

test('$metadata declares them, private ones excepted', async () => {
  const { text } = await platform.call('GET', '$metadata');
  expect(text).toContain(
    '<Action Name="ora_Pick"><Parameter Name="Fruit" Type="Edm.String" Nullable="false" /><Parameter Name="Ladder" Type="Edm.Boolean" /><ReturnType Type="mscrm.ora_PickResponse" Nullable="false" /></Action>',
  );
  expect(text).toContain(
    '<ComplexType Name="ora_PickResponse"><Property Name="Basket" Type="Edm.Guid" Nullable="false" />',
  );
  expect(text).toContain('<ActionImport Name="ora_Pick" Action="mscrm.ora_Pick" />');
  expect(text).toContain(
    '<Function Name="ora_Ripe" IsBound="true"><Parameter Name="entity" Type="mscrm.account" Nullable="false" />',
  );
  expect(text).toContain('<Parameter Name="entityset" Type="Collection(mscrm.account)" Nullable="false" />');
  expect(text).not.toContain('ora_Secret');
});

test('steps hang on a custom API as on any message', async () => {
  platform.dataverse.registerStep({
    name: 'Sweeten',
    message: 'ora_Pick',
    stage: 40,
    run: async ({ output }) => void (output['Count'] = 4),
  });
  expect((await post('ora_Pick', { Fruit: 'Plum' })).body.Count).toBe(4);
});

test('the bodies of a folder are found by name', async () => {
  const folder = readCustomApis(join(__dirname, '../../../../examples/custom-api'));
  const greeting = customApi('contoso_Greet', {
    isFunction: true,
    takes: [['Name', types.string]],
    answers: [
      ['Greeting', types.string],
      ['Accounts', types.integer],
    ],
  });
  const other = await aDataverse([greeting], { customApis: folder });
  await other.create('accounts', { name: 'Contoso' });
  const { body } = await other.call('GET', "contoso_Greet(Name='O''Hara')");
  expect(body).toMatchObject({ Greeting: "Hello O'Hara", Accounts: 1 });
  expect((await other.call('GET', "contoso_Greet(Name=@p)?@p=' '")).body.error.message).toBe('Whom shall I greet?');
  other.close();
});
