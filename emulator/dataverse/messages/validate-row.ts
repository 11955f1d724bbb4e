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

/** Columns the platform itself needs may not end up empty. @throws Fault 0x80040200, for the owner 0x80040229 */
export function requireFilled(table: TableMetadata, row: Row, names: readonly string[]): void {
  for (const name of names) {
    const column = table.columns.get(name);
    if (column?.requiredLevel !== 'SystemRequired' || column.isPrimaryId || !column.validForCreate) continue;
    if (row[name] !== null && row[name] !== undefined) continue;
    throw name === 'ownerid' ? faults.invalidOwner() : faults.requiredMissing(name, table.logicalName);
  }
}

function validateValue(table: string, column: ColumnMetadata, value: NonNullable<Row[string]>): void {
  const { logicalName, maxLength, choice } = column;
  if (typeof value === 'string' && maxLength !== undefined && value.length > maxLength)
    throw faults.textTooLong(logicalName, table, maxLength);
  // Decided: refused, as the platform refuses what XML cannot hold; the store would cut the text off there.
  if (typeof value === 'string' && value.includes('\0'))
    throw faults.invalidArgument(`The character 0x00 in the value of '${logicalName}' is not valid.`);
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
  const [lowest, highest] = range(column);
  if (typeof value === 'number' && (value < lowest || value > highest))
    throw column.type === 'integer'
      ? faults.integerOutOfRange(logicalName, table, value)
      : faults.decimalOutOfRange(logicalName, table, value);
  if ((column.type === 'datetime' || column.type === 'date') && String(value) < '1753-01-01')
    throw faults.invalidDate();
}

/** What the type itself holds, where the column says nothing narrower. */
const widest: Partial<Record<ColumnMetadata['type'], number>> = {
  integer: 2 ** 31 - 1,
  decimal: 100_000_000_000,
  double: 100_000_000_000,
  money: 922_337_203_685_477,
};

function range({ type, minValue, maxValue }: ColumnMetadata): readonly [lowest: number, highest: number] {
  const most = widest[type] ?? Infinity;
  return [minValue ?? -most, maxValue ?? most];
}
