import type { Database } from '../../storage/index.ts';

/** A part of a file, in bytes from its beginning. */
export interface Stretch {
  readonly from: number;
  readonly length: number;
}

/** Contents of files in blocks: an upload collects them, a file keeps them in order. A file is never held in memory whole. */
export interface FileBlocks {
  put(holder: string, name: string, data: Buffer): void;
  /** A file of one block. */
  write(file: string, content: Buffer): void;
  /** The upload's blocks, in this order, become the file's; others are dropped. @returns bytes; undefined when one is not there */
  commit(upload: string, file: string, names: readonly string[]): number | undefined;
  /** Names of the holder's blocks, in order. */
  names(holder: string): string[];
  /** Bytes the holder has so far. */
  size(holder: string): number;
  read(file: string, stretch: Stretch): Buffer;
  drop(holder: string): void;
}

const blocksTable = `create table if not exists "emulator$fileblocks" (
  holder text not null, name text not null, start integer, bytes integer not null, data blob not null,
  primary key (holder, name)) without rowid`;

export function createFileBlocks(database: Database): FileBlocks {
  database.exec(blocksTable);
  const bytesOf = (holder: string, name: string) =>
    database.get('select bytes from "emulator$fileblocks" where holder = ? and name = ?', [holder, name])?.['bytes'];

  const drop = (holder: string) => void database.run('delete from "emulator$fileblocks" where holder = ?', [holder]);

  return {
    drop,
    put(holder, name, data) {
      const sql = `insert into "emulator$fileblocks" (holder, name, bytes, data) values (?1, ?2, ?3, ?4)
        on conflict (holder, name) do update set bytes = ?3, data = ?4`;
      database.run(sql, [holder, name, data.length, data]);
    },
    write(file, content) {
      const sql = `insert into "emulator$fileblocks" (holder, name, start, bytes, data) values (?, '', 0, ?, ?)`;
      database.run(sql, [file, content.length, content]);
    },
    commit(upload, file, names) {
      let start = 0;
      for (const name of names) {
        const bytes = bytesOf(upload, name);
        if (bytes === undefined) return undefined;
        const sql = 'update "emulator$fileblocks" set holder = ?, start = ? where holder = ? and name = ?';
        database.run(sql, [file, start, upload, name]);
        start += Number(bytes);
      }
      drop(upload);
      return start;
    },
    names: (holder) =>
      database
        .all('select name from "emulator$fileblocks" where holder = ? order by name', [holder])
        .map((row) => String(row['name'])),
    size(holder) {
      const row = database.get('select sum(bytes) as size from "emulator$fileblocks" where holder = ?', [holder]);
      return Number(row?.['size'] ?? 0);
    },
    read(file, { from, length }) {
      const sql =
        'select start, data from "emulator$fileblocks" where holder = ? and start < ? and start + bytes > ? order by start';
      const parts = database.all(sql, [file, from + length, from]).map((row) => {
        const start = Number(row['start']);
        const data = Buffer.from(row['data'] as Buffer);
        return data.subarray(Math.max(0, from - start), from + length - start);
      });
      return Buffer.concat(parts);
    },
  };
}
