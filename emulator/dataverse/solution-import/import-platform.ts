import type { Clock } from '../../kernel/index.ts';
import type { SolutionPackage } from '../../../packaging/index.ts';
import type { Database } from '../../storage/index.ts';
import type { Catalogue } from '../metadata/catalogue.ts';

/** What importers of components work on. */
export interface ImportPlatform {
  readonly database: Database;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  /** Next row version of the store. */
  nextVersion(): number;
  /** Who owns what is imported, and where it belongs; undefined before there is an organisation. */
  readonly importer: { readonly userId: string; readonly businessUnitId: string } | undefined;
  /** Told of each row a package brings, before it is written; false leaves the row as it is. */
  readonly claim?: (table: string, id: string) => boolean;
}

/** One import on its way. */
export interface ImportCall extends ImportPlatform {
  readonly pkg: SolutionPackage;
  /** The name it is installed under: its own, or that of the holding solution beside it. */
  readonly solution: string;
  readonly isManaged: boolean;
  readonly solutionId: string;
  readonly prefix: string;
  /** The metadata as it was before this import. */
  readonly before: Catalogue;
  readonly warnings: string[];
}

/** A GUID as files write it, made plain: no braces, lower case. */
export const plainId = (text: string) => text.replace(/[{}]/g, '').toLowerCase();
