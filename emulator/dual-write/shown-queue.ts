import type { DualWriteAsyncLog, EnqueueReason, EntityRow } from '../finance-operations/contract.ts';
import type { Clock } from '../kernel/index.ts';
import type { AsyncMaps } from './async-maps.ts';
import { limits } from './limits.ts';
import type { MapStates } from './map-states.ts';
import type { Queue } from './queue.ts';

interface ShownParts {
  readonly clock: Clock;
  readonly states: MapStates;
  readonly asyncMaps: AsyncMaps;
  readonly log: DualWriteAsyncLog;
}

/** The queue, with what finance and operations shows of its own changes in it (`DualWriteAsyncLogs`, `DualWriteAsyncRefErrorLogs`). */
export function showQueue(queue: Queue, { clock, states, asyncMaps, log }: ShownParts): Queue {
  /** Why a change waits. */
  function reasonOf(map: string): EnqueueReason {
    const status = states.get(map)?.status;
    if (status === 'Running' && asyncMaps.has(map)) return 'RequiredAsync';
    return status === 'Initializing' ? 'InitialSync' : 'ResumeSync';
  }
  return {
    ...queue,
    add(change, since) {
      const sequence = queue.add(change, since);
      const { map, from, isInsert = false, entity = '' } = change;
      const row = change.row as EntityRow;
      if (from === 'finance-operations')
        log.add({
          ...{ RowId: sequence, map, entity, isInsert, reason: reasonOf(map) },
          ...{ company: String(row['dataAreaId'] ?? ''), recId: Number(row['RecId'] ?? 0) },
        });
      return sequence;
    },
    done(sequence) {
      queue.done(sequence);
      log.remove([sequence]);
    },
    fail(sequence, error, isSystem = false) {
      queue.fail(sequence, error);
      log.fail(sequence, isSystem ? 'SystemFailure' : 'ApplicationFailure');
    },
    retry(map, sequences) {
      log.retry(map, sequences);
      return queue.retry(map, sequences);
    },
    discard(map, sequences) {
      queue.discard(map, sequences);
      log.remove(sequences);
    },
    forget(map) {
      queue.forget(map);
      log.forget(map);
    },
    purge() {
      queue.purge();
      const before = `${new Date(clock.now().getTime() - limits.catchUpErrorMs).toISOString().slice(0, 19)}Z`;
      log.purge(before);
    },
  };
}
