import { readGuid } from '../../kernel/index.ts';
import { normalizeDate } from '../../odata/index.ts';
import type { ColumnValue, Lookup, Row } from '../../query/index.ts';
import { faults } from '../faults.ts';
import { activityPointers } from '../metadata/activities.ts';
import type { ColumnMetadata, Relationship, TableMetadata } from '../metadata/model.ts';

/** A body read: the row's own columns, and rows to be created with it. */
export interface ReadBody {
  readonly row: Row;
  /** Rows the row is to point at. */
  readonly parents: readonly { readonly relationship: Relationship; readonly body: JsonObject }[];
  /** Rows that are to point at the row. */
  readonly children: readonly { readonly relationship: Relationship; readonly bodies: readonly JsonObject[] }[];
  /** Rows to be created and joined through a many-to-many relationship. */
  readonly partners: readonly { readonly property: string; readonly bodies: readonly JsonObject[] }[];
  /** Rows that are there, to be added to a collection of the row. */
  readonly members: readonly { readonly property: string; readonly rows: readonly Lookup[] }[];
}

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a JSON body into a row.
 *
 * @param resolveReference the row behind a URL such as `/contacts(<id>)`, an alternate key or `$1`
 * @throws Fault for a property there is not, a value of the wrong kind, a reference to nothing
 */
export async function readBody(
  table: TableMetadata,
  body: JsonObject,
  isCreate: boolean,
  resolveReference: (url: string) => Promise<Lookup>,
): Promise<ReadBody> {
  const read: Reading = { row: {}, parents: [], children: [], partners: [], members: [] };
  for (const [name, value] of Object.entries(body)) {
    const [property, annotation] = name.split('@') as [string, string | undefined];
    if (annotation === 'odata.bind' && isCreate && Array.isArray(value) && isCollection(table, property))
      read.members.push({ property, rows: await readMembers(table, property, value, resolveReference) });
    else if (annotation === 'odata.bind') setLookup(read.row, await readBind(table, property, value, resolveReference));
    else if (name === '@odata.type') requireType(table, value);
    else if (annotation === undefined) readProperty(read, table, property, value, isCreate);
  }
  return read;
}

/** Of the targets of one lookup a body may name several; null clears the lookup where no other target is set. */
function setLookup(row: Row, given: Row): void {
  for (const [name, value] of Object.entries(given)) if (value !== null || row[name] === undefined) row[name] = value;
}

/** @throws Fault for the type of another table; the set of all activities takes those of its kinds */
function requireType({ logicalName, entitySetName }: TableMetadata, value: unknown): void {
  const type = /^#?(?:Microsoft\.Dynamics\.CRM|mscrm)\.(\w+)$/.exec(String(value))?.[1];
  if (type === logicalName || type === 'expando' || logicalName === activityPointers) return;
  throw faults.payload(
    entitySetName,
    `Microsoft.OData.ODataException: A resource with type '${String(value)}' was found where one of type 'Microsoft.Dynamics.CRM.${logicalName}' was expected.`,
  );
}

/** The same while it grows. */
interface Reading {
  readonly row: Row;
  readonly parents: ReadBody['parents'][number][];
  readonly children: ReadBody['children'][number][];
  readonly partners: ReadBody['partners'][number][];
  readonly members: ReadBody['members'][number][];
}

const isCollection = (table: TableMetadata, name: string) =>
  table.oneToMany.some((one) => one.referencedNavigation === name) || hasPartners(table, name);

const hasPartners = ({ manyToMany }: TableMetadata, name: string) =>
  manyToMany.some((one) => one.firstNavigation === name || one.secondNavigation === name);

function readMembers(
  table: TableMetadata,
  property: string,
  urls: readonly unknown[],
  resolveReference: (url: string) => Promise<Lookup>,
): Promise<Lookup[]> {
  return Promise.all(
    urls.map((url) => {
      if (typeof url === 'string') return resolveReference(url);
      throw faults.payload(
        table.entitySetName,
        `The value of '${property}@odata.bind' is no list of addresses of rows.`,
      );
    }),
  );
}

async function readBind(
  table: TableMetadata,
  property: string,
  value: unknown,
  resolveReference: (url: string) => Promise<Lookup>,
): Promise<Row> {
  const relationship = singleValued(table, property);
  if (relationship === undefined)
    throw faults.payload(
      table.entitySetName,
      `Microsoft.OData.ODataException: An undeclared property '${property}' which only has property annotations in the payload but no property value was found in the payload.`,
    );
  if (value === null) return { [relationship.referencingColumn]: null };
  if (typeof value !== 'string')
    throw faults.payload(table.entitySetName, `The value of '${property}@odata.bind' is not the address of a row.`);
  return { [relationship.referencingColumn]: requireTarget(table, property, await resolveReference(value)) };
}

