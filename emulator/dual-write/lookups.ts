import type { Dataverse } from '../dataverse/index.ts';
import type { ColumnValue, Condition, Lookup, Row } from '../query/index.ts';
import { companyColumnOf, type Company } from './companies.ts';
import type { LookupPath, LookupTarget } from './lookup-path.ts';

/** A row that is looked up: by one value, or by several that name it together. All are about the same table. */
export type Wanted = readonly { readonly target: LookupTarget; readonly value: ColumnValue }[];

/** Both ways through a lookup: from the values that are mapped to the row, and from the row to the value. */
export interface Lookups {
  /** The row with these values, in the company where the table has one. */
  find(wanted: Wanted, company: Company | undefined): Promise<Lookup | undefined>;
  valueOf(lookup: Lookup, path: LookupPath): Promise<ColumnValue>;
  /** Reads many at once, so that they are there when they are asked for. */
  prepareFind(wanted: readonly Wanted[], company: Company | undefined): Promise<void>;
  prepareValues(lookups: readonly Lookup[], path: LookupPath): Promise<void>;
}

const mostAtOnce = 400;
const folded = (value: ColumnValue) => String(value).toLowerCase();
const isLookup = (value: ColumnValue | undefined): value is Lookup =>
  typeof value === 'object' && value !== null && 'id' in value;

const textOf = ({ table, column, next }: LookupTarget): string =>
  `${table}.${column}${next === undefined ? '' : `.${textOf(next)}`}`;

/**
 * Lookups that remember what they have read. Made anew for every row that travels by itself, and for every bundle of those
 * that travel together.
 */
export function createLookups(dataverse: Dataverse): Lookups {
  const found = new Map<string, Lookup | undefined>();
  const values = new Map<string, ColumnValue>();
  const keyOf = (wanted: Wanted, company: Company | undefined) =>
    `${company?.id ?? ''}|${wanted.map(({ target, value }) => `${textOf(target)}:${folded(value)}`).join('|')}`;

  async function read(table: string, columns: readonly string[], of: readonly Condition[]): Promise<readonly Row[]> {
    const { primaryId } = dataverse.metadata.table(table)!;
    return dataverse.organization.retrieveMultiple({
      ...{ table, columns: [...new Set([primaryId, ...columns])], joins: [], order: [] },
      filter: { kind: 'all', of },
    });
  }

  function inCompany(table: string, company: Company | undefined): Condition[] {
    const column = companyColumnOf(dataverse.metadata.table(table)!.columns);
    if (company === undefined || column === undefined) return [];
    return [{ kind: 'compare', left: { column }, operator: 'eq', right: company.id }];
  }

  /** What a column of the row itself has to hold: the value, or the id of the row behind it; undefined when there is none. */
  async function ownValue(
    { target, value }: Wanted[number],
    company: Company | undefined,
  ): Promise<string | undefined> {
    if (target.next === undefined) return folded(value);
    return (await find([{ target: target.next, value }], company))?.id;
  }

  async function prepareFind(all: readonly Wanted[], company: Company | undefined): Promise<void> {
    const missing = new Map(all.map((wanted) => [keyOf(wanted, company), wanted]));
    for (const key of missing.keys()) if (found.has(key)) missing.delete(key);
    const [first] = missing.values();
    if (first === undefined) return;
    // Paths are the same in all of them; what they lead through is read first.
    for (const place of first.keys()) {
      const behind = [...missing.values()].flatMap((wanted) => {
        const { target, value } = wanted[place]!;
        return target.next === undefined ? [] : [[{ target: target.next, value }]];
      });
      await prepareFind(behind, company);
    }
    const rest = [...missing];
    for (let at = 0; at < rest.length; at += mostAtOnce) await readSome(rest.slice(at, at + mostAtOnce), company);
  }

  async function readSome(some: readonly (readonly [string, Wanted])[], company: Company | undefined): Promise<void> {
    const [leading] = some[0]![1];
    const { table, column } = leading!.target;
    const { primaryId } = dataverse.metadata.table(table)!;
    const asked = new Map<string, string>();
    const leadingValues: ColumnValue[] = [];
    for (const [key, wanted] of some) {
      found.set(key, undefined);
      const own = await Promise.all(wanted.map((one) => ownValue(one, company)));
      if (own.some((one) => one === undefined)) continue;
      asked.set(own.join('\n'), key);
      leadingValues.push(leading!.target.next === undefined ? wanted[0]!.value : own[0]!);
    }
    if (leadingValues.length === 0) return;
    const columns = some[0]![1].map(({ target }) => target.column);
    const rows = await read(table, columns, [
      { kind: 'in', left: { column }, values: leadingValues },
      ...inCompany(table, company),
    ]);
    for (const row of rows) {
      const own = columns.map((name) => {
        const value = row[name] ?? null;
        return isLookup(value) ? value.id : folded(value);
      });
      const key = asked.get(own.join('\n'));
      if (key !== undefined && found.get(key) === undefined) found.set(key, { table, id: String(row[primaryId]) });
    }
  }

  async function find(wanted: Wanted, company: Company | undefined): Promise<Lookup | undefined> {
    const key = keyOf(wanted, company);
    if (!found.has(key)) await prepareFind([wanted], company);
    return found.get(key);
  }

  const targetOf = (lookup: Lookup, path: LookupPath) => path.find(({ table }) => table === lookup.table);
  const valueKey = (id: string, { column }: LookupTarget) => `${column}:${id}`;

  async function prepareValues(lookups: readonly Lookup[], path: LookupPath): Promise<void> {
    for (const target of path) {
      const ids = new Set(lookups.filter((one) => targetOf(one, path) === target).map(({ id }) => id));
      await readValues([...ids], target);
      if (target.next === undefined) continue;
      const behind = [...ids].map((id) => values.get(valueKey(id, target))).filter(isLookup);
      await prepareValues(behind, [target.next]);
    }
  }

  async function readValues(ids: readonly string[], target: LookupTarget): Promise<void> {
    const missing = ids.filter((id) => !values.has(valueKey(id, target)));
    const { primaryId } = dataverse.metadata.table(target.table)!;
    const [only, ...more] = missing;
    if (only !== undefined && more.length === 0) {
      const row = await dataverse.organization.retrieve(target.table, only, [target.column]);
      values.set(valueKey(only, target), row?.[target.column] ?? null);
      return;
    }
    for (let at = 0; at < missing.length; at += mostAtOnce) {
      const some = missing.slice(at, at + mostAtOnce);
      for (const id of some) values.set(valueKey(id, target), null);
      const only: Condition = { kind: 'in', left: { column: primaryId }, values: some };
      for (const row of await read(target.table, [target.column], [only]))
        values.set(valueKey(String(row[primaryId]), target), row[target.column] ?? null);
    }
  }

  return {
    find,
    prepareFind,
    prepareValues,
    async valueOf(lookup, path) {
      const target = targetOf(lookup, path);
      if (target === undefined) return null;
      if (!values.has(valueKey(lookup.id, target))) await prepareValues([lookup], path);
      const value = values.get(valueKey(lookup.id, target)) ?? null;
      if (target.next === undefined) return value;
      return isLookup(value) ? this.valueOf(value, [target.next]) : null;
    },
  };
}
