import { crc32 } from 'node:zlib';
import { PackageError } from '../package-error.ts';

/** What goes into a zip; the content is asked for when its turn comes, and not kept. */
export interface StoredEntry {
  readonly name: string;
  content(): Buffer;
}

/** 1 January 1980, midnight: the first moment a zip can tell. */
const date = 0x0021;
const utf8Names = 0x0800;
/** A plain file that its owner may write, made on Unix. */
const madeOn = 0x033f;
const attributes = 0o100644 * 0x10000;
const most = { entries: 0xffff, bytes: 0xffffffff };

/**
 * The bytes of a zip, piece by piece. Entries are stored, dated 1980 and named in UTF-8, so that the same content gives
 * the same bytes everywhere; sizes and checksums stand before the content, so that it can be read as a stream.
 *
 * @throws PackageError when there are more entries or bytes than the format has numbers for
 */
export function* storedZip(entries: Iterable<StoredEntry>): Generator<Buffer> {
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = entry.content();
    const name = Buffer.from(entry.name);
    const fields = fieldsOf(content, name);
    const local = Buffer.concat([numbers(4, 0x04034b50), numbers(2, 10), fields, name]);
    central.push(directoryRecord(fields, name, offset));
    offset += local.length + content.length;
    if (offset > most.bytes || central.length > most.entries)
      throw new PackageError('The package is larger than a zip can be.', entry.name);
    yield local;
    yield content;
  }
  const directory = Buffer.concat(central);
  yield directory;
  const count = numbers(2, central.length);
  yield Buffer.concat([numbers(4, 0x06054b50, 0), count, count, numbers(4, directory.length, offset), numbers(2, 0)]);
}

/** What local and central header say alike: flags, method, time, date, checksum, sizes, lengths of name and extras. */
const fieldsOf = (content: Buffer, name: Buffer) =>
  Buffer.concat([
    numbers(2, utf8Names, 0, 0, date),
    numbers(4, crc32(content), content.length, content.length),
    numbers(2, name.length, 0),
  ]);

const directoryRecord = (fields: Buffer, name: Buffer, offset: number) =>
  Buffer.concat([
    numbers(4, 0x02014b50),
    numbers(2, madeOn, 10),
    fields,
    numbers(2, 0, 0, 0),
    numbers(4, attributes, offset),
    name,
  ]);

function numbers(bytes: 2 | 4, ...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(bytes * values.length);
  values.forEach((value, place) => buffer.writeUIntLE(value, place * bytes, bytes));
  return buffer;
}
