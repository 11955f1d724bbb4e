import type { Row } from '../../query/index.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { navigationNamed } from './navigation.ts';
import { addPair } from './pairs.ts';
import { readBody, type JsonObject, type ReadBody } from './read-body.ts';
import { resolveReference } from './references.ts';
import type { RequestContext } from './request-context.ts';

/**
 * Creates a row and the rows nested in its body, in one transaction: those it points at first, those that point at it or
 * are joined with it after it. Only the row itself is what was asked for, and has its PreValidation before the transaction.
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
  const { database, pipeline } = context.parts;
  const read = await readBody(table, body, true, (url) => resolveReference(context, url));
  const target: Row = { ...given, ...read.row };
  const creation = await pipeline.begin({ message: 'Create', table, target, caller: context.caller });
  const whole = async () => {
    const id = await creation.finish(await createParents(context, read));
    await createChildren(context, table, id, read);
    await joinPartners(context, table, id, read);
    await addMembers(context, table, id, read);
    return id;
  };
  // A row by itself has its own transaction, and a virtual one is written outside of any.
  return isAlone(read) || table.isVirtual ? whole() : database.transaction(whole);
}

const isAlone = ({ parents, children, partners, members }: ReadBody) =>
  [parents, children, partners, members].every((rows) => rows.length === 0);

/** @returns the lookups that point at them */
async function createParents(context: RequestContext, { parents }: ReadBody): Promise<Row> {
  const lookups: Row = {};
  for (const { relationship, body } of parents) {
    const table = context.parts.metadata.table(relationship.referencedTable)!;
    const id = await createDeep(context, table, body, {});
    lookups[relationship.referencingColumn] = { table: table.logicalName, id };
  }
  return lookups;
}

async function createChildren(context: RequestContext, table: TableMetadata, id: string, { children }: ReadBody) {
  for (const { relationship, bodies } of children) {
    const child = context.parts.metadata.table(relationship.referencingTable)!;
    const link = { [relationship.referencingColumn]: { table: table.logicalName, id } };
    for (const body of bodies) await createDeep(context, child, body, link);
  }
}

async function joinPartners(context: RequestContext, table: TableMetadata, id: string, read: ReadBody): Promise<void> {
  const { parts, caller } = context;
  for (const { property, bodies } of read.partners) {
    const navigation = navigationNamed(table, property, parts.metadata);
    if (navigation?.kind !== 'pairs') throw faults.invalidProperty(property, table.logicalName);
    for (const nested of bodies) {
      const other = {
        table: navigation.table.logicalName,
        id: await createDeep(context, navigation.table, nested, {}),
      };
      await addPair(parts, caller, { table, id, other, pairs: navigation.pairs });
    }
  }
}

async function addMembers(context: RequestContext, table: TableMetadata, id: string, read: ReadBody): Promise<void> {
  const { parts, caller } = context;
  for (const { property, rows } of read.members) {
    const navigation = navigationNamed(table, property, parts.metadata);
    for (const other of rows) {
      if (navigation === undefined || navigation.kind === 'parent' || other.table !== navigation.table.logicalName)
        throw faults.payload(table.entitySetName, `'${property}' does not hold rows of '${other.table}'.`);
      if (navigation.kind === 'pairs') await addPair(parts, caller, { table, id, other, pairs: navigation.pairs });
      else {
        const link = { [navigation.column]: { table: table.logicalName, id } };
        await parts.pipeline.update(other.table, other.id, link, caller);
      }
    }
  }
}
