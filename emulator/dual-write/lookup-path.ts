import type { ColumnMetadata, MetadataCatalogue, TableMetadata } from '../dataverse/index.ts';
import type { FieldMapping } from './map-definition.ts';

/** By what a row behind a lookup is named: a column of its table, or what is behind a lookup there. */
export interface LookupTarget {
  readonly table: string;
  readonly column: string;
  readonly next?: LookupTarget;
}

/** What a lookup may lead to: one table, or each of those of a customer column, in the order they are tried. */
export type LookupPath = readonly LookupTarget[];

/** Where a mapped value stands in Dataverse. */
export interface MappedColumn {
  /** Column of the row itself. */
  readonly column: string;
  readonly lookup: LookupPath | undefined;
}

/** The column a destination field begins with. */
export const columnOf = ({ destinationField }: Pick<FieldMapping, 'destinationField'>): string =>
  destinationField.split('.')[0]!;

/**
 * Reads the destination field of a mapping: a column (`name`), a path through lookups (`msdyn_model.msdyn_manufacturer.msdyn_name`),
 * or one for each table of a customer column (`customerid.Account(accountnumber).Contact(msdyn_contactpersonid)`).
 *
 * @returns undefined when a table or column it names is not there
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/dual-write-map-versions
 */
export function readDestination(
  mapping: Pick<FieldMapping, 'destinationField' | 'destinationLookupFieldRelatedEntity'>,
  table: TableMetadata,
  metadata: MetadataCatalogue,
): MappedColumn | undefined {
  const [name = '', ...rest] = mapping.destinationField.split('.');
  const column = table.columns.get(name);
  if (column === undefined) return undefined;
  if (rest.length === 0) return { column: name, lookup: undefined };
  if (rest.every((step) => step.includes('('))) {
    const targets = rest.map((step) => readAlternative(step, metadata));
    return targets.some((one) => one === undefined) ? undefined : { column: name, lookup: targets as LookupPath };
  }
  const related = metadata.tableBySet(mapping.destinationLookupFieldRelatedEntity ?? '');
  const target = readSteps(rest, related ?? tableBehind(column, metadata), metadata);
  return target === undefined ? undefined : { column: name, lookup: [target] };
}

/** `Account(accountnumber)`; tables are written by their schema names. */
function readAlternative(step: string, metadata: MetadataCatalogue): LookupTarget | undefined {
  const [, name = '', column = ''] = /^(\w+)\((\w+)\)$/.exec(step) ?? [];
  const table = metadata.table(name.toLowerCase());
  return table?.columns.has(column) === true ? { table: table.logicalName, column } : undefined;
}

function readSteps(
  [name = '', ...rest]: readonly string[],
  table: TableMetadata | undefined,
  metadata: MetadataCatalogue,
): LookupTarget | undefined {
  const column = table?.columns.get(name);
  if (table === undefined || column === undefined) return undefined;
  if (rest.length === 0) return { table: table.logicalName, column: name };
  const next = readSteps(rest, tableBehind(column, metadata), metadata);
  return next === undefined ? undefined : { table: table.logicalName, column: name, next };
}

const tableBehind = ({ targets }: ColumnMetadata, metadata: MetadataCatalogue): TableMetadata | undefined =>
  targets.length === 1 ? metadata.table(targets[0]!) : undefined;

/** The column a path ends in, which has the value itself. */
export function endOf(target: LookupTarget, metadata: MetadataCatalogue): ColumnMetadata | undefined {
  return target.next === undefined
    ? metadata.table(target.table)?.columns.get(target.column)
    : endOf(target.next, metadata);
}
