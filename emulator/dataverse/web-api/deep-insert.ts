import type { Row } from '../../query/index.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { readBody, type JsonObject } from './read-body.ts';
import { resolveReference } from './references.ts';
import type { RequestContext } from './request-context.ts';

/**
 * Creates a row and the rows nested in its body: those it points at first, those that point at it after it.
 *
 * @param given values the request carries beside its body; the body wins
 * @returns the id of the row itself
 */
export async function createDeep(
  context: RequestContext,
  table: TableMetadata,
  body: JsonObject,
  given: Row,
): Promise<string> {
  const { metadata, pipeline } = context.parts;
  const read = await readBody(table, body, true, (url) => resolveReference(context, url));
  const row: Row = { ...given, ...read.row };
  for (const { relationship, body: nested } of read.parents) {
    const target = metadata.table(relationship.referencedTable)!;
    const id = await createDeep(context, target, nested, {});
    row[relationship.referencingColumn] = { table: target.logicalName, id };
  }
  const id = await pipeline.create(table.logicalName, row, context.caller);
  for (const { relationship, bodies } of read.children) {
    const child = metadata.table(relationship.referencingTable)!;
    const link = { [relationship.referencingColumn]: { table: table.logicalName, id } };
    for (const nested of bodies) await createDeep(context, child, nested, link);
  }
  return id;
}
