import type { AsyncLocalStorage } from 'node:async_hooks';
import type { HttpHandler } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import type { EntityRow } from '../finance-operations/contract.ts';
import type { Row } from '../query/index.ts';
import type { Database } from '../storage/database.ts';
import type { Companies } from './companies.ts';
import { isSystemError } from './system-error.ts';
import type { Queue, QueuedChange, Side } from './queue.ts';
import { legName } from './row-key.ts';
import type { TableMap } from './table-map.ts';
import { receiveChange } from './to-dataverse.ts';
import { deleteRow, sendRow } from './to-finance-operations.ts';

export interface CatchUpParts {
  readonly database: Database;
  readonly dataverse: Dataverse;
  readonly handle: HttpHandler;
  readonly companies: Companies;
  readonly queue: Queue;
  readonly origin: AsyncLocalStorage<Side>;
}

/**
 * Replays one queued change: each in a transaction of its own, in which it also leaves the queue, so that a restart goes on
 * where it was. What fails stays, with its words.
 *
 * @returns false when nothing is left to replay
 */
export async function replayNext(
  legs: readonly TableMap[],
  parts: CatchUpParts,
): Promise<'written' | 'failed' | false> {
  const { database, queue } = parts;
  const change = queue.next(legs[0]!.definition.displayName);
  if (change === undefined) return false;
  const map = legs.find(({ legIndex }) => legIndex === change.leg);
  try {
    if (map === undefined) throw new Error(`The map no longer has the leg ${legName(change.leg)}.`);
    await database.transaction(async () => {
      queue.done(change.sequence);
      await parts.origin.run(change.from, () => replay(map, change, parts));
    });
    return 'written';
  } catch (error) {
    await database.transaction(async () => queue.fail(change.sequence, (error as Error).message, isSystemError(error)));
    return 'failed';
  }
}

async function replay(map: TableMap, { from, kind, row }: QueuedChange, parts: CatchUpParts): Promise<void> {
  if (from === 'dataverse') {
    if (kind === 'delete') await deleteRow(map, row as Row, parts);
    else await sendRow(map, row as Row, parts);
    return;
  }
  const entityRow = row as EntityRow;
  const [before, after] = kind === 'delete' ? [entityRow, undefined] : [undefined, entityRow];
  const change = { entity: map.entity, company: undefined, before, after } as const;
  await receiveChange(map, { ...change, kind: kind === 'delete' ? 'delete' : 'update' }, parts);
}
