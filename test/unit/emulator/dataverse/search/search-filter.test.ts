import { filterParts } from '../../../../../emulator/dataverse/search/search-filter.ts';

const parts = (text: string) => filterParts(text).map(({ table, text: part }) => `${table ?? '*'} | ${part}`);

test('a filter without a table is about all', () => {
  expect(parts("createdon ge 2020-04-27T00:00:00 and name eq 'a: b, c: d'")).toEqual([
    "* | createdon ge 2020-04-27T00:00:00 and name eq 'a: b, c: d'",
  ]);
  expect(parts('  ')).toEqual([]);
});

test('each table has a part of its own', () => {
  const text =
    "account:modifiedon ge 2020-04-27T00:00:00,\n activities: regardingobjecttypecode eq 'account', annotation:objecttypecode eq 'account', incident: (prioritycode eq 1 or prioritycode eq 2)";
  expect(parts(text)).toEqual([
    'account | modifiedon ge 2020-04-27T00:00:00',
    "activities | regardingobjecttypecode eq 'account'",
    "annotation | objecttypecode eq 'account'",
    'incident | (prioritycode eq 1 or prioritycode eq 2)',
  ]);
});

test('what stands before the first table is about all', () => {
  expect(parts('createdon gt 2020-01-01, account: revenue gt 5')).toEqual([
    '* | createdon gt 2020-01-01',
    'account | revenue gt 5',
  ]);
});

test('quotes hold what looks like another part', () => {
  expect(parts("account: name eq 'it''s, contact: none', contact: lastname eq 'x'")).toEqual([
    "account | name eq 'it''s, contact: none'",
    "contact | lastname eq 'x'",
  ]);
});
