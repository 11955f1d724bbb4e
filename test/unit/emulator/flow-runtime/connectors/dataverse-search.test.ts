import { aDataverse, origin, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { clientOf, connectorCall, runActions, testConnectors } from '../../../../support/flow-connectors.ts';
import { every, people } from '../../dataverse/people.ts';

let platform: TestDataverse;
beforeAll(async () => {
  platform = await aDataverse();
  await platform.create('accounts', { name: 'Contoso Coffee', address1_city: 'Basel' });
  await platform.create('accounts', { name: 'Contoso Tea', address1_city: 'Bern' });
  await platform.create('contacts', { lastname: 'Contoso' });
});
afterAll(() => platform.close());

/** The action *Search rows* as a definition has it. */
const search = (parameters: object, operation = 'GetRelevantRows') =>
  connectorCall(
    'shared_commondataserviceforapps',
    operation,
    Object.fromEntries(Object.entries(parameters).map(([name, value]) => [`SearchRequest/${name}`, value])),
  );

function run(actions: Readonly<Record<string, object>>, user = 'admin@example.com') {
  const connectors = testConnectors({
    dataverse: clientOf(platform.dataverse.handle, '/api/data/v9.2/'),
    dataverseOrigin: () => origin,
    tableOfSet: (set) => platform.dataverse.metadata.tableBySet(set),
    user: () => user,
  });
  return runActions(actions, connectors);
}

test('a flow reads the rows, their number and the facets', async () => {
  const { by } = await run({
    Search: search({
      search: 'contoso',
      searchtype: 'full',
      searchmode: 'all',
      entities: ['account'],
      filter: "account: address1_city eq 'Basel'",
      facets: ['@@search.entityname,count:100'],
      orderby: ['@@search.score desc', 'modifiedon desc'],
      returntotalrecordcount: true,
      top: 10,
      skip: 0,
    }),
    Name: {
      type: 'Compose',
      inputs: "@first(outputs('Search')?['body/value'])?['name']",
      runAfter: { Search: ['Succeeded'] },
    },
    Table: {
      type: 'Compose',
      inputs: "@body('Search')?['value'][0]?['@search.entityname']",
      runAfter: { Search: ['Succeeded'] },
    },
  });
  expect(by.Search.outputs).toMatchObject({
    statusCode: 200,
    body: {
      value: [
        {
          '@search.score': expect.any(Number),
          '@search.highlights': { name: ['{crmhit}Contoso{/crmhit} Coffee'] },
          '@search.entityname': 'account',
          '@search.objectid': expect.any(String),
          '@search.objecttypecode': 1,
        },
      ],
      totalrecordcount: 1,
      facets: { '@search.entityname': [{ Type: 'Value', Value: 'account', Count: 1 }] },
    },
  });
  expect([by.Name.outputs, by.Table.outputs]).toEqual(['Contoso Coffee', 'account']);
});

test('blank parameters are left out, and texts of expressions become what the parameter is', async () => {
  const { by } = await run({
    Few: { type: 'Compose', inputs: '1' },
    Search: {
      ...search({
        search: "@concat('con', 'toso')",
        top: "@{outputs('Few')}",
        returntotalrecordcount: '@{true}',
        filter: '',
        facets: null,
      }),
      runAfter: { Few: ['Succeeded'] },
    },
  });
  expect(by.Search.outputs.body).toMatchObject({ value: [{}], totalrecordcount: 3 });
  expect(by.Search.outputs.body.value).toHaveLength(1);
});

test('of the environment that is selected, and through the whole object', async () => {
  const whole = connectorCall('shared_commondataserviceforapps', 'GetRelevantRows', {
    SearchRequest: { search: 'tea' },
  });
  const { by } = await run({ There: search({ search: 'tea' }, 'GetRelevantRowsWithOrganization'), Whole: whole });
  for (const { outputs } of [by.There, by.Whole]) expect(outputs.body.value).toMatchObject([{ name: 'Contoso Tea' }]);
});

test('the user of the connection finds what that user may read', async () => {
  const { aRole, aUser } = people(platform);
  await aUser('contacts@example.com', await aRole(every(8, 'Contact')));
  const { by } = await run({ Search: search({ search: 'contoso' }) }, 'contacts@example.com');
  expect(by.Search.outputs.body.value).toMatchObject([{ '@search.entityname': 'contact' }]);
  expect(by.Search.outputs.body.value).toHaveLength(1);
});

test('what Dataverse refuses, and a blank search text, fail the action in words', async () => {
  const { by } = await run({
    Nothing: search({ search: '' }),
    Long: { ...search({ search: 'a'.repeat(101) }), runAfter: { Nothing: ['Failed'] } },
  });
  expect(by.Nothing.error.message).toContain("needs the parameter 'SearchRequest/search'");
  expect(by.Long).toMatchObject({
    status: 'Failed',
    outputs: { statusCode: 400 },
    error: { message: expect.stringContaining('100 characters') },
  });
});
