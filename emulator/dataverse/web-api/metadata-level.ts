import type { HttpRequest } from '../../kernel/index.ts';
import type { Row } from '../../query/index.ts';
import type { ColumnMetadata, TableMetadata } from '../metadata/model.ts';

/** How much a client wants to be told beside the values: `Accept: application/json;odata.metadata=…`. */
export type MetadataLevel = 'full' | 'minimal' | 'none';

export const levelOf = (headers: HttpRequest['headers']): MetadataLevel =>
  (/odata\.metadata=(full|none)/i.exec(headers['accept'] ?? '')?.[1]?.toLowerCase() as MetadataLevel | undefined) ??
  'minimal';

/** With `none` only what pages and counts need is left of the control information. */
export function withoutControl(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutControl);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !/@odata\./.test(name) || /@odata\.(nextLink|count|deltaLink)$/.test(name))
      .map(([name, inner]) => [name, withoutControl(inner)]),
  );
}

/** Types JSON does not tell by itself. */
const typeNames: Partial<Record<ColumnMetadata['type'], string>> = {
  guid: '#Guid',
  lookup: '#Guid',
  datetime: '#DateTimeOffset',
  date: '#Date',
  decimal: '#Decimal',
  money: '#Decimal',
  bigint: '#Int64',
  binary: '#Binary',
};

export const typeNameOf = ({ type }: ColumnMetadata) => typeNames[type];

/** What `full` says of a row itself. */
export function rowControl(table: TableMetadata, row: Row, base: string): Record<string, unknown> {
  const id = row[table.primaryId];
  const address = `${table.entitySetName}(${String(id)})`;
  const places = typeof id === 'string' ? { '@odata.id': `${base}/${address}`, '@odata.editLink': address } : {};
  return { '@odata.type': `#Microsoft.Dynamics.CRM.${table.logicalName}`, ...places };
}

/** Addresses behind the row's navigation properties. */
export function navigationLinks(table: TableMetadata, row: Row, base: string): Record<string, unknown> {
  const id = row[table.primaryId];
  if (typeof id !== 'string') return {};
  const at = `${base}/${table.entitySetName}(${id})`;
  const names = new Set([
    ...table.manyToOne.map((one) => one.referencingNavigation),
    ...table.oneToMany.map((one) => one.referencedNavigation),
    ...table.manyToMany.map((one) =>
      one.firstTable === table.logicalName ? one.firstNavigation : one.secondNavigation,
    ),
  ]);
  return Object.fromEntries(
    [...names].flatMap((name) => [
      [`${name}@odata.associationLink`, `${at}/${name}/$ref`],
      [`${name}@odata.navigationLink`, `${at}/${name}`],
    ]),
  );
}
