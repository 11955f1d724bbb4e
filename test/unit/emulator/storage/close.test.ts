import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../../emulator/storage/index.ts';

test('a store that is closed within a transaction lets go of its file, and keeps nothing of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fno-connect-store-'));
  const file = join(folder, 'store.sqlite');
  const first = openDatabase(file);
  first.exec('create table t (n integer)');
  const insert = 'insert into t (n) values (1)';
  const cutOff = first.transaction(async () => {
    first.run(insert);
    first.close();
  });
  await expect(cutOff).rejects.toThrow();
  const second = openDatabase(file);
  expect(second.all('select n from t')).toEqual([]);
  second.run(insert);
  expect(second.all('select n from t')).toHaveLength(1);
  second.close();
  rmSync(folder, { recursive: true, force: true });
});
