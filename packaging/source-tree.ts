import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { MappingFile } from './mapping-file.ts';
import { PackageError } from './package-error.ts';
import { parseXml, type XmlElement } from './xml.ts';

/** The files of an unpacked solution by their path in it, mapped ones included; knows which have been used. */
export class SourceTree {
  private readonly paths = new Map<string, string>();
  private readonly used = new Set<string>();

  constructor(folder: string, mapping: MappingFile | undefined) {
    if (!existsSync(join(folder, 'Other/Solution.xml'))) {
      throw new PackageError(`${folder} is no unpacked solution: it has no Other/Solution.xml.`, 'Other/Solution.xml');
    }
    for (const file of filesBelow(folder)) this.paths.set(relative(folder, file).replaceAll('\\', '/'), file);
    for (const { map, to, kind } of mapping?.entries ?? []) {
      if (kind === 'file') this.paths.set(map, to);
      else
        for (const file of filesBelow(to)) this.paths.set(`${map}/${relative(to, file).replaceAll('\\', '/')}`, file);
    }
  }

  /** Paths that begin with this, sorted; not marked as used. */
  below(prefix: string): string[] {
    return [...this.paths.keys()].filter((path) => path.startsWith(prefix)).sort();
  }

  has(path: string): boolean {
    return this.paths.has(path);
  }

  /** @throws PackageError when there is no such file */
  read(path: string, neededBy: string): Buffer {
    const file = this.paths.get(path);
    if (file === undefined)
      throw new PackageError(`${neededBy} needs the file ${path}, which is not there.`, path, '0x8004F11A');
    this.used.add(path);
    return readFileSync(file);
  }

  readXml(path: string, neededBy = 'The solution'): XmlElement {
    return parseXml(this.read(path, neededBy), path);
  }

  markUsed(path: string): void {
    this.used.add(path);
  }

  unused(): string[] {
    return [...this.paths.keys()].filter((path) => !this.used.has(path)).sort();
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
