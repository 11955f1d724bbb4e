import { isArray, isObject, type Value, type ValueObject } from '../expressions/value.ts';
import type { ConnectorCall, ConnectorResult } from './connectors.ts';
import { optional } from './parameters.ts';

/** Logical name and id column of the table behind an entity set; undefined when there is none. */
export type TableOfSet = (set: string) => { readonly logicalName: string; readonly primaryId: string } | undefined;

/**
 * Adds to rows what the connector gets by asking for full metadata: `@odata.type`, `@odata.id` (the row's address, for
 * Relate rows) and `@odata.editLink`.
 */
export function createRowNamer({
  origin,
  tableOfSet,
}: {
  readonly origin: () => string;
  readonly tableOfSet: TableOfSet;
}) {
  return (call: ConnectorCall, result: ConnectorResult): ConnectorResult => {
    const set = optional(call, 'entityName') ?? '';
    const table = result.statusCode < 300 ? tableOfSet(set) : undefined;
    if (table === undefined || !isObject(result.body)) return result;
    const named = (row: Value): Value => {
      const id = isObject(row) ? row[table.primaryId] : undefined;
      if (!isObject(row) || typeof id !== 'string') return row;
      const editLink = `${set}(${id})`;
      return {
        '@odata.type': `#Microsoft.Dynamics.CRM.${table.logicalName}`,
        '@odata.id': `${origin()}/api/data/v9.2/${editLink}`,
        '@odata.editLink': editLink,
        ...row,
      };
    };
    const rows = result.body['value'];
    const body: ValueObject = isArray(rows)
      ? { ...result.body, value: rows.map(named) }
      : (named(result.body) as ValueObject);
    return { ...result, body };
  };
}
