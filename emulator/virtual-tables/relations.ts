import type { MetadataCatalogue, OrganizationService, TableMetadata } from '../dataverse/index.ts';
import type { DataEntity, EntityValue } from '../finance-operations/contract.ts';
import type { ColumnValue, Condition, Lookup, Row } from '../query/index.ts';
import { relationColumn, syntheticColumn, virtualTableName } from './names.ts';
import { rowId, recIdOf } from '../finance-operations/contract.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface RelationParts {
  readonly metadata: MetadataCatalogue;
  readonly entities: ReadonlyMap<string, DataEntity>;
  readonly organization: OrganizationService;
  /** Rows of a data entity, RecId and all, as the calling user; `options` is OData text. */
  readonly read: (entity: DataEntity, options: string) => Promise<readonly Fields[]>;
  /** Code of a company → its row in Dataverse, or the reverse. */
  readonly companies: (key: 'code' | 'id') => Promise<ReadonlyMap<string, string>>;
}

/** One lookup of a virtual table: what it stands on, where it leads. */
export interface Relation {
  /** Fields of the data entity it stands on. */
  readonly fields: readonly string[];
  /** The rows these rows point at, by the values of `fields`; one request for all of them. */
  readonly follow: (rows: readonly Fields[]) => Promise<(row: Fields) => Lookup | null>;
  /** Values of `fields` that mean this row; undefined when there is none. */
  readonly valuesOf: (id: string) => Promise<Readonly<Record<string, EntityValue>> | undefined>;
}

/** Rows asked for at once: their keys stand in the address. */
const chunk = 50;
const keyOf = (values: readonly unknown[]) => values.map((value) => String(value).toLowerCase()).join('|');
const quoted = (value: unknown) =>
  typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;

/** Lookups of one virtual table, by column. */
export function relationsOf(table: TableMetadata, entity: DataEntity, parts: RelationParts): Map<string, Relation> {
  const found = new Map<string, Relation>();
  for (const relation of entity.relations ?? []) {
    const target = parts.entities.get(relation.to);
    const column = relationColumn(relation);
    if (target !== undefined && table.columns.has(column)) found.set(column, toVirtual(relation.fields, target, parts));
  }
  for (const relation of entity.syntheticRelations ?? []) {
    const column = syntheticColumn(relation);
    if (table.columns.has(column)) found.set(column, toNative(relation.fields, relation.nativeTable, parts));
  }
  return found;
}

/** Distinct values the rows have in these fields; rows with an empty one point nowhere. */
function tuples(rows: readonly Fields[], fields: readonly string[]): unknown[][] {
  const distinct = new Map(rows.map((row) => fields.map((name) => row[name])).map((values) => [keyOf(values), values]));
  return [...distinct.values()].filter((values) => values.every((value) => value !== '' && value !== undefined));
}

function toVirtual(mapping: Readonly<Record<string, string>>, target: DataEntity, { read }: RelationParts): Relation {
  const fields = Object.keys(mapping);
  const there = Object.values(mapping);
  const table = virtualTableName(target.name);
  return {
    fields,
    async follow(rows) {
      const ids = new Map<string, string>();
      const wanted = tuples(rows, fields);
      for (let from = 0; from < wanted.length; from += chunk) {
        const conditions = wanted
          .slice(from, from + chunk)
          .map((values) => `(${values.map((value, index) => `${there[index]} eq ${quoted(value)}`).join(' and ')})`);
        const found = await read(
          target,
          `$select=${there.join(',')}&$filter=${encodeURIComponent(conditions.join(' or '))}`,
        );
        for (const row of found)
          ids.set(keyOf(there.map((name) => row[name])), rowId(target.id, BigInt(String(row['RecId']))));
      }
      return (row) => {
        const id = ids.get(keyOf(fields.map((name) => row[name])));
        return id === undefined ? null : { table, id };
      };
    },
    async valuesOf(id) {
      const recId = recIdOf(target.id, id);
      if (recId === undefined) return undefined;
      const [row] = await read(target, `$select=${there.join(',')}&$filter=RecId eq ${recId}`);
      if (row === undefined) return undefined;
      return Object.fromEntries(fields.map((name) => [name, row[mapping[name]!] as EntityValue]));
    },
  };
}

function toNative(mapping: Readonly<Record<string, string>>, nativeTable: string, parts: RelationParts): Relation {
  const fields = Object.keys(mapping);
  const columns = Object.values(mapping);
  const { organization, metadata } = parts;
  const key = () => metadata.table(nativeTable)!.primaryId;
  const isCompany = (column: string) =>
    metadata.table(nativeTable)?.columns.get(column)?.targets.includes('cdm_company') === true;
  return {
    fields,
    async follow(rows) {
      const codes = await parts.companies('code');
      const native = (value: unknown, column: string): ColumnValue =>
        isCompany(column) ? (codes.get(String(value).toLowerCase()) ?? null) : (value as ColumnValue);
      const of = tuples(rows, fields).map((values): Condition => ({
        kind: 'all',
        of: values.map((value, index) => equal(columns[index]!, native(value, columns[index]!))),
      }));
      if (of.length === 0) return () => null;
      const query = {
        table: nativeTable,
        columns: [key(), ...columns],
        joins: [],
        order: [],
        filter: { kind: 'any', of } as const,
      };
      const found = await organization.retrieveMultiple(query);
      const ids = new Map(found.map((row) => [keyOf(columns.map((name) => plain(row[name]!))), String(row[key()])]));
      return (row) => {
        const id = ids.get(keyOf(fields.map((name) => native(row[name], mapping[name]!))));
        return id === undefined ? null : { table: nativeTable, id };
      };
    },
    async valuesOf(id) {
      const row = await organization.retrieve(nativeTable, id, columns);
      if (row === undefined) return undefined;
      const companies = await parts.companies('id');
      const value = (column: string) =>
        isCompany(column) ? companies.get(String(plain(row[column]!))) : plain(row[column]!);
      return Object.fromEntries(fields.map((name) => [name, (value(mapping[name]!) ?? null) as EntityValue]));
    },
  };
}

const equal = (column: string, right: ColumnValue): Condition => ({
  kind: 'compare',
  left: { column },
  operator: 'eq',
  right,
});

const plain = (value: Row[string]) => (typeof value === 'object' && value !== null && 'id' in value ? value.id : value);
