import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { searching } from './searching.ts';

let platform: TestDataverse;
let ask: ReturnType<typeof searching>['ask'];
beforeAll(async () => {
  platform = await aDataverse();
  ({ ask } = searching(platform));
  for (const name of [
    'Contoso Pharmaceuticals',
    'Contoso Suites',
    'Consolidated Messenger',
    'Straße der Öfen',
    'Café Zürich',
  ])
    await platform.create('accounts', { name, address1_city: 'Marburg' });
  await platform.create('contacts', { firstname: 'Maria', lastname: 'Sullivan', emailaddress1: 'contact@example.com' });
});
afterAll(() => platform.close());

const texts = async (search: string, more: object = {}) =>
  (await ask('suggest', { search, ...more })).Value.map(({ Text }: { Text: string }) => Text).sort();
const complete = async (search: string, more: object = {}) => (await ask('autocomplete', { search, ...more })).Value;

test('rows whose primary name has words that begin as typed', async () => {
  expect(await texts('cont')).toEqual(['{crmhit}Cont{/crmhit}oso Pharmaceuticals', '{crmhit}Cont{/crmhit}oso Suites']);
  expect(await texts('sui')).toEqual(['Contoso {crmhit}Sui{/crmhit}tes']);
  expect(await texts('cont sui')).toEqual(['{crmhit}Cont{/crmhit}oso {crmhit}Sui{/crmhit}tes']);
  expect(await texts('marb')).toEqual([]);
});

test('accents and letter case are passed over, in marks too', async () => {
  expect(await texts('ofen')).toEqual(['Straße der {crmhit}Öfen{/crmhit}']);
  expect(await texts('CAFE zur')).toEqual(['{crmhit}Café{/crmhit} {crmhit}Zür{/crmhit}ich']);
});

test('five at most, or as many as are wanted', async () => {
  for (let at = 0; at < 7; at += 1) await platform.create('accounts', { name: `Northwind ${at}` });
  expect(await texts('north')).toHaveLength(5);
  expect(await texts('north', { top: 6 })).toHaveLength(6);
  expect(await texts('north', { top: 6, filter: "name eq 'Northwind 3'" })).toEqual(['{crmhit}North{/crmhit}wind 3']);
  const { Value } = await ask('suggest', {
    search: 'north',
    top: 2,
    orderby: '["createdon","name desc"]',
    entities: '[{"name":"account"}]',
  });
  expect(Value.map(({ Document }: { Document: { name: string } }) => Document.name)).toEqual([
    'Northwind 6',
    'Northwind 5',
  ]);
});

test('one letter may be wrong where that is asked for', async () => {
  expect(await texts('cnot')).toEqual([]);
  expect(await texts('cnot', { fuzzy: true })).toEqual([
    '{crmhit}Contoso{/crmhit} Pharmaceuticals',
    '{crmhit}Contoso{/crmhit} Suites',
  ]);
});

test('the document holds the row, its name and the columns asked for', async () => {
  const entities = JSON.stringify([{ name: 'contact', selectcolumns: ['emailaddress1'] }]);
  const [{ Text, Document }] = (await ask('suggest', { search: 'mar', entities })).Value;
  expect(Text).toBe('{crmhit}Mar{/crmhit}ia Sullivan');
  expect(Document).toEqual({
    '@search.objectid': expect.stringMatching(/^[0-9a-f-]{36}$/),
    '@search.entityname': 'contact',
    '@search.objecttypecode': 2,
    fullname: 'Maria Sullivan',
    emailaddress1: 'contact@example.com',
  });
});

test('three letters are wanted', async () => {
  expect(await ask('suggest', { search: 'co' })).toContain('at least 3 characters');
  expect(await complete('c')).not.toBeNull();
});

test('a word is completed to the one most rows have, those before it kept', async () => {
  expect(await complete('con')).toBe('{crmhit}contoso{/crmhit}');
  expect(await complete('cons')).toBe('{crmhit}consolidated{/crmhit}');
  expect(await complete('Contoso ph')).toBe('{crmhit}contoso pharmaceuticals{/crmhit}');
  expect(await complete('xyz')).toBeNull();
  expect(await complete('cnotos')).toBeNull();
  expect(await complete('cnotos', { fuzzy: true })).toBe('{crmhit}contoso{/crmhit}');
  const entities = JSON.stringify([{ name: 'account', searchcolumns: ['address1_city'] }]);
  expect(await complete('mar', { entities })).toBe('{crmhit}marburg{/crmhit}');
});
