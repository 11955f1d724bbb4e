import { readLayout, type GridColumn } from '../../list/layout-xml';
import { readPage } from '../../list/read-page';
import type { ViewOptions } from '../../list/view-query';
import type { View } from '../../web-api/apps';
import { readTable, type Table } from '../../web-api/metadata';
import { dataSetColumns, type DataSetColumn } from './columns';
import type { FilterExpression } from '../../list/filter-xml';
import { recordOf, type DataSetRecord, type EntityReference } from './record';

/** The rows a control is given: those of a view, or of them those that belong to one row. */
export interface DataSetSource {
  readonly table: string;
  readonly view: View;
  readonly pageSize: number;
  readonly keyword?: string;
  readonly keywordColumns?: readonly string[];
  readonly related?: ViewOptions['related'];
  readonly segment?: ViewOptions['segment'];
}

/** What the page does for a data set. */
export interface DataSetPage {
  /** The data set has changed: the control is to be drawn. Model-driven apps do not name the data set when it is first filled. */
  changed(isFirstFill: boolean): void;
  open(row: EntityReference): void;
  select(ids: readonly string[]): void;
}

interface SortStatus {
  name: string;
  /** 0 ascending, 1 descending, -1 none. */
  sortDirection: number;
}

export interface LinkExpression {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly linkType: string;
  readonly alias: string;
}

const descending = 1;
const unsorted = -1;

/**
 * What `context.parameters.<data-set>` is made of: a query the control changes, the pages of it that are loaded, the rows
 * marked. Loading is one at a time: asking for a page while one is on its way does nothing, `refresh` puts it aside.
 *
 * @see https://learn.microsoft.com/power-apps/developer/component-framework/reference/dataset
 */
export class DataSet {
  private table: Table | undefined;
  private layout: readonly GridColumn[] = [];
  private readonly added: string[] = [];
  private readonly links: LinkExpression[] = [];
  private sorting: SortStatus[] = [];
  /** The order the rows on hand are in. */
  private sorted = '[]';
  private filter: FilterExpression | undefined;
  private isFilterNew = false;
  private pageSize: number;
  private pageSizeAsked: number;
  private firstPage = 1;
  private lastPage = 1;
  private total = -1;
  private hasMore = false;
  private loading = true;
  private error = '';
  private records: Record<string, DataSetRecord> = {};
  private ids: readonly string[] = [];
  private columns: readonly DataSetColumn[] = [];
  private selected: readonly string[] = [];
  private turn = 0;
  private isFilled = false;

  constructor(
    private readonly source: DataSetSource,
    private readonly page: DataSetPage,
  ) {
    this.pageSize = this.pageSizeAsked = source.pageSize;
  }

  /** Reads what the view shows and its first page. */
  async start(): Promise<void> {
    const { source } = this;
    try {
      this.table = await readTable(source.table);
      this.layout = await readLayout(source.view.layoutXml, source.view.fetchXml, this.table);
      this.columns = dataSetColumns(this.layout, this.added, this.table);
      this.sorting = ordersOf(source.view.fetchXml);
      this.sorted = JSON.stringify(this.sorting);
    } catch (error) {
      this.fail(error as Error);
      return;
    }
    await this.load(1, 'only');
  }

  /** Nothing that is on its way is wanted any more. */
  stop(): void {
    this.turn++;
  }

  refresh(): void {
    this.pageSize = this.pageSizeAsked;
    this.total = -1;
    // A new order takes the filter away, unless the control has set it anew.
    if (JSON.stringify(this.sorting) !== this.sorted && !this.isFilterNew) this.filter = undefined;
    this.isFilterNew = false;
    this.sorted = JSON.stringify(this.sorting);
    void this.load(1, 'only');
  }

  /** What the control is handed for one drawing: the data of now, and methods that stay good. */
  view(): object {
    return {
      ...this.data(),
      ...this.query(),
      paging: this.paging(),
      refresh: () => this.refresh(),
      clearSelectedRecordIds: () => this.select([]),
      getSelectedRecordIds: () => [...this.selected],
      setSelectedRecordIds: (ids: readonly string[]) => this.select(ids),
      getTargetEntityType: () => this.source.table,
      getTitle: () => this.source.view.name,
      getViewId: () => this.source.view.id,
      openDatasetItem: (row: EntityReference) => this.page.open(row),
    };
  }

  private data(): object {
    const { columns, records, ids, loading, error } = this;
    return { columns, records, sortedRecordIds: ids, loading, error: error !== '', errorMessage: error };
  }

