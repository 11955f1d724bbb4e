import { createSetupRows } from '../../../../emulator/finance-operations/setup-rows.ts';
import type { EntityRow } from '../../../../emulator/finance-operations/contract.ts';
import type { TableShape } from '../../../../emulator/query/index.ts';
import { openDatabase, type Database } from '../../../../emulator/storage/index.ts';

const table = (name: string): TableShape => ({ name, storedAs: name, key: ['Email'], columns: new Map() });
const users = table('users');
const invoices = table('invoices');
const key = { Email: 'a@example.com' };

let database: Database;
let roles: string | undefined;
let reads: number;
const setup = () =>
  createSetupRows(database, [users], (): EntityRow | undefined => {
    reads += 1;
    return roles === undefined ? undefined : { Roles: roles };
  });
beforeEach(() => {
  database = openDatabase(':memory:');
  roles = 'clerk';
  reads = 0;
});
afterEach(() => database.close());

test('a row is read once until its table is written, one that is not there too', () => {
  const rows = setup();
  for (let count = 0; count < 3; count++) expect(rows.read(users, key)).toEqual({ Roles: 'clerk' });
  expect(reads).toBe(1);
  rows.written(invoices);
  rows.read(users, key);
  expect(reads).toBe(1);
  roles = undefined;
  rows.written(users);
  for (let count = 0; count < 3; count++) expect(rows.read(users, key)).toBeUndefined();
  expect(reads).toBe(2);
});

test('keys that hold the same text in other places are different ones', () => {
  const rows = setup();
  rows.read(users, { Company: 'a', Email: 'bc' });
  rows.read(users, { Company: 'ab', Email: 'c' });
  expect(reads).toBe(2);
});

test('what was read of a write that is undone is forgotten', async () => {
  const rows = setup();
  const written = database.transaction(async () => {
    roles = 'administrator';
    rows.written(users);
    expect(rows.read(users, key)).toEqual({ Roles: 'administrator' });
    roles = 'clerk';
    throw new Error('refused');
  });
  await expect(written).rejects.toThrow('refused');
  expect(rows.read(users, key)).toEqual({ Roles: 'clerk' });
});

test('rows of other tables are read each time', () => {
  const rows = setup();
  rows.read(invoices, key);
  rows.read(invoices, key);
  expect(reads).toBe(2);
});

test('whoever asks under ever new names fills no memory', () => {
  const rows = setup();
  for (let count = 0; count < 1001; count++) rows.read(users, { Email: `${count}` });
  rows.read(users, { Email: '0' });
  expect(reads).toBe(1002);
});
