import type { Clock } from '../../kernel/index.ts';
import type { Database, SqlValue } from '../../storage/index.ts';
import type { DataEntity, EntityChange } from '../contract.ts';
import { refused } from '../faults.ts';
import { daysKept } from './days-kept.ts';

/** A row that changed: its RecId, and the version of its last change. */
export interface RowChange {
  readonly recId: number;
  readonly version: number;
}

/** Versions above the first, up to the last, of rows of these companies; of all when they are undefined. */
export interface Asked {
  readonly after: number;
  readonly upTo: number;
  readonly most: number;
  readonly companies: readonly string[] | undefined;
}

/**
 * Row versions: which rows of a data entity have changed since, and which are gone.
 *
 * Differs: the platform stamps every row of every table (`SysRowVersion`, `AifChangeTrackingDeletedObject`); here rows are
 * stamped from the moment their entity is tracked, and what has changed is told by entity, not by the tables behind it.
 */
export interface RowVersions {
  /** Stamps what a transaction has changed, inside it. */
  stamp(changes: readonly EntityChange[]): void;
  /** Begins, unless it has begun. @throws Fault in the platform's words for an entity that does not allow it */
  track(entity: DataEntity): void;
  /** Forgets it all: what is tracked again later starts anew. */
  untrack(entity: DataEntity): void;
  /** The version tracking began with; undefined while it is off. */
  trackedFrom(entity: DataEntity): number | undefined;
  /** The last version any row was given. */
  present(): number;
  /** The earliest first. */
  changed(entity: DataEntity, asked: Asked): RowChange[];
  deleted(entity: DataEntity, asked: Asked): RowChange[];
}

const tables = `
  create table if not exists "fno$trackedentity" (entity text primary key, since integer not null) without rowid;
  create table if not exists "fno$rowversion" (
    entity text not null, recid integer not null, version integer not null, company text not null, deletedon integer,
    primary key (entity, recid)) without rowid;
  create index if not exists "fno$rowversion:version" on "fno$rowversion" (entity, version)`;

const dayOf = (time: Date) => Math.floor(time.getTime() / 86_400_000);

export function createRowVersions(database: Database, clock: Clock): RowVersions {
  for (const sql of tables.split(';')) database.exec(sql);
  const sequence = 'SysRowVersion';

  const next = () =>
    Number(
      database.get(
        'insert into "fno$sequence" (name, value) values (?1, 1) on conflict (name) do update set value = value + 1 returning value',
        [sequence],
      )!['value'],
    );

  function put({ entity, kind, company = '', before, after }: EntityChange): void {
    const deletedOn = kind === 'delete' ? dayOf(clock.now()) : null;
    const recId = Number((after ?? before)!['RecId']);
    const values = [entity.name, recId, next(), company.toLowerCase(), deletedOn];
    database.run('insert or replace into "fno$rowversion" values (?, ?, ?, ?, ?)', values);
  }

  function find(entity: DataEntity, { after, upTo, most, companies }: Asked, isDeleted: boolean): RowChange[] {
    const own = companies === undefined || !entity.isCompanyBound ? undefined : companies;
    const within = own === undefined ? '' : `and company in (${own.map(() => '?').join(',')})`;
    const values: SqlValue[] = [entity.name, after, upTo, ...(own ?? []).map((one) => one.toLowerCase()), most];
    const rows = database.table(
      `select recid, version from "fno$rowversion" where entity = ? and version > ? and version <= ?
        and deletedon is ${isDeleted ? 'not null' : 'null'} ${within} order by version limit ?`,
      values,
    );
    return rows.map(([recId, version]) => ({ recId: Number(recId), version: Number(version) }));
  }

  const trackedFrom = ({ name }: DataEntity) => {
    const row = database.get('select since from "fno$trackedentity" where entity = ?', [name]);
    return row === undefined ? undefined : Number(row['since']);
  };

  return {
    stamp(changes) {
      const tracked = new Set(database.table('select entity from "fno$trackedentity"').map(([name]) => name));
      if (tracked.size === 0) return;
      const told = changes.filter(({ entity }) => tracked.has(entity.name));
      // A row whose key has changed is one that went and one that came, with one RecId: it is there.
      const [gone, there] = [
        told.filter(({ kind }) => kind === 'delete'),
        told.filter(({ kind }) => kind !== 'delete'),
      ];
      for (const change of [...gone, ...there]) put(change);
      if (gone.length > 0)
        database.run('delete from "fno$rowversion" where deletedon < ?', [dayOf(clock.now()) - daysKept]);
    },
    track(entity) {
      if (entity.untracked !== undefined) throw refused(entity.untracked(entity.name));
      if (trackedFrom(entity) === undefined)
        database.run('insert into "fno$trackedentity" values (?, ?)', [entity.name, next()]);
    },
    untrack({ name }) {
      database.run('delete from "fno$trackedentity" where entity = ?', [name]);
      database.run('delete from "fno$rowversion" where entity = ?', [name]);
    },
    trackedFrom,
    present: () => Number(database.get('select value from "fno$sequence" where name = ?', [sequence])?.['value'] ?? 0),
    changed: (entity, asked) => find(entity, asked, false),
    deleted: (entity, asked) => find(entity, asked, true),
  };
}
