import type { Dataverse } from '../dataverse/index.ts';
import type { EntityChange, EntityRow } from '../finance-operations/contract.ts';
import type { Condition, Row } from '../query/index.ts';
import { companyByCode, companyColumnOf, type Company } from './companies.ts';
import { faults } from './faults.ts';
import { passesRange } from './filters.ts';
import { keyFields, type MappedField, type TableMap } from './table-map.ts';
import { defaultOf, toColumn } from './values.ts';

/** True when a mapped field of the row has changed. */
export function concerns(map: TableMap, { before, after }: EntityChange): boolean {
  return [...map.fieldNames].some((name) => (before?.[name] ?? null) !== (after?.[name] ?? null));
}

/** Writes a changed row of finance and operations to Dataverse. @throws Fault that rolls finance and operations back */
export async function receiveChange(map: TableMap, change: EntityChange, dataverse: Dataverse): Promise<void> {
  try {
    if (change.after === undefined) await removeRow(map, change.before!, dataverse);
    else await receiveRow(map, change.after, dataverse);
  } catch (error) {
    throw faults.refusedByDataverse(map.leg.destinationSchema, map.entity.name, (error as Error).message);
  }
}

/** Creates or updates the row of Dataverse with the same key. */
export async function receiveRow(
  map: TableMap,
  row: EntityRow,
  dataverse: Dataverse,
): Promise<'created' | 'updated' | 'skipped'> {
  if (!passesRange(map.leg.sourceFilter, (name) => row[name])) return 'skipped';
  const company = map.isCompanyBound ? await companyByCode(String(row['dataAreaId']), dataverse) : undefined;
  if (map.isCompanyBound && company?.isEnabled !== true) return 'skipped';
  const id = await findRow(map, row, company, dataverse);
  const columns = await columnsOf(map, row, dataverse, id === undefined);
  if (id !== undefined) {
    await dataverse.organization.update(map.table.logicalName, id, columns);
    return 'updated';
  }
  await dataverse.organization.create(map.table.logicalName, { ...columns, ...companyColumns(map, company) });
  return 'created';
}

async function removeRow(map: TableMap, row: EntityRow, dataverse: Dataverse): Promise<void> {
  const company = map.isCompanyBound ? await companyByCode(String(row['dataAreaId']), dataverse) : undefined;
  const id = await findRow(map, row, company, dataverse);
  if (id !== undefined) await dataverse.organization.delete(map.table.logicalName, id);
}

/** The company, and the team rows from finance and operations belong to. */
function companyColumns(map: TableMap, company: Company | undefined): Row {
  const column = companyColumnOf(map.table.columns);
  if (company === undefined || column === undefined) return {};
  const owner: Row =
    company.defaultOwningTeam !== null && map.table.columns.has('ownerid')
      ? { ownerid: company.defaultOwningTeam }
      : {};
  return { [column]: { table: 'cdm_company', id: company.id }, ...owner };
}

/** Id of the row with the integration key: every mapped key field, and the company. */
export async function findRow(
  map: TableMap,
  row: EntityRow,
  company: Company | undefined,
  dataverse: Dataverse,
): Promise<string | undefined> {
  const of: Condition[] = [];
  for (const key of keyFields(map)) {
    const value = await columnValue(map, key, row, dataverse);
    const right = typeof value === 'object' && value !== null && 'id' in value ? value.id : (value ?? null);
    of.push({ kind: 'compare', left: { column: key.column! }, operator: 'eq', right });
  }
  const companyColumn = companyColumnOf(map.table.columns);
  if (company !== undefined && companyColumn !== undefined)
    of.push({ kind: 'compare', left: { column: companyColumn }, operator: 'eq', right: company.id });
  const [found] = await dataverse.organization.retrieveMultiple({
    table: map.table.logicalName,
    columns: [map.table.primaryId],
    joins: [],
    order: [],
    filter: { kind: 'all', of },
    top: 1,
  });
  return found === undefined ? undefined : String(found[map.table.primaryId]);
}

export async function columnsOf(map: TableMap, row: EntityRow, dataverse: Dataverse, isNew: boolean): Promise<Row> {
  const columns: Row = {};
  for (const mapped of map.fields) {
    const { mapping, column, field } = mapped;
    if (column === undefined || mapping.syncDirection === 2) continue;
    if (field === undefined) {
      const fallback = defaultOf(mapping);
      // Decided: a default fills a new row; it does not overwrite what a row has.
      if (fallback !== undefined && isNew)
        columns[column] = toColumn(fallback, map.table.columns.get(column)!, mapping);
      continue;
    }
    columns[column] = await columnValue(map, mapped, row, dataverse);
  }
  return columns;
}

async function columnValue(
  map: TableMap,
  { mapping, field, column, lookup }: MappedField,
  row: EntityRow,
  dataverse: Dataverse,
): Promise<Row[string]> {
  const value = row[field!.name];
  if (lookup === undefined) return toColumn(value, map.table.columns.get(column!)!, mapping);
  if (value === null || value === undefined || value === '') return null;
  const target = dataverse.metadata.table(lookup.table)!;
  const of: Condition[] = [{ kind: 'compare', left: { column: lookup.column }, operator: 'eq', right: value }];
  const companyColumn = map.isCompanyBound ? companyColumnOf(target.columns) : undefined;
  const company = companyColumn === undefined ? undefined : await companyByCode(String(row['dataAreaId']), dataverse);
  if (company !== undefined)
    of.push({ kind: 'compare', left: { column: companyColumn! }, operator: 'eq', right: company.id });
  const [found] = await dataverse.organization.retrieveMultiple({
    table: lookup.table,
    columns: [target.primaryId],
    joins: [],
    order: [],
    filter: { kind: 'all', of },
    top: 1,
  });
  if (found !== undefined) return { table: lookup.table, id: String(found[target.primaryId]) };
  throw new Error(`Unable to lookup ${target.entitySetName} with values {${String(value)}}.`);
}
