import { readQuickFind } from '../../../../../emulator/dataverse/search/quick-find.ts';

const fetch = (inner: string) =>
  `<fetch><entity name="account"><attribute name="name" /><order attribute="name" />${inner}</entity></fetch>`;
const find = `<filter type="or" isquickfindfields="1"><condition attribute="name" operator="like" value="{0}" /><condition attribute="telephone1" operator="like" value="{0}" /></filter>`;
const active = `<filter type="and"><condition attribute="statecode" operator="eq" value="0" /></filter>`;

test('find columns, view columns and the filter that is left', () => {
  const layout = '<grid><row><cell name="name" /><cell name="a.fullname" /><cell name="fax" /></row></grid>';
  expect(readQuickFind(fetch(find + active), layout)).toEqual({
    findColumns: ['name', 'telephone1'],
    viewColumns: ['name', 'fax'],
    filterColumns: ['statecode'],
    filter: `<fetch><entity name="account">${active}</entity></fetch>`,
  });
});

test('find columns inside another filter are found too, and no filter is left', () => {
  const read = readQuickFind(fetch(`<filter type="and">${find}</filter>`), '');
  expect(read).toMatchObject({ findColumns: ['name', 'telephone1'], viewColumns: [], filter: undefined });
});

test('conditions search does not look at are left out', () => {
  const conditions = ['like', 'null', 'not-null', 'under', 'eq-userlanguage', 'begins-with'];
  const all = conditions.map((one) => `<condition attribute="fax" operator="${one}" value="x" />`).join('');
  expect(readQuickFind(fetch(`<filter type="and">${all}</filter>`), '').filter).toBeUndefined();
  const read = readQuickFind(
    fetch(`<filter type="and">${all}<condition attribute="fax" operator="eq" value="x" /></filter>`),
    '',
  );
  expect(read.filter).toContain('<filter type="and"><condition attribute="fax" operator="eq" value="x" /></filter>');
});

test('inner links narrow the rows, outer ones only show columns', () => {
  const link = (type: string) =>
    `<link-entity name="contact" from="contactid" to="primarycontactid" link-type="${type}" alias="a"><attribute name="fullname" /></link-entity>`;
  expect(readQuickFind(fetch(find + link('outer')), '').filter).toBeUndefined();
  const { filter } = readQuickFind(fetch(find + link('inner')), '');
  expect(filter).toContain(
    '<link-entity name="contact" from="contactid" to="primarycontactid" link-type="inner" alias="a" />',
  );
});
