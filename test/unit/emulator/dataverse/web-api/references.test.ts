import { aDataverse, origin, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { orchard } from '../orchard.ts';

let platform: TestDataverse;
let account: string;
let tree: string;
let basket: string;
const base = `${origin}/api/data/v9.2`;

beforeAll(async () => {
  platform = await aDataverse(orchard);
  account = await platform.create('accounts', { name: 'Orchard' });
  basket = await platform.create('ora_baskets', { ora_name: 'Basket' });
});
beforeEach(async () => void (tree = await platform.create('ora_trees', { ora_name: 'Oak' })));
afterEach(() => platform.call('DELETE', `ora_trees(${tree})`));
afterAll(() => platform.close());

const accountOf = async () => (await platform.call('GET', `ora_trees(${tree})`)).body._ora_accountid_value;

describe('a lookup', () => {
  test.each([
    ['a leading slash', () => `/accounts(${account})`],
    ['none', () => `accounts(${account})`],
    ['an absolute URL', () => `${base}/accounts(${account})`],
  ])('is set in a body by a reference with %s', async (_how, url) => {
    await platform.call('PATCH', `ora_trees(${tree})`, { body: { 'ora_AccountId@odata.bind': url() } });
    expect(await accountOf()).toBe(account);
  });

  test.each([{ 'ora_AccountId@odata.bind': null }, { ora_AccountId: null }])('is emptied by %j', async (body) => {
    await platform.call('PATCH', `ora_trees(${tree})`, {
      body: { 'ora_AccountId@odata.bind': `/accounts(${account})` },
    });
    expect((await platform.call('PATCH', `ora_trees(${tree})`, { body })).status).toBe(204);
    expect(await accountOf()).toBeNull();
  });

  test('is set, read, followed and emptied through $ref', async () => {
    const path = `ora_trees(${tree})/ora_AccountId`;
    expect((await platform.call('GET', path)).status).toBe(204);
    expect((await platform.call('GET', `${path}/$ref`)).status).toBe(204);
    const body = { '@odata.id': `${base}/accounts(${account})` };
    expect((await platform.call('PUT', `${path}/$ref`, { body })).status).toBe(204);
    expect((await platform.call('GET', `${path}/$ref`)).body['@odata.id']).toBe(`${base}/accounts(${account})`);
    expect((await platform.call('GET', `${path}?$select=name`)).body.name).toBe('Orchard');
    expect((await platform.call('DELETE', path)).refusal).toBe('405 0x80060888');
    expect((await platform.call('DELETE', `${path}/$ref`)).status).toBe(204);
    expect(await accountOf()).toBeNull();
  });

  test('of several tables is cleared for the others when one is set', async () => {
    const contact = await platform.create('contacts', {
      lastname: 'Smith',
      'parentcustomerid_account@odata.bind': `/accounts(${account})`,
    });
    const parent = await platform.create('contacts', { lastname: 'Boss' });
    await platform.call('PATCH', `contacts(${contact})`, {
      body: { 'parentcustomerid_contact@odata.bind': `/contacts(${parent})` },
    });
    const { body } = await platform.call(
      'GET',
      `contacts(${contact})?$select=_parentcustomerid_value&$expand=parentcustomerid_account($select=name),parentcustomerid_contact($select=lastname)`,
      {
        headers: { Prefer: 'odata.include-annotations="Microsoft.Dynamics.CRM.*"' },
      },
    );
    expect(body).toMatchObject({
      _parentcustomerid_value: parent,
      '_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'contact',
      '_parentcustomerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty': 'parentcustomerid_contact',
      parentcustomerid_account: null,
      parentcustomerid_contact: { lastname: 'Boss' },
    });
    expect((await platform.call('GET', `contacts(${contact})/parentcustomerid_account`)).status).toBe(204);
  });
});

describe('a collection', () => {
  test('of children: adding sets the lookup of the child, removing empties it', async () => {
    const path = `accounts(${account})/ora_account_tree`;
    const body = { '@odata.id': `ora_trees(${tree})` };
    expect((await platform.call('POST', `${path}/$ref`, { body })).status).toBe(204);
    expect(await accountOf()).toBe(account);
    expect((await platform.call('GET', `${path}?$select=ora_name`)).body.value).toHaveLength(1);
    expect((await platform.call('GET', `${path}/$count`)).text).toBe('\uFEFF1');
    expect((await platform.call('GET', `${path}/$ref`)).body).toEqual({
      '@odata.context': `${base}/$metadata#Collection($ref)`,
      value: [{ '@odata.id': `${base}/ora_trees(${tree})` }],
    });
    expect((await platform.call('DELETE', `${path}(${tree})/$ref`)).status).toBe(204);
    expect(await accountOf()).toBeNull();
  });

  test('of pairs: added once, read from both sides, expanded, removed by either form', async () => {
    const path = `ora_trees(${tree})/ora_tree_basket`;
    const body = { '@odata.id': `${base}/ora_baskets(${basket})` };
    expect((await platform.call('POST', `${path}/$ref`, { body })).status).toBe(204);
    expect((await platform.call('POST', `${path}/$ref`, { body })).refusal).toBe('412 0x80040237');
    expect((await platform.call('GET', `${path}?$select=ora_name`)).body.value).toMatchObject([{ ora_name: 'Basket' }]);
    expect((await platform.call('GET', `ora_baskets(${basket})/ora_tree_basket/$count`)).text).toBe('\uFEFF1');
    const expanded = await platform.call(
      'GET',
      `ora_trees(${tree})?$select=ora_name&$expand=ora_tree_basket($select=ora_name)`,
    );
    expect(expanded.body.ora_tree_basket).toMatchObject([{ ora_name: 'Basket' }]);
    const id = encodeURIComponent(`${base}/ora_baskets(${basket})`);
    expect((await platform.call('DELETE', `${path}/$ref?$id=${id}`)).status).toBe(204);
    expect((await platform.call('DELETE', `${path}(${basket})/$ref`)).refusal).toBe('404 0x80040217');
  });

  test('pairs go with either row', async () => {
    const other = await platform.create('ora_trees', { ora_name: 'Elm' });
    await platform.call('POST', `ora_trees(${other})/ora_tree_basket/$ref`, {
      body: { '@odata.id': `ora_baskets(${basket})` },
    });
    await platform.call('DELETE', `ora_trees(${other})`);
    expect((await platform.call('GET', `ora_baskets(${basket})/ora_tree_basket/$count`)).text).toBe('\uFEFF0');
  });

  test('the table of pairs is read only', async () => {
    const { body } = await platform.call('GET', '');
    const set = body.value.find(({ name }: { name: string }) => name.startsWith('ora_tree_basket')).name;
    expect((await platform.call('GET', set)).status).toBe(200);
    const row = { ora_treeid: tree, ora_basketid: basket };
    expect((await platform.call('POST', set, { body: row })).refusal).toBe('400 0x80040800');
  });

  test.each([
    ['POST', 'ora_tree_basket/$ref', {}, '400 0x80048d19'],
    ['POST', 'ora_tree_basket/$ref', { '@odata.id': 'nosuch(1)' }, '404 0x8006088a'],
    [
      'POST',
      'ora_tree_basket/$ref',
      { '@odata.id': 'accounts(11111111-1111-4111-8111-111111111111)' },
      '400 0x80048d19',
    ],
    [
      'POST',
      'ora_tree_basket/$ref',
      { '@odata.id': 'ora_baskets(11111111-1111-4111-8111-111111111111)' },
      '404 0x80040217',
    ],
    ['PUT', 'ora_tree_basket/$ref', {}, '405 0x80060888'],
    ['POST', 'ora_AccountId/$ref', {}, '405 0x80060888'],
    ['PUT', 'ora_AccountId/$ref', { '@odata.id': '$1' }, '400 0x80048d19'],
    ['PUT', 'nosuch/$ref', {}, '404 0x8006088a'],
    ['GET', 'ora_AccountId/$count', {}, '404 0x8006088a'],
  ])('%s %s with %j is refused with %s', async (method, path, body, refusal) => {
    expect((await platform.call(method, `ora_trees(${tree})/${path}`, { body })).refusal).toBe(refusal);
  });
});
