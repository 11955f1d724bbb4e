import type { Dataverse } from '../dataverse/index.ts';
import type { ColumnValue, Condition, Lookup } from '../query/index.ts';
import { companyColumnOf, type Company } from './companies.ts';

/** The column of another table by which a map names its rows: `transactioncurrencyid.isocurrencycode`. */
export interface LookupTarget {
  readonly table: string;
  readonly column: string;
}

/** Both ways through a lookup: from the value that is mapped to the row, and from the row to the value. */
export interface Lookups {
  /** Id of the row with this value, in the company where the table has one. */
  idOf(target: LookupTarget, value: ColumnValue, company: Company | undefined): Promise<string | undefined>;
  valueOf(lookup: Lookup, column: string): Promise<ColumnValue>;
  /** Reads many at once, so that they are there when they are asked for. */
  prepareIds(target: LookupTarget, values: readonly ColumnValue[], company: Company | undefined): Promise<void>;
  prepareValues(table: string, ids: readonly string[], column: string): Promise<void>;
}

const mostAtOnce = 400;
const folded = (value: ColumnValue) => String(value).toLowerCase();

/**
 * Lookups that remember what they have read. Made anew for every row that travels by itself, and for every bundle of those
 * that travel together.
 */
export function createLookups(dataverse: Dataverse): Lookups {
  const ids = new Map<string, string | undefined>();
  const values = new Map<string, ColumnValue>();
  const idKey = ({ table, column }: LookupTarget, value: ColumnValue, company: Company | undefined) =>
    `${table}.${column}@${company?.id ?? ''}:${folded(value)}`;

  function companyFilter(table: string, company: Company | undefined): Condition[] {
    const column = companyColumnOf(dataverse.metadata.table(table)!.columns);
    if (company === undefined || column === undefined) return [];
    return [{ kind: 'compare', left: { column }, operator: 'eq', right: company.id }];
  }

  async function prepareIds(target: LookupTarget, wanted: readonly ColumnValue[], company: Company | undefined) {
    const missing = [...new Set(wanted)].filter((value) => !ids.has(idKey(target, value, company)));
    const { primaryId } = dataverse.metadata.table(target.table)!;
    for (let at = 0; at < missing.length; at += mostAtOnce) {
      const some = missing.slice(at, at + mostAtOnce);
      const of: Condition[] = [
        { kind: 'in', left: { column: target.column }, values: some },
        ...companyFilter(target.table, company),
      ];
      const rows = await dataverse.organization.retrieveMultiple({
        table: target.table,
        columns: [primaryId, target.column],
        joins: [],
        order: [],
        filter: { kind: 'all', of },
      });
      for (const value of some) ids.set(idKey(target, value, company), undefined);
      for (const row of rows) ids.set(idKey(target, row[target.column] ?? null, company), String(row[primaryId]));
    }
  }

  async function prepareValues(table: string, wanted: readonly string[], column: string) {
    const missing = [...new Set(wanted)].filter((id) => !values.has(`${column}:${id}`));
    const { primaryId } = dataverse.metadata.table(table)!;
    for (let at = 0; at < missing.length; at += mostAtOnce) {
      const some = missing.slice(at, at + mostAtOnce);
      const rows = await dataverse.organization.retrieveMultiple({
        table,
        columns: [primaryId, column],
        joins: [],
        order: [],
        filter: { kind: 'in', left: { column: primaryId }, values: some },
      });
      for (const id of some) values.set(`${column}:${id}`, null);
      for (const row of rows) values.set(`${column}:${String(row[primaryId])}`, row[column] ?? null);
    }
  }

  return {
    prepareIds,
    prepareValues,
    async idOf(target, value, company) {
      const key = idKey(target, value, company);
      if (!ids.has(key)) await prepareIds(target, [value], company);
      return ids.get(key);
    },
    async valueOf({ table, id }, column) {
      if (!values.has(`${column}:${id}`)) await prepareValues(table, [id], column);
      return values.get(`${column}:${id}`) ?? null;
    },
  };
}
