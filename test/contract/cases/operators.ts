import { one, type ContractCase } from '../contract-case.ts';
import { dayOffsets } from '../target/seed.ts';
import { frozenAt } from '../target/target.ts';

const functions = 'dev webapi/reference/queryfunctions';
const operators = 'dev fetchxml/reference/operators';

/** Number of a quarter since year 0. */
const quarter = (at: Date) => at.getUTCFullYear() * 4 + Math.floor(at.getUTCMonth() / 3);
const month = (at: Date) => at.getUTCFullYear() * 12 + at.getUTCMonth();
const year = (at: Date) => at.getUTCFullYear();
const day = (at: Date) => Math.floor(at.getTime() / 86_400_000);
/** Weeks begin on Sunday; day 0 was a Thursday. */
const week = (at: Date) => Math.floor((day(at) + 4) / 7);
const hours = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 3_600_000;
const startOfDay = (at: Date) => new Date(Math.floor(at.getTime() / 86_400_000) * 86_400_000);
const addDays = (at: Date, days: number) => new Date(at.getTime() + days * 86_400_000);
function addMonths(at: Date, months: number): Date {
  const moved = new Date(at);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  return moved;
}

type Test = (at: Date, now: Date) => boolean;
const isPast: Test = (at, now) => at <= now;
const same =
  (unit: (at: Date) => number, shift: number): Test =>
  (at, now) =>
    unit(at) === unit(now) + shift;
const since =
  (from: (now: Date) => Date): Test =>
  (at, now) =>
    at >= startOfDay(from(now)) && isPast(at, now);
const until =
  (to: (now: Date) => Date): Test =>
  (at, now) =>
    at > now && at < addDays(startOfDay(to(now)), 1);
const between =
  (unit: (at: Date) => number, from: number, to: number): Test =>
  (at, now) =>
    unit(at) - unit(now) >= from && unit(at) - unit(now) <= to;

/** Operator, query function, values, and which dates it means; columns of date and time. */
const dates: readonly (readonly [operator: string, odata: string, values: readonly number[], means: Test])[] = [
  ['today', 'Today', [], same(day, 0)],
  ['yesterday', 'Yesterday', [], same(day, -1)],
  ['tomorrow', 'Tomorrow', [], same(day, 1)],
  ['last-seven-days', 'Last7Days', [], since((now) => addDays(now, -7))],
  ['next-seven-days', 'Next7Days', [], until((now) => addDays(now, 7))],
  ['last-week', 'LastWeek', [], same(week, -1)],
  ['this-week', 'ThisWeek', [], same(week, 0)],
  ['next-week', 'NextWeek', [], same(week, 1)],
  ['last-month', 'LastMonth', [], same(month, -1)],
  ['this-month', 'ThisMonth', [], same(month, 0)],
  ['next-month', 'NextMonth', [], same(month, 1)],
  ['last-year', 'LastYear', [], same(year, -1)],
  ['this-year', 'ThisYear', [], same(year, 0)],
  ['next-year', 'NextYear', [], same(year, 1)],
  ['last-x-hours', 'LastXHours', [3], (at, now) => isPast(at, now) && hours(at, now) < 3],
  ['next-x-hours', 'NextXHours', [3], (at, now) => at > now && hours(now, at) < 3],
  ['last-x-days', 'LastXDays', [6], since((now) => addDays(now, -6))],
  ['next-x-days', 'NextXDays', [6], until((now) => addDays(now, 6))],
  ['last-x-weeks', 'LastXWeeks', [2], since((now) => addDays(now, -14))],
  ['next-x-weeks', 'NextXWeeks', [2], until((now) => addDays(now, 14))],
  ['last-x-months', 'LastXMonths', [2], since((now) => addMonths(now, -2))],
  ['next-x-months', 'NextXMonths', [2], until((now) => addMonths(now, 2))],
  ['last-x-years', 'LastXYears', [2], since((now) => addMonths(now, -24))],
  ['next-x-years', 'NextXYears', [1], until((now) => addMonths(now, 12))],
  ['olderthan-x-minutes', 'OlderThanXMinutes', [20], (at, now) => hours(at, now) > 1 / 3],
  ['olderthan-x-hours', 'OlderThanXHours', [2], (at, now) => hours(at, now) > 2],
  ['olderthan-x-days', 'OlderThanXDays', [7], (at, now) => hours(at, now) > 7 * 24],
  ['olderthan-x-weeks', 'OlderThanXWeeks', [2], (at, now) => hours(at, now) > 14 * 24],
  ['olderthan-x-months', 'OlderThanXMonths', [3], (at, now) => at < addMonths(now, -3)],
  ['olderthan-x-years', 'OlderThanXYears', [2], (at, now) => at < addMonths(now, -24)],
  ['this-fiscal-year', 'ThisFiscalYear', [], same(year, 0)],
  ['last-fiscal-year', 'LastFiscalYear', [], same(year, -1)],
  ['next-fiscal-year', 'NextFiscalYear', [], same(year, 1)],
  ['this-fiscal-period', 'ThisFiscalPeriod', [], same(quarter, 0)],
  ['last-fiscal-period', 'LastFiscalPeriod', [], same(quarter, -1)],
  ['next-fiscal-period', 'NextFiscalPeriod', [], same(quarter, 1)],
  ['last-x-fiscal-years', 'LastXFiscalYears', [2], between(year, -2, -1)],
  ['next-x-fiscal-years', 'NextXFiscalYears', [1], between(year, 1, 1)],
  ['last-x-fiscal-periods', 'LastXFiscalPeriods', [2], between(quarter, -2, -1)],
  ['next-x-fiscal-periods', 'NextXFiscalPeriods', [2], between(quarter, 1, 2)],
  ['in-fiscal-year', 'InFiscalYear', [2025], (at) => year(at) === 2025],
  ['in-fiscal-period', 'InFiscalPeriod', [1], (at) => at.getUTCMonth() < 3],
  ['in-fiscal-period-and-year', 'InFiscalPeriodAndYear', [4, 2025], (at) => quarter(at) === 2025 * 4 + 3],
  [
    'in-or-before-fiscal-period-and-year',
    'InOrBeforeFiscalPeriodAndYear',
    [4, 2024],
    (at) => quarter(at) <= 2024 * 4 + 3,
  ],
  [
    'in-or-after-fiscal-period-and-year',
    'InOrAfterFiscalPeriodAndYear',
    [2, 2026],
    (at) => quarter(at) >= 2026 * 4 + 1,
  ],
];

