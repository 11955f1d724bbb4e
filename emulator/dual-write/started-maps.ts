import type { Dataverse } from '../dataverse/index.ts';
import type { FinanceOperations } from '../finance-operations/index.ts';
import type { Database } from '../storage/database.ts';
import { faults } from './faults.ts';
import type { ActiveMap } from './live.ts';
import type { MapDefinition } from './map-definition.ts';
import { inOrder } from './map-order.ts';
import type { MapRows } from './map-rows.ts';
import type { MapState, MapStates, MapStatus } from './map-states.ts';
import { readMap, type TableMap } from './table-map.ts';

/** Statuses in which Dataverse tells its changes to the map. */
const listening: readonly MapStatus[] = ['Running', 'Paused', 'Resuming'];

export interface StartedMaps {
  statusOf(map: string): MapStatus;
  /** Legs of those that are started, so that what one looks up is carried by one before it. */
  active(): readonly ActiveMap[];
  /** Its legs in that order. @throws Fault 404 when it is not started */
  legs(map: string): readonly TableMap[];
  /** Reads a version that is to run. @throws Fault saying what is wrong with it */
  take(definition: MapDefinition): readonly TableMap[];
  /** Reads one that ran before a restart; what is wrong with it is logged. */
  restore(definition: MapDefinition): void;
  /** Keeps a new status, and the row by which Dataverse knows that the map runs. */
  change(map: string, version: string, status: MapStatus): Promise<void>;
}

export interface StartedMapsParts {
  readonly database: Database;
  readonly dataverse: Dataverse;
  readonly financeOperations: FinanceOperations;
  readonly states: MapStates;
  readonly rows: MapRows;
  /** Told of every new status, within its transaction. */
  readonly changed: () => Promise<void>;
  readonly log: (text: string) => void;
}

/** The maps that are started, read; read again when an import may have changed their tables. */
export function createStartedMaps(parts: StartedMapsParts): StartedMaps {
  const { database, dataverse, financeOperations, states, rows } = parts;
  const ready = new Map<string, readonly TableMap[]>();
  /** What is active, put in order, and the states it was made of. */
  let ordered: { readonly of: readonly MapState[]; readonly legs: readonly ActiveMap[] } | undefined;

  function take(definition: MapDefinition): readonly TableMap[] {
    const legs = inOrder(readMap(definition, dataverse.metadata, financeOperations));
    ready.set(definition.displayName, legs);
    ordered = undefined;
    return legs;
  }
  function active(): readonly ActiveMap[] {
    const of = states.list();
    if (ordered?.of === of) return ordered.legs;
    const started = of.filter(({ status }) => status !== 'Not running');
    const legs = inOrder(started.flatMap(({ map }) => ready.get(map) ?? [])).map((map) => ({
      map,
      state: started.find((one) => one.map === map.definition.displayName)!,
    }));
    ordered = { of, legs };
    return legs;
  }
  function restore(definition: MapDefinition): void {
    try {
      take(definition);
    } catch (error) {
      parts.log(`dual-write: ${(error as Error).message}`);
    }
  }
  dataverse.onImported(() => {
    for (const [first] of [...ready.values()]) restore(first!.definition);
  });

  return {
    take,
    restore,
    statusOf: (map) => states.get(map)?.status ?? 'Not running',
    active,
    legs(name) {
      const found = ready.get(name);
      if (found === undefined) throw faults.unknownMap(name);
      return found;
    },
    change: (name, version, status) =>
      database.transaction(async () => {
        states.set(name, version, status);
        const legs = ready.get(name);
        if (legs !== undefined) await rows.recordRuntime(legs, listening.includes(status));
        await parts.changed();
      }),
  };
}
