import type { Row } from '../../../query/index.ts';
import { existsRow } from '../../../storage/index.ts';
import { readGuid } from '../../../kernel/index.ts';
import { faults } from '../../faults.ts';
import type { TableMetadata } from '../../metadata/model.ts';
import { noContent } from '../answer.ts';
import { createDeep } from '../deep-insert.ts';
import { parseBody } from '../parse-body.ts';
import { isObject, readBody, type JsonObject } from '../read-body.ts';
import { readKey, resolveReference, type RowKey } from '../references.ts';
import type { RequestContext } from '../request-context.ts';
import { requireId } from '../row-requests.ts';
import { splitSegment } from '../split-path.ts';
import { respond, type Operation, type Operations } from './operation.ts';

/** Rows of one table, all or nothing. @throws Fault 0x80048d19 for a row without its type */
function bulk(
  name: string,
  each: (context: RequestContext, table: TableMetadata, row: JsonObject) => Promise<string>,
  finish: (context: RequestContext, ids: readonly string[]) => ReturnType<Operation['run']>,
): Operation {
  return {
    method: 'POST',
    boundTo: 'set',
    async run(context, { bound }) {
      const { table } = bound!;
      const targets = parseBody(context, name)['Targets'];
      if (!Array.isArray(targets) || !targets.every(isObject))
        throw faults.payload(table.entitySetName, "'Targets' is not a list of rows.");
      if (table.isVirtual) throw faults.messageNotSupported(name, table.logicalName);
      for (const row of targets) requireType(table, row);
      const ids = await context.parts.database.transaction(async () => {
        const written: string[] = [];
        for (const row of targets) written.push(await each(context, table, row));
        return written;
      });
      return finish(context, ids);
    },
  };
}

function requireType(table: TableMetadata, row: JsonObject): void {
  const type = String(row['@odata.type'] ?? '').replace(/^#/, '');
  if (type !== `Microsoft.Dynamics.CRM.${table.logicalName}`)
    throw faults.payload(
      table.entitySetName,
      `Each row of 'Targets' carries "@odata.type": "Microsoft.Dynamics.CRM.${table.logicalName}".`,
    );
}

/** The row an item means: by its key property, or by an alternate key in `@odata.id`. */
function keyOf(context: RequestContext, table: TableMetadata, row: JsonObject): RowKey {
  const url = row['@odata.id'];
  const { name, inside } = splitSegment(typeof url === 'string' ? url.replace(/^\//, '') : '');
  if (name === table.entitySetName && inside !== undefined) return readKey(context, table, inside);
  const text = String(row[table.primaryId] ?? '');
  const id = readGuid(text);
  if (id === undefined)
    throw faults.payload(table.entitySetName, `The row names neither its '${table.primaryId}' nor an '@odata.id'.`);
  return { id, values: undefined, text };
}

async function updateOne(context: RequestContext, table: TableMetadata, row: JsonObject): Promise<string> {
  const key = keyOf(context, table, row);
  const id = requireId(table, key);
  const { row: target } = await readBody(table, row, false, (url) => resolveReference(context, url));
  for (const name of [table.primaryId, ...Object.keys(key.values ?? {})]) delete target[name];
  await context.parts.pipeline.update(table.logicalName, id, target, context.caller);
  return id;
}

async function upsertOne(context: RequestContext, table: TableMetadata, row: JsonObject): Promise<string> {
  const { database, shapes } = context.parts;
  const { id, values } = keyOf(context, table, row);
  if (id !== undefined && existsRow(database, shapes(table.logicalName), { [table.primaryId]: id }))
    return updateOne(context, table, row);
  const given: Row = values ?? { [table.primaryId]: id! };
  return createDeep(context, table, row, given);
}

/** Several rows of one table in one request. */
export const bulkActions: Operations = {
  CreateMultiple: bulk(
    'CreateMultiple',
    (context, table, row) => createDeep(context, table, row, {}),
    async (context, Ids) => respond(context, 'CreateMultiple', { Ids }),
  ),
  UpdateMultiple: bulk('UpdateMultiple', updateOne, async () => noContent),
  // Of elastic tables only, which there are none of here.
  DeleteMultiple: {
    method: 'POST',
    boundTo: 'set',
    async run(_context, { bound }) {
      throw faults.messageNotSupported('DeleteMultiple', bound!.table.logicalName);
    },
  },
  UpsertMultiple: bulk('UpsertMultiple', upsertOne, async () => noContent),
};
