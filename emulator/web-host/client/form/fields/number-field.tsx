import * as React from 'react';
import { TextField as Input } from '@fluentui/react';
import type { FieldProps } from './field-props';
import { textStyles } from './field-styles';

/** Numbers and money: as typed while edited, formatted otherwise; what is no number, or out of range, is not taken over. */
export function NumberField({ attribute, id, label, error, onEdit }: FieldProps): React.ReactElement {
  const { column, value, isDirty, formatted } = attribute;
  const [typed, setTyped] = React.useState<string>();
  const [problem, setProblem] = React.useState('');
  const shown =
    value === null ? '' : isDirty || formatted === '' ? format(value as number, column.precision) : formatted;

  function take(): void {
    if (typed === undefined) return;
    const text = typed.trim();
    const next = text === '' ? null : parse(text);
    const found = next === null ? '' : problemOf(next, column);
    setProblem(found);
    if (found !== '') return;
    setTyped(undefined);
    if (next !== value) onEdit(next);
  }

  return (
    <Input
      id={id}
      ariaLabel={label}
      inputMode="decimal"
      value={typed ?? shown}
      placeholder="---"
      autoComplete="off"
      errorMessage={problem || error}
      styles={textStyles}
      onFocus={() => typed === undefined && setTyped(value === null ? '' : String(value))}
      onChange={(_event, text = '') => setTyped(text)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}

const language = () => navigator.language || 'en-US';

const format = (value: number, precision = 0) =>
  new Intl.NumberFormat(language(), { minimumFractionDigits: precision, maximumFractionDigits: precision }).format(
    value,
  );

/** Reads a number with the user's separators; NaN for what is none. */
function parse(text: string): number {
  const parts = new Intl.NumberFormat(language()).formatToParts(12345.6);
  const group = parts.find(({ type }) => type === 'group')?.value ?? ',';
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
  const plain = text
    .replace(/[\s\p{Sc}]/gu, '')
    .split(group)
    .join('')
    .replace(decimal, '.');
  return /^[+-]?\d*\.?\d+$/.test(plain) ? Number(plain) : NaN;
}

function problemOf(value: number, column: FieldProps['attribute']['column']): string {
  const { type, minValue = -Infinity, maxValue = Infinity } = column;
  if (Number.isNaN(value)) return 'You must enter a valid number.';
  if (/Int/.test(type) && !Number.isInteger(value)) return 'You must enter a whole number.';
  if (value < minValue || value > maxValue)
    return `Enter a number between ${format(minValue, column.precision)} and ${format(maxValue, column.precision)}.`;
  return '';
}
