import type { PackageError } from './package-error.ts';

/** What may be wrong with a source tree or a zip and yet leaves the rest of it readable. */
export type ProblemKind =
  /** A fault the package made of the tree has as well. */
  | 'content'
  | 'managed-flag'
  | 'placeholder-missing'
  | 'placeholder-filled'
  | 'orphan-file'
  | 'relationship-index'
  | 'file-name'
  | 'form-type'
  | 'managed-twin'
  | 'letter-case'
  /** Of a zip alone. */
  | 'directory-entry'
  | 'content-type-missing'
  | 'content-type-orphan';

/** Told of a problem; returns when the reading shall go on. */
export type Report = (kind: ProblemKind, problem: PackageError) => void;

/** Nothing wrong is read past. */
export const stopAtTheFirst: Report = (_, problem) => {
  throw problem;
};
