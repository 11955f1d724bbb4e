import type { ColumnValue, Condition, Query } from '../query/index.ts';
import type { DataEntity } from '../finance-operations/contract.ts';
import type { TableMetadata } from '../dataverse/index.ts';
import { faults } from './faults.ts';
import type { Relation } from './relations.ts';
import { recIdOf } from '../finance-operations/contract.ts';

export interface Translation {
  readonly table: TableMetadata;
  readonly entity: DataEntity;
  /** Lookups of relations, by column. */
  readonly relations: ReadonlyMap<string, Relation>;
  /** Code of the company behind a row of `cdm_company`. */
  companyCode(id: string): Promise<string | undefined>;
}

/** Field of the data entity behind a column; undefined for columns the provider derives. */
export function fieldOf({ table, entity }: Pick<Translation, 'table' | 'entity'>, column: string): string | undefined {
  const external = table.columns.get(column)?.externalName;
  if (external === undefined) return undefined;
  return entity.fields.has(external) ? external : foldedFields(entity).get(external.toLowerCase());
}

const folded = new WeakMap<DataEntity, ReadonlyMap<string, string>>();

/** Names of its fields by their lower case. */
function foldedFields(entity: DataEntity): ReadonlyMap<string, string> {
  let known = folded.get(entity);
  if (known === undefined) {
    known = new Map([...entity.fields.keys()].map((name) => [name.toLowerCase(), name]));
    folded.set(entity, known);
  }
  return known;
}

/** Fields a column is read from: those a lookup stands on, or its own. */
export function fieldsOf(translation: Translation, column: string): readonly string[] {
  const own = fieldOf(translation, column);
  return translation.relations.get(column)?.fields ?? (own === undefined ? [] : [own]);
}

/** The query as the OData text finance and operations reads. @throws Fault 0x80044822 for what it cannot express */
export async function queryText(query: Query, translation: Translation): Promise<string> {
  if (query.joins.length > 0) throw faults.unsupported('A virtual table cannot be joined with another table.');
  const options = ['cross-company=true'];
  const fields = new Set<string>(translation.entity.key);
  for (const column of query.columns) {
    for (const field of fieldsOf(translation, column)) fields.add(field);
  }
  options.push(`$select=${[...fields].join(',')}`);
  if (query.filter !== undefined)
    options.push(`$filter=${encodeURIComponent(await conditionText(query.filter, translation))}`);
  const order = query.order.map((key) => `${requireField(translation, key.column)}${key.descending ? ' desc' : ''}`);
  if (order.length > 0) options.push(`$orderby=${encodeURIComponent(order.join(','))}`);
  if (query.top !== undefined) options.push(`$top=${query.top}`);
  if (query.skip) options.push(`$skip=${query.skip}`);
  return options.join('&');
}

function requireField(translation: Translation, column: string): string {
  const field = fieldOf(translation, column);
  if (field !== undefined) return field;
  if (column === 'mserp_dataareaid_id') return 'dataAreaId';
  if (column === 'mserp_primaryfield') return translation.entity.key.at(-1)!;
  throw faults.unsupported(
    `The column '${column}' of '${translation.table.logicalName}' cannot be used in a query: finance and operations does not have it.`,
  );
}

async function conditionText(condition: Condition, translation: Translation): Promise<string> {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      if (condition.of.length === 0) return condition.kind === 'all' ? 'RecId ne 0' : 'RecId eq 0';
      const parts = await Promise.all(condition.of.map((part) => conditionText(part, translation)));
      return `(${parts.join(condition.kind === 'all' ? ' and ' : ' or ')})`;
    }
    case 'not':
      return `not (${await conditionText(condition.of, translation)})`;
    case 'compare':
      return compareText(condition.left.column, condition.operator, condition.right, translation);
    case 'in': {
      if (condition.values.length === 0) return 'RecId eq 0';
      const parts = await Promise.all(
        condition.values.map((value) => compareText(condition.left.column, 'eq', value, translation)),
      );
      return `(${parts.join(' or ')})`;
    }
    case 'like':
      return `${requireField(translation, condition.left.column)} eq '${condition.pattern.replaceAll("'", "''").replaceAll('%', '*')}'`;
    default:
      throw faults.unsupported(
        'Conditions on related rows, and comparisons of two columns, are not supported for virtual tables.',
      );
  }
}

async function compareText(
  column: string,
  operator: string,
  value: ColumnValue,
  translation: Translation,
): Promise<string> {
  const { table, entity } = translation;
  if (column === table.primaryId) {
    const recId = typeof value === 'string' ? recIdOf(entity.id, value) : undefined;
    return `RecId ${operator} ${recId ?? 0}`;
  }
  if (column === 'mserp_dataareaid_id') {
    const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : String(value);
    return `dataAreaId ${operator} '${(await translation.companyCode(id)) ?? ''}'`;
  }
  const relation = translation.relations.get(column);
  if (relation !== undefined) return relationText(relation, operator, value, translation);
  const field = requireField(translation, column);
  return `${field} ${operator} ${literal(value, column, translation)}`;
}

/** A filter on a lookup is one on the fields it stands on. */
async function relationText(
  relation: Relation,
  operator: string,
  value: ColumnValue,
  { entity }: Translation,
): Promise<string> {
  if (operator !== 'eq' && operator !== 'ne')
    throw faults.unsupported(`A lookup of a virtual table cannot be compared with '${operator}'.`);
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
  const empty = relation.fields.filter((name) => name !== 'dataAreaId').map((name) => [name, ''] as const);
  const values = id === null ? empty : Object.entries((await relation.valuesOf(String(id))) ?? {});
  const terms = values.map(([name, one]) =>
    entity.fields.get(name)?.type === 'string'
      ? `${name} eq '${String(one).replaceAll("'", "''")}'`
      : `${name} eq ${String(one)}`,
  );
  const text = terms.length === 0 ? 'RecId eq 0' : `(${terms.join(' and ')})`;
  return operator === 'eq' ? text : `not ${text.startsWith('(') ? text : `(${text})`}`;
}

function literal(value: ColumnValue, column: string, { table, entity }: Translation): string {
  const metadata = table.columns.get(column)!;
  const type = entity.fields.get(fieldOf({ table, entity }, column)!)!.type;
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  if (metadata.type === 'choice') {
    if (value === null)
      throw faults.unsupported(`The choice '${column}' cannot be compared with null: an enum always has a value.`);
    return quoted(metadata.choice?.options.find((option) => option.value === Number(value))?.externalName ?? '');
  }
  if (type === 'date' || type === 'utcDateTime')
    return value === null
      ? '1900-01-01T00:00:00Z'
      : String(value).length === 10
        ? `${String(value)}T00:00:00Z`
        : String(value);
  if (type === 'real' || type === 'int' || type === 'int64') return String(value ?? 0);
  return quoted(value === null ? '' : String(value));
}
