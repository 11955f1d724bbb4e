/** A column of the row and the column of its virtual twin that should hold the same. */
export interface Pair {
  readonly here: string;
  readonly there: string;
}

export interface Pairs {
  readonly pairs: readonly Pair[];
  /** Parts of the text that name no pair; shown to whoever set the control up. */
  readonly unreadable: readonly string[];
}

const columnName = /^[a-z_][a-z0-9_]*$/;

/** Reads `creditlimit=mserp_creditlimit;name=mserp_organizationname`. Names are checked, since they become part of a query. */
export function readPairs(text: string): Pairs {
  const pairs: Pair[] = [];
  const unreadable: string[] = [];
  for (const part of text.split(';').map((piece) => piece.trim())) {
    if (part === '') continue;
    const [here = '', there = '', ...rest] = part.split('=').map((name) => name.trim());
    if (rest.length === 0 && columnName.test(here) && columnName.test(there)) pairs.push({ here, there });
    else unreadable.push(part);
  }
  return { pairs, unreadable };
}

/** How values of a column are compared. */
export type ColumnKind = 'money' | 'number' | 'date' | 'label' | 'lookup' | 'text';

/** What is known of a column of the row. */
export interface Column {
  readonly name: string;
  readonly label: string;
  readonly kind: ColumnKind;
}

/** One pair, compared. */
export interface ComparedPair {
  readonly label: string;
  readonly here: string;
  readonly there: string;
  readonly isSame: boolean;
}

/** What comparing came to. */
export type Comparison =
  | { readonly outcome: 'compared'; readonly pairs: readonly ComparedPair[]; readonly at: Date }
  | { readonly outcome: 'notHere' | 'notThere'; readonly companyCode: string; readonly at: Date };
