/** Where the content of a file comes from: held, or fetched each time it is asked for. */
type Content = Buffer | (() => Buffer);

/**
 * Files by path whose content is fetched when it is asked for, and not kept: a package of hundreds of megabytes is worked
 * through with one file at a time in memory.
 */
export class LazyFiles implements ReadonlyMap<string, Buffer> {
  private readonly contents = new Map<string, Content>();

  set(path: string, content: Content): void {
    this.contents.set(path, content);
  }

  get(path: string): Buffer | undefined {
    const content = this.contents.get(path);
    return typeof content === 'function' ? content() : content;
  }

  has(path: string): boolean {
    return this.contents.has(path);
  }

  delete(path: string): boolean {
    return this.contents.delete(path);
  }

  get size(): number {
    return this.contents.size;
  }

  keys(): MapIterator<string> {
    return this.contents.keys();
  }

  *values(): MapIterator<Buffer> {
    for (const path of this.contents.keys()) yield this.get(path)!;
  }

  *entries(): MapIterator<[string, Buffer]> {
    for (const path of this.contents.keys()) yield [path, this.get(path)!];
  }

  [Symbol.iterator](): MapIterator<[string, Buffer]> {
    return this.entries();
  }

  forEach(call: (content: Buffer, path: string, map: ReadonlyMap<string, Buffer>) => void): void {
    for (const [path, content] of this.entries()) call(content, path, this);
  }
}
