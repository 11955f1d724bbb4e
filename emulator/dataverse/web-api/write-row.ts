import type { ColumnValue, Lookup, Row } from '../../query/index.ts';
import { labelledTables } from '../metadata/component-labels.ts';
import type { ColumnMetadata, MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
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

/** A row as JSON: annotations before what they describe, lookups as `_x_value`, ETag first. */
export type WriteRow = (row: Row) => Record<string, unknown>;

/** Adds one column, with its annotations, to the JSON of a row. */
type WriteColumn = (result: Record<string, unknown>, value: ColumnValue, row: Row) => void;

/** Writes rows with every column they hold. */
export function wholeRows(table: TableMetadata, writer: RowWriter, skipNulls = false): WriteRow {
  const write = writing(table, writer, () => true);
  return skipNulls ? (row) => write(withoutNulls(row)) : write;
}

/** Writes rows with the columns that were selected; the ETag needs the version even when nobody selected it. */
export function shownRows(table: TableMetadata, selected: readonly string[], writer: RowWriter): WriteRow {
  const wanted = new Set(selected);
  return writing(table, writer, (name) => wanted.has(name));
}

const withoutNulls = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

/** How each column is written is found out once, not once a row: a page has thousands of values. */
function writing(table: TableMetadata, writer: RowWriter, isShown: (name: string) => boolean): WriteRow {
  const base = writer.fullMetadataOf;
  const columns = new Map<string, WriteColumn | undefined>();
  const columnWriter = (name: string) => {
    if (!columns.has(name)) columns.set(name, isShown(name) ? writeColumn(table, name, writer) : undefined);
    return columns.get(name);
  };
  return (row) => {
    const result: Record<string, unknown> = base === undefined ? {} : rowControl(table, row, base);
    if (table.hasOptimisticConcurrency && row['versionnumber'] !== undefined) result['@odata.etag'] = etag(row);
    for (const name in row) columnWriter(name)?.(result, row[name] ?? null, row);
    if (isPrincipal(table) && row[table.primaryId] !== undefined) result['ownerid'] = row[table.primaryId];
    return base === undefined ? result : Object.assign(result, navigationLinks(table, row, base));
  };
}

function writeColumn(table: TableMetadata, name: string, writer: RowWriter): WriteColumn | undefined {
  const column = table.columns.get(name);
  if (column === undefined || !column.validForRead) return undefined;
  return column.type === 'lookup' ? writeLookup(table, name, writer) : writeValue(table, column, writer);
}

/** Address of a row, e.g. `http://127.0.0.1:7071/api/data/v9.2/accounts(<id>)`. */
export const rowUrl = (base: string, table: TableMetadata, key: string) => `${base}/${table.entitySetName}(${key})`;

export const etag = (row: Row) => `W/"${String(row['versionnumber'])}"`;

function writeLookup(table: TableMetadata, name: string, writer: RowWriter): WriteColumn {
  const key = `_${name}_value`;
  const { annotation } = writer.preferences;
  const [isFormatted, isNavigable, isNamed] = [formatted, navigation, lookupTable].map(annotation);
  return (result, value) => {
    const lookup = value as Lookup | null;
    if (lookup !== null) {
      const shown = isFormatted ? writer.nameOf(lookup) : undefined;
      if (shown !== undefined) result[`${key}@${formatted}`] = shown;
      const property = isNavigable ? navigationOf(table, name, lookup.table) : undefined;
      if (property !== undefined) result[`${key}@${navigation}`] = property;
      if (isNamed) result[`${key}@${lookupTable}`] = lookup.table;
    }
    if (writer.fullMetadataOf !== undefined) result[`${key}@odata.type`] = '#Guid';
    result[key] = lookup?.id ?? null;
  };
}

export function navigationOf(table: TableMetadata, column: string, target: string): string | undefined {
  return table.manyToOne.find((one) => one.referencingColumn === column && one.referencedTable === target)
    ?.referencingNavigation;
}

function writeValue(table: TableMetadata, column: ColumnMetadata, writer: RowWriter): WriteColumn {
  const name = column.logicalName;
  const isFormatted = writer.preferences.annotation(formatted);
  const type = writer.fullMetadataOf === undefined ? undefined : typeNameOf(column);
  const isLabelled = labelledTables.has(table.logicalName);
  return (result, value, row) => {
    if (isFormatted) {
      const symbol =
        column.type === 'money' ? writer.symbolOf(row['transactioncurrencyid'] as Lookup | null) : undefined;
      const shown = formatValue(column, value, symbol, writer.formats);
      if (shown !== undefined) result[`${name}@${formatted}`] = shown;
    }
    if (type !== undefined) result[`${name}@odata.type`] = type;
    result[name] =
      isLabelled && typeof value === 'string'
        ? (writer.labelOf?.(table.logicalName, String(row[table.primaryId]), name) ?? value)
        : jsonValue(value);
  };
}

const jsonValue = (value: ColumnValue) =>
  typeof value === 'bigint' ? Number(value) : Buffer.isBuffer(value) ? value.toString('base64') : value;
