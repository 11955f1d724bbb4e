import type { TableMetadata } from '../dataverse/index.ts';
import type { DataEntity } from '../finance-operations/contract.ts';
import type { ColumnValue, Lookup, Row } from '../query/index.ts';
import { fieldOf } from './query-text.ts';
import { rowId } from './row-id.ts';

/** Stands for "no date" in finance and operations. */
export const noDate = '1900-01-01T00:00:00Z';

/** What rows of one table are read with. */
export interface Reading {
  readonly table: TableMetadata;
  readonly entity: DataEntity;
  readonly columns: readonly string[];
  /** Company code, lower case → id of its row in Dataverse. */
  readonly companyIds: ReadonlyMap<string, string>;
  /** What the other lookups point at, by column. */
  readonly lookups: ReadonlyMap<string, (fields: Record<string, unknown>) => Lookup | null>;
}

/** A row of a data entity, which carries its RecId, as its virtual table shows it. */
export function toRow(reading: Reading, fields: Record<string, unknown>): Row {
  const { table, entity, columns, companyIds, lookups } = reading;
  const row: Row = { [table.primaryId]: rowId(entity.id, BigInt(String(fields['RecId']))) };
  for (const name of columns) {
    if (name === table.primaryId) continue;
    if (name === 'mserp_primaryfield') row[name] = primaryField(entity, fields);
    else if (name === 'mserp_dataareaid_id') {
      const id = companyIds.get(String(fields['dataAreaId']).toLowerCase());
      row[name] = id === undefined ? null : { table: 'cdm_company', id };
    } else if (lookups.has(name)) row[name] = lookups.get(name)!(fields);
    else {
      const field = fieldOf({ table, entity }, name) ?? '';
      row[name] = readField(table, name, fields[field], entity.fields.get(field)?.type === 'date');
    }
  }
  return row;
}

/** Key values joined with a pipe, 255 characters at most. */
const primaryField = (entity: DataEntity, fields: Readonly<Record<string, unknown>>) =>
  entity.key
    .map((key) => String(fields[key]))
    .join('|')
    .slice(0, 255);

/** A day of finance and operations is noon there, and midnight here. */
const dateOf = (value: string, isDateOnly: boolean, isDay: boolean) =>
  isDateOnly ? value.slice(0, 10) : isDay ? `${value.slice(0, 10)}T00:00:00Z` : value;

/** Decided: empty text reads as null, as an empty date does. */
function readField(table: TableMetadata, name: string, value: unknown, isDay: boolean): ColumnValue {
  const column = table.columns.get(name)!;
  if (value === undefined || value === null || value === '') return null;
  if (column.type === 'choice')
    return (
      column.choice?.options.find((option) => option.externalName?.toLowerCase() === String(value).toLowerCase())
        ?.value ?? null
    );
  if (column.type === 'datetime' || column.type === 'date')
    return value === noDate ? null : dateOf(String(value), column.type === 'date', isDay);
  if (column.type === 'decimal' || column.type === 'double')
    return Number(Number(value).toFixed(column.precision ?? 2));
  return value as ColumnValue;
}
