import type { Row } from '../../query/index.ts';
import { faults } from '../faults.ts';
import type { ColumnMetadata, TableMetadata } from '../metadata/model.ts';

/** Checks lengths, ranges and choices before anything is stored. @throws Fault with the platform's code */
export function validateRow(table: TableMetadata, row: Row): void {
  for (const [name, value] of Object.entries(row)) {
    const column = table.columns.get(name);
    if (column !== undefined && value !== null) validateValue(table.logicalName, column, value);
  }
}

function validateValue(table: string, column: ColumnMetadata, value: NonNullable<Row[string]>): void {
  const { logicalName, maxLength, minValue, maxValue, choice } = column;
  if (typeof value === 'string' && maxLength !== undefined && value.length > maxLength)
    throw faults.textTooLong(logicalName, table, maxLength);
  if (column.type === 'choice' && choice !== undefined) {
    const accepted = choice.options.map((option) => option.value);
    if (!accepted.includes(Number(value))) throw faults.choiceOutOfRange(logicalName, table, value, accepted);
  }
  if (column.type === 'choices' && choice !== undefined) {
    const accepted = choice.options.map((option) => option.value);
    const wrong = String(value)
      .split(',')
      .find((item) => !accepted.includes(Number(item)));
    if (wrong !== undefined) throw faults.choiceOutOfRange(logicalName, table, wrong, accepted);
  }
  if (
    typeof value === 'number' &&
    ((minValue !== undefined && value < minValue) || (maxValue !== undefined && value > maxValue))
  ) {
    throw column.type === 'integer'
      ? faults.integerOutOfRange(logicalName, table, value)
      : faults.decimalOutOfRange(logicalName, table, value);
  }
  if ((column.type === 'datetime' || column.type === 'date') && String(value) < '1753-01-01')
    throw faults.invalidDate();
}
