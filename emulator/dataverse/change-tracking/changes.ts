import type { Row } from '../../query/index.ts';

/** What is asked of a table's changes. */
export interface ChangesAsked {
  readonly columns: readonly string[];
  /** Changes of rows above this version; none of them when it is undefined. */
  readonly rowsAfter: number | undefined;
  readonly deletedAfter: number;
  /** The last version to be told; undefined for the present one. */
  readonly upTo: number | undefined;
  /** Of rows, and of deletions. */
  readonly most: number;
}

/** Changes of a table, the earliest first. */
export interface ChangesTold {
  readonly rows: readonly Row[];
  /** Of each row, the version of its last change. */
  readonly versions: readonly number[];
  readonly deleted: readonly Deletion[];
  /** Up to which version this tells. */
  readonly upTo: number;
}

export interface Deletion {
  readonly id: string;
  readonly version: number;
}
