import { companiesOf, type Rows } from './model';

const equals = 0;
const ascending = 0;
const descending = 1;

/** What the user has asked of the rows, kept between two updates. */
export class GridSession {
  /** The code of the company whose rows are shown; undefined for all. */
  company: string | undefined;
  /** Companies that have been seen in rows: a filter takes all others out of sight, not out of the list. */
  companies: ReadonlySet<string> = new Set();
  private isSized = false;

  /** Learns from the rows of this update; the first time, sets how many a page has. */
  see(rows: Rows, companyColumn: string, pageSize: number): void {
    if (!rows.loading) this.companies = companiesOf(rows, companyColumn, this.companies);
    if (this.isSized || pageSize <= 0) return;
    this.isSized = true;
    if (rows.paging.pageSize === pageSize) return;
    rows.paging.setPageSize(pageSize);
    rows.refresh();
  }

  showCompany(rows: Rows, column: string, company: string | undefined): void {
    this.company = company;
    this.narrow(rows, column);
    rows.refresh();
  }

  /** Orders by a column: ascending, then descending, then ascending again. */
  sort(rows: Rows, column: string, companyColumn: string): void {
    const before = rows.sorting.filter(({ name }) => name === column)[0]?.sortDirection;
    rows.sorting.splice(0, rows.sorting.length, {
      name: column,
      sortDirection: before === ascending ? descending : ascending,
    });
    // A new order takes the filter away.
    this.narrow(rows, companyColumn);
    rows.refresh();
  }

  private narrow(rows: Rows, column: string): void {
    if (this.company === undefined) rows.filtering.clearFilter();
    else
      rows.filtering.setFilter({
        filterOperator: 0,
        conditions: [{ attributeName: column, conditionOperator: equals, value: this.company }],
      });
  }
}
