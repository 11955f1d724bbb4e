import type { Attribute, LookupValue, Value } from './form-model';
import { formatDate, formatMoment } from '../language/formats';

const nothing = '---';

export const isEmptyValue = (value: Value): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** The text a column's value is shown as where it cannot be edited. */
export function textOfValue({ value, column, formatted, isDirty }: Attribute): string {
  if (isEmptyValue(value)) return nothing;
  if (column.targets.length > 0) return (value as readonly LookupValue[])[0]!.name;
  if (!isDirty && formatted !== '') return formatted;
  if (column.options.length > 0)
    return column.options.find((one) => one.value === Number(value))?.label ?? String(value);
  if (value instanceof Date) return column.isDateOnly ? formatDate(value) : formatMoment(value);
  return String(value);
}
