import { existsSync, readFileSync, statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { PackageError } from '../package-error.ts';
import { attribute, elements, parseXml, type XmlElement } from '../xml/index.ts';
import type { Mapping } from './mapping.ts';

export interface ReadMappingOptions {
  /** What is mapped must be there: it is read when packing, and not touched when unpacking. */
  readonly mustExist?: boolean;
}

/**
 * Reads SolutionPackager's mapping file: `FileToFile`, `FileToPath` and `Folder`, `%NAME%` from the environment, either
 * slash.
 *
 * @param folder the source tree; targets are relative to it
 * @throws PackageError for unknown elements and names, wildcards that mean nothing, targets that do not exist
 */
export function readMappingFile(
  file: string,
  folder: string,
  { mustExist = true }: ReadMappingOptions = {},
): Mapping[] {
  if (!existsSync(file)) throw new PackageError(`The mapping file ${file} does not exist.`, file);
  const root = parseXml(readFileSync(file), file);
  if (root.name !== 'Mapping') throw new PackageError(`${file} is no mapping file: its root is <${root.name}>.`, file);
  return elements(root).map((line) => readLine(line, { file, folder, mustExist }));
}

interface Reading {
  readonly file: string;
  readonly folder: string;
  readonly mustExist: boolean;
}

const kinds: Readonly<Record<string, Mapping['kind']>> = { FileToFile: 'file', FileToPath: 'path', Folder: 'folder' };
/** Where each kind may have wildcards. */
const allowedMaps = {
  file: /^(\*\*\/)?[^*]+$|^[^*]+\/\*\*\/[^*/]+$/,
  folder: /^[^*]+$/,
  path: /^([^*]+\/)?(\*\*\/)?([^*/]+|\*\.\*|\*\.[^*/]+)$/,
};
const allowedTargets = { file: /^[^*]+$/, folder: /^[^*]+$/, path: /^[^*]+?(\/\*\*)?$/ };

function readLine(line: XmlElement, { file, folder, mustExist }: Reading): Mapping {
  const refuse = (reason: string) => new PackageError(`${file}: ${reason}`, file);
  const kind = kinds[line.name];
  if (kind === undefined) throw refuse(`<${line.name}> is not supported; use FileToFile, FileToPath or Folder.`);
  const [map = '', target = ''] = ['map', 'to'].map((name) => slashes(fillIn(attribute(line, name) ?? '', refuse)));
  if (map === '' || target === '') throw refuse(`<${line.name}> needs the attributes map and to.`);
  if (!allowedMaps[kind].test(map)) throw refuse(`<${line.name}> cannot have the wildcards in map="${map}".`);
  if (!allowedTargets[kind].test(target)) throw refuse(`<${line.name}> cannot have the wildcards in to="${target}".`);
  const to = resolve(folder, target.replace(/\/\*\*$/, ''));
  const mapping = {
    map: posix.normalize(map).replace(/^\.?\/|\/$/g, ''),
    to,
    kind,
    searchBelow: target.endsWith('/**'),
  };
  if (mustExist) requireTarget(mapping, refuse, file);
  return mapping;
}

function requireTarget(mapping: Mapping, refuse: (reason: string) => PackageError, file: string): void {
  const { map, to, kind } = mapping;
  if (!existsSync(to))
    throw new PackageError(`${file}: '${map}' is mapped to ${to}, which does not exist. Build it first.`, map);
  const wanted = kind === 'file' ? 'file' : 'folder';
  if (statSync(to).isDirectory() !== (wanted === 'folder'))
    throw refuse(`'${map}' is mapped to ${to}, which is no ${wanted}.`);
}

const slashes = (path: string) => path.replaceAll('\\', '/');

function fillIn(text: string, refuse: (reason: string) => PackageError): string {
  return text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = process.env[name];
    if (value === undefined) throw refuse(`the environment variable ${name} is not set.`);
    return value;
  });
}
