import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, normalize, resolve } from 'node:path';
import { PackageError } from '../package-error.ts';
import { attribute, elements, parseXml, type XmlElement } from '../xml/index.ts';

/** One line of the mapping file: a path of the source tree and where its content really is. */
export interface Mapping {
  readonly map: string;
  /** Absolute. */
  readonly to: string;
  readonly kind: 'file' | 'folder';
}

/**
 * Reads SolutionPackager's mapping file: `FileToFile` and `Folder`, `%NAME%` from the environment, either slash.
 *
 * @param folder the source tree; targets are relative to it
 * @throws PackageError for what is not supported (`FileToPath`, wildcards), unknown names, targets that do not exist
 */
export function readMappingFile(file: string, folder: string): Mapping[] {
  if (!existsSync(file)) throw new PackageError(`The mapping file ${file} does not exist.`, file);
  const root = parseXml(readFileSync(file), file);
  if (root.name !== 'Mapping') throw new PackageError(`${file} is no mapping file: its root is <${root.name}>.`, file);
  return elements(root).map((line) => readLine(line, file, folder));
}

function readLine(line: XmlElement, file: string, folder: string): Mapping {
  const refuse = (reason: string) => new PackageError(`${file}: ${reason}`, file);
  if (line.name !== 'FileToFile' && line.name !== 'Folder')
    throw refuse(`<${line.name}> is not supported; use FileToFile or Folder.`);
  const kind = line.name === 'Folder' ? 'folder' : 'file';
  const [map = '', target = ''] = ['map', 'to'].map((name) => slashes(fillIn(attribute(line, name) ?? '', refuse)));
  if (map === '' || target === '') throw refuse(`<${line.name}> needs the attributes map and to.`);
  if (map.includes('*') || target.includes('*')) throw refuse(`wildcards are not supported in map="${map}".`);
  const to = resolve(folder, target);
  if (!existsSync(to))
    throw new PackageError(`${file}: '${map}' is mapped to ${to}, which does not exist. Build it first.`, map);
  if (statSync(to).isDirectory() !== (kind === 'folder'))
    throw refuse(`'${map}' is mapped to ${to}, which is no ${kind}.`);
  return { map: slashes(normalize(map)).replace(/^\.?\/|\/$/g, ''), to, kind };
}

const slashes = (path: string) => path.replaceAll('\\', '/');

function fillIn(text: string, refuse: (reason: string) => PackageError): string {
  return text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = process.env[name];
    if (value === undefined) throw refuse(`the environment variable ${name} is not set.`);
    return value;
  });
}

/** Where the content of a path of the tree is; the first line that fits decides. */
export function target(mappings: readonly Mapping[], path: string): string | undefined {
  for (const { map, to, kind } of mappings) {
    if (kind === 'file' && path === map) return to;
    if (kind === 'folder' && path.startsWith(`${map}/`)) return join(to, path.slice(map.length + 1));
  }
  return undefined;
}
