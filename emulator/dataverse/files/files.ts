import type { NewId } from '../../kernel/index.ts';
import type { Row } from '../../query/index.ts';
import { readRow } from '../../storage/index.ts';
import type { Caller, OrganizationService } from '../contract.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import type { ColumnSecurity } from '../security/column-security.ts';
import type { RowAccess } from '../security/row-access.ts';
import { imageTypeOf } from './image-type.ts';
import { mimeTypeOf } from './mime-types.ts';
import {
  createStoredFiles,
  requireSize,
  type FileFacts,
  type FilePlace,
  type StoredFile,
  type StoredFiles,
  type StoredFilesParts,
} from './stored-files.ts';
import { createTransfers, type Transfer, type Transfers } from './transfers.ts';

/** Largest block of an upload. */
export const blockSize = 4 * 1024 * 1024;

/** What a client is handed of a file or an image. */
export interface OpenedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly size: number;
  read(from: number, length: number): Buffer;
}

/** Contents of file and image columns: checked for access, written through the messages of their rows. */
export interface Files {
  readonly stored: StoredFiles;
  readonly transfers: Transfers;
  /** The column of the row. @throws Fault for what is no file column, or a row that is not there */
  place(table: TableMetadata, id: string, column: string): FilePlace;
  placeOf(transfer: Pick<Transfer, 'table' | 'row' | 'column'>): FilePlace;
  /** May this user write there? @throws Fault 0x80040220, 0x80048306, 0x8004f507, and 0x80043e09 for a kind of file that is blocked */
  requireWritable(place: FilePlace, fileName: string, caller: Caller): void;
  /** Keeps the blocks of an upload in the column, and tells the row. @returns undefined when a block is missing */
  commit(
    transfer: Transfer,
    blocks: readonly string[],
    facts: { readonly name?: string | undefined; readonly mimeType?: string | undefined },
    caller: Caller,
  ): Promise<{ readonly id: string; readonly size: number } | undefined>;
  /** Undefined where there is nothing the user may read. @throws Fault 403, 404 */
  open(place: FilePlace, caller: Caller, want: 'thumbnail' | 'full'): OpenedFile | undefined;
  /** Empties the column. */
  remove(file: StoredFile, caller: Caller): Promise<void>;
}

export interface FilesParts extends StoredFilesParts {
  readonly newId: NewId;
  readonly access: RowAccess;
  readonly columnSecurity: ColumnSecurity;
  readonly organization: () => OrganizationService;
}

export function createFiles(parts: FilesParts): Files {
  const { database, metadata, shapes, newId, access, columnSecurity } = parts;
  const stored = createStoredFiles(parts);
  const transfers = createTransfers(database, parts.clock, newId, stored.blocks);

  const rowOf = ({ table, id }: FilePlace) => readRow(database, shapes(table.logicalName), { [table.primaryId]: id });

  function place(table: TableMetadata, id: string, name: string): FilePlace {
    const column = table.columns.get(name);
    if (column?.file === undefined)
      throw faults.invalidArgument(`Invalid Argument: '${name}' is no file or image column of '${table.logicalName}'.`);
    return { table, id, column };
  }

  function full({ blocks }: StoredFiles, file: StoredFile): OpenedFile {
    return { ...file, read: (from, length) => blocks.read(file.id, { from, length }) };
  }

  /** The value of an image column is its thumbnail. */
  function thumbnail({ column }: FilePlace, row: Row): OpenedFile | undefined {
    const content = row[column.logicalName];
    if (!Buffer.isBuffer(content)) return undefined;
    const { mimeType, extension } = imageTypeOf(content) ?? { mimeType: 'application/octet-stream', extension: 'bin' };
    return {
      name: `${column.logicalName}.${extension}`,
      mimeType,
      size: content.length,
      read: (from, length) => content.subarray(from, from + length),
    };
  }

  /** @returns what the row then holds */
  function takeFile(at: FilePlace, id: string, facts: FileFacts): Row {
    const { logicalName } = at.column;
    stored.add(id, at, facts);
    return { [logicalName]: id, [`${logicalName}_name`]: facts.name };
  }

  /** The image goes into the row, as if it stood in the body of a request. */
  function takeImage({ column }: FilePlace, id: string, size: number): Row {
    requireSize(column, size);
    const content = stored.blocks.read(id, { from: 0, length: size });
    stored.blocks.drop(id);
    return { [column.logicalName]: content };
  }

  const files: Files = {
    stored,
    transfers,
    place,
    placeOf: ({ table, row, column }) => place(metadata.table(table)!, row, column),
    requireWritable(at, fileName, caller) {
      if (rowOf(at) === undefined) throw faults.rowNotFound(at.table.schemaName, at.id);
      access.requireRow(caller, 'Write', at.table, at.id);
      columnSecurity.requireWritable(caller, at.table, [at.column.logicalName], 'Update');
      requireAllowed(fileName, blockedExtensions(parts));
    },
    commit: (transfer, blocks, facts, caller) =>
      database.transaction(async () => {
        const at = files.placeOf(transfer);
        const id = newId();
        const size = stored.blocks.commit(transfer.id, id, blocks);
        if (size === undefined) return undefined;
        transfers.end(transfer);
        const name = facts.name ?? transfer.fileName;
        files.requireWritable(at, name, caller);
        const file = { name, mimeType: facts.mimeType ?? mimeTypeOf(name), size };
        const row = at.column.attributeType === 'Image' ? takeImage(at, id, size) : takeFile(at, id, file);
        await parts.organization().update(at.table.logicalName, at.id, row, caller);
        return { id: stored.at(at)?.id ?? id, size };
      }),
    open(at, caller, want) {
      const row = rowOf(at);
      if (row === undefined) throw faults.rowNotFound(at.table.schemaName, at.id);
      access.requireRow(caller, 'Read', at.table, at.id);
      const seen = columnSecurity.masking(caller, at.table)(row);
      if (seen[at.column.logicalName] === null) return undefined;
      if (at.column.attributeType === 'Image' && want === 'thumbnail') return thumbnail(at, seen);
      const file = stored.at(at);
      return file === undefined ? undefined : full(stored, file);
    },
    async remove({ table, row, column }, caller) {
      const gone: Row = { [column]: null };
      if (metadata.table(table)?.columns.has(`${column}_name`)) gone[`${column}_name`] = null;
      await parts.organization().update(table, row, gone, caller);
    },
  };
  return files;
}

/** Endings of files the organisation does not take, `exe;com;…`. */
function blockedExtensions({ database }: FilesParts): ReadonlySet<string> {
  const text = database.get('select blockedattachments as blocked from organization limit 1')?.['blocked'];
  return new Set(
    String(text ?? '')
      .split(';')
      .map((one) => one.trim().toLowerCase())
      .filter((one) => one !== ''),
  );
}

function requireAllowed(fileName: string, blocked: ReadonlySet<string>): void {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase();
  if (extension !== undefined && blocked.has(extension)) throw faults.fileBlocked();
}
