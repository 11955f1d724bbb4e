import { json, type HttpResponse } from '../../kernel/index.ts';
import type { DataEntity, EntityField, EntityRow } from '../contract.ts';
import { noDate } from '../entities/entity.ts';

const emptyOf = ({ type }: EntityField): string | number =>
  type === 'date' || type === 'utcDateTime' ? noDate : type === 'string' || type === 'enum' || type === 'guid' ? '' : 0;

/** A row as JSON; without `wanted`, all fields. */
export function writeRow(
  entity: DataEntity,
  row: EntityRow,
  { wanted, withRecId = false }: { readonly wanted?: readonly string[] | undefined; readonly withRecId?: boolean } = {},
): Record<string, unknown> {
  const result: Record<string, unknown> = {
    '@odata.etag': `W/"${Buffer.from(JSON.stringify(entity.key.map((name) => row[name]))).toString('base64')}"`,
  };
  for (const name of wanted ?? entity.fields.keys()) {
    const field = entity.fields.get(name);
    if (field !== undefined) result[name] = row[name] ?? emptyOf(field);
  }
  if (withRecId) result['RecId'] = String(row['RecId']);
  return result;
}

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
