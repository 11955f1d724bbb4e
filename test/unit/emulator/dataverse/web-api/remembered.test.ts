/**
 * What the Web API remembers between requests lasts as long as it is true: the same request, sent again after a change of
 * metadata or of rights, is answered by what holds now.
 */
import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { aColumn, anExtension } from '../../../../support/solution-builder.ts';
import { people } from '../people.ts';

const crm = 'Microsoft.Dynamics.CRM.';
const label = (text: string) => ({ LocalizedLabels: [{ Label: text, LanguageCode: 1033 }] });
const column = (type: string, SchemaName: string, more: object = {}) => ({
  '@odata.type': `${crm}${type}AttributeMetadata`,
  SchemaName,
  DisplayName: label(SchemaName),
  RequiredLevel: { Value: 'None' },
  ...more,
});
const attributes = "EntityDefinitions(LogicalName='account')/Attributes";
const annotated = { prefer: 'odata.include-annotations="*"' };

let platform: TestDataverse;
let account: string;
beforeEach(async () => {
  platform = await aDataverse([
    anExtension('Account', { columns: aColumn('ora_Secret', { more: '<MaxLength>20</MaxLength>' }) }),
  ]);
  account = await platform.create('accounts', { name: 'Contoso', ora_secret: 'pip' });
}, 60_000);
afterEach(() => platform.close());

const get = async (path: string, as?: string) => platform.call('GET', path, { as });
const change = async (method: string, path: string, body?: object) => {
  const { status, text } = await platform.call(method, path, { body });
  if (status !== 204) throw new Error(`${method} ${path}: ${status} ${text}`);
};

test('a column that is made, and one that is deleted', async () => {
  const picked = () => get(`accounts(${account})?$select=name,ora_height`);
  const page = () => get('accounts?$select=ora_height&$filter=ora_height eq null&$orderby=ora_height');
  const whole = () => get(`accounts(${account})`);
  const seen = async () => ({
    picked: (await picked()).status,
    page: (await page()).status,
    isInWhole: 'ora_height' in (await whole()).body,
  });
  const without = { picked: 400, page: 400, isInWhole: false };
  const within = { picked: 200, page: 200, isInWhole: true };

  expect(await seen()).toEqual(without);
  await change('POST', attributes, column('Integer', 'ora_Height', { MinValue: 0, MaxValue: 90, Format: 'None' }));
  expect(await seen()).toEqual(within);
  await change('DELETE', `${attributes}(LogicalName='ora_height')`);
  expect(await seen()).toEqual(without);
  // The same name, of another type.
  await change('POST', attributes, column('Boolean', 'ora_Height', { OptionSet: yesNo('Tall', 'Small') }));
  expect(await seen()).toEqual(within);
  await change('PATCH', `accounts(${account})`, { ora_height: true });
  expect((await picked()).body).toMatchObject({ ora_height: true });
  expect((await get('accounts?$select=ora_height')).body.value).toEqual([
    expect.objectContaining({ ora_height: true }),
  ]);
});

const yesNo = (yes: string, no: string) => ({
  '@odata.type': `${crm}BooleanOptionSetMetadata`,
  TrueOption: { Value: 1, Label: label(yes) },
  FalseOption: { Value: 0, Label: label(no) },
});

test('a label of a choice', async () => {
  await change('POST', attributes, column('Boolean', 'ora_Sound', { OptionSet: yesNo('Sound', 'Rotten') }));
  await change('PATCH', `accounts(${account})`, { ora_sound: true });
  const shown = async (path: string) => {
    const { body } = await platform.call('GET', `${path}?$select=ora_sound`, { headers: annotated });
    return (body.value?.[0] ?? body)['ora_sound@OData.Community.Display.V1.FormattedValue'];
  };
  const both = async () => [await shown(`accounts(${account})`), await shown('accounts')];
  expect(await both()).toEqual(['Sound', 'Sound']);
  const body = { EntityLogicalName: 'account', AttributeLogicalName: 'ora_sound', Value: 1, Label: label('Firm'), MergeLabels: true }; // prettier-ignore
  await change('POST', 'UpdateOptionValue', body);
  expect(await both()).toEqual(['Firm', 'Firm']);
});

test('a relationship that is made, and one that is deleted', async () => {
  const expanded = () => get(`accounts(${account})?$select=name&$expand=ora_OrchardId($select=name)`);
  const page = () => get('accounts?$select=name&$expand=ora_OrchardId($select=name)');
  const both = async () => [(await expanded()).status, (await page()).status];
  expect(await both()).toEqual([400, 400]);
  await change('POST', 'RelationshipDefinitions', {
    '@odata.type': `${crm}OneToManyRelationshipMetadata`,
    SchemaName: 'ora_orchard_account',
    ReferencedEntity: 'account',
    ReferencedAttribute: 'accountid',
    ReferencingEntity: 'account',
    Lookup: column('Lookup', 'ora_OrchardId'),
  });
  const orchard = await platform.create('accounts', { name: 'Orchard' });
  await change('PATCH', `accounts(${account})`, { 'ora_OrchardId@odata.bind': `/accounts(${orchard})` });
  expect(await both()).toEqual([200, 200]);
  expect((await expanded()).body.ora_OrchardId).toMatchObject({ name: 'Orchard' });
  await change('DELETE', "RelationshipDefinitions(SchemaName='ora_orchard_account')");
  expect(await both()).toEqual([400, 400]);
});

test('a role that is taken away, one that is given, and a column that is secured', async () => {
  const { aRole, aUser, give } = people(platform);
  const reader = 'reader@example.com';
  const role = await aRole({ prvReadAccount: 8 });
  const user = await aUser(reader, role);
  const picked = () => get(`accounts(${account})?$select=name,ora_secret`, reader);
  const page = () => get('accounts?$select=name,ora_secret', reader);
  const seen = async () => [(await picked()).body.ora_secret, (await page()).body.value?.[0].ora_secret];

  expect(await seen()).toEqual(['pip', 'pip']);
  await change('DELETE', `systemusers(${user})/systemuserroles_association(${role})/$ref`);
  expect([(await picked()).status, (await page()).status]).toEqual([403, 403]);
  await give('systemuser', user, role);
  expect(await seen()).toEqual(['pip', 'pip']);
  const secured = column('String', 'ora_Secret', { LogicalName: 'ora_secret', MaxLength: 20, IsSecured: true });
  await change('PUT', `${attributes}(LogicalName='ora_secret')`, secured);
  expect(await seen()).toEqual([null, null]);
});

test('an import that is refused, and one that is not', async () => {
  const status = async () => (await get(`accounts(${account})?$select=ora_height`)).status;
  const height = aColumn('ora_Height', { type: 'int' });
  const broken = anExtension('Account', { columns: height + aColumn('name', { type: 'int' }) });
  expect(await status()).toBe(400);
  await expect(platform.import([broken], { name: 'Broken' })).rejects.toThrow();
  expect(await status()).toBe(400);
  await platform.import([anExtension('Account', { columns: height })], { name: 'Whole' });
  expect(await status()).toBe(200);
});

test('the user of a request without a token', async () => {
  const asked = async () => (await get('WhoAmI')).body;
  const { UserId, BusinessUnitId } = await asked();
  const unit = await platform.create('businessunits', {
    name: 'Annex',
    'parentbusinessunitid@odata.bind': `/businessunits(${BusinessUnitId})`,
  });
  await change('PATCH', `systemusers(${UserId})`, { 'businessunitid@odata.bind': `/businessunits(${unit})` });
  expect(await asked()).toMatchObject({ UserId, BusinessUnitId: unit });
});
