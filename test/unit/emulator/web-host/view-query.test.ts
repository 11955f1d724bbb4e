/** @jest-environment jsdom */
import { viewQuery, viewToSave, type ViewOptions } from '../../../../emulator/web-host/client/list/view-query';

const fetchXml = `<fetch version="1.0" mapping="logical"><entity name="account"><attribute name="name"/>
  <order attribute="name"/><filter type="and"><condition attribute="statecode" operator="eq" value="0"/></filter>
  <link-entity name="contact" from="contactid" to="primarycontactid" alias="c"><order attribute="fullname"/></link-entity></entity></fetch>`;

const plain: ViewOptions = {
  page: 3,
  pageSize: 50,
  orders: [],
  keyword: '',
  keywordColumns: ['name'],
  related: undefined,
};

const read = (options: Partial<ViewOptions>) =>
  new DOMParser().parseFromString(viewQuery(fetchXml, { ...plain, ...options }), 'application/xml');

test('asks for one page and the count, and keeps the view as it is', () => {
  const fetch = read({}).documentElement;
  expect([fetch.getAttribute('page'), fetch.getAttribute('count')]).toEqual(['3', '50']);
  expect(fetch.getAttribute('returntotalrecordcount')).toBe('true');
  expect([...fetch.querySelectorAll('condition')].map((one) => one.getAttribute('attribute'))).toEqual(['statecode']);
  expect(fetch.querySelector('entity > order')!.getAttribute('attribute')).toBe('name');
});

test('the order the user chooses takes the place of the order of the view, not of its links', () => {
  const fetch = read({ orders: [{ column: 'creditlimit', isDescending: true }] });
  const orders = [...fetch.querySelectorAll('order')].map((one) => [
    one.parentElement!.tagName,
    one.getAttribute('attribute'),
    one.getAttribute('descending'),
  ]);
  expect(orders).toEqual([
    ['link-entity', 'fullname', null],
    ['entity', 'creditlimit', 'true'],
  ]);
});

test('a keyword is looked for as it stands, whatever is in it', () => {
  const keyword = `50%_[" or 1=1 <condition attribute='x'/>`;
  const conditions = [
    ...read({ keyword, keywordColumns: ['name', 'city'] }).querySelectorAll('filter[type=or] condition'),
  ];
  expect(conditions.map((one) => one.getAttribute('attribute'))).toEqual(['name', 'city']);
  expect(conditions[0]!.getAttribute('value')).toBe(`%50[%][_][[]" or 1=1 <condition attribute='x'/>%`);
});

test('a keyword that is looked for in no column narrows nothing', () => {
  expect(read({ keyword: 'x', keywordColumns: [] }).querySelectorAll('filter')).toHaveLength(1);
});

test('rows of a subgrid are those that point at the row of the form', () => {
  const [, added] = read({ related: { column: 'parentcustomerid', id: 'the-id' } }).querySelectorAll('entity > filter');
  const condition = added!.querySelector('condition')!;
  expect(['attribute', 'operator', 'value'].map((name) => condition.getAttribute(name))).toEqual([
    'parentcustomerid',
    'eq',
    'the-id',
  ]);
});

test('a view is kept as the user has ordered and narrowed it, and is no page', () => {
  const orders = [{ column: 'creditlimit', isDescending: true }];
  const kept = viewToSave(fetchXml, { orders, segment: undefined });
  const fetch = new DOMParser().parseFromString(kept, 'application/xml').documentElement;
  expect(['page', 'count', 'returntotalrecordcount'].map((name) => fetch.getAttribute(name))).toEqual([
    null,
    null,
    null,
  ]);
  expect(fetch.querySelector('entity > order')!.getAttribute('attribute')).toBe('creditlimit');
  expect(fetch.querySelectorAll('condition')).toHaveLength(1);
  const same = new DOMParser().parseFromString(viewToSave(fetchXml, { orders: [], segment: undefined }), 'text/xml');
  expect(same.querySelector('entity > order')!.getAttribute('attribute')).toBe('name');
});
