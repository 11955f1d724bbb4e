import { json, type HttpResponse } from '../../kernel/index.ts';
import type { DataEntity, EntityRow } from '../contract.ts';
import { emptyValue } from '../entities/entity.ts';
import { enums } from '../enums.ts';

interface Wanted {
  readonly wanted?: readonly string[] | undefined;
  /** For the virtual-table provider, which knows rows by their RecId and compares no ETags. */
  readonly withRecId?: boolean;
}

/** A row as JSON; without `wanted`, all fields. */
export const writeRow = (entity: DataEntity, row: EntityRow, wanted: Wanted = {}): Record<string, unknown> =>
  rowWriter(entity, wanted)(row);

/** Writes rows alike: what each of them shows is found once. */
export function rowWriter(
  entity: DataEntity,
  { wanted, withRecId = false }: Wanted,
): (row: EntityRow) => Record<string, unknown> {
  const fields = [...(wanted ?? entity.fields.keys())]
    .map((name) => entity.fields.get(name))
    .filter((field) => field !== undefined)
    .map((field) => ({ name: field.name, empty: emptyValue(field, enums) }));
  return (row) => {
    const result: Record<string, unknown> = withRecId ? {} : { '@odata.etag': etagOf(entity, row) };
    for (const { name, empty } of fields) result[name] = row[name] ?? empty;
    if (withRecId) result['RecId'] = String(row['RecId']);
    return result;
  };
}

const etagOf = ({ key }: DataEntity, row: EntityRow): string =>
  `W/"${Buffer.from(JSON.stringify(key.map((name) => row[name]))).toString('base64')}"`;

/** Key of a row as an address has it. */
export function keyTextOf(entity: DataEntity, row: EntityRow): string {
  const quoted = (value: unknown) => `'${String(value).replaceAll("'", "''")}'`;
  return entity.key
    .map((name) => {
      const { type, enumType } = entity.fields.get(name)!;
      if (type === 'enum') return `${name}=Microsoft.Dynamics.DataEntities.${enumType}${quoted(row[name])}`;
      return `${name}=${type === 'string' || type === 'guid' ? quoted(row[name]) : String(row[name])}`;
    })
    .join(',');
}

export function respond(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return json(status, body, {
    'Content-Type': 'application/json; odata.metadata=minimal',
    'OData-Version': '4.0',
    ...headers,
  });
}

export const noContent: HttpResponse = { status: 204, headers: { 'OData-Version': '4.0' }, body: '' };
