/** Link types, fiscal conditions and paging cookies of FetchXML. @see https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/reference/ */
import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { orchard } from '../orchard.ts';

let platform: TestDataverse;

beforeAll(async () => {
  platform = await aDataverse(orchard);
  const accounts = new Map<string, string>();
  for (const name of ['Full', 'Half', 'Bare']) accounts.set(name, await platform.create('accounts', { name }));
  const tree = (name: string, height: number, account: string, planted?: string) =>
    platform.create('ora_trees', {
      ora_name: name,
      ora_height: height,
      ora_planted: planted,
      'ora_AccountId@odata.bind': `/accounts(${accounts.get(account)})`,
    });
  await tree('A', 10, 'Full', '2025-02-01');
  await tree('B', 90, 'Full', '2025-11-30');
  await tree('C', 10, 'Half', '2026-03-31');
});
afterAll(() => platform.close());

async function fetched(set: string, xml: string, headers = {}) {
  const answer = await platform.call('GET', `${set}?fetchXml=${encodeURIComponent(xml)}`, { headers });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body;
}

const accountsWith = async (inner: string) => {
  const xml = `<fetch><entity name="account"><attribute name="name"/><order attribute="name"/>${inner}</entity></fetch>`;
  return (await fetched('accounts', xml)).value.map((row: { name: string }) => row.name);
};
const link = (type: string, inner = '', more = '') =>
  `<link-entity name="ora_tree" from="ora_accountid" to="accountid" link-type="${type}" ${more}>${inner}</link-entity>`;
const tall = '<filter><condition attribute="ora_height" operator="gt" value="50"/></filter>';

test.each([
  ['inner: a row for each related row', link('inner'), ['Full', 'Full', 'Half']],
  ['outer: every row', link('outer'), ['Bare', 'Full', 'Full', 'Half']],
  ['exists: each row once', link('exists'), ['Full', 'Half']],
  ['in, with a filter', link('in', tall), ['Full']],
  ['matchfirstrowusingcrossapply: every row once', link('matchfirstrowusingcrossapply'), ['Bare', 'Full', 'Half']],
  ['any', `<filter>${link('any', tall)}</filter>`, ['Full']],
  ['not any', `<filter>${link('not any', tall)}</filter>`, ['Bare', 'Half']],
  ['not all is any', `<filter>${link('not all', tall)}</filter>`, ['Full']],
  ['all: there are rows, and none matches', `<filter>${link('all', tall)}</filter>`, ['Half']],
  [
    'rows without related rows, by a condition after an outer link',
    `${link('outer', '', 'alias="t"')}<filter><condition entityname="t" attribute="ora_treeid" operator="null"/></filter>`,
    ['Bare'],
  ],
  [
    'a link within a link that exists',
    link(
      'exists',
      '<link-entity name="account" from="accountid" to="ora_accountid"><filter><condition attribute="name" operator="eq" value="Half"/></filter></link-entity>',
    ),
    ['Half'],
  ],
])('link-type %s', async (_what, inner, expected) => {
  expect(await accountsWith(inner)).toEqual(expected);
});

test('the first row of a link is the same row in all its columns', async () => {
  const xml = `<fetch><entity name="account"><attribute name="name"/>${link('matchfirstrowusingcrossapply', `<attribute name="ora_name"/><attribute name="ora_height" alias="tall"/>${tall}`, 'alias="t"')}<filter><condition attribute="name" operator="eq" value="Full"/></filter></entity></fetch>`;
  const { value } = await fetched('accounts', xml);
  expect(value).toMatchObject([{ name: 'Full', 't.ora_name': 'B', tall: 90 }]);
  expect(value[0]).not.toHaveProperty(['t.ora_height']);
});

test.each([
  ['this-fiscal-year', '', ['C']],
  ['last-fiscal-year', '', ['A', 'B']],
  ['this-fiscal-period', '', ['C']],
  ['last-fiscal-period', '', ['B']],
  ['last-x-fiscal-periods', 'value="4"', ['A', 'B']],
  ['last-x-fiscal-years', 'value="1"', ['A', 'B']],
  ['in-fiscal-year', 'value="2025"', ['A', 'B']],
  ['in-fiscal-period', 'value="1"', ['A', 'C']],
])('%s %s', async (operator, value, expected) => {
  const xml = `<fetch><entity name="ora_tree"><attribute name="ora_name"/><order attribute="ora_name"/><filter><condition attribute="ora_planted" operator="${operator}" ${value}/></filter></entity></fetch>`;
  expect((await fetched('ora_trees', xml)).value.map((row: { ora_name: string }) => row.ora_name)).toEqual(expected);
});

test.each([
  ['InFiscalPeriodAndYear', ['A']],
  ['InOrBeforeFiscalPeriodAndYear', ['A']],
  ['InOrAfterFiscalPeriodAndYear', ['A', 'B', 'C']],
])('%s takes period and year', async (name, expected) => {
  const filter = `Microsoft.Dynamics.CRM.${name}(PropertyName='ora_planted',PropertyValue1=1,PropertyValue2=2025)`;
  const { body, text } = await platform.call('GET', `ora_trees?$select=ora_name&$orderby=ora_name&$filter=${filter}`);
  expect([text, body.value.map((row: { ora_name: string }) => row.ora_name)]).toEqual([text, expected]);
});

test('the cookie tells what the page is ordered by, at its last and first row', async () => {
  const xml = (more: string, order: string) =>
    `<fetch count="1" page="1" ${more}><entity name="ora_tree"><attribute name="ora_height"/>${order}</entity></fetch>`;
  const all = { Prefer: 'odata.include-annotations="*"' };
  const body = await fetched('ora_trees', xml('', '<order attribute="ora_name"/>'), all);
  const cookie: string = body['@Microsoft.Dynamics.CRM.fetchxmlpagingcookie'];
  const inner = decodeURIComponent(decodeURIComponent(/pagingcookie="([^"]*)"/.exec(cookie)![1]!));
  const id = body.value[0].ora_treeid.toUpperCase();
  expect(inner).toBe(
    `<cookie page="1"><ora_name last="A" first="A" /><ora_treeid last="{${id}}" first="{${id}}" /></cookie>`,
  );
  expect(body.value[0]).not.toHaveProperty('ora_name');
  const linked = `<link-entity name="account" from="accountid" to="ora_accountid" alias="a"><order attribute="name"/></link-entity>`;
  const simple = await fetched('ora_trees', xml('', linked), all);
  expect(simple['@Microsoft.Dynamics.CRM.morerecords']).toBe(true);
  expect(simple).not.toHaveProperty(['@Microsoft.Dynamics.CRM.fetchxmlpagingcookie']);
});

test('more conditions and links than a query may have are refused', async () => {
  const conditions = '<condition attribute="ora_height" operator="eq" value="1"/>'.repeat(501);
  const xml = `<fetch><entity name="ora_tree"><filter>${conditions}</filter></entity></fetch>`;
  const view = await platform.create('savedqueries', {
    name: 'Long',
    querytype: 0,
    returnedtypecode: 'ora_tree',
    fetchxml: xml,
  });
  const { status, body } = await platform.call('GET', `ora_trees?savedQuery=${view}`);
  expect([status, body.error.code]).toEqual([400, '0x8004430c']);
});
