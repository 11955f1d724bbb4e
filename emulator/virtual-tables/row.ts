import type { ColumnMetadata, TableMetadata, VirtualPage } from '../dataverse/index.ts';
import type { DataEntity, FieldLines } from '../finance-operations/contract.ts';
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
  /** The other lookups, by column: the fields they stand on, and what those of a row point at. */
  readonly lookups: ReadonlyMap<string, FollowedLookup>;
}

export interface FollowedLookup {
  readonly fields: readonly string[];
  read(fields: Record<string, unknown>): Lookup | null;
}

type FieldLine = FieldLines['lines'][number];
type LineValue = NonNullable<VirtualPage['lines']>['values'][number][number];

type Fields = Readonly<Record<string, unknown>>;

/** How a field's value is found in what a row was read as. */
type Access<Source> = (field: string) => (source: Source) => unknown;

const byName: Access<Fields> = (field) => (fields) => fields[field];

/** A row of a data entity, which carries its RecId, as its virtual table shows it. */
export function toRow(reading: Reading, fields: Fields): Row {
  const columns = columnsOf(reading);
  return Object.fromEntries(columns.map((name) => [name, columnReader(reading, name, byName)(fields)]));
}

/** The columns of such a row, in their order. */
const columnsOf = ({ table, columns }: Pick<Reading, 'table' | 'columns'>): string[] => [
  table.primaryId,
  ...columns.filter((name) => name !== table.primaryId),
];

/** The page of a query, from the lines finance and operations answered with. How each column is read is found once. */
export function pageOf(reading: Reading, { fields, lines }: FieldLines): Pick<VirtualPage, 'rows' | 'lines'> {
  const columns = columnsOf(reading);
  const readers = columns.map((name) => columnReader(reading, name, placed(reading.entity, fields)));
  return {
    rows: () =>
      lines.map((line) => Object.fromEntries(columns.map((name, index) => [name, readers[index]!(line)])) as Row),
    lines: {
      columns,
      values: lines.map(valuesOf(columns.map((name, index) => inLine(reading.table, name, readers[index]!)))),
    },
  };
}

/** A loop, for there are thousands of values in a page. */
function valuesOf(readers: readonly ((line: FieldLine) => LineValue)[]): (line: FieldLine) => LineValue[] {
  return (line) => {
    const values: LineValue[] = [];
    for (const read of readers) values.push(read(line));
    return values;
  };
}

/** All fields of these lines by their names, for who has to look a row up. */
export function byNames(entity: DataEntity, { fields, lines }: FieldLines): Record<string, unknown>[] {
  const readers = fields.map((field) => [field, placed(entity, fields)(field)] as const);
  return lines.map((line) => Object.fromEntries(readers.map(([field, read]) => [field, read(line)])));
}

/** Values of fields in lines; a field that holds nothing has the empty value of its type. */
function placed(entity: DataEntity, fields: readonly string[]): Access<FieldLine> {
  return (field) => {
    const place = fields.indexOf(field);
    switch (entity.fields.get(field)?.type) {
      case 'real':
        return (line) => Number(line[place]);
      case 'int':
      case 'int64':
        return (line) => line[place] ?? 0;
      default:
        return (line) => line[place] ?? '';
    }
  };
}

/** A lookup of a virtual table leads to one table, so that its id says all. */
function inLine(table: TableMetadata, name: string, read: (line: FieldLine) => ColumnValue) {
  if (table.columns.get(name)?.type !== 'lookup') return read as (line: FieldLine) => LineValue;
  return (line: FieldLine): LineValue => (read(line) as Lookup | null)?.id ?? null;
}

function columnReader<Source>(
  { table, entity, companyIds, lookups }: Reading,
  name: string,
  at: Access<Source>,
): (source: Source) => ColumnValue {
  if (name === table.primaryId) {
    const [idOf, recId] = [rowIds(entity.id), at('RecId')];
    return (source) => idOf(recId(source) as string | number);
  }
  if (name === 'mserp_primaryfield') {
    const values = entity.key.map(at);
    return (source) => primaryField(values.map((value) => value(source)));
  }
  if (name === 'mserp_dataareaid_id') {
    const code = at('dataAreaId');
    return (source) => {
      const id = companyIds.get(String(code(source)).toLowerCase());
      return id === undefined ? null : { table: 'cdm_company', id };
    };
  }
  const lookup = lookups.get(name);
  if (lookup !== undefined) {
    const values = lookup.fields.map((field) => [field, at(field)] as const);
    return (source) => lookup.read(Object.fromEntries(values.map(([field, value]) => [field, value(source)])));
  }
  const field = fieldOf({ table, entity }, name) ?? '';
  const value = at(field);
  const read = fieldReader(table.columns.get(name)!, entity.fields.get(field)?.type === 'date');
  return (source) => {
    const found = value(source);
    // Decided: empty text reads as null, as an empty date does.
    return found === undefined || found === null || found === '' ? null : read(found);
  };
}

/** Key values joined with a pipe, 255 characters at most. */
const primaryField = (values: readonly unknown[]) => values.map(String).join('|').slice(0, 255);

/** A day of finance and operations is noon there, and midnight here. */
const dateOf = (value: string, isDateOnly: boolean, isDay: boolean) =>
  isDateOnly ? value.slice(0, 10) : isDay ? `${value.slice(0, 10)}T00:00:00Z` : value;

/** How what a field holds reads in this column. */
function fieldReader({ type, choice, precision = 2 }: ColumnMetadata, isDay: boolean): (value: unknown) => ColumnValue {
  switch (type) {
    case 'choice': {
      const values = choice === undefined ? new Map<string, number>() : valuesBySymbol(choice);
      return (value) => values.get(String(value).toLowerCase()) ?? null;
    }
    case 'datetime':
    case 'date':
      return (value) => (value === noDate ? null : dateOf(String(value), type === 'date', isDay));
    case 'decimal':
    case 'double':
      return rounding(precision);
    default:
      return (value) => value as ColumnValue;
  }
}

/** What has no more digits than the column, as most amounts, need not be written out to be rounded. */
function rounding(precision: number): (value: unknown) => number {
  const scale = 10 ** precision;
  return (value) => {
    const number = Number(value);
    return Math.round(number * scale) / scale === number ? number : Number(number.toFixed(precision));
  };
}

type Choice = NonNullable<ColumnMetadata['choice']>;

const known = new WeakMap<Choice, ReadonlyMap<string, number>>();

/** Values of a choice by the symbols of the enum behind it, in lower case. */
function valuesBySymbol(choice: Choice): ReadonlyMap<string, number> {
  let values = known.get(choice);
  if (values === undefined) {
    values = new Map(choice.options.map((option) => [option.externalName?.toLowerCase() ?? '', option.value]));
    known.set(choice, values);
  }
  return values;
}
