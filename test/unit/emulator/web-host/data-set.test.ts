/** @jest-environment jsdom */
import { DataSet, type DataSetSource } from '../../../../emulator/web-host/client/control-host/data-set/data-set';

interface DataSetView {
  columns: { name: string; displayName: string; dataType: string; order: number }[];
  records: Record<
    string,
    { getValue(name: string): unknown; getFormattedValue(name: string): string; getNamedReference(): unknown }
  >;
  sortedRecordIds: string[];
  loading: boolean;
  error: boolean;
  errorMessage: string;
  sorting: { name: string; sortDirection: number }[];
  paging: {
    totalResultCount: number;
    firstPageNumber: number;
    lastPageNumber: number;
    pageSize: number;
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    loadNextPage(only?: boolean): void;
    loadPreviousPage(only?: boolean): void;
    loadExactPage(page: number): void;
    setPageSize(size: number): void;
  };
  filtering: { setFilter(filter: object): void; getFilter(): { conditions: unknown[] }; clearFilter(): void };
  linking: { addLinkedEntity(link: object): void };
  addColumn(name: string, alias?: string): void;
  refresh(): void;
  setSelectedRecordIds(ids: string[]): void;
  getSelectedRecordIds(): string[];
  openDatasetItem(row: object): void;
}

const label = (text: string) => ({ LocalizedLabels: [{ Label: text, LanguageCode: 1033 }] });
const column = (name: string, type: string, more: object = {}) => ({
  LogicalName: name,
  AttributeType: type,
  DisplayName: label(name.toUpperCase()),
  ...more,
});
const definition = {
  LogicalName: 'tree',
  EntitySetName: 'trees',
  DisplayName: label('Tree'),
  PrimaryIdAttribute: 'treeid',
  PrimaryNameAttribute: 'name',
  Attributes: [
    column('treeid', 'Uniqueidentifier'),
    column('name', 'String'),
    column('age', 'Integer'),
    column('mail', 'String', { FormatName: { Value: 'Email' } }),
    column('planted', 'DateTime', { Format: 'DateOnly' }),
    column('gardener', 'Lookup', { Targets: ['contact'] }),
  ],
  ManyToOneRelationships: [],
  OneToManyRelationships: [],
};
const source: DataSetSource = {
  table: 'tree',
  view: {
    id: 'the-view',
    name: 'Trees',
    isDefault: true,
    isPersonal: false,
    fetchXml: '<fetch><entity name="tree"><attribute name="name"/><order attribute="name"/></entity></fetch>',
    layoutXml:
      '<grid><row><cell name="name" width="200"/><cell name="mail" width="100"/><cell name="planted"/></row></grid>',
  },
  pageSize: 2,
};
const total = 5;

let fetches: Element[];
let refusal: string | undefined;
let told: boolean[];
let marked: readonly string[];

beforeEach(() => {
  [fetches, refusal, told, marked] = [[], undefined, [], []];
  globalThis.fetch = (async (url: string) => {
    const xml = /fetchXml=([^&]+)/.exec(url)?.[1];
    if (xml === undefined) return answer(url.includes('AttributeMetadata') ? { value: [] } : definition);
    const fetch = new DOMParser().parseFromString(decodeURIComponent(xml), 'application/xml').documentElement;
    fetches.push(fetch);
    if (refusal !== undefined) return answer({ error: { code: '0x80040203', message: refusal } }, 400);
    const [page, size] = [Number(fetch.getAttribute('page')), Number(fetch.getAttribute('count'))];
    const numbers = Array.from({ length: total }, (_, at) => at + 1).slice((page - 1) * size, page * size);
    return answer({
      value: numbers.map(row),
      '@Microsoft.Dynamics.CRM.totalrecordcount': total,
      '@Microsoft.Dynamics.CRM.morerecords': page * size < total,
    });
  }) as unknown as typeof globalThis.fetch;
});

const answer = (body: object, status = 200) =>
  ({ ok: status < 400, status, json: async () => body, text: async () => JSON.stringify(body) }) as Response;
