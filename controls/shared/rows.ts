/** A row as the Web API answers it: columns by name, annotations beside them. */
export type Row = Readonly<Record<string, unknown>>;

/** What controls need of `context.webAPI` to read; the real one fits. */
export interface RowReader {
  retrieveRecord(table: string, id: string, options?: string): Promise<Row>;
  retrieveMultipleRecords(table: string, options?: string, maxPageSize?: number): Promise<{ entities: Row[] }>;
}

/** A text column as text: null and missing are empty, space around it does not count. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  return value === null || value === undefined ? '' : String(value).trim();
}
