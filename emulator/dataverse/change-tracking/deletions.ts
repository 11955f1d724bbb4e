import type { Clock } from '../../kernel/index.ts';
import type { Database } from '../../storage/index.ts';
import type { Counters } from '../messages/counters.ts';
import type { TableMetadata } from '../metadata/model.ts';
import type { Deletion } from './changes.ts';

/** What is left of rows that are gone: their ids, for those who copy the table by its changes. */
export interface Deletions {
  note(table: TableMetadata, id: string): void;
  /** Deleted after one version up to another, the earliest first; rows that came back are not among them. */
  between(table: TableMetadata, stretch: VersionStretch, most?: number): Deletion[];
  count(table: TableMetadata, stretch: VersionStretch): number;
  /** The last version any row was given. */
  lastVersion(): number;
  /** Days a deletion is remembered, and a delta token is good. */
  readonly daysKept: number;
}

/** Versions above the first, up to the last. */
export interface VersionStretch {
  readonly after: number;
  readonly upTo: number;
}

const deletionsTable = `create table if not exists "emulator$deletions" (
  version integer primary key, tablename text not null, id text not null, day integer not null)`;

const dayOf = (time: Date) => Math.floor(time.getTime() / 86_400_000);

export function createDeletions(database: Database, clock: Clock, counters: Counters): Deletions {
  database.exec(deletionsTable);
  database.exec('create index if not exists "emulator$deletions:day" on "emulator$deletions" (day)');

  const daysKept = () => {
    const row = database.get('select expirechangetrackingindays as days from organization limit 1');
    return Number(row?.['days'] ?? 7);
  };

  const gone = ({ logicalName, primaryId }: TableMetadata) => `from "emulator$deletions" d
    where d.tablename = ? and d.version > ? and d.version <= ?
      and not exists (select 1 from "${logicalName}" where "${primaryId}" = d.id)`;

  return {
    note({ logicalName, changeTrackingEnabled }, id) {
      if (!changeTrackingEnabled) return;
      const today = dayOf(clock.now());
      database.run('delete from "emulator$deletions" where day < ?', [today - daysKept()]);
      const version = counters.next('versionnumber', 1000);
      database.run('insert into "emulator$deletions" values (?, ?, ?, ?)', [version, logicalName, id, today]);
    },
    between(table, { after, upTo }, most = -1) {
      const sql = `select d.id, d.version ${gone(table)} order by d.version limit ?`;
      return database
        .all(sql, [table.logicalName, after, upTo, most])
        .map(({ id, version }) => ({ id: String(id), version: Number(version) }));
    },
    count: (table, { after, upTo }) =>
      Number(database.get(`select count(*) as n ${gone(table)}`, [table.logicalName, after, upTo])!['n']),
    lastVersion: () => counters.last('versionnumber') ?? 0,
    get daysKept() {
      return daysKept();
    },
  };
}
