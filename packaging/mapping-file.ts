import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PackageError } from './package-error.ts';
import { attribute, elements, parseXml } from './xml.ts';

/** Where files of the source tree really are: SolutionPackager's mapping file. */
export interface MappingFile {
  /** Source paths that stand for a file or folder elsewhere, with the absolute target. */
  readonly entries: readonly { readonly map: string; readonly to: string; readonly kind: 'file' | 'folder' }[];
}

/** @throws PackageError for an element that is not supported or a target that does not exist */
export function readMappingFile(file: string, folder: string): MappingFile {
  if (!existsSync(file)) throw new PackageError(`The mapping file ${file} does not exist.`, file);
  const entries = elements(parseXml(readFileSync(file), file)).map((element) => {
    const map = slashes(attribute(element, 'map') ?? '');
    const to = resolve(folder, slashes(attribute(element, 'to') ?? ''));
    if (element.name !== 'FileToFile' && element.name !== 'Folder') {
      throw new PackageError(`${file}: <${element.name}> is not supported; use FileToFile or Folder.`, file);
    }
    if (map.includes('*')) throw new PackageError(`${file}: wildcards are not supported in map="${map}".`, file);
    if (!existsSync(to))
      throw new PackageError(`${file}: '${map}' is mapped to ${to}, which does not exist. Build it first.`, map);
    return { map, to, kind: element.name === 'Folder' ? ('folder' as const) : ('file' as const) };
  });
  return { entries };
}

const slashes = (path: string) => path.replaceAll('\\', '/');
