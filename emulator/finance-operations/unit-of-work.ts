import type { Database } from '../storage/index.ts';
import { createChangeLog, type ChangeLog } from './change-log.ts';
import type { BusinessEvents, EventFields } from './business-events/raised.ts';
import type { EntityChange } from './contract.ts';
import type { EntityDefinition } from './entities/entity.ts';
import type { EntityStore } from './entity-store.ts';

/** One transaction of X++ logic: what it changes and raises is told when it commits, or never. */
export interface UnitOfWork extends Pick<ChangeLog, 'touch'> {
  /** E-mail of the user whose work it is; undefined for the system. */
  readonly user: string | undefined;
  /** Raises a business event, sent on commit. */
  raise(businessEventId: string, legalEntity: string, fields: EventFields): void;
}

export interface WorkSurroundings {
  readonly database: Database;
  readonly store: EntityStore;
  readonly entities: ReadonlyMap<string, EntityDefinition>;
  readonly businessEvents: BusinessEvents;
  /** Listeners on the changes of a unit of work, just before it commits. */
  readonly beforeCommit: (changes: readonly EntityChange[], user: string | undefined) => Promise<void>;
}

/** Runs X++ logic in a transaction; what it changed is told to the listeners just before the commit (`ttsprecommit`). */
export async function inUnitOfWork<Result>(
  surroundings: WorkSurroundings,
  user: string | undefined,
  logic: (work: UnitOfWork) => Result,
): Promise<Result> {
  const { database, businessEvents, beforeCommit } = surroundings;
  return database.transaction(async () => {
    const whole = shared.get(database.currentTransaction()!);
    const log = whole ?? logOf(surroundings);
    const result = logic({
      user,
      touch: (entity, key, before) => log.touch(entity, key, before),
      raise: (id, legalEntity, fields) => businessEvents.raise(id, legalEntity, fields, user),
    });
    if (whole === undefined) await beforeCommit(log.collect(), user);
    return result;
  });
}

/** Logs of transactions that hold several units of work. */
const shared = new WeakMap<object, ChangeLog>();

const logOf = ({ entities, store }: WorkSurroundings) =>
  createChangeLog(entities, (entity, key) => store.read(entity.shape, key));

/**
 * Runs several units of work as one transaction, e.g. a change set: all they changed is told together, just before the one
 * commit, and a row that was changed twice is told once.
 */
export async function inOneCommit<Result>(
  surroundings: WorkSurroundings,
  user: string | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const { database, beforeCommit } = surroundings;
  return database.transaction(async () => {
    const transaction = database.currentTransaction()!;
    const log = logOf(surroundings);
    shared.set(transaction, log);
    // What listeners write in answer is told by itself.
    const result = await work().finally(() => shared.delete(transaction));
    await beforeCommit(log.collect(), user);
    return result;
  });
}

/** Work on data that was there before anybody listened: nothing is told. */
export const silently: UnitOfWork = { user: undefined, touch: () => undefined, raise: () => undefined };
