import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { clientOf, connectorCall, runActions, testConnectors } from '../../../../support/flow-connectors.ts';

const api = 'shared_office365users';
const call = (operation: string, parameters: object, more: object = {}) =>
  connectorCall(api, operation, parameters, more);

const admin = 'admin@fnoconnect.example';
let platform: TestDataverse;
let boss: string;
beforeAll(async () => {
  platform = await aDataverse();
  const [root] = (await platform.call('GET', 'businessunits')).body.value;
  const user = (firstname: string, more: object = {}) =>
    platform.create('systemusers', {
      firstname,
      lastname: 'Weber',
      internalemailaddress: `${firstname.toLowerCase()}@contoso.example`,
      domainname: `${firstname.toLowerCase()}@contoso.example`,
      'businessunitid@odata.bind': `businessunits(${root.businessunitid})`,
      ...more,
    });
  boss = await user('Berta', { jobtitle: 'Manager' });
  await user('Sofia', { 'parentsystemuserid@odata.bind': `systemusers(${boss})`, address1_telephone1: '030' });
});
afterAll(() => platform.close());

const run = (actions: Readonly<Record<string, object>>) =>
  runActions(
    actions,
    testConnectors({
      dataverse: clientOf(platform.dataverse.handle, '/api/data/v9.2/'),
      user: (reference) => (reference === undefined ? admin : 'sofia@contoso.example'),
    }),
  );

test('profiles are found by address and by id, one’s own and those above and below', async () => {
  const { status, by } = await run({
    Me: call('MyProfile_V2', {}),
    User: call('UserProfile_V2', { id: boss.toUpperCase(), $select: 'mail, jobTitle' }),
    Boss: call('Manager_V2', { id: 'SOFIA@contoso.example' }),
    Reports: call('DirectReports_V2', { id: 'berta@contoso.example' }),
    Search: call('SearchUserV2', { searchTerm: 'web', top: 1 }),
    Older: call('UserProfile', { userId: 'sofia@contoso.example' }),
  });
  expect(status).toBe('Succeeded');
  expect(by.Me.outputs.body).toMatchObject({
    displayName: 'Sofia Weber',
    mail: 'sofia@contoso.example',
    userPrincipalName: 'sofia@contoso.example',
    businessPhones: ['030'],
    accountEnabled: true,
  });
  expect(by.User.outputs.body).toEqual({ id: boss, mail: 'berta@contoso.example', jobTitle: 'Manager' });
  expect(by.Boss.outputs.body.displayName).toBe('Berta Weber');
  expect(by.Reports.outputs.body.value).toMatchObject([{ displayName: 'Sofia Weber' }]);
  expect(by.Search.outputs.body.value).toMatchObject([{ Surname: 'Weber' }]);
  expect(by.Older.outputs.body).toMatchObject({ DisplayName: 'Sofia Weber', Mail: 'sofia@contoso.example' });
});

test.each([
  ['UserProfile_V2', { id: "o'nobody@contoso.example" }],
  ['Manager_V2', { id: 'berta@contoso.example' }],
  ['DirectReports_V2', { id: 'nobody@contoso.example' }],
])('%s of nobody is 404', async (operation, parameters) => {
  const { by } = await run({ Ask: call(operation, parameters) });
  expect(by.Ask).toMatchObject({ status: 'Failed', error: { code: 'Request_ResourceNotFound' } });
});

test('nobody has a photo', async () => {
  const { by } = await run({ Ask: call('UserPhoto_V2', { id: 'sofia@contoso.example' }) });
  expect(by.Ask.error.code).toBe('ImageNotFound');
});