const row = (number: number) => ({
  treeid: `t${number}`,
  name: `Tree ${number}`,
  age: number,
  'age@OData.Community.Display.V1.FormattedValue': `${number} years`,
  planted: '2020-03-01',
  _gardener_value: 'g1',
  '_gardener_value@OData.Community.Display.V1.FormattedValue': 'Ann',
  '_gardener_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'contact',
});

const settled = () => new Promise((done) => setTimeout(done, 5));
async function opened(): Promise<DataSet> {
  const dataSet = new DataSet(source, {
    changed: (isFirstFill) => told.push(isFirstFill),
    open: () => undefined,
    select: (ids) => (marked = ids),
  });
  await dataSet.start();
  return dataSet;
}
const seen = (dataSet: DataSet) => dataSet.view() as DataSetView;

test('is loading and empty at first, then has the columns and the first page of its view', async () => {
  const dataSet = new DataSet(source, { changed: () => undefined, open: () => undefined, select: () => undefined });
  expect(seen(dataSet)).toMatchObject({ loading: true, sortedRecordIds: [], columns: [] });
  await dataSet.start();
  const view = seen(dataSet);
  expect(view.loading).toBe(false);
  expect(view.columns.map(({ name, dataType, order }) => [name, dataType, order])).toEqual([
    ['name', 'SingleLine.Text', 0],
    ['mail', 'SingleLine.Email', 1],
    ['planted', 'DateAndTime.DateOnly', 2],
  ]);
  expect(view.sortedRecordIds).toEqual(['t1', 't2']);
  expect(view.paging).toMatchObject({
    totalResultCount: total,
    hasNextPage: true,
    hasPreviousPage: false,
    pageSize: 2,
  });
  expect(view.sorting).toEqual([{ name: 'name', sortDirection: 0 }]);
});

test('a row gives values by their type, formatted values and a reference to itself', async () => {
  const record = seen(await opened()).records['t1']!;
  expect(record.getValue('age')).toBe(1);
  expect(record.getFormattedValue('age')).toBe('1 years');
  expect(record.getValue('planted')).toEqual(new Date('2020-03-01'));
  expect(record.getValue('gardener')).toEqual({ id: { guid: 'g1' }, etn: 'contact', name: 'Ann' });
  expect(record.getNamedReference()).toEqual({ id: { guid: 't1' }, etn: 'tree', name: 'Tree 1' });
  expect(record.getValue('none')).toBeNull();
});

test('the next page is put beside the rows there are, or takes their place', async () => {
  const dataSet = await opened();
  seen(dataSet).paging.loadNextPage();
  await settled();
  expect(seen(dataSet).sortedRecordIds).toEqual(['t1', 't2', 't3', 't4']);
  expect(seen(dataSet).paging).toMatchObject({ firstPageNumber: 1, lastPageNumber: 2 });
  seen(dataSet).paging.loadNextPage(true);
  await settled();
  expect(seen(dataSet).sortedRecordIds).toEqual(['t5']);
  expect(seen(dataSet).paging).toMatchObject({ firstPageNumber: 3, lastPageNumber: 3, hasNextPage: false });
  seen(dataSet).paging.loadPreviousPage();
  await settled();
  expect(seen(dataSet).sortedRecordIds).toEqual(['t3', 't4', 't5']);
  seen(dataSet).paging.loadExactPage(1);
  await settled();
  expect(seen(dataSet).sortedRecordIds).toEqual(['t1', 't2']);
});

test('a page asked for while one is on its way is not read', async () => {
  const dataSet = await opened();
  const { paging } = seen(dataSet);
  paging.loadNextPage();
  paging.loadNextPage();
  await settled();
  expect(fetches.map((fetch) => fetch.getAttribute('page'))).toEqual(['1', '2']);
});

