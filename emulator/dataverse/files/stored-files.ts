import type { Clock } from '../../kernel/index.ts';
import { insertRow, type Database, type Shapes, type SqlRow } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import { nextVersion, type Counters } from '../messages/counters.ts';
import { timestamp } from '../messages/default-values.ts';
import type { ColumnMetadata, MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import { createFileBlocks, type FileBlocks } from './file-blocks.ts';

/** One file or image column of one row. */
export interface FilePlace {
  readonly table: TableMetadata;
  readonly id: string;
  readonly column: ColumnMetadata;
}

export interface FileFacts {
  readonly name: string;
  readonly mimeType: string;
  readonly size: number;
}

export interface StoredFile extends FileFacts {
  readonly id: string;
  /** The row it belongs to, and the column. */
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

/** Rows of `fileattachment`, and the blocks their contents stand in. The rows they belong to are not touched. */
export interface StoredFiles {
  readonly blocks: FileBlocks;
  /** @throws Fault 0x80044a02, 0x80072553 for one that is larger than its column allows */
  add(id: string, place: FilePlace, facts: FileFacts): void;
  /** Undefined for an empty column. */
  at(place: Pick<FilePlace, 'id' | 'column'>): StoredFile | undefined;
  byId(id: string): StoredFile | undefined;
  /** Of all columns of a row. */
  ofRow(id: string): StoredFile[];
  remove(id: string): void;
}

export interface StoredFilesParts {
  readonly database: Database;
  readonly shapes: Shapes;
  readonly metadata: MetadataCatalogue;
  readonly clock: Clock;
  readonly counters: Counters;
}

const table = 'fileattachment';
const select = `select fileattachmentid, filename, mimetype, filesizeinbytes, objectid, objectid__table, regardingfieldname from ${table} where`;

export function createStoredFiles({ database, shapes, metadata, clock, counters }: StoredFilesParts): StoredFiles {
  const blocks = createFileBlocks(database);
  const find = (where: string, ...values: string[]) =>
    metadata.table(table) === undefined ? [] : database.all(`${select} ${where}`, values).map(fileOf);

  return {
    blocks,
    add(id, place, { name, mimeType, size }) {
      requireSize(place.column, size);
      insertRow(database, shapes(table), {
        fileattachmentid: id,
        filename: name,
        mimetype: mimeType,
        filesizeinbytes: size,
        objectid: { table: place.table.logicalName, id: place.id },
        objecttypecode: place.table.logicalName,
        regardingfieldname: place.column.logicalName,
        createdon: timestamp(clock.now()),
        ...nextVersion(metadata.table(table)!, counters),
      });
    },
    // While a file takes the place of another there are two: the newer one counts.
    at: ({ id, column }) =>
      find('objectid = ? and regardingfieldname = ? order by versionnumber desc', id, column.logicalName)[0],
    byId: (id) => find(`${table}id = ?`, id)[0],
    ofRow: (id) => find('objectid = ?', id),
    remove(id) {
      database.run(`delete from ${table} where ${table}id = ?`, [id]);
      blocks.drop(id);
    },
  };
}

const fileOf = (row: SqlRow): StoredFile => ({
  id: String(row['fileattachmentid']),
  name: String(row['filename']),
  mimeType: String(row['mimetype']),
  size: Number(row['filesizeinbytes']),
  table: String(row['objectid__table']),
  row: String(row['objectid']),
  column: String(row['regardingfieldname']),
});

/** @throws Fault 0x80044a02 for a file, 0x80072553 for an image */
export function requireSize({ attributeType, file }: ColumnMetadata, size: number): void {
  const most = file?.maxSizeInKb ?? 0;
  if (size <= most * 1024) return;
  throw attributeType === 'Image' ? faults.imageTooLarge(most, size) : faults.fileTooLarge();
}
