import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { PackageError } from '../package-error.ts';

/** The entries of a zip one after the other, with their content on request. */
export interface ZipEntries {
  entries(): AsyncGenerator<Entry>;
  read(entry: Entry): Promise<Buffer>;
}

/**
 * Opens a zip held in memory.
 *
 * @throws PackageError when it is none; later for names that lead out of it, hold backslashes or are absolute
 */
export async function openZip(buffer: Buffer): Promise<ZipEntries> {
  const zip = await new Promise<ZipFile>((done, failed) => {
    // strictFileNames: a backslash is refused instead of being read as a slash.
    fromBuffer(buffer, { lazyEntries: true, strictFileNames: true }, (error, file) =>
      error ? failed(new PackageError(`The file is not a zip: ${error.message}`, '')) : done(file),
    );
  });
  return { entries: () => iterate(zip), read: (entry) => read(zip, entry) };
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
