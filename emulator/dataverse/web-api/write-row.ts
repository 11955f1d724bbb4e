import type { ColumnValue, Lookup, Row } from '../../query/index.ts';
import type { Selection, SqlValue } from '../../storage/index.ts';
import { labelledTables } from '../metadata/component-labels.ts';
import type { ColumnMetadata, MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import { isPrincipal } from '../metadata/principals.ts';
import { formatValue } from './format-value.ts';
import { navigationLinks, rowControl, typeNameOf } from './metadata-level.ts';
import type { Preferences } from './preferences.ts';
import type { UserFormats } from './user-formats.ts';
import { jsonOf, lineWriter, type LineProperty, type WriteLine } from './write-line.ts';

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

/** A row as JSON, behind what is there already: annotations before what they describe, lookups as `_x_value`, ETag first. */
export type WriteRow = (row: Row, behind?: Record<string, unknown>) => Record<string, unknown>;

/** Adds one column, with its annotations, to the JSON of a row. */
type WriteColumn = (result: Record<string, unknown>, value: ColumnValue, row: Row, writer: RowWriter) => void;

const leaveOut: WriteColumn = () => undefined;

/** What a client wants to be told beside the values. */
interface Told {
  readonly formatted: boolean;
  readonly navigation: boolean;
  readonly lookupTable: boolean;
  readonly types: boolean;
}

/** Writes rows with every column they hold. */
export function wholeRows(table: TableMetadata, writer: RowWriter, skipNulls = false): WriteRow {
  const write = new RowForm(table, () => true).writtenBy(writer);
  return skipNulls ? (row) => write(withoutNulls(row)) : write;
}

/** Writes rows with the columns that were selected; the ETag needs the version even when nobody selected it. */
export function shownRows(table: TableMetadata, selected: readonly string[], writer: RowWriter): WriteRow {
  return formOf(table, selected).writtenBy(writer);
}

/** How rows are written with these columns. */
export function formOf(table: TableMetadata, selected: readonly string[]): RowForm {
  const wanted = new Set(selected);
  return new RowForm(table, (name) => wanted.has(name));
}

const withoutNulls = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

/**
 * How rows of a table are written. How each column is written is found out once, not once a row: a page has thousands of
 * values. Holds as long as the metadata stays as it is.
 */
export class RowForm {
  private readonly known = new Map<string, Map<string, WriteColumn>>();
  private readonly lines = new WeakMap<Selection, WriteLine>();

  constructor(
    private readonly table: TableMetadata,
    private readonly isShown: (name: string) => boolean,
  ) {}

  /** Writes rows as the client of this writer wants them. */
  writtenBy(writer: RowWriter): WriteRow {
    const { table } = this;
    const base = writer.fullMetadataOf;
    const told = toldBy(writer);
    const columns = this.columns(told);
    return (row, behind = {}) => {
      const result = base === undefined ? behind : Object.assign(behind, rowControl(table, row, base));
      if (table.hasOptimisticConcurrency && row['versionnumber'] !== undefined) result['@odata.etag'] = etag(row);
      for (const name in row) {
        let write = columns.get(name);
        if (write === undefined) columns.set(name, (write = this.writeColumn(name, told)));
        write(result, row[name] ?? null, row, writer);
      }
      if (isPrincipal(table) && row[table.primaryId] !== undefined) result['ownerid'] = row[table.primaryId];
      return base === undefined ? result : Object.assign(result, navigationLinks(table, row, base));
    };
  }

  /**
   * Writes the same JSON straight from the lines the store answers with: much the cheaper way to write a page. Undefined
   * where more is told of a row than what it holds.
   */
  lineWriter(writer: RowWriter, selection: Selection): WriteLine | undefined {
    const { table, lines } = this;
    const isMoreTold = Object.values(toldBy(writer)).includes(true);
    if (isMoreTold || isPrincipal(table) || labelledTables.has(table.logicalName)) return undefined;
    const known = lines.get(selection);
    if (known !== undefined || selection.hasBytes) return known;
    const write = lineWriter(this.properties(selection));
    lines.set(selection, write);
    return write;
  }

  private properties({ columns }: Selection): LineProperty[] {
    const version = columns.find(({ shape }) => shape.name === 'versionnumber');
    const tells = this.table.hasOptimisticConcurrency && version !== undefined;
    const tag = tells ? [{ name: '@odata.etag', place: version.place, text: etagText }] : [];
    const shown = columns.flatMap(({ shape: { name, type }, place }) =>
      type === 'binary' || !this.shows(name) ? [] : { name: propertyOf(name, type), place, text: jsonOf(type) },
    );
    return [...tag, ...shown];
  }

  private columns({ formatted, navigation, lookupTable, types }: Told): Map<string, WriteColumn> {
    const key = `${formatted} ${navigation} ${lookupTable} ${types}`;
    let columns = this.known.get(key);
    if (columns === undefined) this.known.set(key, (columns = new Map()));
    return columns;
  }

  private readonly shows = (name: string) => this.isShown(name) && this.table.columns.get(name)?.validForRead === true;

  private writeColumn(name: string, told: Told): WriteColumn {
    if (!this.shows(name)) return leaveOut;
    const column = this.table.columns.get(name)!;
    return column.type === 'lookup' ? writeLookup(this.table, name, told) : writeValue(this.table, column, told);
  }
}

const toldBy = ({ preferences: { annotation }, fullMetadataOf }: RowWriter): Told => ({
  formatted: annotation(formatted),
  navigation: annotation(navigation),
  lookupTable: annotation(lookupTable),
  types: fullMetadataOf !== undefined,
});

/** Address of a row, e.g. `http://127.0.0.1:7071/api/data/v9.2/accounts(<id>)`. */
export const rowUrl = (base: string, table: TableMetadata, key: string) => `${base}/${table.entitySetName}(${key})`;

export const etag = (row: Row) => `W/"${String(row['versionnumber'])}"`;

const etagText = (version: SqlValue) => `"W/\\"${String(version)}\\""`;

/** The property a column is: its name, or `_x_value` for a lookup. */
const propertyOf = (name: string, type: ColumnMetadata['type']) => (type === 'lookup' ? `_${name}_value` : name);

function writeLookup(table: TableMetadata, name: string, told: Told): WriteColumn {
  const key = propertyOf(name, 'lookup');
  return (result, value, _row, writer) => {
    const lookup = value as Lookup | null;
    if (lookup !== null) {
      const shown = told.formatted ? writer.nameOf(lookup) : undefined;
      if (shown !== undefined) result[`${key}@${formatted}`] = shown;
      const property = told.navigation ? navigationOf(table, name, lookup.table) : undefined;
      if (property !== undefined) result[`${key}@${navigation}`] = property;
      if (told.lookupTable) result[`${key}@${lookupTable}`] = lookup.table;
    }
    if (told.types) result[`${key}@odata.type`] = '#Guid';
    result[key] = lookup?.id ?? null;
  };
}

export function navigationOf(table: TableMetadata, column: string, target: string): string | undefined {
  return table.manyToOne.find((one) => one.referencingColumn === column && one.referencedTable === target)
    ?.referencingNavigation;
}

function writeValue(table: TableMetadata, column: ColumnMetadata, told: Told): WriteColumn {
  const name = column.logicalName;
  const type = told.types ? typeNameOf(column) : undefined;
  const isLabelled = labelledTables.has(table.logicalName);
  return (result, value, row, writer) => {
    if (told.formatted) {
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