function readProperty(
  { row, parents, children, partners }: Reading,
  table: TableMetadata,
  property: string,
  value: unknown,
  isCreate: boolean,
): void {
  const column = table.columns.get(property);
  if (column?.attributeType === 'File') return refuseFile(table, column, value, isCreate);
  if (column !== undefined && column.type !== 'lookup') {
    // Decided: read-only columns in a body are ignored, as `createdon` is.
    if (column.isPrimaryId || (isCreate ? column.validForCreate : column.validForUpdate))
      row[property] = readValue(table, column, value);
    return;
  }
  if (/^_.+_value$/.test(property) && table.columns.has(property.slice(1, -6))) return;
  const parent = singleValued(table, property);
  const collection = table.oneToMany.find((one) => one.referencedNavigation === property);
  if (parent !== undefined && value === null) setLookup(row, { [parent.referencingColumn]: null });
  else if (parent !== undefined && isCreate && isObject(value)) parents.push({ relationship: parent, body: value });
  else if (collection !== undefined && isCreate && Array.isArray(value) && value.every(isObject))
    children.push({ relationship: collection, bodies: value });
  else if (hasPartners(table, property) && isCreate && Array.isArray(value) && value.every(isObject))
    partners.push({ property, bodies: value });
  else throw faults.invalidProperty(property, table.logicalName);
}

/** Decided: a file in a body is refused, where the platform may pass over it; a new row without one may say so. */
function refuseFile({ logicalName }: TableMetadata, column: ColumnMetadata, value: unknown, isCreate: boolean): void {
  if (isCreate && value === null) return;
  throw faults.fileInBody(column.logicalName, logicalName);
}

/** The relationship behind a single-valued navigation property; `ownerid` stands for users and teams. */
export function singleValued(table: TableMetadata, name: string): Relationship | undefined {
  return table.manyToOne.find((one) => one.referencingNavigation === name);
}

/** A navigation property may lead to several tables, as that of the owner does. @throws Fault for a row of another */
function requireTarget(table: TableMetadata, property: string, lookup: Lookup): Lookup {
  const targets = table.manyToOne.filter((one) => one.referencingNavigation === property);
  const isOwner = property === 'ownerid' && (lookup.table === 'systemuser' || lookup.table === 'team');
  if (isOwner || targets.some((one) => one.referencedTable === lookup.table)) return lookup;
  const expected = targets.map((one) => `'${one.referencedTable}'`).join(' or ');
  throw faults.payload(
    table.entitySetName,
    `The reference of '${property}' is a row of '${lookup.table}', not of ${expected}.`,
  );
}

/** A JSON value as the column holds it. @throws Fault */
export function readValue(table: TableMetadata, column: ColumnMetadata, value: unknown): ColumnValue {
  if (value === null) return null;
  const wrong = () =>
    faults.payload(
      table.entitySetName,
      `Microsoft.OData.ODataException: Cannot convert the literal '${typeof value === 'string' ? value : JSON.stringify(value)}' to the expected type of '${column.logicalName}'.`,
    );
  switch (column.type) {
    case 'text':
    case 'memo':
      if (typeof value !== 'string') throw wrong();
      // Decided: empty text is no text.
      return value === '' ? null : value;
    case 'choices':
      if (typeof value !== 'string' || !/^\s*(-?\d+\s*(,\s*-?\d+\s*)*)?$/.test(value)) throw wrong();
      return sortedChoices(value);
    case 'binary':
      if (typeof value !== 'string') throw wrong();
      return Buffer.from(value, 'base64');
    case 'boolean': {
      // A managed property is sent as the platform shows it, with its value inside.
      const plain = column.logicalName === 'iscustomizable' && isObject(value) ? value['Value'] : value;
      if (typeof plain !== 'boolean') throw wrong();
      return plain;
    }
    case 'guid': {
      const id = typeof value === 'string' ? readGuid(value) : undefined;
      if (id === undefined) throw wrong();
      return id;
    }
    case 'datetime':
    case 'date': {
      const date = typeof value === 'string' ? normalizeDate(value) : undefined;
      if (date === undefined) throw faults.invalidDate();
      return column.type === 'date' ? date.slice(0, 10) : date;
    }
    default: {
      // A number written as text is accepted, as the documentation's own examples do.
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number !== 'number' || !Number.isFinite(number)) throw wrong();
      if ((column.type === 'integer' || column.type === 'choice') && !Number.isInteger(number)) throw wrong();
      return round(number, column);
    }
  }
}

/** Kept sorted and without repeats; none chosen is null. */
function sortedChoices(text: string): string | null {
  const items = text.split(',').map((item) => item.trim());
  const chosen = [...new Set(items.filter((item) => item !== '').map(Number))].sort((a, b) => a - b);
  return chosen.length === 0 ? null : chosen.join(',');
}

function round(value: number, column: ColumnMetadata): number {
  if (column.type !== 'decimal' && column.type !== 'double' && column.type !== 'money') return value;
  const digits = column.type === 'money' ? 4 : (column.precision ?? 10);
  return Number(value.toFixed(Math.min(digits, 15)));
}
