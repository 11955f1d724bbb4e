/** Rows of a table in memory, handed to a control as a host hands a data set: a page at a time, through live methods. */
export interface FakeColumn {
  readonly name: string;
  readonly displayName: string;
  readonly dataType?: string;
  readonly order?: number;
  readonly isHidden?: boolean;
  readonly disableSorting?: boolean;
  readonly visualSizeFactor?: number;
}

export class FakeDataSet {
  readonly opened: unknown[] = [];
  selected: string[] = [];
  /** What was asked for, in order: `refresh`, `page 2`, `size 10`. */
  readonly asked: string[] = [];
  sorting: { name: string; sortDirection: number }[] = [];
  filter: { conditions: { attributeName: string; value: string }[] } | undefined;
  errorMessage = '';
  loading = false;
  /** -1: the host does not count. */
  total: number;
  pageSize: number;
  page = 1;

  constructor(
    private readonly columns: readonly FakeColumn[],
    private readonly rows: readonly Readonly<Record<string, string>>[],
    { pageSize = 50, total = rows.length } = {},
  ) {
    this.pageSize = pageSize;
    this.total = total;
  }

  view(): object {
    const shown = this.rows.slice((this.page - 1) * this.pageSize, this.page * this.pageSize);
    const ask = (what: string) => void this.asked.push(what);
    return {
      columns: this.columns.map((one, order) => ({
        alias: one.name,
        dataType: 'SingleLine.Text',
        order,
        visualSizeFactor: 100,
        ...one,
      })),
      sortedRecordIds: shown.map((row) => row['id']!),
      records: Object.fromEntries(shown.map((row) => [row['id']!, recordOf(row)])),
      loading: this.loading,
      error: this.errorMessage !== '',
      errorMessage: this.errorMessage,
      sorting: this.sorting,
      filtering: {
        setFilter: (filter: FakeDataSet['filter']) => void (this.filter = filter),
        clearFilter: () => void (this.filter = undefined),
        getFilter: () => this.filter,
      },
      paging: {
        totalResultCount: this.total,
        pageSize: this.pageSize,
        firstPageNumber: this.page,
        lastPageNumber: this.page,
        hasNextPage: this.page * this.pageSize < this.rows.length,
        hasPreviousPage: this.page > 1,
        setPageSize: (size: number) => {
          this.pageSize = size;
          ask(`size ${size}`);
        },
        loadNextPage: () => ask('next page'),
        loadExactPage: (page: number) => {
          this.page = page;
          ask(`page ${page}`);
        },
      },
      refresh: () => {
        this.page = 1;
        ask('refresh');
      },
      getTitle: () => 'Active rows',
      openDatasetItem: (row: unknown) => void this.opened.push(row),
      setSelectedRecordIds: (ids: string[]) => void (this.selected = ids),
    };
  }
}

const recordOf = (row: Readonly<Record<string, string>>) => ({
  getRecordId: () => row['id'],
  getValue: (name: string) => row[name] ?? null,
  getFormattedValue: (name: string) => row[name] ?? '',
  getNamedReference: () => ({ id: { guid: row['id'] }, etn: 'row', name: row['name'] }),
});
