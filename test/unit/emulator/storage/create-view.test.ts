import { createView, openDatabase } from '../../../../emulator/storage/index.ts';

test('a view of a former version is replaced; one that is the same is left alone', () => {
  const database = openDatabase(':memory:');
  const view = (column: string) => `create view if not exists "fno$view" as select 1 as "${column}"`;
  createView(database, 'fno$view', view('before'));
  const version = () => Number(database.get('pragma schema_version')!['schema_version']);
  const first = version();
  createView(database, 'fno$view', view('before'));
  expect(version()).toBe(first);
  createView(database, 'fno$view', view('after'));
  expect(database.get('select * from "fno$view"')).toEqual({ after: 1 });
  database.close();
});
