import type { Condition, Row } from '../../query/index.ts';
import { readRows, type Database, type Shapes } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';

/** Refuses a row whose key values another row has; a key with an empty part constrains nothing. @throws Fault 0x80060892 */
export function requireUniqueKeys(
  table: TableMetadata,
  id: string,
  after: Row,
  written: Row,
  database: Database,
  shapes: Shapes,
): void {
  for (const key of table.keys) {
    if (!key.columns.some((column) => column in written)) continue;
    if (key.columns.some((column) => after[column] === null || after[column] === undefined)) continue;
    const other = findByKey(
      table,
      Object.fromEntries(key.columns.map((column) => [column, after[column]!])),
      database,
      shapes,
    );
    if (other !== undefined && other !== id) throw faults.duplicateKey(key.logicalName, key.columns.join(', '));
  }
}

/** Id of the row with these values. */
export function findByKey(table: TableMetadata, values: Row, database: Database, shapes: Shapes): string | undefined {
  const of = Object.entries(values).map(([column, value]): Condition => {
    const right = typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
    return { kind: 'compare', left: { column }, operator: 'eq', right };
  });
  const [row] = readRows(
    database,
    { table: table.logicalName, columns: [table.primaryId], joins: [], order: [], filter: { kind: 'all', of }, top: 1 },
    shapes,
  );
  return row === undefined ? undefined : String(row.columns[table.primaryId]);
}
