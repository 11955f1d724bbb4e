/** @see https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/aggregate-data and webapi/query/aggregate-data */
import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { orchard } from '../orchard.ts';

let platform: TestDataverse;
let oaks: string;

beforeAll(async () => {
  platform = await aDataverse(orchard);
  oaks = await platform.create('accounts', { name: 'Oaks' });
  const tree = (body: object, account?: string) =>
    platform.create(
      'ora_trees',
      account === undefined ? body : { ...body, 'ora_AccountId@odata.bind': `/accounts(${account})` },
    );
  await tree(
    { ora_name: 'Ash', ora_height: 10, ora_girth: 1.1, ora_ripeness: 472190000, ora_planted: '2025-02-03' },
    oaks,
  );
  await tree(
    { ora_name: 'ASH', ora_height: 20, ora_girth: 2.2, ora_ripeness: 472190001, ora_planted: '2025-02-28' },
    oaks,
  );
  await tree({ ora_name: 'Elm', ora_height: 30, ora_girth: 3.3, ora_ripeness: 472190001, ora_planted: '2026-12-31' });
  await tree({ ora_name: 'Yew', ora_ripeness: 472190001 });
});
afterAll(() => platform.close());

const fetchGroups = async (attributes: string, more = '', fetch = '') => {
  const text = `<fetch aggregate="true" ${fetch}><entity name="ora_tree">${attributes}${more}</entity></fetch>`;
  return platform.call('GET', `ora_trees?fetchXml=${encodeURIComponent(text)}`);
};
const groupsOf = async (...given: Parameters<typeof fetchGroups>) => {
  const { status, text, body } = await fetchGroups(...given);
  if (status !== 200) throw new Error(text);
  return body.value;
};
const apply = async (text: string, headers = {}) =>
  platform.call('GET', `ora_trees?$apply=${encodeURIComponent(text)}`, { headers });

const figure = (name: string, aggregate: string, alias: string, more = '') =>
  `<attribute name="${name}" aggregate="${aggregate}" alias="${alias}" ${more}/>`;
const group = (name: string, alias: string, more = '') =>
  `<attribute name="${name}" groupby="true" alias="${alias}" ${more}/>`;

