import { readGuid } from '../../kernel/index.ts';
import { normalizeDate } from '../../odata/index.ts';
import type { ColumnValue, Lookup, Row } from '../../query/index.ts';
import { faults } from '../faults.ts';
import type { ColumnMetadata, Relationship, TableMetadata } from '../metadata/model.ts';

/** A body read: the row's own columns, and rows to be created with it. */
export interface ReadBody {
  readonly row: Row;
  readonly deep: readonly {
    readonly relationship: Relationship;
    readonly side: 'parent' | 'children';
    readonly bodies: readonly JsonObject[];
  }[];
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
  const row: Row = {};
  const deep: ReadBody['deep'][number][] = [];
  for (const [name, value] of Object.entries(body)) {
    const [property, annotation] = name.split('@') as [string, string | undefined];
    if (annotation === 'odata.bind') {
      const relationship = singleValued(table, property);
      if (relationship === undefined)
        throw faults.payload(
          table.entitySetName,
          `Microsoft.OData.ODataException: An undeclared property '${property}' which only has property annotations in the payload but no property value was found in the payload.`,
        );
      row[relationship.referencingColumn] =
        value === null ? null : requireTarget(relationship, await resolveReference(String(value)));
      continue;
    }
    if (annotation !== undefined) continue;
    const column = table.columns.get(property);
    if (column !== undefined && column.type !== 'lookup') {
      // Decided: read-only columns in a body are ignored, as `createdon` is.
      if (column.isPrimaryId || (isCreate ? column.validForCreate : column.validForUpdate))
        row[property] = readValue(table, column, value);
      continue;
    }
    if (/^_.+_value$/.test(property) && table.columns.has(property.slice(1, -6))) continue;
    const parent = singleValued(table, property);
    const collection = table.oneToMany.find((one) => one.referencedNavigation === property);
    if (parent !== undefined && value === null) row[parent.referencingColumn] = null;
    else if (parent !== undefined && isCreate && isObject(value))
      deep.push({ relationship: parent, side: 'parent', bodies: [value] });
    else if (collection !== undefined && isCreate && Array.isArray(value))
      deep.push({ relationship: collection, side: 'children', bodies: value.filter(isObject) });
    else throw faults.invalidProperty(property, table.logicalName);
  }
  return { row, deep };
}

/** The relationship behind a single-valued navigation property; `ownerid` stands for users and teams. */
export function singleValued(table: TableMetadata, name: string): Relationship | undefined {
  return table.manyToOne.find((one) => one.referencingNavigation === name);
}

function requireTarget(relationship: Relationship, lookup: Lookup): Lookup {
  const isOwner =
    relationship.referencingNavigation === 'ownerid' && (lookup.table === 'systemuser' || lookup.table === 'team');
  if (isOwner || lookup.table === relationship.referencedTable) return lookup;
  throw faults.payload(
    relationship.referencingTable,
    `The reference of '${relationship.referencingNavigation}' is a row of '${lookup.table}', not of '${relationship.referencedTable}'.`,
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
    case 'choices':
      if (typeof value !== 'string') throw wrong();
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw wrong();
      return value;
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

function round(value: number, column: ColumnMetadata): number {
  if (column.type !== 'decimal' && column.type !== 'double' && column.type !== 'money') return value;
  const digits = column.type === 'money' ? 4 : (column.precision ?? 10);
  return Number(value.toFixed(Math.min(digits, 15)));
}
