import { PackageError } from '../package-error.ts';
import { LazyFiles } from '../lazy-files.ts';
import { requireWritable } from '../safe-path.ts';
import { writeXml, type XmlElement } from '../xml/index.ts';

const xsi = 'http://www.w3.org/2001/XMLSchema-instance';

/** The files a package is unpacked to, by path in the tree. */
export class UnpackedFiles {
  readonly files = new LazyFiles();
  readonly notes: string[] = [];
  private readonly names = new Set<string>();

  has(path: string): boolean {
    return this.names.has(path.toLowerCase());
  }

  /** @throws PackageError for a path that leads out of the tree, or is taken in any letter case */
  put(path: string, content: Buffer | (() => Buffer)): void {
    requireWritable(path);
    if (this.has(path)) throw new PackageError(`Two components would be unpacked to ${path}.`, path);
    this.names.add(path.toLowerCase());
    this.files.set(path, content);
  }

  /** As the official tool writes it: byte-order mark, declaration, two blanks a level, no line end after the last. */
  putXml(path: string, root: XmlElement): void {
    const declared = { ...root, attributes: new Map([...root.attributes, ['xmlns:xsi', xsi]]) };
    this.put(path, Buffer.from(`\uFEFF${writeXml(declared, { declaration: true, isIndented: true })}`));
  }

  note(text: string): void {
    this.notes.push(text);
  }
}
