import type { ColumnValue, Lookup, Row } from '../../query/index.ts';
import { labelledTables } from '../metadata/component-labels.ts';
import type { MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import { isPrincipal } from '../metadata/principals.ts';
import { formatValue } from './format-value.ts';
import { navigationLinks, rowControl, typeNameOf } from './metadata-level.ts';
import type { Preferences } from './preferences.ts';
import type { UserFormats } from './user-formats.ts';

/** What writing rows as JSON asks for. */
export interface RowWriter {
  readonly metadata: MetadataCatalogue;
  readonly preferences: Preferences;
  readonly formats: UserFormats;
  /** Root of the service, when the client wants to be told types and addresses of everything. */
  readonly fullMetadataOf?: string;
  /** Primary name of the row a lookup points at. */
  nameOf(lookup: Lookup): string | undefined;
  symbolOf(currency: Lookup | null | undefined): string | undefined;
  /** What a component is called in the user's language; undefined: as its row says. */
  labelOf?(table: string, id: string, column: string): string | undefined;
}

const formatted = 'OData.Community.Display.V1.FormattedValue';
const lookupTable = 'Microsoft.Dynamics.CRM.lookuplogicalname';
const navigation = 'Microsoft.Dynamics.CRM.associatednavigationproperty';

/** The row as JSON: annotations before what they describe, lookups as `_x_value`, ETag first. */
export function writeRow(
  table: TableMetadata,
  row: Row,
  writer: RowWriter,
  skipNulls = false,
): Record<string, unknown> {
  return write(table, row, writer, (name) => !skipNulls || row[name] !== null);
}

/** The row with the columns that were selected; the ETag needs the version even when nobody selected it. */
export function shown(
  table: TableMetadata,
  row: Row,
  selected: readonly string[],
  writer: RowWriter,
): Record<string, unknown> {
  const wanted = new Set(selected);
  return write(table, row, writer, (name) => wanted.has(name));
}

/** Each column goes straight into the result: rows are wide, and a copy of one costs more than reading it. */
function write(
  table: TableMetadata,
  row: Row,
  writer: RowWriter,
  isShown: (name: string) => boolean,
): Record<string, unknown> {
  const base = writer.fullMetadataOf;
  const result: Record<string, unknown> = base === undefined ? {} : rowControl(table, row, base);
  if (table.hasOptimisticConcurrency && row['versionnumber'] !== undefined) result['@odata.etag'] = etag(row);
  for (const name of Object.keys(row)) {
    const column = table.columns.get(name);
    if (column === undefined || !column.validForRead || !isShown(name)) continue;
    const value = row[name] ?? null;
    if (column.type === 'lookup') writeLookup(result, table, name, value as Lookup | null, writer);
    else writeValue(result, table, row, name, value, writer);
  }
  if (isPrincipal(table) && row[table.primaryId] !== undefined) result['ownerid'] = row[table.primaryId];
  return base === undefined ? result : Object.assign(result, navigationLinks(table, row, base));
}

/** Address of a row, e.g. `http://127.0.0.1:7071/api/data/v9.2/accounts(<id>)`. */
export const rowUrl = (base: string, table: TableMetadata, key: string) => `${base}/${table.entitySetName}(${key})`;

export const etag = (row: Row) => `W/"${String(row['versionnumber'])}"`;

function writeLookup(
  result: Record<string, unknown>,
  table: TableMetadata,
  name: string,
  value: Lookup | null,
  writer: RowWriter,
): void {
  const key = `_${name}_value`;
  if (value !== null) {
    const { annotation } = writer.preferences;
    const shown = annotation(formatted) ? writer.nameOf(value) : undefined;
    if (shown !== undefined) result[`${key}@${formatted}`] = shown;
    const property = annotation(navigation) ? navigationOf(table, name, value.table) : undefined;
    if (property !== undefined) result[`${key}@${navigation}`] = property;
    if (annotation(lookupTable)) result[`${key}@${lookupTable}`] = value.table;
  }
  if (writer.fullMetadataOf !== undefined) result[`${key}@odata.type`] = '#Guid';
  result[key] = value?.id ?? null;
}

export function navigationOf(table: TableMetadata, column: string, target: string): string | undefined {
  return table.manyToOne.find((one) => one.referencingColumn === column && one.referencedTable === target)
    ?.referencingNavigation;
}

function writeValue(
  result: Record<string, unknown>,
  table: TableMetadata,
  row: Row,
  name: string,
  value: ColumnValue,
  writer: RowWriter,
): void {
  const column = table.columns.get(name)!;
  if (writer.preferences.annotation(formatted)) {
    const symbol = column.type === 'money' ? writer.symbolOf(row['transactioncurrencyid'] as Lookup | null) : undefined;
    const shown = formatValue(column, value, symbol, writer.formats);
    if (shown !== undefined) result[`${name}@${formatted}`] = shown;
  }
  const type = writer.fullMetadataOf === undefined ? undefined : typeNameOf(column);
  if (type !== undefined) result[`${name}@odata.type`] = type;
  if (typeof value === 'string' && labelledTables.has(table.logicalName)) {
    result[name] = writer.labelOf?.(table.logicalName, String(row[table.primaryId]), name) ?? value;
    return;
  }
  result[name] = typeof value === 'bigint' ? Number(value) : Buffer.isBuffer(value) ? value.toString('base64') : value;
}
