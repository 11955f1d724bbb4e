import type { Database } from '../../storage/index.ts';
import type { Catalogue } from '../metadata/catalogue.ts';

/** First type code of tables that are not the platform's own; every environment counts on from there. */
const firstCustomTypeCode = 10_000;

/** The code the table has had since it came, also when others have gone since; the next one for a new table. */
export function typeCodeOf(catalogue: Catalogue, table: string): number {
  const given = catalogue.typeCodes.get(table);
  if (given !== undefined) return given;
  const code = Math.max(firstCustomTypeCode, ...catalogue.typeCodes.values()) + 1;
  catalogue.typeCodes.set(table, code);
  return code;
}

/** The code a file states, if it is one of the platform's own; those of other environments mean nothing here. */
export function statedTypeCode(text: string): number | undefined {
  const code = Number(text);
  return Number.isInteger(code) && code > 0 && code < firstCustomTypeCode ? code : undefined;
}

const codesTable = `create table if not exists "emulator$type_codes" (tablename text primary key, code integer not null) without rowid`;

/** Type codes outlive a start. */
export function loadTypeCodes(database: Database, catalogue: Catalogue): void {
  database.exec(codesTable);
  for (const row of database.all('select tablename, code from "emulator$type_codes"'))
    catalogue.typeCodes.set(String(row['tablename']), Number(row['code']));
}

export function keepTypeCodes(database: Database, catalogue: Catalogue): void {
  database.exec(codesTable);
  for (const [table, code] of catalogue.typeCodes)
    database.run('insert or ignore into "emulator$type_codes" (tablename, code) values (?, ?)', [table, code]);
}