test('order, filter, links and columns of the control go into the query as values', async () => {
  const dataSet = await opened();
  const view = seen(dataSet);
  view.sorting.splice(0, 1, { name: 'age', sortDirection: 1 });
  const hostile = `"/><condition attribute='x'`;
  view.filtering.setFilter({
    filterOperator: 1,
    conditions: [
      { attributeName: 'name', conditionOperator: 6, value: hostile },
      { attributeName: 'age', conditionOperator: 8, value: ['1', '2'] },
    ],
    filters: [{ filterOperator: 0, conditions: [{ attributeName: 'mail', conditionOperator: 12 }] }],
  });
  view.linking.addLinkedEntity({ name: 'contact', from: 'contactid', to: 'gardener', linkType: 'outer', alias: 'g' });
  view.addColumn('fullname', 'g');
  view.addColumn('age');
  view.paging.setPageSize(3);
  expect(seen(dataSet).paging.pageSize).toBe(2);
  view.refresh();
  await settled();
  const fetch = fetches[1]!;
  expect(fetch.getAttribute('count')).toBe('3');
  const [filter] = fetch.querySelectorAll('entity > filter');
  expect(filter!.getAttribute('type')).toBe('or');
  expect(filter!.querySelector('condition')!.getAttribute('value')).toBe(hostile);
  expect([...filter!.querySelectorAll('value')].map((one) => one.textContent)).toEqual(['1', '2']);
  expect(filter!.querySelector('filter filter > condition')!.getAttribute('operator')).toBe('null');
  expect(fetch.querySelector('link-entity > attribute')!.getAttribute('name')).toBe('fullname');
  expect([...fetch.querySelectorAll('entity > order')].map((one) => one.getAttribute('attribute'))).toEqual(['age']);
  expect(seen(dataSet).columns.find(({ name }) => name === 'age')!.order).toBe(-1);
});

test('a new order takes the filter away, unless it is set anew', async () => {
  const dataSet = await opened();
  const conditions = () => fetches[fetches.length - 1]!.querySelectorAll('entity > filter > condition').length;
  const filter = { filterOperator: 0, conditions: [{ attributeName: 'age', conditionOperator: 0, value: '1' }] };
  const view = seen(dataSet);
  view.filtering.setFilter(filter);
  view.refresh();
  await settled();
  expect(conditions()).toBe(1);
  view.sorting.splice(0, 1, { name: 'age', sortDirection: 0 });
  view.refresh();
  await settled();
  expect(conditions()).toBe(0);
  view.sorting.splice(0, 1, { name: 'age', sortDirection: 1 });
  view.filtering.setFilter(filter);
  view.refresh();
  await settled();
  expect(conditions()).toBe(1);
});

test('a refused page keeps the rows in sight and tells why; refresh reads again', async () => {
  const dataSet = await opened();
  refusal = "Paging isn't supported for queries with temporary tables";
  seen(dataSet).paging.loadNextPage();
  await settled();
  expect(seen(dataSet)).toMatchObject({
    error: true,
    errorMessage: refusal,
    loading: false,
    sortedRecordIds: ['t1', 't2'],
  });
  refusal = undefined;
  seen(dataSet).refresh();
  await settled();
  expect(seen(dataSet)).toMatchObject({ error: false, errorMessage: '' });
});

test('an operator model-driven apps do not take is refused by its number', async () => {
  const dataSet = await opened();
  seen(dataSet).filtering.setFilter({
    filterOperator: 0,
    conditions: [{ attributeName: 'name', conditionOperator: 7 }],
  });
  seen(dataSet).refresh();
  await settled();
  expect(seen(dataSet).errorMessage).toMatch(/no condition operator 7/);
});

test('marks only rows there are, and forgets those that go', async () => {
  const dataSet = await opened();
  seen(dataSet).setSelectedRecordIds(['t1', 'gone']);
  expect([seen(dataSet).getSelectedRecordIds(), marked]).toEqual([['t1'], ['t1']]);
  seen(dataSet).paging.loadExactPage(2);
  await settled();
  expect([seen(dataSet).getSelectedRecordIds(), marked]).toEqual([[], []]);
});

test('the first fill does not name the data set, later ones do', async () => {
  const dataSet = await opened();
  expect(told).toEqual([false, true]);
  seen(dataSet).refresh();
  await settled();
  expect(told.slice(2)).toEqual([false, false]);
});
