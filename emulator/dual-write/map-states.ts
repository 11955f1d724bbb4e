import type { Clock } from '../kernel/index.ts';
import type { Database, SqlRow } from '../storage/database.ts';
import { faults } from './faults.ts';

/** @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/enable-entity-map */
export type MapStatus = 'Not running' | 'Initializing' | 'Running' | 'Paused' | 'Resuming';

export interface MapState {
  /** Display name, e.g. `accounts - Customers V3`. */
  readonly map: string;
  readonly version: string;
  readonly status: MapStatus;
  readonly since: string;
}

export interface MapStates {
  get(map: string): MapState | undefined;
  /** The same list until a state is set: every save asks for it. */
  list(): readonly MapState[];
  /** Keeps the state; inside a transaction, so that it is undone with it. */
  set(map: string, version: string, status: MapStatus): void;
}

const table = '"emulator$dual_write_maps"';

/** What each map does. Kept in the store of both platforms, so that a restart finds it as it was. */
export function createMapStates(database: Database, clock: Clock): MapStates {
  database.exec(
    `create table if not exists ${table} (map text primary key, version text not null, status text not null, since text not null) without rowid`,
  );
  let known: readonly MapState[] | undefined;
  const forget = () => (known = undefined);
  const list = () => (known ??= database.all(`select * from ${table}`).map(read));
  return {
    get: (map) => list().find((state) => state.map === map),
    list,
    set(map, version, status) {
      database.run(
        `insert into ${table} (map, version, status, since) values (?1, ?2, ?3, ?4) on conflict (map) do update set version = ?2, status = ?3, since = ?4`,
        [map, version, status, clock.now().toISOString()],
      );
      forget();
      database.onRollback(forget);
    },
  };
}

const read = (row: SqlRow): MapState => ({
  map: String(row['map']),
  version: String(row['version']),
  status: row['status'] as MapStatus,
  since: String(row['since']),
});

/** From which status an action is available, and what to do instead. */
const available: Readonly<Record<string, { readonly from: readonly MapStatus[]; readonly instead: string }>> = {
  start: { from: ['Not running'], instead: 'Stop it first; a paused one is resumed.' },
  stop: { from: ['Running'], instead: 'A map is stopped while it is Running: resume a paused one first.' },
  pause: { from: ['Running'], instead: 'A map is paused while it is Running.' },
  resume: { from: ['Paused'], instead: 'Only a paused map is resumed; start one that is not running.' },
  'initial-write': { from: ['Not running', 'Running'], instead: 'Wait until it is Running, or stop it.' },
  'skip-initial-write': { from: ['Initializing'], instead: 'No initial sync is under way.' },
  're-run': { from: ['Initializing'], instead: 'No initial sync has failed.' },
  async: { from: ['Not running'], instead: 'Stop it: the mode of a map that runs cannot be changed.' },
  save: { from: ['Not running'], instead: 'Stop it: a map that runs cannot be changed.' },
};

/** @throws Fault 409 when the status of the map does not allow the action */
export function requireAvailable(verb: string, map: string, status: MapStatus): void {
  const rule = available[verb];
  if (rule !== undefined && !rule.from.includes(status)) throw faults.wrongState(map, status, verb, rule.instead);
}
