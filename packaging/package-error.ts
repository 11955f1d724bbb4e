/** A package that cannot be read or made; `code` is the import code of the platform, `entry` the file it is about. */
export class PackageError extends Error {
  constructor(
    message: string,
    readonly entry: string,
    readonly code = '0x80048060',
  ) {
    super(message);
    this.name = 'PackageError';
  }
}
