import { aDataverse, origin, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { orchard } from '../orchard.ts';

let platform: TestDataverse;
let oaks: string;
let pines: string;
const base = `${origin}/api/data/v9.2`;

beforeAll(async () => {
  platform = await aDataverse(orchard);
  oaks = await platform.create('accounts', { name: 'Oak & Sons', creditlimit: 20000 });
  pines = await platform.create('accounts', { name: 'Pïne Ltd' });
  const tree = (body: object, account?: string) =>
    platform.create(
      'ora_trees',
      account === undefined ? body : { ...body, 'ora_AccountId@odata.bind': `/accounts(${account})` },
    );
  await tree({ ora_name: 'Alpha', ora_height: 10, ora_flavours: '9,1', ora_planted: '2020-05-01' }, oaks);
  await tree({ ora_name: 'beta', ora_height: 20, ora_issound: false, ora_seen: '2026-01-01T10:00:00.1234567Z' }, oaks);
  await tree({ ora_name: 'Gamma 100%', ora_ripeness: 472190000 }, pines);
  await tree({ ora_name: "O'Hara", ora_height: 5 });
});
afterAll(() => platform.close());

const names = async (query: string, headers = {}) => {
  const { status, body, text } = await platform.call('GET', `ora_trees?$select=ora_name&${query}`, { headers });
  if (status !== 200) throw new Error(text);
  return body.value.map((row: { ora_name: string }) => row.ora_name);
};
const filter = (text: string) => names(`$orderby=ora_name&$filter=${encodeURIComponent(text)}`);

describe('$filter', () => {
  test.each([
    ["ora_name eq 'ALPHA'", ['Alpha']],
    ["ora_name eq 'O''Hara'", ["O'Hara"]],
    ['ora_height gt 5 and ora_height lt 20', ['Alpha']],
    ["not contains(ora_name,'a')", []],
    ["startswith(ora_name,'g') or endswith(ora_name,'A')", ['Alpha', 'beta', 'Gamma 100%', "O'Hara"]],
    ['ora_height eq null', ['Gamma 100%']],
    ['ora_height ne 10', ['beta', 'Gamma 100%', "O'Hara"]],
    ['ora_issound eq false', ['beta']],
    ['ora_ripeness eq 472190000', ['Gamma 100%']],
    ['ora_planted eq 2020-05-01', ['Alpha']],
    ['ora_seen gt 2026-01-01T11:00:00%2B02:00', ['beta']],
    ["ora_AccountId/name eq 'pine ltd'", ['Gamma 100%']],
    ['ora_AccountId eq null', ["O'Hara"]],
    ["ora_AccountId/owninguser/fullname eq 'SYSTEM'", ['Alpha', 'beta', 'Gamma 100%']],
    ["Microsoft.Dynamics.CRM.In(PropertyName='ora_height',PropertyValues=['5','10'])", ['Alpha', "O'Hara"]],
    ['Microsoft.Dynamics.CRM.Between(PropertyName=\'ora_height\',PropertyValues=["5","10"])', ['Alpha', "O'Hara"]],
    ["Microsoft.Dynamics.CRM.ContainValues(PropertyName='ora_flavours',PropertyValues=['9'])", ['Alpha']],
    ["Microsoft.Dynamics.CRM.Yesterday(PropertyName='ora_seen')", ['beta']],
    ["Microsoft.Dynamics.CRM.NotEqualUserId(PropertyName='ownerid')", []],
  ])('%s', async (text, expected) => {
    expect(await filter(text.replace('%2B', '+'))).toEqual(expected);
  });

  test('a lookup by _x_value, bare and quoted', async () => {
    expect(await filter(`_ora_accountid_value eq ${oaks}`)).toEqual(['Alpha', 'beta']);
    expect(await filter(`_ora_accountid_value eq '${oaks}'`)).toEqual(['Alpha', 'beta']);
    const byFunction = `Microsoft.Dynamics.CRM.In(PropertyName='ora_accountid',PropertyValues=['${oaks}'])`;
    expect(await filter(byFunction)).toEqual(['Alpha', 'beta']);
  });

  test.each([
    ['ora_account_tree/any()', ['Oak & Sons', 'Pïne Ltd']],
    ["ora_account_tree/any(t:t/ora_name eq 'beta')", ['Oak & Sons']],
    ['ora_account_tree/all(t:t/ora_height gt 5)', ['Oak & Sons']],
    ['not ora_account_tree/any(t:t/ora_height gt 5)', ['Pïne Ltd']],
    ['ora_account_tree/any(t:t/ora_name eq name)', []],
  ])('lambda %s', async (text, expected) => {
    const query = `accounts?$select=name&$orderby=name&$filter=${encodeURIComponent(text)}`;
    const { body } = await platform.call('GET', query);
    expect(body.value.map((row: { name: string }) => row.name)).toEqual(expected);
  });

  test('a lambda inside a lambda', async () => {
    const text = 'ora_root_tree/any(t:t/ora_tree_ora_trees/any())';
    expect((await platform.call('GET', `ora_roots?$filter=${text}`)).refusal).toBe('400 0x0');
    const nested = 'account_parent_account/any(a:a/ora_account_tree/any(t:t/ora_height gt 15))';
    const parent = await platform.create('accounts', { name: 'Parent' });
    await platform.call('PATCH', `accounts(${oaks})`, {
      body: { 'parentaccountid@odata.bind': `/accounts(${parent})` },
    });
    const { body } = await platform.call('GET', `accounts?$select=name&$filter=${nested}`);
    expect(body.value.map((row: { name: string }) => row.name)).toEqual(['Parent']);
    await platform.call('DELETE', `accounts(${oaks})/parentaccountid/$ref`);
    await platform.call('DELETE', `accounts(${parent})`);
  });

  test('parameter aliases stand for values and for properties', async () => {
    expect(await names("$filter=@p eq @v&@p=ora_name&@v='beta'")).toEqual(['beta']);
    expect(await names('$filter=ora_height eq @v&@v=20')).toEqual(['beta']);
  });

  test.each([
    ["nosuch eq 'x'", '400 0x0'],
    ["Ora_name eq 'x'", '400 0x0'],
    ["ora_name eq 'x", '400 0x80060888'],
    ['ora_name eq', '400 0x80060888'],
    ["ora_height eq 'tall'", '400 0x80060888'],
    ["tolower(ora_name) eq 'x'", '400 0x80060888'],
    ['ora_height add 1 eq 2', '400 0x80060888'],
    ["not Microsoft.Dynamics.CRM.Today(PropertyName='ora_seen')", '400 0x80060888'],
    ["Microsoft.Dynamics.CRM.NoSuch(PropertyName='ora_seen')", '400 0x80060888'],
    [
      "Microsoft.Dynamics.CRM.Under(PropertyName='ora_treeid',PropertyValue='11111111-1111-4111-8111-111111111111')",
      '400 0x80041120',
    ],
    ['ora_AccountId/ora_account_tree/any()', '400 0x80060888'],
    ['ora_AccountId/any()', '400 0x0'],
    ["ownerid/fullname eq 'x'", '501 NotEmulated'],
    ['nosuch/any()', '400 0x0'],
  ])('refuses %s with %s', async (text, refusal) => {
    const { refusal: found } = await platform.call('GET', `ora_trees?$filter=${encodeURIComponent(text)}`);
    expect(found).toBe(refusal);
  });
});

describe('$orderby, $top, pages and counts', () => {
  test('a lookup sorts by the name of its target, nulls first', async () => {
    expect(await names('$orderby=ora_AccountId/name desc,ora_name')).toEqual(['Gamma 100%', 'Alpha', 'beta', "O'Hara"]);
    expect(await names('$orderby=_ora_accountid_value,ora_name')).toEqual(["O'Hara", 'Alpha', 'beta', 'Gamma 100%']);
  });

  test('pages follow each other without loss or repeat until the last, which has no next link', async () => {
    const headers = { Prefer: 'odata.maxpagesize=3' };
    const first = await platform.call('GET', 'ora_trees?$select=ora_name&$orderby=ora_height desc&$count=true', {
      headers,
    });
    expect(first.body['@odata.count']).toBe(4);
    expect(first.headers['Preference-Applied']).toBe('odata.maxpagesize=3');
    const second = await platform.call('GET', first.body['@odata.nextLink'], { headers });
    expect(second.body['@odata.nextLink']).toBeUndefined();
    const found = [...first.body.value, ...second.body.value].map((row: { ora_name: string }) => row.ora_name);
    expect(found).toEqual(['beta', 'Alpha', "O'Hara", 'Gamma 100%']);
  });

  test('$top ends the answer without a next link, whatever the page size', async () => {
    const { body } = await platform.call('GET', 'ora_trees?$top=2', { headers: { Prefer: 'odata.maxpagesize=1' } });
    expect(body.value).toHaveLength(2);
    expect(body['@odata.nextLink']).toBeUndefined();
  });

  test('counts are plain text after a byte order mark, or an annotation', async () => {
    const { text, headers } = await platform.call('GET', 'ora_trees/$count?$filter=ora_height ne null');
    expect([text, headers['Content-Type']]).toEqual(['\uFEFF3', 'text/plain']);
    const prefer = { Prefer: 'odata.include-annotations="Microsoft.Dynamics.CRM.*"' };
    const { body } = await platform.call('GET', 'ora_trees?$count=true&$top=1', { headers: prefer });
    expect(body).toMatchObject({
      '@odata.count': 4,
      '@Microsoft.Dynamics.CRM.totalrecordcount': 4,
      '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded': false,
    });
  });

  test.each(['$top=-1', '$top=x', '$count=maybe', '$skiptoken=nonsense', '$orderby=ora_name sideways'])(
    'refuses %s',
    async (query) => {
      expect((await platform.call('GET', `ora_trees?${query}`)).refusal).toBe('400 0x80060888');
    },
  );
});

describe('$select and annotations', () => {
  test('the key and the currency of money come along', async () => {
    const { body } = await platform.call('GET', `accounts(${oaks})?$select=creditlimit`);
    const own = ['creditlimit', '_transactioncurrencyid_value', 'accountid'];
    expect(new Set(Object.keys(body))).toEqual(new Set(['@odata.context', '@odata.etag', ...own]));
  });

  test('a navigation property selects nothing, an unknown one is refused', async () => {
    const { body } = await platform.call('GET', `accounts(${oaks})?$select=name,primarycontactid`);
    expect(new Set(Object.keys(body))).toEqual(new Set(['@odata.context', '@odata.etag', 'name', 'accountid']));
    expect((await platform.call('GET', 'accounts?$select=Name')).refusal).toBe('400 0x0');
  });

  test('come only when asked for, before what they describe', async () => {
    const headers = { Prefer: 'odata.include-annotations="*"' };
    const { body } = await platform.call('GET', `accounts(${oaks})?$select=creditlimit,_ownerid_value`, { headers });
    const keys = Object.keys(body);
    expect(keys.indexOf('creditlimit@OData.Community.Display.V1.FormattedValue') + 1).toBe(keys.indexOf('creditlimit'));
    expect(body).toMatchObject({
      'creditlimit@OData.Community.Display.V1.FormattedValue': '$20,000.00',
      '_ownerid_value@OData.Community.Display.V1.FormattedValue': 'SYSTEM',
      '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'systemuser',
    });
    const narrow = { Prefer: 'odata.include-annotations="Microsoft.Dynamics.CRM.lookuplogicalname"' };
    const { body: few } = await platform.call('GET', `accounts(${oaks})?$select=_ownerid_value`, { headers: narrow });
    expect(Object.keys(few).filter((key) => key.startsWith('_ownerid_value@'))).toEqual([
      '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname',
    ]);
  });

  test('are written in the language, culture and zone of the user', async () => {
    platform.dataverse.addUser({ email: 'hans@orchard.example', fullName: 'Hans', roles: ['System Administrator'] });
    const { body: who } = await platform.call('GET', 'WhoAmI', { as: 'hans@orchard.example' });
    const settings = { localeid: 1031, timezonecode: 110 };
    const changed = await platform.call('PATCH', `usersettingscollection(${who.UserId})`, { body: settings });
    expect(changed.status).toBe(204);
    const { body } = await platform.call(
      'GET',
      "ora_trees?$select=ora_seen,ora_planted&$filter=ora_name eq 'beta' or ora_name eq 'Alpha'&$orderby=ora_name",
      {
        as: 'hans@orchard.example',
        headers: { Prefer: 'odata.include-annotations="*"' },
      },
    );
    const shown = (row: Record<string, unknown>, name: string) =>
      row[`${name}@OData.Community.Display.V1.FormattedValue`];
    expect(shown(body.value[0], 'ora_planted')).toBe('1.5.2020');
    expect(shown(body.value[1], 'ora_seen')).toBe('1.1.2026 11:00');
    expect(body.value[1].ora_seen).toBe('2026-01-01T10:00:00Z');
  });
});

describe('$expand', () => {
  test('a lookup gives the row or null, a collection the rows and a link', async () => {
    const { body } = await platform.call(
      'GET',
      'accounts?$select=name&$orderby=name&$expand=primarycontactid($select=fullname),ora_account_tree($select=ora_name;$filter=ora_height gt 5;$orderby=ora_height desc;$top=1)',
    );
    expect(body.value).toMatchObject([
      {
        name: 'Oak & Sons',
        primarycontactid: null,
        ora_account_tree: [{ ora_name: 'beta', _ora_accountid_value: oaks }],
      },
      { name: 'Pïne Ltd', primarycontactid: null, ora_account_tree: [] },
    ]);
    const link = body.value[0]['ora_account_tree@odata.nextLink'];
    expect(link).toContain(`${base}/accounts(${oaks})/ora_account_tree?`);
    const followed = await platform.call('GET', link);
    expect(followed.body.value.map((row: { ora_name: string }) => row.ora_name)).toEqual(['beta']);
  });

  test('asks once a navigation, however many rows there are', async () => {
    const asked: string[] = [];
    const { line } = platform.database;
    platform.database.line = (sql, parameters) => (asked.push(sql), line(sql, parameters));
    await platform.call('GET', 'accounts?$select=name&$expand=ora_account_tree($select=ora_name)');
    platform.database.line = line;
    expect(asked.filter((sql) => / from "(account|ora_tree)"/.test(sql))).toHaveLength(2);
  });

  test('the owner has an id and a kind, a reference an address', async () => {
    const { body } = await platform.call(
      'GET',
      `accounts(${oaks})?$select=name&$expand=ownerid($select=ownerid),owninguser($select=fullname)`,
    );
    expect(body.ownerid).toMatchObject({ '@odata.type': '#Microsoft.Dynamics.CRM.systemuser' });
    expect(body.owninguser.fullname).toBe('SYSTEM');
    const tree = await platform.call(
      'GET',
      "ora_trees?$select=ora_name&$filter=ora_name eq 'Alpha'&$expand=ora_AccountId/$ref",
    );
    expect(tree.body.value[0].ora_AccountId).toEqual({ '@odata.id': `${base}/accounts(${oaks})` });
  });

  const fifteen = Array.from({ length: 16 }, () => 'ora_AccountId').join(',');
  test.each([
    ['nosuch', '400 0x0'],
    ['ora_AccountId($select=nosuch)', '400 0x0'],
    ['ora_AccountId($count=true)', '400 0x80060888'],
    ['ora_AccountId($top=1)', '400 0x80060888'],
    ['ora_AccountId($expand=ora_account_tree($orderby=ora_name))', '400 0x80060888'],
    ['ora_tree_basket($expand=ora_tree_basket)', '400 0x80060888'],
    ['ora_tree_basket,ora_AccountId', '400 0x80060888'],
    ['ora_AccountId(', '400 0x80060888'],
    ['ora_tree_basket/$ref', '400 0x80060888'],
    [fifteen, '400 0x80060888'],
  ])('refuses %s', async (text, refusal) => {
    expect((await platform.call('GET', `ora_trees?$expand=${text}`)).refusal).toBe(refusal);
  });
});

describe('fetchXml', () => {
  const fetch = (inner: string, attributes = '') =>
    platform.call(
      'GET',
      `ora_trees?fetchXml=${encodeURIComponent(`<fetch ${attributes}><entity name="ora_tree">${inner}</entity></fetch>`)}`,
      {
        headers: { Prefer: 'odata.include-annotations="*"' },
      },
    );

  test('omits nulls, names columns of links by their alias', async () => {
    const link =
      '<link-entity name="account" from="accountid" to="ora_accountid" alias="a" link-type="outer"><attribute name="name" /></link-entity>';
    const { body } = await fetch(
      `<attribute name="ora_name" /><attribute name="ora_height" /><order attribute="ora_name" />${link}`,
    );
    expect(body.value[0]).toMatchObject({ ora_name: 'Alpha', ora_height: 10, 'a.name': 'Oak & Sons' });
    expect(Object.keys(body.value[2])).not.toContain('ora_height');
    expect(Object.keys(body.value[3])).not.toContain('a.name');
  });

  test('gives key, lookup and annotations under the alias of an attribute', async () => {
    const { body } = await fetch(
      '<attribute name="ora_accountid" alias="who" /><filter><condition attribute="ora_name" operator="eq" value="alpha" /></filter>',
    );
    expect(body.value[0]).toMatchObject({ who: oaks, 'who@OData.Community.Display.V1.FormattedValue': 'Oak & Sons' });
  });

  test('pages with a cookie on every page but the last', async () => {
    const first = await fetch(
      '<attribute name="ora_name" /><order attribute="ora_name" />',
      'count="3" page="1" returntotalrecordcount="true"',
    );
    expect(first.body['@odata.count']).toBe(4);
    expect(first.body['@Microsoft.Dynamics.CRM.morerecords']).toBe(true);
    expect(first.body['@Microsoft.Dynamics.CRM.fetchxmlpagingcookie']).toMatch(
      /^<cookie pagenumber="2" pagingcookie="%253Ccookie/,
    );
    const second = await fetch('<attribute name="ora_name" /><order attribute="ora_name" />', 'count="3" page="2"');
    expect(second.body.value).toHaveLength(1);
    expect(second.body['@Microsoft.Dynamics.CRM.fetchxmlpagingcookie']).toBeUndefined();
  });

  test.each([
    ['<fetch><entity name="account" /></fetch>', '400 0x80060888'],
    ['<fetch><entity name="nosuch" /></fetch>', '400 0x80041102'],
    ['<fetch><entity name="ora_tree"><attribute name="nosuch" /></entity></fetch>', '400 0x80041103'],
    ['<fetch', '400 0x80040303'],
    ['<!DOCTYPE x [<!ENTITY e "x">]><fetch><entity name="ora_tree" /></fetch>', '400 0x80040303'],
  ])('refuses %s', async (xml, refusal) => {
    expect((await platform.call('GET', `ora_trees?fetchXml=${encodeURIComponent(xml)}`)).refusal).toBe(refusal);
  });

  test('a saved view runs by its id, on its own table only', async () => {
    const row = {
      name: 'Tall',
      querytype: 0,
      returnedtypecode: 'ora_tree',
      fetchxml:
        '<fetch><entity name="ora_tree"><attribute name="ora_name" /><filter><condition attribute="ora_height" operator="gt" value="15" /></filter></entity></fetch>',
    };
    const id = await platform.create('savedqueries', row);
    const { body } = await platform.call('GET', `ora_trees?savedQuery=${id}`);
    expect(body.value.map((one: { ora_name: string }) => one.ora_name)).toEqual(['beta']);
    expect((await platform.call('GET', `accounts?savedQuery=${id}`)).refusal).toBe('400 0x80060888');
    expect((await platform.call('GET', `ora_trees?userQuery=${id}`)).refusal).toBe('404 0x80040217');
  });
});
