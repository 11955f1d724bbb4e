import type { Clock, NewId } from '../../kernel/index.ts';
import type { Database } from '../../storage/index.ts';
import type { Caller } from '../contract.ts';
import { faults } from '../faults.ts';
import { timestamp } from '../messages/default-values.ts';
import type { FileBlocks } from './file-blocks.ts';

/** A file on its way, or one that is fetched in blocks: what the client's token stands for. */
export interface Transfer {
  readonly id: string;
  readonly table: string;
  readonly row: string;
  readonly column: string;
  readonly fileName: string;
}

/** Tokens of uploads and downloads in blocks; each is good for the user it was given to, for a day. */
export interface Transfers {
  begin(transfer: Omit<Transfer, 'id'>, caller: Caller): string;
  /** @throws Fault for a token that is none, is over, or was given to somebody else */
  of(token: string, caller: Caller): Transfer;
  end(transfer: Transfer): void;
}

const day = 86_400_000;

export function createTransfers(database: Database, clock: Clock, newId: NewId, blocks: FileBlocks): Transfers {
  database.exec(
    'create table if not exists "emulator$transfers" (id text primary key, tablename text not null, rowid_ text not null, columnname text not null, filename text not null, userid text not null, begun text not null) without rowid',
  );

  /** What nobody finished. */
  function forgetOld(): void {
    const since = timestamp(new Date(clock.now().getTime() - day));
    for (const { id } of database.all('select id from "emulator$transfers" where begun < ?', [since]))
      remove(String(id));
  }

  function remove(id: string): void {
    blocks.drop(id);
    database.run('delete from "emulator$transfers" where id = ?', [id]);
  }

  return {
    begin({ table, row, column, fileName }, { userId }) {
      forgetOld();
      const id = newId();
      const begun = timestamp(clock.now());
      const values = [id, table, row, column, fileName, userId, begun];
      database.run('insert into "emulator$transfers" values (?, ?, ?, ?, ?, ?, ?)', values);
      return Buffer.from(id).toString('base64url');
    },
    of(token, { userId }) {
      const id = Buffer.from(token, 'base64url').toString();
      const found = database.get('select * from "emulator$transfers" where id = ? and userid = ?', [id, userId]);
      if (found === undefined) throw faults.transferUnknown();
      const [table, row, column, fileName] = ['tablename', 'rowid_', 'columnname', 'filename'].map((name) =>
        String(found[name]),
      ) as [string, string, string, string];
      return { id, table, row, column, fileName };
    },
    end: ({ id }) => remove(id),
  };
}
