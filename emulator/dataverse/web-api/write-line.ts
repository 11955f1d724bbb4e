import type { ColumnType } from '../../query/index.ts';
import type { SqlValue } from '../../storage/index.ts';

/** A row as JSON text, from the values of its line in the store's answer. */
export type WriteLine = (values: readonly SqlValue[]) => string;

/** A property every row has: where in a line its value stands, and the JSON it becomes. */
export interface LineProperty {
  readonly name: string;
  readonly place: number;
  text(value: NonNullable<SqlValue>): string;
}

/** Writes rows with these properties. No object is made for a row; what all rows have in common is put together once. */
export function lineWriter(properties: readonly LineProperty[]): WriteLine {
  const parts = properties.map(({ name, place, text }, index) => ({
    before: `${index === 0 ? '' : ','}${JSON.stringify(name)}:`,
    place,
    text,
  }));
  return (values) => {
    let line = '';
    for (const { before, place, text } of parts) {
      const value = values[place];
      line += before + (value === null || value === undefined ? 'null' : text(value));
    }
    return `{${line}}`;
  };
}

/** How values of a column of this type are written; bytes, which have no place in a line, are not among them. */
export function jsonOf(type: Exclude<ColumnType, 'binary'>): LineProperty['text'] {
  switch (type) {
    case 'integer':
    case 'choice':
    case 'bigint':
      return String;
    case 'boolean':
      return (value) => String(Number(value) === 1);
    case 'decimal':
    case 'money':
    case 'double':
      // The store hands over all digits there may be; what is written are those it takes to tell the number.
      return (value) => JSON.stringify(Number(value));
    case 'text':
    case 'memo':
      return (value) => quoted(String(value));
    default:
      // Ids, dates and lists of numbers: nothing in them has to be escaped.
      return (value) => `"${String(value)}"`;
  }
}

/** JSON escapes quotes, backslashes, control characters and halves of surrogate pairs; most texts have none. */
const escaped = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

const quoted = (text: string) => (escaped.test(text) ? JSON.stringify(text) : `"${text}"`);
