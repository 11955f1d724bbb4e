import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** What a build or npm puts there. */
const made = new Set(['node_modules', 'out', 'generated', 'dist']);

/** Files below a folder of the repository whose name fits, as paths from the root with `/`, in order. */
export function filesBelow(folder: string, name: RegExp): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return made.has(entry.name) ? [] : filesBelow(path, name);
      return name.test(entry.name) ? [path] : [];
    });
}