const now = process.env['FNO_CONTRACT_URL'] === undefined ? new Date(frozenAt) : new Date();
const meaning = (means: Test) =>
  Object.entries(dayOffsets)
    .filter(
      ([, offset]) =>
        offset !== undefined && means(new Date(Math.floor((now.getTime() + offset * 3_600_000) / 1000) * 1000), now),
    )
    .map(([code]) => code)
    .join('');

type Value = string | number;
const conditionXml = (column: string, operator: string, values: readonly Value[]) =>
  `<condition attribute="${column}" operator="${operator}">${values.map((value) => `<value>${value}</value>`).join('')}</condition>`;
const fetchXml = (table: string, condition: string) =>
  `<fetch><entity name="${table}"><attribute name="ctr_code"/><order attribute="ctr_code"/><filter>${condition}</filter></entity></fetch>`;

const lists = new Set(['In', 'NotIn', 'Between', 'NotBetween', 'ContainValues', 'DoesNotContainValues']);
function functionText(name: string, column: string, values: readonly Value[]): string {
  const literal = (value: Value) => (typeof value === 'number' ? String(value) : `'${value}'`);
  const given = lists.has(name)
    ? [`PropertyValues=[${values.map((value) => JSON.stringify(String(value))).join(',')}]`]
    : values.map((value, index) => `PropertyValue${values.length > 1 ? index + 1 : ''}=${literal(value)}`);
  return `Microsoft.Dynamics.CRM.${name}(${[`PropertyName='${column}'`, ...given].join(',')})`;
}

type Place = readonly [table: string, column: string];

