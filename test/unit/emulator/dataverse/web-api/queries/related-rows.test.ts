import { aDataverse, type TestDataverse } from '../../../../../support/a-dataverse.ts';
import { aColumn, anOptionSet, aTable } from '../../../../../support/solution-builder.ts';
import { orchard } from '../../orchard.ts';

let platform: TestDataverse;
const accounts: Record<string, string> = {};

beforeAll(async () => {
  const sizes = anOptionSet('ora_size', { 1: 'Small', 2: 'Middling', 3: 'Large' }, false);
  const crate = aTable('ora_Crate', { columns: aColumn('ora_Size', { type: 'picklist', more: sizes }) });
  platform = await aDataverse([...orchard, crate]);
  for (const [name, size] of Object.entries({ small: 1, middling: 2, big: 3, none: null }))
    await platform.create('ora_crates', { ora_name: name, ora_size: size });
  const account = async (name: string, parent?: string) => {
    const body =
      parent === undefined ? { name } : { name, 'parentaccountid@odata.bind': `accounts(${accounts[parent]!})` };
    accounts[name] = await platform.create('accounts', body);
  };
  await account('Forest');
  await account('Grove', 'Forest');
  await account('Alley', 'Forest');
  const tree = (name: string, owner: string, more: object) =>
    platform.create('ora_trees', {
      ora_name: name,
      'ora_AccountId@odata.bind': `accounts(${accounts[owner]!})`,
      ...more,
    });
  const [oak, elm, ash] = [
    await tree('oak', 'Grove', { ora_height: 30, ora_ripeness: 472190001 }),
    await tree('elm', 'Grove', { ora_height: 20, ora_ripeness: 472190000 }),
    await tree('ash', 'Alley', { ora_height: 10, ora_ripeness: 472190001 }),
  ];
  const pair = async (id: string, basket: string) => {
    const body = { '@odata.id': `ora_baskets(${basket})` };
    const { status, text } = await platform.call('POST', `ora_trees(${id})/ora_tree_basket/$ref`, { body });
    if (status !== 204) throw new Error(text);
  };
  const [wide, flat] = [
    await platform.create('ora_baskets', { ora_name: 'wide' }),
    await platform.create('ora_baskets', { ora_name: 'flat' }),
  ];
  await pair(oak, wide);
  await pair(oak, flat);
  await pair(elm, flat);
  expect(ash).toBeDefined();
});
afterAll(() => platform.close());

async function found(set: string, query: string, name = 'name'): Promise<unknown[]> {
  const { status, body, text } = await platform.call('GET', `${set}?${query}`);
  if (status !== 200) throw new Error(text);
  return body.value.map((row: Record<string, unknown>) => row[name]);
}
const fetched = (set: string, name: string, xml: string, attributes = '') =>
  found(set, `fetchXml=${encodeURIComponent(`<fetch ${attributes}>${xml}</fetch>`)}`, name);

describe('lambdas', () => {
  const inTree = 'Microsoft.Dynamics.CRM.In';
  test.each([
    ['over pairs, any', 'ora_trees', 'ora_tree_basket/any()', ['elm', 'oak']],
    ['over pairs, with a condition', 'ora_trees', "ora_tree_basket/any(b:b/ora_name eq 'wide')", ['oak']],
    ['over pairs, all', 'ora_trees', "ora_tree_basket/all(b:b/ora_name eq 'flat')", ['ash', 'elm']],
    ['over pairs, from the other side', 'ora_baskets', "ora_tree_basket/any(t:t/ora_name eq 'elm')", ['flat']],
    [
      'a path through a lookup',
      'ora_baskets',
      "ora_tree_basket/any(t:t/ora_AccountId/name eq 'grove')",
      ['flat', 'wide'],
    ],
    [
      'a path of two lookups',
      'ora_baskets',
      "ora_tree_basket/all(t:t/ora_AccountId/parentaccountid/name eq 'forest')",
      ['flat', 'wide'],
    ],
    [
      'a query function about its rows',
      'ora_baskets',
      `ora_tree_basket/any(t:${inTree}(PropertyName='ora_height',PropertyValues=['20']))`,
      ['flat'],
    ],
    [
      'a lambda inside that looks at the rows around',
      'ora_baskets',
      'ora_tree_basket/any(t:t/ora_tree_basket/any(b:b/ora_name ne ora_name and t/ora_height gt 20))',
      ['flat', 'wide'],
    ],
  ])('%s', async (_what, set, filter, expected) => {
    expect(await found(set, `$orderby=ora_name&$filter=${encodeURIComponent(filter)}`, 'ora_name')).toEqual(expected);
  });
});

