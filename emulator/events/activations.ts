import type { Database, SqlRow } from '../storage/database.ts';
import { faults } from './faults.ts';

/** An event that is, or was, active: for one legal entity, or all (empty), and one endpoint. */
export interface Activation {
  readonly event: string;
  /** Lower case; empty for all. */
  readonly legalEntity: string;
  readonly endpoint: string;
  /** False keeps it with its history, without sending. */
  readonly isActive: boolean;
}

export type ActivationKey = Omit<Activation, 'isActive'>;

export interface Activations {
  list(): Activation[];
  /** Active ones that an event in this company concerns. */
  of(event: string, legalEntity: string): readonly Activation[];
  /** @throws Fault when there are as many endpoints as allowed */
  activate(key: ActivationKey, mostEndpoints: number): void;
  /** @throws Fault 404 */
  deactivate(key: ActivationKey): void;
  remove(key: ActivationKey): void;
  usesEndpoint(endpoint: string): boolean;
}

const table = '"emulator$event_activations"';

export function createActivations(database: Database): Activations {
  database.exec(
    `create table if not exists ${table} (event text not null, legal_entity text not null, endpoint text not null, active integer not null, primary key (event, legal_entity, endpoint)) without rowid`,
  );
  const read = (row: SqlRow): Activation => ({
    event: String(row['event']),
    legalEntity: String(row['legal_entity']),
    endpoint: String(row['endpoint']),
    isActive: row['active'] === 1,
  });
  const where = 'event = ? and legal_entity = ? and endpoint = ?';
  const values = ({ event, legalEntity, endpoint }: ActivationKey) => [event, legalEntity, endpoint];
  const requireKnown = (key: ActivationKey) => {
    if (database.get(`select 1 from ${table} where ${where}`, values(key)) === undefined)
      throw faults.noActivation(key.event, key.legalEntity, key.endpoint);
  };
  return {
    list: () => database.all(`select * from ${table} order by event, legal_entity, endpoint`).map(read),
    of: (event, legalEntity) =>
      database
        .all(`select * from ${table} where event = ? and active = 1 and legal_entity in ('', ?)`, [event, legalEntity])
        .map(read),
    activate(key, mostEndpoints) {
      const others = database.all(
        `select endpoint from ${table} where event = ? and legal_entity = ? and endpoint <> ?`,
        values(key),
      );
      if (others.length >= mostEndpoints) throw faults.tooManyEndpoints(key.event, mostEndpoints);
      database.run(`insert or replace into ${table} values (?, ?, ?, 1)`, values(key));
    },
    deactivate(key) {
      requireKnown(key);
      database.run(`update ${table} set active = 0 where ${where}`, values(key));
    },
    remove(key) {
      requireKnown(key);
      database.run(`delete from ${table} where ${where}`, values(key));
    },
    usesEndpoint: (endpoint) => database.get(`select 1 from ${table} where endpoint = ?`, [endpoint]) !== undefined,
  };
}
