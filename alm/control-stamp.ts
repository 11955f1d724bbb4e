import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Folders below a control that the build makes. */
const made = new Set(['out', 'generated', 'node_modules', 'obj', 'bin']);

/** What a control is built from: its own files, the shared ones, and the versions of the tools. */
export function sourcesHash(root: string, control: string): string {
  const hash = createHash('sha256');
  const files = [join(root, 'controls', control), join(root, 'controls/shared')].flatMap(filesBelow);
  for (const file of [join(root, 'package.json'), ...files]) {
    // Length and name go in too, so that moving text from one file to the next is a change.
    const content = readFileSync(file);
    hash.update(`${relative(root, file).replaceAll('\\', '/')}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

const stampFile = (root: string, control: string) => join(root, 'controls', control, 'out/sources.sha256');

export function isUnchanged(root: string, control: string): boolean {
  const file = stampFile(root, control);
  return existsSync(file) && readFileSync(file, 'utf8') === sourcesHash(root, control);
}

export function stamp(root: string, control: string, hash: string): void {
  const file = stampFile(root, control);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, hash);
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !made.has(name));
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));
}