describe('FetchXML', () => {
  const name = '<attribute name="ora_name"/>';
  const link = (inner: string) =>
    `<link-entity name="account" from="accountid" to="ora_accountid" alias="a">${inner}</link-entity>`;

  test("the entity's orders come before those of its links, wherever they stand", async () => {
    const xml = `<entity name="ora_tree">${name}${link('<order attribute="name"/>')}<order attribute="ora_ripeness" descending="true"/></entity>`;
    expect(await fetched('ora_trees', 'ora_name', xml)).toEqual(['ash', 'oak', 'elm']);
  });

  test('entityname lets an order of the entity name a column of a link', async () => {
    const xml = `<entity name="ora_tree">${name}<order entityname="a" attribute="name"/><order attribute="ora_name"/>${link('')}</entity>`;
    expect(await fetched('ora_trees', 'ora_name', xml)).toEqual(['ash', 'elm', 'oak']);
  });

  test('choices come by label, by number when asked for', async () => {
    const xml =
      '<entity name="ora_crate"><attribute name="ora_name"/><order attribute="ora_size"/><order attribute="ora_name"/></entity>';
    expect(await fetched('ora_crates', 'ora_name', xml)).toEqual(['none', 'big', 'middling', 'small']);
    expect(await fetched('ora_crates', 'ora_name', xml, 'useraworderby="true"')).toEqual([
      'none',
      'small',
      'middling',
      'big',
    ]);
    expect(await found('ora_crates', '$orderby=ora_size', 'ora_name')).toEqual(['none', 'small', 'middling', 'big']);
  });

  test('CountChildren counts the rows below each', async () => {
    const xml =
      '<entity name="account"><attribute name="name"/><attribute name="accountid" alias="below" rowaggregate="CountChildren"/><order attribute="name"/></entity>';
    expect(await fetched('accounts', 'below', xml)).toEqual([0, 2, 0]);
  });

  test('hints of the platform are accepted and change nothing', async () => {
    const hints =
      'version="1.0" mapping="logical" output-format="xml-platform" no-lock="true" latematerialize="true" options="OptimizeForUnknown"';
    const xml = `<entity name="ora_tree">${name}<order attribute="ora_name"/><filter type="or" hint="union" isquickfindfields="1"><condition attribute="ora_name" operator="like" value="%a%"/></filter></entity>`;
    expect(await fetched('ora_trees', 'ora_name', xml, hints)).toEqual(['ash', 'oak']);
  });

  const refused = async (attributes: string, inner: string) => {
    const xml = `<fetch ${attributes}><entity name="ora_tree">${inner}</entity></fetch>`;
    const { body, status } = await platform.call('GET', `ora_trees?fetchXml=${encodeURIComponent(xml)}`);
    return `${status} ${body.error?.code} ${body.error?.message}`;
  };
  const value = (operator: string, attribute: string, text: string) =>
    `<filter><condition attribute="${attribute}" operator="${operator}" value="${text}"/></filter>`;

  test.each([
    [
      'top with page',
      'top="3" page="1"',
      name,
      /^400 0x80040203 The top attribute can't be specified with paging attribute page/,
    ],
    ['top above a page', 'top="5001"', name, /^400 0x80040203/],
    ['retained rows', 'datasource="retained"', name, /^501 NotEmulated/],
    [
      'an element out of place',
      '',
      '<condition attribute="ora_name" operator="null"/>',
      /^400 0x80040303.*'condition' cannot stand in 'entity'/,
    ],
    ['an unknown element', '', '<columns/>', /^400 0x80040303/],
    ['an order by alias', '', '<order alias="x"/>', /^400 0x80041132/],
    ['an unknown operator', '', value('resembles', 'ora_name', 'x'), /^400 0x80041120/],
    ['a count that is no number', '', value('last-x-days', 'ora_seen', 'many'), /^400 0x80040203/],
    [
      'columns of two types',
      '',
      '<filter><condition attribute="ora_name" operator="eq" valueof="ora_height"/></filter>',
      /^400 0x80040203/,
    ],
    [
      'a link to an alias there is not',
      '',
      '<filter><condition entityname="zz" attribute="ora_name" operator="null"/></filter>',
      /^400 0x8004110b/,
    ],
    [
      'children of a table without any',
      '',
      '<attribute name="ora_treeid" alias="n" rowaggregate="CountChildren"/>',
      /^400 0x80040203/,
    ],
    [
      'too many values',
      '',
      `<filter><condition attribute="ora_height" operator="in">${'<value>1</value>'.repeat(2001)}</condition></filter>`,
      /^400 0x8004430e|^414/,
    ],
    ['a high page without a cookie', 'page="12" count="5000"', name, /^400 0x8004430a/],
  ])('refuses %s', async (_what, attributes, inner, words) => {
    expect(await refused(attributes, inner)).toMatch(words);
  });
});