function pair(
  [table, column]: Place,
  operator: string,
  odata: string | undefined,
  values: readonly Value[],
  rows: string,
): ContractCase[] {
  const set = `${table}s`;
  const fetched = one(
    `FetchXML ${operator} on ${column} with ${JSON.stringify(values)} finds ${rows || 'nothing'}`,
    `${operators}#${operator}`,
    {
      send: `GET ${set}`,
      query: { fetchXml: fetchXml(table, conditionXml(column, operator, values)) },
      status: 200,
      rows,
    },
  );
  if (odata === undefined) return [fetched];
  const filtered = one(
    `${odata} on ${column} with ${JSON.stringify(values)} finds ${rows || 'nothing'}`,
    `${functions}/${odata.toLowerCase()}`,
    {
      send: `GET ${set}?$select=ctr_code&$orderby=ctr_code`,
      query: { $filter: functionText(odata, column, values) },
      status: 200,
      rows,
    },
  );
  return [fetched, filtered];
}

const trees = (column: string): Place => ['ctr_tree', column];
const every = 'abcdefghij';

export const dateOperators: readonly ContractCase[] = dates.flatMap(([operator, odata, values, means]) =>
  pair(['ctr_day', 'ctr_at'], operator, odata, values, meaning(means)),
);

export const valueOperators: readonly ContractCase[] = [
  ...pair(trees('ctr_height'), 'eq', undefined, [30], 'ef'),
  ...pair(trees('ctr_height'), 'ne', undefined, [30], 'abcdghij'),
  ...pair(trees('ctr_height'), 'neq', undefined, [30], 'abcdghij'),
  ...pair(trees('ctr_height'), 'gt', undefined, [30], 'gh'),
  ...pair(trees('ctr_height'), 'ge', undefined, [30], 'efgh'),
  ...pair(trees('ctr_height'), 'lt', undefined, [10], 'ai'),
  ...pair(trees('ctr_height'), 'le', undefined, [10], 'abi'),
  ...pair(trees('ctr_name'), 'eq', undefined, ['APPLE'], 'a'),
  ...pair(trees('ctr_name'), 'like', undefined, ['%ir%'], 'c'),
  ...pair(trees('ctr_name'), 'not-like', undefined, ['a%'], 'cefghij'),
  ...pair(trees('ctr_name'), 'begins-with', undefined, ['a'], 'abd'),
  ...pair(trees('ctr_name'), 'not-begin-with', undefined, ['a'], 'cefghij'),
  ...pair(trees('ctr_name'), 'ends-with', undefined, ['e'], 'acfh'),
  ...pair(trees('ctr_name'), 'not-end-with', undefined, ['e'], 'bdegij'),
  ...pair(trees('ctr_height'), 'null', undefined, [], 'dj'),
  ...pair(trees('ctr_height'), 'not-null', undefined, [], 'abcefghi'),
  ...pair(trees('ctr_height'), 'in', 'In', [5, 120], 'ah'),
  ...pair(trees('ctr_name'), 'in', 'In', ['apple', 'ZEBRA'], 'ai'),
  ...pair(trees('ctr_height'), 'not-in', 'NotIn', [5, 30], 'bcdghij'),
  ...pair(trees('ctr_height'), 'between', 'Between', [10, 30], 'bcef'),
  ...pair(trees('ctr_girth'), 'between', 'Between', [1.5, 2.25], 'abf'),
  ...pair(trees('ctr_height'), 'not-between', 'NotBetween', [6, 39], 'aghi'),
  ...pair(trees('ctr_flavours'), 'contain-values', 'ContainValues', [9, 2], 'ac'),
  ...pair(trees('ctr_flavours'), 'not-contain-values', 'DoesNotContainValues', [1], 'cdefghij'),
  ...pair(trees('ctr_seen'), 'on', 'On', ['2024-03-03'], 'c'),
  ...pair(trees('ctr_seen'), 'on-or-after', 'OnOrAfter', ['2024-03-08'], 'hij'),
  ...pair(trees('ctr_seen'), 'on-or-before', 'OnOrBefore', ['2024-03-02'], 'ab'),
  ...pair(trees('ctr_planted'), 'on', 'On', ['2024-02-15'], 'aj'),
  ...pair(trees('ctr_planted'), 'on-or-after', 'OnOrAfter', ['2024-09-15'], 'h'),
  ...pair(trees('ctr_planted'), 'on-or-before', 'OnOrBefore', ['2024-02-15'], 'aij'),
  ...pair(trees('ownerid'), 'eq-userid', 'EqualUserId', [], every),
  ...pair(trees('ownerid'), 'ne-userid', 'NotEqualUserId', [], ''),
  ...pair(trees('ownerid'), 'eq-userteams', 'EqualUserTeams', [], ''),
  ...pair(trees('ownerid'), 'eq-useroruserteams', 'EqualUserOrUserTeams', [], every),
  ...pair(trees('ownerid'), 'eq-useroruserhierarchy', 'EqualUserOrUserHierarchy', [], every),
  ...pair(trees('ownerid'), 'eq-useroruserhierarchyandteams', 'EqualUserOrUserHierarchyAndTeams', [], every),
  ...pair(trees('owningbusinessunit'), 'eq-businessid', 'EqualBusinessId', [], every),
  ...pair(trees('owningbusinessunit'), 'ne-businessid', 'NotEqualBusinessId', [], ''),
  ...pair(trees('ctr_treeid'), 'above', 'Above', ['{c}'], 'ab'),
  ...pair(trees('ctr_treeid'), 'eq-or-above', 'AboveOrEqual', ['{c}'], 'abc'),
  ...pair(trees('ctr_treeid'), 'under', 'Under', ['{a}'], 'bcd'),
  ...pair(trees('ctr_treeid'), 'eq-or-under', 'UnderOrEqual', ['{b}'], 'bc'),
  ...pair(trees('ctr_treeid'), 'not-under', 'NotUnder', ['{a}'], 'aefghij'),
  one('EqualUserLanguage compares with the language of the user', `${functions}/equaluserlanguage`, {
    send: "GET usersettingscollection?$select=systemuserid&$filter=systemuserid eq {me} and Microsoft.Dynamics.CRM.EqualUserLanguage(PropertyName='uilanguageid')",
    status: 200,
    column: ['systemuserid', ['{me}']],
  }),
  one('FetchXML eq-userlanguage compares with the language of the user', `${operators}#eq-userlanguage`, {
    send: 'GET usersettingscollection',
    query: {
      fetchXml:
        '<fetch><entity name="usersettings"><attribute name="systemuserid"/><filter><condition attribute="uilanguageid" operator="eq-userlanguage"/><condition attribute="systemuserid" operator="eq" value="{me}"/></filter></entity></fetch>',
    },
    status: 200,
    column: ['systemuserid', ['{me}']],
  }),
  one('aliases stand for the parameters of a query function', 'dev webapi/use-web-api-functions', {
    send: "GET ctr_trees?$select=ctr_code&$orderby=ctr_code&$filter=Microsoft.Dynamics.CRM.In(PropertyName=@p1,PropertyValues=@p2)&@p1='ctr_height'&@p2=['5','10']",
    status: 200,
    rows: 'ab',
  }),
  one('query functions combine with other conditions', 'dev webapi/query/filter-rows', {
    send: "GET ctr_trees?$select=ctr_code&$orderby=ctr_code&$filter=(Microsoft.Dynamics.CRM.Between(PropertyName='ctr_height',PropertyValues=['5','30']) and ctr_issound eq true) or ctr_code eq 'd'",
    status: 200,
    rows: 'acdef',
  }),
  one(
    'Contains is for knowledge articles only',
    `${functions}/contains`,
    {
      send: "GET ctr_trees?$filter=Microsoft.Dynamics.CRM.Contains(PropertyName='ctr_name',PropertyValue='a')",
      status: 501,
      code: 'NotEmulated',
    },
    'emulator',
  ),
  one('an operator that is none is refused', operators, {
    send: 'GET ctr_trees',
    query: { fetchXml: fetchXml('ctr_tree', conditionXml('ctr_height', 'similar', [1])) },
    status: 400,
  }),
  one('an operator on a column of another kind is refused', operators, {
    send: 'GET ctr_trees',
    query: { fetchXml: fetchXml('ctr_tree', conditionXml('ctr_height', 'today', [])) },
    status: 400,
  }),
];

/** Names of every operator and query function that has a case. */
export const testedOperators = [
  ...dates.map(([operator]) => operator),
  ...valueOperators.flatMap(({ source }) => source.split('#')[1] ?? []),
];
export const testedFunctions = [...dateOperators, ...valueOperators].flatMap(
  ({ source }) => /queryfunctions\/(\w+)$/.exec(source)?.[1] ?? [],
);
