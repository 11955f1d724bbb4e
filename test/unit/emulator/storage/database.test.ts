import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../../../emulator/storage/database.ts';

let database: Database;
beforeEach(() => {
  database = openDatabase(':memory:');
  database.exec('create table t (id integer primary key, name text)');
});
afterEach(() => database.close());

const insert = (name: string) => database.run('insert into t (name) values (?)', [name]);
const names = () => database.all('select name from t order by id').map((row) => row['name']);
const soon = () => new Promise((done) => setTimeout(done, 2));

test('a transaction that throws leaves nothing, and its after-commit work never runs', async () => {
  const ran: string[] = [];
  await expect(
    database.transaction(async () => {
      insert('a');
      database.afterCommit(() => ran.push('a'));
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect([names(), ran]).toEqual([[], []]);
});

test('a transaction inside another is a savepoint: undone alone, or with the outer one', async () => {
  await database.transaction(async () => {
    insert('outer');
    await database.transaction(async () => void insert('kept'));
    await database
      .transaction(async () => {
        insert('undone');
        throw new Error();
      })
      .catch(() => {});
  });
  expect(names()).toEqual(['outer', 'kept']);
});

test('after-commit work of a savepoint that failed is dropped, the rest runs once, after the commit', async () => {
  const ran: string[] = [];
  await database.transaction(async () => {
    database.afterCommit(() => ran.push(`outer ${database.inTransaction()}`));
    await database
      .transaction(async () => {
        database.afterCommit(() => ran.push('inner'));
        throw new Error();
      })
      .catch(() => {});
    expect(ran).toEqual([]);
  });
  expect(ran).toEqual(['outer false']);
});

test('transactions that wait in the middle follow each other, and readers never see half of one', async () => {
  const seen: unknown[] = [];
  const first = database.transaction(async () => {
    insert('one');
    await soon();
    insert('two');
  });
  const reader = database.reading(async () => seen.push(names()));
  const second = database.transaction(async () => void insert('three'));
  await Promise.all([first, second, reader]);
  expect(names()).toEqual(['one', 'two', 'three']);
  expect([[['one', 'two']], [['one', 'two', 'three']]]).toContainEqual(seen);
});

test('a copy holds what was committed and can be opened by itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fno-'));
  try {
    insert('é');
    const file = join(folder, 'copy.sqlite');
    database.copyTo(file);
    expect(existsSync(file)).toBe(true);
    const copy = openDatabase(file);
    expect(copy.get('select name from t')).toEqual({ name: 'é' });
    copy.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('integers beyond 2^53 can be stored and compared', () => {
  database.run('insert into t (id, name) values (?, ?)', [9007199254740993n, 'big']);
  expect(database.get('select name from t where id = ?', [9007199254740993n])).toEqual({ name: 'big' });
});
