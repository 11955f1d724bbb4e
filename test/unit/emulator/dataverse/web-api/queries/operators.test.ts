import { conditionOperators } from '../../../../../../emulator/query/index.ts';
import { aDataverse, type TestDataverse } from '../../../../../support/a-dataverse.ts';
import { orchard } from '../../orchard.ts';

/** Now is Friday 2026-01-02T03:04:05Z. */
const seen: Readonly<Record<string, string | undefined>> = {
  a: '2023-06-15T12:00:00Z',
  b: '2024-12-31T23:00:00Z',
  c: '2025-01-15T00:00:00Z',
  d: '2025-10-01T00:00:00Z',
  e: '2025-12-02T10:00:00Z',
  f: '2025-12-24T10:00:00Z',
  g: '2025-12-28T05:00:00Z',
  h: '2026-01-01T10:00:00Z',
  i: '2026-01-02T02:30:00Z',
  j: '2026-01-02T03:34:05Z',
  k: '2026-01-03T10:00:00Z',
  l: '2026-01-05T10:00:00Z',
  m: '2026-02-10T10:00:00Z',
  n: '2026-05-01T10:00:00Z',
  o: '2027-03-01T10:00:00Z',
  z: undefined,
};
const heights: Readonly<Record<string, number>> = { a: 5, b: 10, c: 20 };
const flavours: Readonly<Record<string, string>> = { a: '1,9', b: '1', c: '2' };

let platform: TestDataverse;
let accounts: Record<'root' | 'child' | 'leaf' | 'other', string>;

beforeAll(async () => {
  platform = await aDataverse(orchard);
  const create = (name: string, parent?: string) =>
    platform.create(
      'accounts',
      parent === undefined ? { name } : { name, 'parentaccountid@odata.bind': `accounts(${parent})` },
    );
  const root = await create('root');
  const child = await create('child', root);
  accounts = { root, child, leaf: await create('leaf', child), other: await create('other') };
  for (const [name, date] of Object.entries(seen)) {
    await platform.create('ora_trees', {
      ora_name: name,
      ora_seen: date ?? null,
      ora_planted: date?.slice(0, 10) ?? null,
      ora_height: heights[name] ?? null,
      ora_flavours: flavours[name] ?? null,
      ora_ripeness: name < 'c' ? 472190000 : 472190001,
      'ora_AccountId@odata.bind': name < 'c' ? `accounts(${root})` : null,
    });
  }
});
afterAll(() => platform.close());

const everyone = Object.keys(seen).join('');
const but = (text: string) => [...everyone].filter((name) => !text.includes(name)).join('');

async function namesOf(query: string): Promise<string> {
  const { status, body, text } = await platform.call('GET', `ora_trees?${query}`);
  if (status !== 200) throw new Error(text);
  return body.value.map((row: { ora_name: string }) => row.ora_name).join('');
}

const conditionXml = (column: string, operator: string, values: readonly (string | number)[]) =>
  `<condition attribute="${column}" operator="${operator}">${values.map((value) => `<value>${value}</value>`).join('')}</condition>`;
const byFetch = (condition: string) =>
  namesOf(
    `fetchXml=${encodeURIComponent(`<fetch><entity name="ora_tree"><attribute name="ora_name"/><order attribute="ora_name"/><filter>${condition}</filter></entity></fetch>`)}`,
  );
const byFilter = (text: string) => namesOf(`$select=ora_name&$orderby=ora_name&$filter=${encodeURIComponent(text)}`);

const many = new Set(['In', 'NotIn', 'Between', 'NotBetween', 'ContainValues', 'DoesNotContainValues']);

function functionText(name: string, column: string, values: readonly (string | number)[]): string {
  const quoted = (value: string | number) => (typeof value === 'number' ? String(value) : `'${value}'`);
  const given = many.has(name)
    ? [`PropertyValues=[${values.map((value) => JSON.stringify(String(value))).join(',')}]`]
    : values.map((value, index) => `PropertyValue${values.length > 1 ? index + 1 : ''}=${quoted(value)}`);
  return `Microsoft.Dynamics.CRM.${name}(${[`PropertyName='${column}'`, ...given].join(',')})`;
}

