import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One line of the mapping file: a path of the source tree and where its content really is. */
export interface Mapping {
  /** May hold wildcards unless it is a folder: `**` for any folders, `*` for any name. */
  readonly map: string;
  /** Absolute. */
  readonly to: string;
  /** `path`: files that fit are found by name in a folder. */
  readonly kind: 'file' | 'folder' | 'path';
  /** The name is looked for in the folders below, too. */
  readonly searchBelow?: boolean;
}

/** Whether a line says which paths it is about only by a pattern, so that they cannot be listed. */
export const byPattern = ({ map, kind }: Mapping) =>
  kind !== 'folder' && (kind === 'path' || map.includes('*') || !map.includes('/'));

/** Whether a line of the mapping file is about this path of the tree. */
export function fits({ map, kind }: Mapping, path: string): boolean {
  if (kind === 'folder') return path.startsWith(`${map}/`);
  // A name without a folder is that name anywhere.
  const pattern = map.includes('/') ? map : `**/${map}`;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\?]/g, '\\$&')
    .replace(/\*\*\//g, '\u0000')
    .replace(/\*\\\.\*$/, '[^/]+')
    .replaceAll('*', '[^/]*')
    .replaceAll('\u0000', '(?:.+/)?');
  return new RegExp(`^${expression}$`).test(path);
}

/** Where the content of a path of the tree is; the first line that fits decides. */
export function target(mappings: readonly Mapping[], path: string): string | undefined {
  for (const mapping of mappings.filter((one) => fits(one, path))) {
    const { map, to, kind, searchBelow = false } = mapping;
    if (kind === 'file') return to;
    if (kind === 'folder') return join(to, path.slice(map.length + 1));
    const found = find(to, basename(path), searchBelow);
    // What the folder lacks is in the tree itself, as the `.data.xml` files beside assemblies are.
    if (found !== undefined) return found;
  }
  return undefined;
}

function find(folder: string, name: string, searchBelow: boolean): string | undefined {
  if (existsSync(join(folder, name))) return join(folder, name);
  if (!searchBelow || !existsSync(folder)) return undefined;
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name: inner } of folders.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const found = find(join(folder, inner), name, true);
    if (found !== undefined) return found;
  }
  return undefined;
}