describe('pages', () => {
  const follow = async (set: string, query: string, size: number, between: () => Promise<unknown>) => {
    const headers = { prefer: `odata.maxpagesize=${size}` };
    const first = await platform.call('GET', `${set}?${query}`, { headers });
    await between();
    const second = await platform.call('GET', first.body['@odata.nextLink'], { headers });
    return [first, second].map(({ body }) => body.value.map((row: { ora_name: string }) => row.ora_name));
  };

  test('a row added before the page already read moves nothing', async () => {
    const pages = await follow('ora_trees', '$select=ora_name&$orderby=ora_name', 2, () =>
      platform.create('ora_trees', { ora_name: 'aaa' }),
    );
    expect(pages).toEqual([['ash', 'elm'], ['oak']]);
    const [{ ora_treeid: id }] = (await platform.call('GET', "ora_trees?$filter=ora_name eq 'aaa'")).body.value;
    const back = await follow('ora_trees', '$select=ora_name&$orderby=ora_name', 2, () =>
      platform.call('DELETE', `ora_trees(${id})`),
    );
    expect(back).toEqual([
      ['aaa', 'ash'],
      ['elm', 'oak'],
    ]);
  });

  test('the count is of all pages', async () => {
    const headers = { prefer: 'odata.maxpagesize=2' };
    const first = await platform.call('GET', 'ora_trees?$count=true', { headers });
    const second = await platform.call('GET', first.body['@odata.nextLink'], { headers });
    expect([first.body['@odata.count'], second.body['@odata.count']]).toEqual([3, 3]);
  });

  test('a FetchXML page begins behind the row its cookie names', async () => {
    const page = async (attributes: string) => {
      const xml = `<fetch count="1" ${attributes}><entity name="ora_tree"><attribute name="ora_name"/><order attribute="ora_height" descending="true"/></entity></fetch>`;
      const headers = { prefer: 'odata.include-annotations="*"' };
      const { body, status } = await platform.call('GET', `ora_trees?fetchXml=${encodeURIComponent(xml)}`, { headers });
      return {
        status,
        code: body.error?.code,
        names: body.value?.map((row: { ora_name: string }) => row.ora_name),
        cookie: body['@Microsoft.Dynamics.CRM.fetchxmlpagingcookie'],
      };
    };
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
    const first = await page('page="1"');
    const cookie = decodeURIComponent(decodeURIComponent(/pagingcookie="([^"]*)"/.exec(first.cookie)![1]!));
    const id = await platform.create('ora_trees', { ora_name: 'tall', ora_height: 100 });
    const second = await page(`page="2" paging-cookie="${escaped(cookie)}"`);
    await platform.call('DELETE', `ora_trees(${id})`);
    expect([first.names, second.names]).toEqual([['oak'], ['elm']]);
    expect((await page('page="2" paging-cookie="nonsense"')).code).toBe('0x8004112a');
    expect((await page(`page="2" paging-cookie="${escaped('<cookie page="1"></cookie>')}"`)).code).toBe('0x80041129');
  });
});

