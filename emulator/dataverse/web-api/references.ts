import { readGuid } from '../../kernel/index.ts';
import { parseKey, readLiteral } from '../../odata/index.ts';
import type { Lookup, Row } from '../../query/index.ts';
import { faults } from '../faults.ts';
import { findByKey } from '../messages/alternate-keys.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { isPrincipal } from '../metadata/principals.ts';
import { columnNamed } from './bind-query.ts';
import type { RequestContext } from './request-context.ts';

/** The row a key in a URL means: its id when it is known, and the values of an alternate key. */
export interface RowKey {
  /** Undefined when an alternate key matches no row. */
  readonly id: string | undefined;
  /** Values of an alternate key; undefined for the primary key. */
  readonly values: Row | undefined;
  /** The key as the request wrote it. */
  readonly text: string;
}

/** @throws Fault for a key the table does not have */
export function readKey({ parts }: RequestContext, table: TableMetadata, text: string): RowKey {
  const id = readGuid(text);
  if (id !== undefined) return { id, values: undefined, text };
  const key = parseKey(text);
  if (key.kind === 'single') {
    return { id: requireGuid(table, key.value), values: undefined, text };
  }
  // Users and teams inherit their key from `principal`, where it is named `ownerid`.
  const only = key.values.get(isPrincipal(table) ? 'ownerid' : table.primaryId);
  if (only !== undefined && key.values.size === 1) return { id: requireGuid(table, only), values: undefined, text };
  const values: Row = {};
  for (const [property, value] of key.values) {
    const column = columnNamed(table, property);
    if (column === undefined) throw faults.keyNotDefined(table.schemaName);
    const read = readLiteral(parts.shapes(table.logicalName).columns.get(column)!, { type: 'string', text: value });
    if (read === undefined)
      throw faults.queryNotSupported(`The value '${value}' does not fit the key column '${property}'.`);
    values[column] = read;
  }
  const names = Object.keys(values).sort().join();
  if (!table.keys.some((one) => [...one.columns].sort().join() === names)) throw faults.keyNotDefined(table.schemaName);
  return { id: findByKey(table, values, parts.database, parts.shapes), values, text };
}

function requireGuid(table: TableMetadata, text: string): string {
  const id = readGuid(text);
  if (id !== undefined) return id;
  throw faults.queryNotSupported(
    `The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.${table.logicalName}'. '${text}' is not a GUID.`,
  );
}

/** The row behind a reference: `/contacts(<id>)`, an absolute URL or an alternate key. @throws Fault for anything else */
export async function resolveReference(context: RequestContext, url: string): Promise<Lookup> {
  if (url.startsWith('$'))
    throw faults.payload('', `Content-ID Reference: '${url}' does not exist in the batch context.`);
  const path = decode(url.replace(/^.*\/api\/data\/v9\.\d\//i, '').replace(/^\//, ''));
  const match = /^(\w+)\((.*)\)$/s.exec(path);
  const table = match === null ? undefined : context.parts.metadata.tableBySet(match[1]!);
  if (match === null || table === undefined) throw faults.resourceNotFound(path);
  const { id } = readKey(context, table, match[2]!);
  if (id === undefined) throw faults.keyNotFound(table.schemaName);
  return { table: table.logicalName, id };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw faults.queryNotSupported(`The reference '${text}' is not percent-encoded correctly.`);
  }
}
