import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { byPattern, target, type Mapping } from './mapping.ts';
import { PackageError } from '../package-error.ts';
import { stopAtTheFirst, type Report } from '../problem.ts';
import { parseXml, type Places, type XmlElement } from '../xml/index.ts';

/** The files of an unpacked solution by their path in it, mapped ones included; knows which have been used. */
export class SourceTree {
  private readonly paths = new Map<string, string>();
  private readonly used = new Set<string>();

  /**
   * @param report told of what is wrong and can be passed over
   * @param places filled with where each element stands
   * @throws PackageError when the folder is no unpacked solution or holds links
   */
  constructor(
    folder: string,
    private readonly mappings: readonly Mapping[],
    readonly report: Report = stopAtTheFirst,
    private readonly places?: Places,
  ) {
    if (!existsSync(join(folder, 'Other/Solution.xml')))
      throw new PackageError(`${folder} is no unpacked solution: it has no Other/Solution.xml.`, 'Other/Solution.xml');
    const own = filesBelow(folder).map((file) => slashes(relative(folder, file)));
    for (const path of [...own, ...mappings.flatMap(mappedPaths)])
      this.paths.set(path, target(mappings, path) ?? join(folder, path));
    this.requireDistinct();
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
    if (file === undefined || !existsSync(file)) throw missingFile(path, neededBy, file);
    this.used.add(path);
    return readFileSync(file);
  }

  /** How to read a file later; it counts as used. @throws PackageError when there is no such file */
  reader(path: string, neededBy: string): () => Buffer {
    const file = this.fileOf(path);
    if (file === undefined || !existsSync(file)) throw missingFile(path, neededBy, file);
    this.used.add(path);
    return () => readFileSync(file);
  }

  readXml(path: string, neededBy = 'The solution'): XmlElement {
    return parseXml(this.read(path, neededBy), path, this.places);
  }

  private requireDistinct(): void {
    const seen = new Map<string, string>();
    for (const path of this.paths.keys()) {
      const other = seen.get(path.toLowerCase());
      if (other !== undefined)
        this.report('letter-case', new PackageError(`${path} and ${other} differ in letter case only.`, path));
      seen.set(path.toLowerCase(), path);
    }
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

/** @param mappedTo where it should be, when it is mapped to elsewhere */
export function missingFile(path: string, neededBy: string, mappedTo?: string): PackageError {
  const where = mappedTo === undefined ? '' : ` (mapped to ${mappedTo})`;
  return new PackageError(`${neededBy} needs the file ${path}${where}, which is not there.`, path, '0x8004F11A');
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

const slashes = (path: string) => path.replaceAll('\\', '/');
