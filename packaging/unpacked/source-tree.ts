import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byPattern, target, type Mapping } from './mapping.ts';
import { PackageError } from '../package-error.ts';
import { stopAtTheFirst, type Report } from '../problem.ts';
import { parseXml, type Places, type XmlElement } from '../xml/index.ts';

/** The files of an unpacked solution by their path in it, mapped ones included; knows which have been used. */
export class SourceTree {
  private readonly paths = new Map<string, string>();
  private readonly sorted: readonly string[];
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
    for (const path of [...filesBelow(folder), ...mappings.flatMap(mappedPaths)])
      this.paths.set(path, target(mappings, path) ?? join(folder, path));
    this.sorted = [...this.paths.keys()].sort();
    this.requireDistinct();
  }

  /** Paths that begin with this, sorted; not marked as used. */
  below(prefix: string): string[] {
    const { sorted } = this;
    const from = firstFrom(sorted, prefix);
    let to = from;
    while (to < sorted.length && sorted[to]!.startsWith(prefix)) to++;
    return sorted.slice(from, to);
  }

  has(path: string): boolean {
    return this.fileOf(path) !== undefined;
  }

  /** @throws PackageError when there is no such file */
  read(path: string, neededBy: string): Buffer {
    return this.reader(path, neededBy)();
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
    return this.sorted.filter((path) => !this.used.has(path));
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
  return kind === 'file' ? [map] : filesBelow(to).map((file) => `${map}/${file}`);
}

/** Paths below a folder, with slashes. */
function filesBelow(folder: string, prefix = ''): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = `${prefix}${entry.name}`;
    const file = join(folder, path);
    if (entry.isSymbolicLink()) throw new PackageError(`${file} is a link; a solution is made of plain files.`, file);
    return entry.isDirectory() ? filesBelow(folder, `${path}/`) : [path];
  });
}

/** Where the first path is that does not come before this one. */
function firstFrom(sorted: readonly string[], path: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < path) low = middle + 1;
    else high = middle;
  }
  return low;
}
