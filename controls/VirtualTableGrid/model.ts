/** What is read of `context.parameters.rows`; the real data set fits. */
export type Rows = ComponentFramework.PropertyTypes.DataSet;

export interface GridColumn {
  readonly name: string;
  readonly label: string;
  /** Pixels. */
  readonly width: number;
  readonly isNumber: boolean;
  readonly maySort: boolean;
  readonly order: 'ascending' | 'descending' | undefined;
}

export interface GridRow {
  /** Another for every row, also where a virtual table gives two rows one id. */
  readonly key: string;
  readonly id: string;
  readonly cells: Readonly<Record<string, string>>;
}

/** Widths are a share of the whole where the host gives shares. */
const wholeWidth = 900;
const defaultWidth = 120;
const numbers = new Set(['Currency', 'Decimal', 'FP', 'Whole.None']);

/** Columns of the view in its order; helpers of other controls stay out of sight. */
export function columnsOf({ columns, sorting }: Pick<Rows, 'columns' | 'sorting'>): GridColumn[] {
  const shown = columns.filter((one) => one.order >= 0 && one.isHidden !== true);
  return [...shown]
    .sort((a, b) => a.order - b.order)
    .map(({ name, displayName, visualSizeFactor, dataType, disableSorting }) => {
      const direction = sorting.filter((one) => one.name === name)[0]?.sortDirection;
      return {
        name,
        label: displayName || name,
        width: widthOf(visualSizeFactor),
        isNumber: numbers.has(dataType),
        maySort: disableSorting !== true,
        order: direction === 0 ? 'ascending' : direction === 1 ? 'descending' : undefined,
      };
    });
}

function widthOf(factor: number): number {
  if (!(factor > 0)) return defaultWidth;
  return factor <= 1 ? Math.max(80, Math.round(factor * wholeWidth)) : factor;
}

/**
 * Rows as they are shown. Rows of an entity whose root record id is not unique come with one id twice: both are shown.
 */
export function rowsOf(
  { sortedRecordIds, records }: Pick<Rows, 'sortedRecordIds' | 'records'>,
  columns: readonly GridColumn[],
): GridRow[] {
  const seen = new Map<string, number>();
  const rows: GridRow[] = [];
  for (const id of sortedRecordIds) {
    const record = records[id];
    if (record === undefined) continue;
    const times = seen.get(id) ?? 0;
    seen.set(id, times + 1);
    const cells: Record<string, string> = {};
    for (const { name } of columns) cells[name] = record.getFormattedValue(name) ?? '';
    rows.push({ key: times === 0 ? id : `${id} ${times}`, id, cells });
  }
  return rows;
}

/** Where the rows in sight stand among all; `total` is undefined where the host does not know it. */
export interface PageRange {
  readonly page: number;
  readonly first: number;
  readonly last: number;
  readonly total: number | undefined;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

export function rangeOf({ paging, sortedRecordIds }: Pick<Rows, 'paging' | 'sortedRecordIds'>): PageRange {
  const page = Math.max(1, paging.firstPageNumber || 1);
  const first = (page - 1) * paging.pageSize + 1;
  return {
    page,
    first,
    last: first + sortedRecordIds.length - 1,
    // Hosts say -1 for virtual tables, as for every count they do not know.
    total: paging.totalResultCount >= 0 ? paging.totalResultCount : undefined,
    hasNext: paging.hasNextPage,
    hasPrevious: page > 1,
  };
}

/** Companies of the rows, and the one chosen, in the order of the alphabet. */
export function companiesOf(
  rows: Pick<Rows, 'sortedRecordIds' | 'records'>,
  column: string,
  known: ReadonlySet<string>,
): Set<string> {
  const codes = rows.sortedRecordIds.map((id) => String(rows.records[id]?.getValue(column) ?? '').toLowerCase());
  return new Set([...known, ...codes.filter((code) => code !== '')].sort());
}