describe('FetchXML', () => {
  test('figures of all rows: nulls count for count only', async () => {
    const attributes =
      figure('ora_height', 'count', 'n') +
      figure('ora_height', 'countcolumn', 'with') +
      figure('ora_name', 'countcolumn', 'names', 'distinct="true"') +
      figure('ora_height', 'sum', 'sum') +
      figure('ora_height', 'avg', 'avg') +
      figure('ora_height', 'min', 'min') +
      figure('ora_girth', 'sum', 'girth') +
      figure('ora_planted', 'max', 'last');
    expect(await groupsOf(attributes)).toEqual([
      { n: 4, with: 3, names: 3, sum: 60, avg: 20, min: 10, girth: 6.6, last: '2026-12-31' },
    ]);
  });

  test('groups by choice, text, lookup and linked column, the null group among them', async () => {
    const n = figure('ora_treeid', 'count', 'n');
    expect(await groupsOf(group('ora_ripeness', 'r') + n)).toEqual([
      { r: 472190000, n: 1 },
      { r: 472190001, n: 3 },
    ]);
    expect(await groupsOf(group('ora_name', 'name') + n)).toEqual([
      { name: 'ASH', n: 2 },
      { name: 'Elm', n: 1 },
      { name: 'Yew', n: 1 },
    ]);
    expect(await groupsOf(group('ora_accountid', 'of') + n)).toEqual([{ n: 2 }, { of: oaks, n: 2 }]);
    const link = `<link-entity name="account" from="accountid" to="ora_accountid" link-type="inner">${group('name', 'account')}</link-entity>`;
    expect(await groupsOf(n, link)).toEqual([{ account: 'Oaks', n: 2 }]);
  });

  test.each([
    ['day', [undefined, 3, 28, 31]],
    ['week', [undefined, 6, 9, 53]],
    ['month', [undefined, 2, 12]],
    ['quarter', [undefined, 1, 4]],
    ['year', [undefined, 2025, 2026]],
    ['fiscal-year', [undefined, 2025, 2026]],
    ['fiscal-period', [undefined, 20251, 20264]],
  ])('groups by the %s of a date', async (dategrouping, expected) => {
    const attributes =
      group('ora_planted', 'at', `dategrouping="${dategrouping}"`) + figure('ora_treeid', 'count', 'n');
    const groups: { at?: number }[] = await groupsOf(attributes);
    expect(groups.map(({ at }) => at)).toEqual(expected);
  });

  test('orders by alias, filters before it groups, and pages', async () => {
    const attributes = group('ora_name', 'name') + figure('ora_height', 'sum', 'sum');
    const rest =
      '<order alias="sum" descending="true"/><filter><condition attribute="ora_height" operator="not-null"/></filter>';
    expect(await groupsOf(attributes, rest)).toEqual([
      { name: 'ASH', sum: 30 },
      { name: 'Elm', sum: 30 },
    ]);
    expect(await groupsOf(attributes, rest, 'count="1" page="2"')).toEqual([{ name: 'Elm', sum: 30 }]);
  });

  test('formats what has a format', async () => {
    const attributes = group('ora_ripeness', 'r') + group('ora_accountid', 'of') + figure('ora_height', 'sum', 'sum');
    const text = `<fetch aggregate="true"><entity name="ora_tree">${attributes}<filter><condition attribute="ora_height" operator="eq" value="10"/></filter></entity></fetch>`;
    const { body } = await platform.call('GET', `ora_trees?fetchXml=${encodeURIComponent(text)}`, {
      headers: { Prefer: 'odata.include-annotations="*"' },
    });
    const formatted = '@OData.Community.Display.V1.FormattedValue';
    expect(body.value).toEqual([
      {
        r: 472190000,
        [`r${formatted}`]: 'Green',
        of: oaks,
        [`of${formatted}`]: 'Oaks',
        'of@Microsoft.Dynamics.CRM.lookuplogicalname': 'account',
        sum: 10,
        [`sum${formatted}`]: '10',
      },
    ]);
  });

  test.each([
    ['no alias', '<attribute name="ora_name" groupby="true"/>', /needs an alias/, '0x8004110b'],
    ['an alias twice', group('ora_name', 'a') + group('ora_height', 'a'), /used twice/, '0x80041130'],
    ['neither', '<attribute name="ora_name" alias="a"/>', /neither grouped by nor aggregated/, '0x80040203'],
    ['a date without its part', group('ora_planted', 'a'), /needs a dategrouping/, '0x80040203'],
    ['a part of no date', group('ora_name', 'a', 'dategrouping="day"'), /cannot be used/, '0x80040203'],
    ['a sum of text', figure('ora_name', 'sum', 'a'), /sum is not supported for attribute of type text/, '0x8004112f'],
    ['an unknown aggregate', figure('ora_height', 'median', 'a'), /no aggregate 'median'/, '0x80040203'],
    ['an order by column', `${group('ora_name', 'a')}<order attribute="ora_name"/>`, /Use an alias/, '0x80040203'],
  ])('refuses %s', async (_what, attributes, words, code) => {
    const { status, body } = await fetchGroups(attributes);
    expect([status, body.error.code]).toEqual([400, code]);
    expect(body.error.message).toMatch(words);
  });

  test('refuses more rows than the limit, and a row aggregate among aggregates', async () => {
    const limited = await fetchGroups(figure('ora_treeid', 'count', 'n'), '', 'aggregatelimit="3"');
    expect([limited.status, limited.body.error.code]).toEqual([400, '0x8004e023']);
    const rows = await fetchGroups('<attribute name="ora_treeid" rowaggregate="CountChildren" alias="n"/>');
    expect([rows.status, rows.body.error.code]).toEqual([400, '0x80040203']);
  });
});

describe('$apply', () => {
  test.each([
    ['aggregate($count as n,ora_height with sum as sum)', [{ n: 4, sum: 60 }]],
    [
      'aggregate(ora_height with average as a,ora_height with min as b,ora_height with max as c)',
      [{ a: 20, b: 10, c: 30 }],
    ],
    ['aggregate(ora_name with countdistinct as n)', [{ n: 3 }]],
    ['groupby((ora_name))', [{ ora_name: 'ASH' }, { ora_name: 'Elm' }, { ora_name: 'Yew' }]],
    [
      "filter(ora_name ne 'x,(y)')/groupby((ora_ripeness),aggregate($count as n))",
      [
        { ora_ripeness: 472190000, n: 1 },
        { ora_ripeness: 472190001, n: 3 },
      ],
    ],
    ['groupby((ora_AccountId/name),aggregate(ora_height with sum as s))', [{ s: 30 }, { account_name: 'Oaks', s: 30 }]],
  ])('%s', async (text, expected) => {
    const { status, text: answer, body } = await apply(text);
    if (status !== 200) throw new Error(answer);
    expect(body.value).toEqual(expected);
  });

  test('groups by the value property of a lookup', async () => {
    const { body } = await apply('groupby((_ora_accountid_value),aggregate($count as n))');
    expect(body.value).toEqual([{ n: 2 }, { _ora_accountid_value: oaks, n: 2 }]);
  });

  test.each([
    'groupby((ora_planted))',
    'groupby((ora_nothing))',
    'aggregate(ora_name with sum as s)',
    'aggregate(ora_height with median as m)',
    'groupby(ora_name)',
    'groupby((ora_name),filter(ora_height gt 1))',
    'compute(ora_height mul 2 as twice)',
    'aggregate($count as n',
  ])('refuses %s', async (text) => {
    expect((await apply(text)).status).toBe(400);
  });

  test('refuses an order on an aggregate in the words of the platform', async () => {
    const { body } = await platform.call('GET', 'ora_trees?$apply=aggregate($count as n)&$orderby=n');
    expect(body.error.message).toBe('The query node SingleValueOpenPropertyAccess is not supported');
  });
});