type Case = readonly [operator: string, column: string, values: readonly (string | number)[], rows: string];

/** Source: reference/operators of FetchXML, and the query functions of the Web API, one to one. */
const cases: readonly Case[] = [
  ['eq', 'ora_name', ['A'], 'a'],
  ['ne', 'ora_height', [5], but('a')],
  ['neq', 'ora_height', [5], but('a')],
  ['gt', 'ora_height', [5], 'bc'],
  ['ge', 'ora_height', [10], 'bc'],
  ['lt', 'ora_height', [20], 'ab'],
  ['le', 'ora_height', [10], 'ab'],
  ['like', 'ora_name', ['[a-c]'], 'abc'],
  ['not-like', 'ora_name', ['[^a]'], 'a'],
  ['begins-with', 'ora_name', ['A'], 'a'],
  ['not-begin-with', 'ora_name', ['a'], but('a')],
  ['ends-with', 'ora_name', ['B'], 'b'],
  ['not-end-with', 'ora_name', ['b'], but('b')],
  ['null', 'ora_seen', [], 'z'],
  ['not-null', 'ora_seen', [], but('z')],
  ['in', 'ora_height', [5, 20], 'ac'],
  ['not-in', 'ora_height', [5, 20], but('ac')],
  ['between', 'ora_height', [5, 10], 'ab'],
  ['not-between', 'ora_height', [6, 19], 'ac'],
  ['contain-values', 'ora_flavours', [9, 2], 'ac'],
  ['not-contain-values', 'ora_flavours', [1], but('ab')],
  ['eq-userid', 'ownerid', [], everyone],
  ['ne-userid', 'ownerid', [], ''],
  ['eq-businessid', 'owningbusinessunit', [], everyone],
  ['ne-businessid', 'owningbusinessunit', [], ''],
  ['eq-userteams', 'ownerid', [], ''],
  ['eq-useroruserteams', 'ownerid', [], everyone],
  ['eq-useroruserhierarchy', 'ownerid', [], everyone],
  ['eq-useroruserhierarchyandteams', 'ownerid', [], everyone],
  ['today', 'ora_seen', [], 'ij'],
  ['yesterday', 'ora_seen', [], 'h'],
  ['tomorrow', 'ora_seen', [], 'k'],
  ['last-seven-days', 'ora_seen', [], 'ghi'],
  ['next-seven-days', 'ora_seen', [], 'jkl'],
  ['last-week', 'ora_seen', [], 'f'],
  ['this-week', 'ora_seen', [], 'ghijk'],
  ['next-week', 'ora_seen', [], 'l'],
  ['last-month', 'ora_seen', [], 'efg'],
  ['this-month', 'ora_seen', [], 'hijkl'],
  ['next-month', 'ora_seen', [], 'm'],
  ['last-year', 'ora_seen', [], 'cdefg'],
  ['this-year', 'ora_seen', [], 'hijklmn'],
  ['next-year', 'ora_seen', [], 'o'],
  ['last-x-hours', 'ora_seen', [1], 'i'],
  ['next-x-hours', 'ora_seen', [1], 'j'],
  ['last-x-days', 'ora_seen', [2], 'hi'],
  ['next-x-days', 'ora_seen', [2], 'jk'],
  ['last-x-weeks', 'ora_seen', [1], 'ghi'],
  ['next-x-weeks', 'ora_seen', [1], 'jkl'],
  ['last-x-months', 'ora_seen', [1], 'efghi'],
  ['next-x-months', 'ora_seen', [2], 'jklm'],
  ['last-x-years', 'ora_seen', [1], 'cdefghi'],
  ['next-x-years', 'ora_seen', [1], 'jklmn'],
  ['olderthan-x-minutes', 'ora_seen', [10], 'abcdefghi'],
  ['olderthan-x-hours', 'ora_seen', [24], 'abcdefg'],
  ['olderthan-x-days', 'ora_seen', [10], 'abcde'],
  ['olderthan-x-weeks', 'ora_seen', [1], 'abcdef'],
  ['olderthan-x-months', 'ora_seen', [3], 'abcd'],
  ['olderthan-x-years', 'ora_seen', [1], 'ab'],
  ['on', 'ora_seen', ['2026-01-01'], 'h'],
  ['on-or-after', 'ora_seen', ['2026-01-03'], 'klmno'],
  ['on-or-before', 'ora_seen', ['2025-01-15'], 'abc'],
  ['this-fiscal-year', 'ora_seen', [], 'hijklmn'],
  ['last-fiscal-year', 'ora_seen', [], 'cdefg'],
  ['next-fiscal-year', 'ora_seen', [], 'o'],
  ['this-fiscal-period', 'ora_seen', [], 'hijklm'],
  ['last-fiscal-period', 'ora_seen', [], 'defg'],
  ['next-fiscal-period', 'ora_seen', [], 'n'],
  ['last-x-fiscal-years', 'ora_seen', [2], 'bcdefg'],
  ['next-x-fiscal-years', 'ora_seen', [1], 'o'],
  ['last-x-fiscal-periods', 'ora_seen', [2], 'defg'],
  ['next-x-fiscal-periods', 'ora_seen', [4], 'no'],
  ['in-fiscal-year', 'ora_seen', [2025], 'cdefg'],
  ['in-fiscal-period', 'ora_seen', [1], 'chijklmo'],
  ['in-fiscal-period-and-year', 'ora_seen', [4, 2024], 'b'],
  ['in-or-before-fiscal-period-and-year', 'ora_seen', [4, 2024], 'ab'],
  ['in-or-after-fiscal-period-and-year', 'ora_seen', [2, 2026], 'no'],
  // Columns that hold days only: today has begun.
  ['today', 'ora_planted', [], 'ij'],
  ['last-x-days', 'ora_planted', [2], 'hij'],
  ['on', 'ora_planted', ['2026-01-01'], 'h'],
];