  private query(): object {
    const set = (sorting: SortStatus[]) => void (this.sorting = sorting);
    const get = () => this.sorting;
    return Object.defineProperty(
      {
        filtering: {
          getFilter: () => this.filter ?? { conditions: [], filterOperator: 0 },
          setFilter: (filter: FilterExpression) => this.setFilter(filter),
          clearFilter: () => this.setFilter(undefined),
        },
        linking: {
          getLinkedEntities: () => [...this.links],
          addLinkedEntity: (link: LinkExpression) => void this.links.push(link),
        },
        addColumn: (name: string, alias?: string) => this.addColumn(alias ? `${alias}.${name}` : name),
      },
      'sorting',
      { enumerable: true, get, set },
    );
  }

  private paging(): object {
    const { firstPage, lastPage, total, pageSize, hasMore } = this;
    return {
      totalResultCount: total,
      firstPageNumber: firstPage,
      lastPageNumber: lastPage,
      pageSize,
      hasNextPage: hasMore,
      hasPreviousPage: firstPage > 1,
      loadNextPage: (only = false) => this.turnPage(this.lastPage + 1, only, this.hasMore),
      loadPreviousPage: (only = false) => this.turnPage(this.firstPage - 1, only, this.firstPage > 1),
      loadExactPage: (page: number) => this.turnPage(page, true, page >= 1),
      reset: () => this.turnPage(1, true, true),
      setPageSize: (size: number) => void (this.pageSizeAsked = size),
    };
  }

  private setFilter(filter: FilterExpression | undefined): void {
    this.filter = filter;
    this.isFilterNew = true;
  }

  private addColumn(name: string): void {
    if (!this.added.includes(name)) this.added.push(name);
    if (this.table !== undefined) this.columns = dataSetColumns(this.layout, this.added, this.table);
  }

  private select(ids: readonly string[]): void {
    this.selected = ids.filter((id) => id in this.records);
    this.page.select(this.selected);
  }

  private turnPage(page: number, only: boolean, isThere: boolean): void {
    if (!this.loading && isThere) void this.load(page, only ? 'only' : 'beside');
  }

  private async load(page: number, place: 'only' | 'beside'): Promise<void> {
    const turn = ++this.turn;
    const table = this.table;
    if (table === undefined) return this.start();
    this.loading = true;
    this.page.changed(false);
    try {
      const { rows, total, hasMore } = await readPage(table, this.source.view.fetchXml, this.options(page));
      if (turn !== this.turn) return;
      const read = Object.fromEntries(rows.map((row) => [String(row[table.primaryId]), recordOf(row, table)]));
      const isBefore = page < this.firstPage;
      const ids = rows.map((row) => String(row[table.primaryId]));
      this.records = place === 'only' ? read : { ...this.records, ...read };
      this.ids = [...new Set(place === 'only' ? ids : isBefore ? [...ids, ...this.ids] : [...this.ids, ...ids])];
      this.firstPage = place === 'only' || isBefore ? page : this.firstPage;
      if (place === 'only' || !isBefore) [this.lastPage, this.hasMore] = [page, hasMore];
      [this.total, this.loading, this.error] = [total, false, ''];
      if (this.selected.some((id) => !(id in this.records))) this.select(this.selected);
      this.page.changed(!this.isFilled);
      this.isFilled = true;
    } catch (error) {
      if (turn === this.turn) this.fail(error as Error);
    }
  }

  /** What was read before stays in sight. */
  private fail(error: Error): void {
    [this.loading, this.error] = [false, error.message];
    this.page.changed(false);
  }

  private options(page: number): ViewOptions {
    const { source, pageSize, filter, links, added, sorting } = this;
    const orders = sorting
      .filter(({ sortDirection }) => sortDirection !== unsorted)
      .map(({ name, sortDirection }) => ({ column: name, isDescending: sortDirection === descending }));
    return {
      page,
      pageSize,
      orders,
      keyword: source.keyword ?? '',
      keywordColumns: source.keywordColumns ?? [],
      related: source.related,
      segment: source.segment,
      further: { filter, links, columns: added },
    };
  }
}

/** The order the view has of its own. */
function ordersOf(fetchXml: string): SortStatus[] {
  const fetch = new DOMParser().parseFromString(fetchXml, 'application/xml');
  return [...fetch.querySelectorAll('fetch > entity > order[attribute]')].map((order) => ({
    name: order.getAttribute('attribute')!,
    sortDirection: order.getAttribute('descending') === 'true' ? descending : 0,
  }));
}
