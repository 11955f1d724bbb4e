import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { byPattern, target, type Mapping } from './mapping.ts';
import { PackageError } from '../package-error.ts';
import { parseXml, type XmlElement } from '../xml/index.ts';

/** The files of an unpacked solution by their path in it, mapped ones included; knows which have been used. */
export class SourceTree {
  private readonly paths = new Map<string, string>();
  private readonly used = new Set<string>();

  /** @throws PackageError when the folder is no unpacked solution, holds links, or names that differ in case only */
  constructor(
    folder: string,
    private readonly mappings: readonly Mapping[],
  ) {
    if (!existsSync(join(folder, 'Other/Solution.xml')))
      throw new PackageError(`${folder} is no unpacked solution: it has no Other/Solution.xml.`, 'Other/Solution.xml');
    const own = filesBelow(folder).map((file) => slashes(relative(folder, file)));
    for (const path of [...own, ...mappings.flatMap(mappedPaths)])
      this.paths.set(path, target(mappings, path) ?? join(folder, path));
    requireDistinct([...this.paths.keys()]);
  }

  /** Paths that begin with this, sorted; not marked as used. */
  below(prefix: string): string[] {
    return [...this.paths.keys()].filter((path) => path.startsWith(prefix)).sort();
  }

  has(path: string): boolean {
    return this.fileOf(path) !== undefined;
  }

  /** @throws PackageError when there is no such file */
  read(path: string, neededBy: string): Buffer {
    const file = this.fileOf(path);
    if (file === undefined || !existsSync(file)) {
      const where = file === undefined ? '' : ` (mapped to ${file})`;
      throw new PackageError(`${neededBy} needs the file ${path}${where}, which is not there.`, path, '0x8004F11A');
    }
    this.used.add(path);
    return readFileSync(file);
  }

  readXml(path: string, neededBy = 'The solution'): XmlElement {
    return parseXml(this.read(path, neededBy), path);
  }

  /** Files mapped by a pattern are not listed, but found when they are asked for. */
  private fileOf(path: string): string | undefined {
    return this.paths.get(path) ?? target(this.mappings.filter(byPattern), path);
  }

  markUsed(path: string): void {
    this.used.add(path);
  }

  unused(): string[] {
    return [...this.paths.keys()].filter((path) => !this.used.has(path)).sort();
  }
}

function mappedPaths(mapping: Mapping): string[] {
  const { map, to, kind } = mapping;
  if (byPattern(mapping)) return [];
  return kind === 'file' ? [map] : filesBelow(to).map((file) => `${map}/${slashes(relative(to, file))}`);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) throw new PackageError(`${path} is a link; a solution is made of plain files.`, path);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function requireDistinct(paths: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const other = seen.get(path.toLowerCase());
    if (other !== undefined) throw new PackageError(`${path} and ${other} differ in letter case only.`, path);
    seen.set(path.toLowerCase(), path);
  }
}

const slashes = (path: string) => path.replaceAll('\\', '/');
