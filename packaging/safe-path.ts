import { PackageError } from './package-error.ts';

/** Names no file can have on one of the systems people unpack on. */
const unwritable = /[<>:"|?*\u0000-\u001f]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Whether a path stays below the folder it is put into, and means the same on every system. */
export function staysBelow(path: string): boolean {
  if (/^\/|^[a-z]:|\\|\0|\/$/i.test(path)) return false;
  return path.split('/').every((part) => !/^(|\.\.?)$/.test(part));
}

/** @throws PackageError for a path that leads out of the folder, or that some system cannot write */
export function requireWritable(path: string): void {
  if (staysBelow(path) && path.split('/').every((part) => !unwritable.test(part))) return;
  throw new PackageError(`'${path}' cannot be the path of an unpacked file: it leads out or is no file name.`, path);
}
