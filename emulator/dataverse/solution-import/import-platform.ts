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
}

/** One import on its way. */
export interface ImportCall extends ImportPlatform {
  readonly pkg: SolutionPackage;
  readonly isManaged: boolean;
  readonly solutionId: string;
  readonly prefix: string;
  /** The metadata as it was before this import. */
  readonly before: Catalogue;
  readonly warnings: string[];
}

/** A GUID as files write it, made plain: no braces, lower case. */
export const plainId = (text: string) => text.replace(/[{}]/g, '').toLowerCase();
