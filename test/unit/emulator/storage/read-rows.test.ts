import {
  addIndex,
  createTable,
  findRows,
  insertRow,
  openDatabase,
  readRow,
  readRows,
  type Database,
} from '../../../../emulator/storage/index.ts';
import { afterRow, type ColumnShape, type Row, type TableShape } from '../../../../emulator/query/index.ts';

const column = (name: string, type: ColumnShape['type'], more: Partial<ColumnShape> = {}): [string, ColumnShape] => [
  name,
  { name, type, ...more },
];
const wide = Array.from({ length: 230 }, (_one, index) => column(`c${index}`, 'integer'));
const shape: TableShape = {
  name: 'thing',
  storedAs: 'thing',
  key: ['id'],
  columns: new Map([
    column('id', 'guid'),
    column('text', 'text'),
    column('fraction', 'double'),
    column('amount', 'money'),
    column('flag', 'boolean'),
    column('owner', 'lookup', { targets: ['user', 'team'] }),
    column('bytes', 'binary'),
    ...wide,
  ]),
};
const shapes = () => shape;
let database: Database;
beforeEach(() => {
  database = openDatabase(':memory:');
  createTable(database, shape);
});
afterEach(() => database.close());

const read = (columns: readonly string[]) =>
  readRows(database, { table: 'thing', columns, joins: [], order: [] }, shapes).map((row) => row.columns);

test.each<Row>([
  { id: 'a', text: 'quote " backslash \\ line\nend \u2028 ☃ 😀 \u0001', flag: true, owner: { table: 'team', id: 't' } },
  { id: 'b', fraction: 0.1, amount: 0.30000000000000004, flag: false, owner: null },
  { id: 'c', fraction: 13848877.189391207, amount: 922337203685477.5807, text: null },
  { id: 'd', fraction: -1.6933220481736422e-9, amount: 20, text: '' },
])('values come back as they were put: %j', (row) => {
  insertRow(database, shape, row);
  expect(read(Object.keys(row))).toEqual([row]);
  expect(readRow(database, shape, { id: row['id']! }, Object.keys(row))).toEqual(row);
});

test('bytes come back as they were put', () => {
  insertRow(database, shape, { id: 'a', bytes: Buffer.from([0, 255, 1]) });
  expect(Buffer.from(read(['bytes'])[0]!['bytes'] as Buffer)).toEqual(Buffer.from([0, 255, 1]));
});

test('rows wider than what a function of the store takes', () => {
  const values = Object.fromEntries(wide.map(([name], index) => [name, index]));
  insertRow(database, shape, { id: 'a', ...values });
  expect(read(wide.map(([name]) => name))).toEqual([{ id: 'a', ...values }]);
});

test('the order of a query without a limit is kept', () => {
  const numbers = Array.from({ length: 300 }, (_one, index) => (index * 7919) % 300);
  for (const number of numbers) insertRow(database, shape, { id: `x${number}`, c0: number });
  const query = { table: 'thing', columns: ['c0'], joins: [], order: [{ column: 'c0', descending: true }] };
  expect(readRows(database, query, shapes).map(({ columns }) => columns['c0'])).toEqual(numbers.sort((a, b) => b - a));
});

describe('a page that goes on behind a row', () => {
  // Ties and nulls in both columns of the order.
  const rows = Array.from({ length: 60 }, (_one, index) => ({
    id: `x${String((index * 37) % 60).padStart(2, '0')}`,
    c0: index % 4 === 0 ? null : index % 5,
    c1: index % 3 === 0 ? null : (index * 7) % 4,
  }));
  beforeEach(() => rows.forEach((row) => insertRow(database, shape, row)));

  test.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])('pages make the whole, one statement each (descending: %j, %j)', (first, second) => {
    const order = [
      { column: 'c0', descending: first },
      { column: 'c1', descending: second },
    ];
    const query = { table: 'thing', columns: ['c0', 'c1'], joins: [], order };
    const key = { column: 'id', descending: false };
    const whole = readRows(database, query, shapes).map(({ columns }) => columns);
    let asked = 0;
    const counting = { ...database, line: (...sql: Parameters<Database['line']>) => (asked++, database.line(...sql)) };
    const found: Row[] = readRows(counting, { ...query, top: 7 }, shapes).map(({ columns }) => columns);
    for (let page = found; page.length > 0;) {
      const last = found.at(-1)!;
      const stretches = afterRow([...order, key].map((one) => ({ key: one, value: last[one.column] ?? null })));
      page = readRows(counting, { ...query, stretches, top: 7 }, shapes).map(({ columns }) => columns);
      found.push(...page);
    }
    expect(found).toEqual(whole);
    expect(asked).toBe(1 + Math.ceil(60 / 7));
  });
});

test('rows are found by values whatever the case of their texts, in the order of their key, whole', () => {
  for (const [id, text] of [
    ['c', 'Same'],
    ['a', 'sAME'],
    ['b', 'other'],
  ] as const)
    insertRow(database, shape, { id, text, fraction: 0.1 });
  const found = findRows(database, shape, { text: 'SAME' });
  expect(found.map((row) => row['id'])).toEqual(['a', 'c']);
  expect(found[0]).toMatchObject({ text: 'sAME', fraction: 0.1 });
  expect(findRows(database, shape, {}).map((row) => row['id'])).toEqual(['a', 'b', 'c']);
  expect(findRows(database, shape, { text: 'none' })).toEqual([]);
});

test('a sparse index serves those who look for a value', () => {
  addIndex(database, shape, ['owner'], { sparse: true });
  const [plan] = database.all('explain query plan select id from thing where owner = ?', ['t']);
  expect(String(plan!['detail'])).toContain('thing:owner');
});

test('a page of rows that hold any value is found in its order, not sorted from a sparse index', () => {
  addIndex(database, shape, ['owner'], { sparse: true });
  addIndex(database, shape, ['c0']);
  for (let number = 0; number < 200; number++)
    insertRow(database, shape, {
      id: `x${number}`,
      c0: number,
      owner: number % 10 ? null : { table: 'user', id: 'u' },
    });
  database.exec('analyze');
  const plans: string[] = [];
  const explained: Database = {
    ...database,
    line(sql, parameters = []) {
      plans.push(...database.all(`explain query plan ${sql}`, parameters).map(({ detail }) => String(detail)));
      return database.line(sql, parameters);
    },
  };
  const filter = { kind: 'compare', left: { column: 'owner' }, operator: 'ne', right: null } as const;
  const query = {
    table: 'thing',
    columns: ['c0'],
    joins: [],
    order: [{ column: 'c0', descending: false }],
    top: 3,
    filter,
  };
  expect(readRows(explained, query, shapes).map(({ columns }) => columns['c0'])).toEqual([0, 10, 20]);
  expect(plans.join('; ')).toContain('thing:c0');
  expect(plans.join('; ')).not.toContain('TEMP B-TREE');
});