test('names of lookups are read once a table, however many rows there are', async () => {
  const asked: string[] = [];
  const all = platform.database.all.bind(platform.database);
  const one = platform.database.get.bind(platform.database);
  const line = platform.database.line.bind(platform.database);
  const spies = [
    jest.spyOn(platform.database, 'all').mockImplementation((sql, values) => (asked.push(sql), all(sql, values))),
    jest.spyOn(platform.database, 'line').mockImplementation((sql, values) => (asked.push(sql), line(sql, values))),
    jest.spyOn(platform.database, 'get').mockImplementation((sql, values) => (asked.push(sql), one(sql, values))),
  ];
  const headers = { prefer: 'odata.include-annotations="*"' };
  const { body } = await platform.call('GET', 'ora_trees?$select=ora_name,_ora_accountid_value', { headers });
  spies.forEach((spy) => spy.mockRestore());
  expect(body.value).toHaveLength(3);
  expect(asked.filter((sql) => / from "account"/.test(sql))).toHaveLength(1);
});

test('a parameter alias without a value is null', async () => {
  expect(await found('ora_trees', '$filter=ora_height eq @p', 'ora_name')).toEqual([]);
  expect(await found('ora_trees', '$orderby=ora_name&$filter=ora_height ne @p', 'ora_name')).toEqual([
    'ash',
    'elm',
    'oak',
  ]);
});

describe('$expand below $expand', () => {
  const query =
    'accounts?$select=name&$orderby=name&$expand=ora_account_tree($select=ora_name;$expand=ora_AccountId($select=name))';

  test('pages every collection, and its link leads on', async () => {
    const headers = { prefer: 'odata.maxpagesize=1' };
    const { body } = await platform.call('GET', `${query}&$filter=name eq 'Grove'`, { headers });
    const [grove] = body.value;
    const next = await platform.call('GET', grove['ora_account_tree@odata.nextLink'], { headers });
    const names = [...grove.ora_account_tree, ...next.body.value].map(({ ora_name }: { ora_name: string }) => ora_name);
    expect(names.sort()).toEqual(['elm', 'oak']);
    expect(next.body.value[0].ora_AccountId.name).toBe('Grove');
    expect(next.body['@odata.nextLink']).toBeUndefined();
  });

  test('has no link where all rows are there', async () => {
    const { body } = await platform.call('GET', query);
    expect(body.value.map((row: object) => Object.keys(row).some((key) => key.endsWith('nextLink')))).toEqual([
      false,
      false,
      false,
    ]);
  });
});

test('a link to many rows has no cookie: pages are asked for by number, and lose no row', async () => {
  const account = await platform.create('accounts', { name: 'Two trees' });
  for (const name of ['twin a', 'twin b'])
    await platform.create('ora_trees', { ora_name: name, 'ora_AccountId@odata.bind': `accounts(${account})` });
  const link =
    '<link-entity name="ora_tree" from="ora_accountid" to="accountid" alias="t"><attribute name="ora_name"/></link-entity>';
  const headers = { prefer: 'odata.include-annotations="*"' };
  const read = async (page: number) => {
    const fetch = `<fetch count="1" page="${page}"><entity name="account"><attribute name="name"/>${link}<filter><condition attribute="accountid" operator="eq" value="${account}"/></filter></entity></fetch>`;
    return (await platform.call('GET', `accounts?fetchXml=${encodeURIComponent(fetch)}`, { headers })).body;
  };
  const [first, second] = [await read(1), await read(2)];
  expect(first).toMatchObject({ '@Microsoft.Dynamics.CRM.morerecords': true });
  expect(first).not.toHaveProperty(['@Microsoft.Dynamics.CRM.fetchxmlpagingcookie']);
  expect([first, second].map((page) => page.value[0]['t.ora_name']).sort()).toEqual(['twin a', 'twin b']);
});
