import { closeSync, openSync, readSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import { fromBuffer, open, type Entry, type ZipFile } from 'yauzl';
import { PackageError } from '../package-error.ts';

/** The entries of a zip one after the other, with their content on request. */
export interface ZipEntries {
  entries(): AsyncGenerator<Entry>;
  read(entry: Entry): Promise<Buffer>;
}

/** The entries of a zip file; content is read from the file each time. */
export interface ZipFileEntries {
  entries(): AsyncGenerator<Entry>;
  /** How to read the content later, after `close`. */
  reader(entry: Entry): () => Buffer;
  close(): void;
}

/**
 * Opens a zip held in memory.
 *
 * @throws PackageError when it is none; later for names that lead out of it, hold backslashes or are absolute
 */
export async function openZip(buffer: Buffer): Promise<ZipEntries> {
  const zip = await opened((done) => fromBuffer(buffer, options, done));
  return { entries: () => iterate(zip), read: (entry) => read(zip, entry) };
}

/**
 * Opens a zip on disk without reading it.
 *
 * @throws PackageError as `openZip`; from a reader when the content is damaged or larger than it says
 */
export async function openZipFile(path: string): Promise<ZipFileEntries> {
  const zip = await opened((done) => open(path, { ...options, autoClose: false }, done));
  return { entries: () => iterate(zip), reader: (entry) => readerOf(path, entry), close: () => zip.close() };
}

/** strictFileNames: a backslash is refused instead of being read as a slash. */
const options = { lazyEntries: true, strictFileNames: true } as const;

function opened(start: (done: (error: Error | null, file: ZipFile) => void) => void): Promise<ZipFile> {
  return new Promise((done, failed) =>
    start((error, file) =>
      error ? failed(new PackageError(`The file is not a zip: ${error.message}`, '')) : done(file),
    ),
  );
}

async function* iterate(zip: ZipFile): AsyncGenerator<Entry> {
  for (let left = zip.entryCount; left > 0; left--) {
    yield await new Promise<Entry>((done, failed) => {
      const settle = (finish: () => void) => {
        zip.removeListener('entry', onEntry);
        zip.removeListener('error', onError);
        finish();
      };
      const onEntry = (entry: Entry) => settle(() => done(entry));
      const onError = (error: Error) => settle(() => failed(unsafe(error)));
      zip.once('entry', onEntry);
      zip.once('error', onError);
      zip.readEntry();
    });
  }
}

function unsafe(error: Error): PackageError {
  const entry = /(?:fileName|relative path|absolute path): (.*)$/.exec(error.message)?.[1] ?? '';
  return new PackageError(`The zip is damaged or unsafe: ${error.message}`, entry);
}

async function read(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const damaged = (error: Error) => new PackageError(`'${entry.fileName}': ${error.message}`, entry.fileName);
  const stream = await new Promise<NodeJS.ReadableStream>((done, failed) => {
    zip.openReadStream(entry, (error, opened) => (error ? failed(damaged(error)) : done(opened)));
  });
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } catch (error) {
    throw damaged(error as Error);
  }
  return Buffer.concat(chunks);
}

/** Bit 0 of the flags: encrypted. */
const encrypted = 1;

function readerOf(path: string, entry: Entry): () => Buffer {
  const { fileName: name, compressionMethod: method, compressedSize, uncompressedSize } = entry;
  const refuse = (why: string) => new PackageError(`'${name}': ${why}`, name);
  if ((entry.generalPurposeBitFlag & encrypted) !== 0) throw refuse('it is encrypted.');
  if (method !== 0 && method !== 8) throw refuse(`the compression method ${method} is not supported.`);
  if (method === 0 && compressedSize !== uncompressedSize) throw refuse('it is stored, and of two sizes.');
  return () => {
    const bytes = readCompressed(path, entry, refuse);
    const content = method === 0 ? bytes : inflate(bytes, uncompressedSize, refuse);
    if (content.length !== uncompressedSize)
      throw refuse(`it is ${content.length} bytes long, not ${uncompressedSize}.`);
    requireChecksum(entry, content);
    return content;
  };
}

function inflate(bytes: Buffer, size: number, refuse: (why: string) => PackageError): Buffer {
  try {
    // A bomb stops at the size the archive says.
    return inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    throw refuse(`it cannot be unpacked to the ${size} bytes it should have: ${(error as Error).message}`);
  }
}

/** Before the content stand a header of 30 bytes, and names of the lengths it gives. */
const localHeader = { length: 30, signature: 0x04034b50 };

function readCompressed(path: string, entry: Entry, refuse: (why: string) => PackageError): Buffer {
  const file = openSync(path, 'r');
  try {
    const start = entry.relativeOffsetOfLocalHeader;
    const header = readPart({ file, path }, start, localHeader.length);
    if (header.readUInt32LE(0) !== localHeader.signature) throw refuse('its header is damaged.');
    const names = header.readUInt16LE(26) + header.readUInt16LE(28);
    return readPart({ file, path }, start + localHeader.length + names, entry.compressedSize);
  } finally {
    closeSync(file);
  }
}

interface OpenFile {
  readonly file: number;
  readonly path: string;
}

function readPart({ file, path }: OpenFile, start: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let read = 0; read < length;) {
    const more = readSync(file, bytes, read, length - read, start + read);
    if (more === 0) throw new PackageError(`${path} has become shorter while it was read.`, path);
    read += more;
  }
  return bytes;
}

/** @throws PackageError when the content is not what the archive says */
export function requireChecksum({ fileName, crc32: expected }: Entry, content: Buffer): void {
  if (crc32(content) !== expected)
    throw new PackageError(`The checksum of '${fileName}' is wrong: the file is damaged.`, fileName);
}
