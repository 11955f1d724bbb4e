/** What a maker has set the control up with. */
export interface Setup {
  readonly table: string;
  readonly keyColumn: string;
  readonly companyColumn: string;
  readonly columns: readonly string[];
  /** As it stands in a query; empty: the order of the service. */
  readonly order: string;
  readonly pageSize: number;
}

export interface SetupTexts {
  readonly table: string | null;
  readonly keyColumn: string | null;
  readonly companyColumn: string | null;
  readonly columns: string | null;
  readonly order: string | null;
  readonly pageSize: number | null;
}

const name = /^[a-z_][a-z0-9_]*$/;
const defaultPageSize = 10;
const largestPageSize = 250;

/**
 * Reads what the maker has written. Names are checked, since they become part of a query.
 *
 * @returns the setup, or the parts that are no names
 */
export function readSetup(given: SetupTexts): Setup | { readonly unreadable: readonly string[] } {
  const columns = (given.columns ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '');
  const [table, keyColumn] = [given.table ?? '', given.keyColumn ?? ''].map((part) => part.trim().toLowerCase());
  const companyColumn = (given.companyColumn || 'mserp_dataareaid').trim().toLowerCase();
  const [orderColumn = '', direction = 'asc', ...rest] = (given.order ?? '').trim().toLowerCase().split(/\s+/);
  const names = [table!, keyColumn!, companyColumn, ...columns, ...(orderColumn === '' ? [] : [orderColumn])];
  const unreadable = names.filter((one) => !name.test(one)).map((one) => one || '…');
  if (rest.length > 0 || !/^(asc|desc)$/.test(direction)) unreadable.push(given.order!.trim());
  if (columns.length === 0) unreadable.push('…');
  if (unreadable.length > 0) return { unreadable };
  return {
    table: table!,
    keyColumn: keyColumn!,
    companyColumn,
    columns,
    order: orderColumn === '' ? '' : `${orderColumn} ${direction}`,
    pageSize: Math.min(largestPageSize, given.pageSize && given.pageSize > 0 ? given.pageSize : defaultPageSize),
  };
}
