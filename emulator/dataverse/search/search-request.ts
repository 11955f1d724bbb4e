import type { FacetRequest } from './facet-request.ts';
import type { FilterPart } from './search-filter.ts';

/** A search as it was asked for, whichever endpoint it came to. */
export interface SearchRequest {
  readonly text: string;
  readonly syntax: 'simple' | 'lucene';
  /** Whether one of the words is enough. */
  readonly mode: 'any' | 'all';
  readonly scope: SearchScope;
  readonly facets: readonly FacetRequest[];
  readonly order: readonly OrderClause[];
  readonly skip: number;
  readonly top: number;
  readonly isCounted: boolean;
  /** Look for what resembles the words when nothing holds them. */
  readonly isBestEffort: boolean;
  /** Rows of one table stand together, those of the best row's first. */
  readonly isGroupRanked: boolean;
}

/** Where to look. */
export interface SearchScope {
  /** Undefined looks through every table that is enabled for search. */
  readonly tables: readonly TableRequest[] | undefined;
  readonly filters: readonly FilterPart[];
}

export interface TableRequest {
  readonly name: string;
  readonly searchColumns: readonly string[] | 'all' | 'primaryName';
  /** Undefined shows what the table shows of itself. */
  readonly selectColumns: readonly string[] | undefined;
  readonly filter: string | undefined;
}

export interface OrderClause {
  /** Undefined is the score. */
  readonly column: string | undefined;
  readonly descending: boolean;
}
