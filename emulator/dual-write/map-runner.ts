import type { Work } from '../kernel/index.ts';
import type { Database } from '../storage/database.ts';
import { replayNext, type CatchUpParts } from './catch-up.ts';
import type { History } from './history.ts';
import { writeNext, type InitialWriteParts } from './initial-write.ts';
import type { MapStates } from './map-states.ts';
import type { StartedMaps } from './started-maps.ts';

export interface RunnerParts extends CatchUpParts, InitialWriteParts {
  readonly database: Database;
  readonly work: Work;
  readonly states: MapStates;
  readonly history: History;
  readonly maps: StartedMaps;
}

/**
 * Brings maps forward that are in an initial write or in catch-up, a small piece at a time, so that others get their turn
 * between two pieces and a restart loses none.
 */
export function createRunner(parts: RunnerParts) {
  const { database, states, runs, queue, history, maps } = parts;
  const moving = new Map<string, Promise<void>>();
  let isClosed = false;

  /** @returns false when the map stays as it is */
  async function step(map: string): Promise<boolean> {
    const state = states.get(map);
    if (state?.status === 'Resuming') return replay(map, state.version);
    // In asynchronous mode what has been saved goes now.
    if (state?.status === 'Running') return (await replayNext(maps.legs(map), parts)) !== false;
    if (state?.status !== 'Initializing') return false;
    const run = runs.underWay().find((one) => one.map === map);
    if (run === undefined) return false;
    if (await writeNext(maps.legs(map), run, parts)) return true;
    const failed = runs.errorCount(run.id);
    await database.transaction(async () => {
      runs.end(run.id, failed === 0 ? 'Completed' : 'Completed with errors');
      history.note(map, state.version, `Initial sync completed${failed === 0 ? '' : ` with ${failed} errors`}`);
      // With errors it waits for Re-run or Skip initial sync.
      if (failed === 0) await maps.change(map, state.version, 'Resuming');
    });
    return true;
  }

  async function replay(map: string, version: string): Promise<boolean> {
    if ((await replayNext(maps.legs(map), parts)) !== false) return true;
    await database.transaction(async () => {
      // Somebody may have changed a row while this waited for its turn.
      if (queue.next(map) !== undefined) return;
      await maps.change(map, version, 'Running');
      const { failed } = queue.counts(map);
      history.note(map, version, `Running${failed === 0 ? '' : `; ${failed} catch-up errors`}`);
    });
    return true;
  }

  async function move(map: string): Promise<void> {
    while (!isClosed && (await step(map))) await new Promise((others) => setImmediate(others));
  }

  return {
    /** Brings a map as far as it gets; several who ask wait for the same. */
    settle(map: string): Promise<void> {
      const under = moving.get(map);
      if (under !== undefined) return under;
      const done = move(map).finally(() => moving.delete(map));
      moving.set(map, done);
      return done;
    },
    /** The same in the background. */
    begin(map: string): void {
      parts.work.start(`dual-write of ${map}`, () => this.settle(map));
    },
    close: () => void (isClosed = true),
  };
}

export type Runner = ReturnType<typeof createRunner>;
