import type { EntityField } from '../contract.ts';
import { enums } from '../enums.ts';
import { columnShape, emptyValue } from './entity.ts';

/** Where a field of a view comes from: a column of a base table by its alias, or an SQL expression. */
export type Source = readonly [alias: string, column: string] | string;

const quoted = (value: string | number) => (typeof value === 'number' ? String(value) : `'${value}'`);

function columnSql(field: EntityField, source: Source | undefined): string {
  const isText = columnShape(field).type === 'text';
  const named = (sql: string, suffix = '') => `${sql} as "${field.name}${suffix}"`;
  if (source === undefined) {
    const empty = quoted(emptyValue(field, enums));
    return isText ? `${named(empty)}, ${named(empty.toLowerCase(), '__folded')}` : named(empty);
  }
  if (typeof source === 'string')
    return isText ? `${named(source)}, ${named(`lower(${source})`, '__folded')}` : named(source);
  const [alias, column] = source;
  const own = named(`${alias}."${column}"`);
  return isText ? `${own}, ${named(`${alias}."${column}__folded"`, '__folded')}` : own;
}

/** The view a data entity is over its base tables; fields nothing is known of hold what an empty one does. */
export function entityView(
  storedAs: string,
  fields: readonly EntityField[],
  sources: Readonly<Record<string, Source>>,
  recId: string,
  from: string,
): string {
  const columns = fields.map((field) => columnSql(field, sources[field.name]));
  return `create view if not exists "${storedAs}" as select ${recId} as "RecId", ${columns.join(', ')} from ${from}`;
}
