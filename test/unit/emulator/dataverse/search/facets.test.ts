import { readFacet } from '../../../../../emulator/dataverse/search/facet-request.ts';
import { groupsOf } from '../../../../../emulator/dataverse/search/facets.ts';
import type { ColumnMetadata } from '../../../../../emulator/dataverse/metadata/model.ts';
import type { ColumnValue } from '../../../../../emulator/query/index.ts';

const of = (facet: string, counts: Readonly<Record<string, number>>, type = 'integer') =>
  groupsOf(
    readFacet(facet),
    Object.entries(counts).map(([value, count]) => ({ value: value === 'null' ? null : value, count })),
    { type } as ColumnMetadata,
    () => undefined,
  );
const values = (facet: string, counts: Readonly<Record<string, number>>, type?: string) =>
  of(facet, counts, type).map(({ value, count }) => `${value}: ${count}`);

test('values come by how often they stand there, as many as are wanted, and none for null', () => {
  const counts = { b: 2, a: 2, c: 5, null: 9 };
  expect(values('x', counts)).toEqual(['c: 5', 'a: 2', 'b: 2']);
  expect(values('x,count:1', counts)).toEqual(['c: 5']);
  expect(values('x,sort:-count', counts)).toEqual(['a: 2', 'b: 2', 'c: 5']);
  expect(values('x,sort:value', counts)).toEqual(['a: 2', 'b: 2', 'c: 5']);
  expect(values('x,sort:-value', counts)).toEqual(['c: 5', 'b: 2', 'a: 2']);
});

test('each choice of several counts', () => {
  expect(values('x', { '1,2': 3, '2': 1 }, 'choices')).toEqual(['2: 4', '1: 3']);
});

test('a lookup has the name of its row beside it', () => {
  const value: ColumnValue = { table: 'contact', id: 'i' };
  expect(groupsOf(readFacet('x'), [{ value, count: 2 }], undefined, () => 'Maria')).toEqual([
    { type: 'Value', value: 'i', optionalValue: 'Maria', count: 2 },
  ]);
});

test('ranges lie below, between and above the bounds', () => {
  expect(of('x,values:10|20', { 5: 1, 10: 2, 19: 4, 20: 8 })).toEqual([
    { type: 'Range', to: 10, count: 1 },
    { type: 'Range', from: 10, to: 20, count: 6 },
    { type: 'Range', from: 20, count: 8 },
  ]);
  expect(() => of('x,values:ten', { 5: 1 })).toThrow("'ten' is no bound");
  expect(() => of('x,values:10', { '2020-01-01T00:00:00Z': 1 }, 'datetime')).toThrow('a date is wanted');
});

test.each([
  ['minute', '2024-05-15T13:45:00Z'],
  ['hour', '2024-05-15T13:00:00Z'],
  ['day', '2024-05-15T00:00:00Z'],
  ['week', '2024-05-12T00:00:00Z'],
  ['month', '2024-05-01T00:00:00Z'],
  ['quarter', '2024-04-01T00:00:00Z'],
  ['year', '2024-01-01T00:00:00Z'],
])('dates by %s', (interval, begin) => {
  const counts = { '2024-05-15T13:45:59Z': 1, '2024-05-15T13:45:01Z': 2 };
  expect(values(`x,interval:${interval}`, counts, 'datetime')).toEqual([`${begin}: 3`]);
});

test('days begin at the midnight of the offset', () => {
  const counts = { '2024-05-15T23:30:00Z': 1 };
  expect(values('x,interval:day,timeoffset:+02:00', counts, 'datetime')).toEqual(['2024-05-15T22:00:00Z: 1']);
});

test('numbers by interval', () => {
  expect(values('x,interval:100', { 50: 1, 99: 1, 100: 1, '-1': 1 })).toEqual(['-100: 1', '0: 2', '100: 1']);
});
