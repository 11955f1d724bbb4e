import type { ColumnMetadata } from '../dataverse/index.ts';
import type { EntityField, EntityValue } from '../finance-operations/contract.ts';
import type { ColumnValue } from '../query/index.ts';
import type { FieldMapping } from './map-definition.ts';

const noDate = '1900-01-01T00:00:00Z';

/** The value map of a pair: what finance and operations says → what Dataverse says. */
export const transformOf = (mapping: FieldMapping) =>
  mapping.valueTransforms.find((one) => one.transformType === 'ValueMap')?.valueMap;
export const defaultOf = (mapping: FieldMapping): string | undefined =>
  mapping.valueTransforms.find((one) => one.transformType === 'Default')?.defaultValue;

/** A field's value as the column holds it. Keys of value maps are enum symbols in any letter case. */
export function toColumn(value: EntityValue | undefined, column: ColumnMetadata, mapping: FieldMapping): ColumnValue {
  const values = transformOf(mapping);
  const mapped =
    values === undefined
      ? value
      : (Object.entries(values).find(([key]) => key.toLowerCase() === String(value).toLowerCase())?.[1] ?? null);
  if (mapped === null || mapped === undefined || mapped === '' || mapped === noDate) return null;
  switch (column.type) {
    case 'boolean':
      return /^(true|yes|1)$/i.test(String(mapped));
    case 'choice':
      return Number.isNaN(Number(mapped)) ? choiceByName(column, String(mapped)) : Number(mapped);
    case 'integer':
    case 'decimal':
    case 'double':
    case 'money':
    case 'bigint':
      return Number(mapped);
    case 'date':
      return String(mapped).slice(0, 10);
    default:
      return String(mapped);
  }
}

/** Decided: an enum symbol without a value map matches a choice by its label. */
function choiceByName(column: ColumnMetadata, name: string): number | null {
  const plain = (text: string) => text.replaceAll(/[^a-z0-9]/gi, '').toLowerCase();
  return column.choice?.options.find((option) => plain(option.label[1033] ?? '') === plain(name))?.value ?? null;
}

/** A column's value as the field holds it; null is the field's own way of saying nothing. */
export function toField(
  value: ColumnValue | undefined,
  field: EntityField,
  column: ColumnMetadata | undefined,
  mapping: FieldMapping,
): EntityValue {
  const values = transformOf(mapping);
  if (values !== undefined) {
    const text = typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value ?? '');
    return Object.entries(values).find(([, other]) => other.toLowerCase() === text.toLowerCase())?.[0] ?? null;
  }
  if (value === null || value === undefined)
    return field.type === 'string'
      ? ''
      : field.type === 'date' || field.type === 'utcDateTime'
        ? noDate
        : field.type === 'enum'
          ? null
          : 0;
  if (column?.type === 'choice')
    return (
      column.choice?.options
        .find((option) => option.value === Number(value))
        ?.label[1033]?.replaceAll(/[^A-Za-z0-9]/g, '') ?? null
    );
  // A day is noon in finance and operations.
  if (column?.type === 'date') return `${String(value).slice(0, 10)}T12:00:00Z`;
  return typeof value === 'number' ? value : String(value);
}
