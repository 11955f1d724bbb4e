import * as React from 'react';
import { TextField as Input } from '@fluentui/react';
import type { FieldProps } from './field-props';
import { textStyles } from './field-styles';
import { formWords } from '../../language/words/form';
import { formatNumber, parseNumber, plainNumber } from '../../language/formats';

/** Numbers and money: as typed while edited, formatted otherwise; what is no number, or out of range, is not taken over. */
export function NumberField({ attribute, id, label, error, onEdit }: FieldProps): React.ReactElement {
  const { column, value, isDirty, formatted } = attribute;
  const [typed, setTyped] = React.useState<string>();
  const [problem, setProblem] = React.useState('');
  const shown =
    value === null ? '' : isDirty || formatted === '' ? formatNumber(value as number, column.precision) : formatted;

  function take(): void {
    if (typed === undefined) return;
    const text = typed.trim();
    const next = text === '' ? null : parseNumber(text);
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
      onFocus={() => typed === undefined && setTyped(value === null ? '' : plainNumber(value as number))}
      onChange={(_event, text = '') => setTyped(text)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}

function problemOf(value: number, column: FieldProps['attribute']['column']): string {
  const { type, minValue = -Infinity, maxValue = Infinity } = column;
  if (Number.isNaN(value)) return formWords('notANumber');
  if (/Int/.test(type) && !Number.isInteger(value)) return formWords('notWhole');
  if (value < minValue || value > maxValue)
    return formWords('outOfRange', formatNumber(minValue, column.precision), formatNumber(maxValue, column.precision));
  return '';
}
