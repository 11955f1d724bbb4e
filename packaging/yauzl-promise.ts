import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { PackageError } from './package-error.ts';

/** yauzl's callbacks as an iterator and promises. */
export async function fromBufferPromise(
  buffer: Buffer,
): Promise<{ entries(): AsyncGenerator<Entry>; read(entry: Entry): Promise<Buffer> }> {
  const zip = await new Promise<ZipFile>((done, failed) => {
    fromBuffer(buffer, { lazyEntries: true, strictFileNames: true }, (error, file) =>
      error ? failed(error) : done(file),
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
      const onError = (error: Error) =>
        settle(() => failed(new PackageError(`The zip is damaged or unsafe: ${error.message}`, '')));
      zip.once('entry', onEntry);
      zip.once('error', onError);
      zip.readEntry();
    });
  }
}

async function read(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const stream = await new Promise<NodeJS.ReadableStream>((done, failed) => {
    zip.openReadStream(entry, (error, opened) =>
      error ? failed(new PackageError(`'${entry.fileName}': ${error.message}`, entry.fileName)) : done(opened),
    );
  });
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } catch (error) {
    throw new PackageError(`'${entry.fileName}': ${(error as Error).message}`, entry.fileName);
  }
  return Buffer.concat(chunks);
}
