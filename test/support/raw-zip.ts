import { crc32 } from 'node:zlib';

/** An entry as the archive shall say it is, whether true or not. */
export interface RawEntry {
  readonly name: string;
  readonly content?: Buffer | string;
  readonly crc?: number;
  /** What the archive says of the size unpacked. */
  readonly size?: number;
  /** 0 stored, 8 deflated. */
  readonly method?: number;
  /** Bit 0: encrypted. */
  readonly flags?: number;
}

const utf8Names = 0x800;

/** A zip byte by byte, for archives no honest writer makes. */
export function rawZip(entries: readonly RawEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const content = Buffer.from(entry.content ?? '');
    const local = Buffer.concat([header(0x04034b50, 30, entry, name, content), name, content]);
    const record = header(0x02014b50, 46, entry, name, content);
    record.writeUInt32LE(offset, 42);
    locals.push(local);
    central.push(Buffer.concat([record, name]));
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** The local and the central header say the same, two bytes further on in the central one. */
function header(signature: number, length: 30 | 46, entry: RawEntry, name: Buffer, content: Buffer): Buffer {
  const bytes = Buffer.alloc(length);
  const shift = length === 46 ? 2 : 0;
  bytes.writeUInt32LE(signature, 0);
  bytes.writeUInt16LE(20, 4 + shift);
  bytes.writeUInt16LE((entry.flags ?? 0) | utf8Names, 6 + shift);
  bytes.writeUInt16LE(entry.method ?? 0, 8 + shift);
  bytes.writeUInt32LE(0x00210000, 10 + shift);
  bytes.writeUInt32LE(entry.crc ?? crc32(content), 14 + shift);
  bytes.writeUInt32LE(content.length, 18 + shift);
  bytes.writeUInt32LE(entry.size ?? content.length, 22 + shift);
  bytes.writeUInt16LE(name.length, 26 + shift);
  return bytes;
}
