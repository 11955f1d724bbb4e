import { aDataverse, customerService, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { aLookup, anExtension, aRelationship } from '../../../../support/solution-builder.ts';
import { every, people } from '../people.ts';

/** A lookup of a case that hands on the owner of the account it leads to, as far as the relationship says. */
function assigned(column: string, assign: string) {
  const part = aRelationship(`${column.toLowerCase()}_account`, {
    from: 'Incident',
    column: column.toLowerCase(),
    to: 'Account',
    navigation: column,
  });
  return {
    ...part,
    node: part.node!.replace('<CascadeDelete>', `<CascadeAssign>${assign}</CascadeAssign><CascadeDelete>`),
  };
}

const cascades = { ora_All: 'Cascade', ora_Open: 'Active', ora_Mine: 'UserOwned', ora_None: 'NoCascade' } as const;

let platform: TestDataverse;
let ann: string;
let bob: string;
beforeAll(async () => {
  platform = await aDataverse([], { firstParty: customerService });
  await platform.import([
    anExtension('Incident', {
      columns: Object.keys(cascades)
        .map((name) => aLookup(name))
        .join(''),
    }),
    ...Object.entries(cascades).map(([column, assign]) => assigned(column, assign)),
  ]);
  const { aRole, aUser } = people(platform);
  const role = await aRole({
    ...every(1, 'Account', 'Incident'),
    prvReadSystemUser: 8,
    prvAppendToSystemUser: 8,
  });
  ann = await aUser('ann@example.com', role);
  bob = await aUser('bob@example.com', role);
});
afterAll(() => platform.close());

const owner = (id: string) => ({ 'ownerid@odata.bind': `/systemusers(${id})` });
const ownerOf = async (set: string, id: string) =>
  (await platform.call('GET', `${set}(${id})?$select=_ownerid_value`)).body._ownerid_value;

const aCase = async (more: object) => {
  const customer = await platform.create('contacts', { lastname: 'Cid' });
  return platform.create('incidents', {
    title: 'Case',
    'customerid_contact@odata.bind': `/contacts(${customer})`,
    ...more,
  });
};

test.each([
  ['all of them', 'ora_All', [true, true, true]],
  ['those that are active', 'ora_Open', [true, true, false]],
  ['those of the former owner', 'ora_Mine', [true, false, true]],
  ['none', 'ora_None', [false, false, false]],
])(
  'assigning a row assigns %s of the rows that belong to it, as the relationship says',
  async (_name, column, goes) => {
    const account = await platform.create('accounts', { name: 'Contoso', ...owner(ann) });
    const link = { [`${column}@odata.bind`]: `/accounts(${account})` };
    const cases = [await aCase({ ...link, ...owner(ann) }), await aCase(link), await aCase({ ...link, ...owner(ann) })];
    await platform.call('PATCH', `incidents(${cases[2]})`, { body: { statecode: 2 } });
    await platform.call('PATCH', `accounts(${account})`, { body: owner(bob) });
    const owners = await Promise.all(cases.map((id) => ownerOf('incidents', id)));
    expect(owners.map((id) => id === bob)).toEqual(goes);
  },
);

test('each row that goes along raises its own message', async () => {
  const account = await platform.create('accounts', { name: 'Contoso', ...owner(ann) });
  const child = await aCase({ 'ora_All@odata.bind': `/accounts(${account})`, ...owner(ann) });
  const told: string[] = [];
  platform.dataverse.registerStep({
    name: 'Told',
    message: 'Update',
    table: 'incident',
    stage: 40,
    run: async ({ id }) => void told.push(id),
  });
  await platform.call('PATCH', `accounts(${account})`, { body: owner(bob) });
  expect(told).toEqual([child]);
});

test('the former owner keeps a share where the organisation says so', async () => {
  const [{ organizationid }] = (await platform.call('GET', 'organizations?$select=organizationid')).body.value;
  const account = await platform.create('accounts', { name: 'Kept', ...owner(ann) });
  await platform.call('PATCH', `organizations(${organizationid})`, { body: { sharetopreviousowneronassign: true } });
  await platform.call('PATCH', `accounts(${account})`, { body: owner(bob) });
  await platform.call('PATCH', `organizations(${organizationid})`, { body: { sharetopreviousowneronassign: false } });
  expect((await platform.call('GET', `accounts(${account})`, { as: 'ann@example.com' })).status).toBe(200);
  await platform.call('PATCH', `accounts(${account})`, { body: owner(ann) });
  expect((await platform.call('GET', `accounts(${account})`, { as: 'bob@example.com' })).refusal).toBe(
    '403 0x80048306',
  );
});
