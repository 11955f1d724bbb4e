import type { Database } from '../../storage/index.ts';

/** Takes away the files of a column, or of all columns of a table, that is being dropped: their rows and what they hold. */
export function dropFiles(database: Database, table: string, column?: string): void {
  if (!hasFiles(database)) return;
  const [where, values] =
    column === undefined
      ? ['objectid__table = ?', [table]]
      : ['objectid__table = ? and regardingfieldname = ?', [table, column]];
  const files = `select fileattachmentid from fileattachment where ${where}`;
  database.run(`delete from "emulator$fileblocks" where holder in (${files})`, values);
  database.run(`delete from fileattachment where ${where}`, values);
}

/** The platform's own tables come with its first solution. */
const hasFiles = (database: Database) =>
  database.all("select name from sqlite_master where name in ('fileattachment', 'emulator$fileblocks')").length === 2;