const functionOf = (name: string) => conditionOperators.find((one) => one.name === name)?.odata;

describe('condition operators', () => {
  test.each(cases)('%s on %s with %j finds %s', async (operator, column, values, rows) => {
    expect(await byFetch(conditionXml(column, operator, values))).toBe(rows);
  });

  test.each(cases.filter(([operator]) => functionOf(operator) !== undefined))(
    'the query function of %s on %s with %j finds %s',
    async (operator, column, values, rows) => {
      expect(await byFilter(functionText(functionOf(operator)!, column, values))).toBe(rows);
    },
  );

  type Level = 'root' | 'child' | 'leaf' | 'other';
  test.each<readonly [string, Level, readonly Level[]]>([
    ['above', 'leaf', ['child', 'root']],
    ['eq-or-above', 'leaf', ['child', 'leaf', 'root']],
    ['under', 'root', ['child', 'leaf']],
    ['eq-or-under', 'child', ['child', 'leaf']],
    ['not-under', 'root', ['other', 'root']],
  ])('%s %s finds %j, as query function too', async (operator, of, expected) => {
    const condition = conditionXml('accountid', operator, [accounts[of]]);
    const fetch = `<fetch><entity name="account"><attribute name="name"/><order attribute="name"/><filter>${condition}</filter></entity></fetch>`;
    const filter = functionText(functionOf(operator)!, 'accountid', [accounts[of]]);
    for (const query of [
      `fetchXml=${encodeURIComponent(fetch)}`,
      `$orderby=name&$filter=${encodeURIComponent(filter)}`,
    ]) {
      const { body } = await platform.call('GET', `accounts?${query}`);
      expect(body.value.map(({ name }: { name: string }) => name)).toEqual(expected);
    }
  });

  test('weeks begin on the day the organisation names', async () => {
    platform.database.run('update organization set weekstartdaycode = 5');
    const found = [
      await byFetch(conditionXml('ora_seen', 'last-week', [])),
      await byFetch(conditionXml('ora_seen', 'this-week', [])),
    ];
    platform.database.run('update organization set weekstartdaycode = 0');
    expect(found).toEqual(['gh', 'ijkl']);
  });

  test('under on a lookup means the row it points at', async () => {
    expect(await byFetch(conditionXml('ora_accountid', 'eq-or-under', [accounts.root]))).toBe('ab');
    expect(await byFetch(conditionXml('ora_accountid', 'under', [accounts.root]))).toBe('');
  });

  test('eq-userlanguage compares with the language of the user', async () => {
    const { body: who } = await platform.call('GET', 'WhoAmI');
    await platform.call('PATCH', `usersettingscollection(${who.UserId})`, { body: { uilanguageid: 1031 } });
    const filter = "Microsoft.Dynamics.CRM.EqualUserLanguage(PropertyName='uilanguageid')";
    const { body } = await platform.call('GET', `usersettingscollection?$select=uilanguageid&$filter=${filter}`);
    expect(body.value.map(({ uilanguageid }: { uilanguageid: number }) => uilanguageid)).toEqual([1031]);
    await platform.call('PATCH', `usersettingscollection(${who.UserId})`, { body: { uilanguageid: 1033 } });
  });

  test('every operator has a case', () => {
    const elsewhere = ['above', 'eq-or-above', 'under', 'eq-or-under', 'not-under', 'eq-userlanguage'];
    const tested = new Set([...cases.map(([operator]) => operator), ...elsewhere]);
    expect(conditionOperators.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual([]);
  });

  test('a pattern on a choice means its label, on a lookup the name of its row', async () => {
    expect(await byFetch(conditionXml('ora_ripeness', 'like', ['gr%']))).toBe('ab');
    expect(await byFetch(conditionXml('ora_ripeness', 'not-begin-with', ['gr']))).toBe(but('ab'));
    expect(await byFetch(conditionXml('ora_accountid', 'ends-with', ['OOT']))).toBe('ab');
    expect(await byFetch(conditionXml('ora_accountid', 'not-like', ['ro%']))).toBe(but('ab'));
  });

  test.each([
    ['today', 'ora_name', []],
    ['last-x-hours', 'ora_planted', [1]],
    ['olderthan-x-minutes', 'ora_planted', [1]],
    ['contain-values', 'ora_name', [1]],
    ['under', 'ora_treeid', ['11111111-1111-4111-8111-111111111111']],
  ])('%s does not apply to %s', async (operator, column, values) => {
    const fetch = byFetch(conditionXml(column, operator, values));
    await expect(fetch).rejects.toThrow(/0x80041120.*does not apply to the column/);
    await expect(byFilter(functionText(functionOf(operator)!, column, values))).rejects.toThrow('0x80041120');
  });
});

describe("the user's time zone", () => {
  const zone = async (code: number) => {
    const { body: who } = await platform.call('GET', 'WhoAmI');
    await platform.call('PATCH', `usersettingscollection(${who.UserId})`, { body: { timezonecode: code } });
  };
  beforeAll(() => zone(35));
  afterAll(() => zone(92));

  test('decides what today is: in New York it is still the evening of 1 January', async () => {
    expect(await byFetch(conditionXml('ora_seen', 'today', []))).toBe('hij');
    expect(await byFetch(conditionXml('ora_seen', 'on', ['2026-01-01']))).toBe('hij');
    expect(await byFilter("Microsoft.Dynamics.CRM.Yesterday(PropertyName='ora_planted')")).toBe('');
    expect(await byFilter("Microsoft.Dynamics.CRM.Today(PropertyName='ora_planted')")).toBe('h');
  });

  test.each([
    ['', [9, 12]],
    ['usertimezone="false"', [10, 12]],
  ])('decides what rows are grouped under, %j', async (zone, expected) => {
    const attributes = `<attribute name="ora_seen" alias="month" groupby="true" dategrouping="month" ${zone}/><attribute name="ora_treeid" alias="n" aggregate="count"/>`;
    const within = conditionXml('ora_seen', 'between', ['2025-10-01T00:00:00Z', '2025-12-20T00:00:00Z']);
    const fetch = `<fetch aggregate="true"><entity name="ora_tree">${attributes}<filter>${within}</filter></entity></fetch>`;
    const { body } = await platform.call('GET', `ora_trees?fetchXml=${encodeURIComponent(fetch)}`);
    expect(body.value.map(({ month }: { month: number }) => month)).toEqual(expected);
  });
});
