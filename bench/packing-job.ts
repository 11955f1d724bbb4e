/** One job of the benchmark of packing, in a process of its own: prints its milliseconds and the memory it took. */
import { createWriteStream, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { readFolder, readZipFile, unpack, writeFolder, writeZip } from '../packaging/index.ts';
import { writeLargePackage } from './large-package.ts';

const jobs: Readonly<Record<string, (zip: string, folder: string) => Promise<void>>> = {
  // Here, so that the process that starts the others stays small: the memory of a process begins with that of its parent.
  large: writeLargePackage,
  unpack: async (zip, folder) => void writeFolder(folder, unpack(await readZipFile(zip))),
  async unzip(zip, folder) {
    const file = await openPromise(zip);
    for await (const entry of file.eachEntry()) {
      const target = join(folder, entry.fileName);
      mkdirSync(dirname(target), { recursive: true });
      const content = await file.openReadStreamPromise(entry);
      await pipeline(content, createWriteStream(target));
    }
  },
  async pack(zip, folder) {
    writeFileSync(zip, await writeZip(await readFolder(folder, { type: 'unmanaged', isLazy: true })));
  },
  async zip(zip, folder) {
    const file = new ZipFile();
    const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      file.addFile(path, relative(folder, path).replaceAll(sep, '/'));
    }
    file.end();
    await pipeline(file.outputStream, createWriteStream(zip));
  },
};

const [name = '', zip = '', folder = ''] = process.argv.slice(2);
const started = performance.now();
void jobs[name]!(zip, folder).then(() =>
  console.log(JSON.stringify({ ms: performance.now() - started, kib: process.resourceUsage().maxRSS })),
);
