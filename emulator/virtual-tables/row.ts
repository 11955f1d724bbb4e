import type { ColumnMetadata, TableMetadata } from '../dataverse/index.ts';
import type { DataEntity } from '../finance-operations/contract.ts';
import type { ColumnValue, Lookup, Row } from '../query/index.ts';
import { fieldOf } from './query-text.ts';
import { rowIds } from '../finance-operations/contract.ts';

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

type Fields = Readonly<Record<string, unknown>>;

/** A row of a data entity, which carries its RecId, as its virtual table shows it. */
export const toRow = (reading: Reading, fields: Fields): Row => rowReader(reading)(fields);

/** Reads rows alike: where each column comes from is found once. */
export function rowReader(reading: Reading): (fields: Fields) => Row {
  const { table, entity, columns } = reading;
  const idOf = rowIds(entity.id);
  const read = columns
    .filter((name) => name !== table.primaryId)
    .map((name) => ({ name, value: columnReader(reading, name) }));
  return (fields) => {
    const row: Row = { [table.primaryId]: idOf(String(fields['RecId'])) };
    for (const { name, value } of read) row[name] = value(fields);
    return row;
  };
}

function columnReader({ table, entity, companyIds, lookups }: Reading, name: string): (fields: Fields) => ColumnValue {
  if (name === 'mserp_primaryfield') return (fields) => primaryField(entity, fields);
  if (name === 'mserp_dataareaid_id')
    return (fields) => {
      const id = companyIds.get(String(fields['dataAreaId']).toLowerCase());
      return id === undefined ? null : { table: 'cdm_company', id };
    };
  const lookup = lookups.get(name);
  if (lookup !== undefined) return (fields) => lookup(fields);
  const field = fieldOf({ table, entity }, name) ?? '';
  const isDay = entity.fields.get(field)?.type === 'date';
  const column = table.columns.get(name)!;
  return (fields) => readField(column, fields[field], isDay);
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
function readField(column: ColumnMetadata, value: unknown, isDay: boolean): ColumnValue {
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
