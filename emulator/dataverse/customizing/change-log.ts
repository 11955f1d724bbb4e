import type { Database } from '../../storage/index.ts';
import type { Catalogue, MutableTable } from '../metadata/catalogue.ts';
import { keyId } from './component-names.ts';

/** When each part of the metadata changed last; what has no row is as old as the environment. */
const logTable = `create table if not exists "emulator$metadata_log" (id text primary key, kind text not null, tableid text not null, version integer not null, deleted integer not null) without rowid`;

export type LoggedKind = 'Entity' | 'Attribute' | 'Relationship' | 'EntityKey' | 'OptionSet';

export interface LoggedChange {
  readonly id: string;
  readonly kind: LoggedKind;
  /** The table it is or was of. */
  readonly tableId: string;
  readonly isDeleted: boolean;
}

/** A part of the metadata as it is compared. */
interface Part {
  readonly kind: LoggedKind;
  readonly tableId: string;
  readonly value: unknown;
}

/** Notes what differs between the metadata before and after a change. */
export function logChanges(database: Database, before: Catalogue, after: Catalogue): void {
  const [old, now] = [partsOf(before), partsOf(after)];
  const changed = [...now].filter(([id, part]) => !isSame(old.get(id)?.value, part.value));
  const gone = [...old].filter(([id]) => !now.has(id));
  if (changed.length + gone.length === 0) return;
  database.exec(logTable);
  const version = metadataVersion(database) + 1;
  const note = (id: string, { kind, tableId }: Part, isDeleted: boolean) =>
    database.run(
      'insert into "emulator$metadata_log" (id, kind, tableid, version, deleted) values (?1, ?2, ?3, ?4, ?5) on conflict (id) do update set version = ?4, deleted = ?5',
      [id, kind, tableId, version, isDeleted ? 1 : 0],
    );
  for (const [id, part] of changed) note(id, part, false);
  for (const [id, part] of gone) note(id, part, true);
}

/** The version of the metadata: raised by one with every change. */
export function metadataVersion(database: Database): number {
  database.exec(logTable);
  return Number(database.get('select coalesce(max(version), 0) as version from "emulator$metadata_log"')!['version']);
}

export function changesSince(database: Database, version: number): LoggedChange[] {
  database.exec(logTable);
  return database
    .all('select id, kind, tableid, deleted from "emulator$metadata_log" where version > ?', [version])
    .map((row) => ({
      id: String(row['id']),
      kind: row['kind'] as LoggedKind,
      tableId: String(row['tableid']),
      isDeleted: row['deleted'] === 1,
    }));
}

function partsOf(catalogue: Catalogue): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const table of catalogue.tables()) addTable(parts, table);
  for (const choice of catalogue.globalChoices())
    parts.set(choice.metadataId, { kind: 'OptionSet', tableId: '', value: choice });
  return parts;
}

function addTable(parts: Map<string, Part>, table: MutableTable): void {
  const { columns, keys, manyToOne, oneToMany: _oneToMany, manyToMany, ...own } = table;
  const tableId = table.metadataId;
  parts.set(tableId, { kind: 'Entity', tableId, value: own });
  for (const column of columns.values()) parts.set(column.metadataId, { kind: 'Attribute', tableId, value: column });
  for (const key of keys)
    parts.set(keyId(table.logicalName, key.logicalName), { kind: 'EntityKey', tableId, value: key });
  for (const one of [...manyToOne, ...manyToMany])
    parts.set(one.metadataId, { kind: 'Relationship', tableId, value: one });
}

/** What was not touched is the same object. */
const isSame = (before: unknown, after: unknown) =>
  before === after || (before !== undefined && JSON.stringify(before) === JSON.stringify(after));
