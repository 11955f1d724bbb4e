import * as React from 'react';
import {
  CheckboxVisibility,
  ColumnActionsMode,
  ConstrainMode,
  DetailsList,
  DetailsListLayoutMode,
  IconButton,
  Link,
  Selection,
  SelectionMode,
  type IColumn,
} from '@fluentui/react';
import { LookupLink } from '../form/fields/lookup-field';
import { linkTo } from '../shell/navigation';
import { currentApp, openRow } from '../shell/open-row';
import { Failed, Loading } from '../shell/page-state';
import { useAsync, type Async } from '../shell/use-async';
import type { View } from '../web-api/apps';
import { readTable, type Table } from '../web-api/metadata';
import { formattedKey, lookupTableKey, shown, type Row } from '../web-api/web-api';
import { readKeywordColumns } from './keyword-columns';
import { readLayout, type GridColumn } from './layout-xml';
import { readPage, type PageOfRows } from './read-page';
import { viewQuery, type Order, type ViewOptions } from './view-query';
import { listWords } from '../language/words/list';
import { formatNumber } from '../language/formats';
import type { GridState } from './grid-state';

export interface GridProps {
  readonly table: string;
  readonly view: View;
  readonly label: string;
  readonly pageSize: number;
  readonly keyword?: string;
  readonly related?: ViewOptions['related'];
  readonly segment?: ViewOptions['segment'];
  /** Told what the grid shows. */
  readonly state?: GridState;
  /** Ids of the rows the user has marked; without it none can be. */
  onSelect?(ids: readonly string[]): void;
}

interface Shape {
  readonly table: Table;
  readonly columns: readonly GridColumn[];
  readonly keywordColumns: readonly string[];
}

/** Rows of a view, a page at a time, ordered by any column. */
export function Grid(props: GridProps): React.ReactElement {
  const { view } = props;
  const shape = useAsync(async (): Promise<Shape> => {
    const table = await readTable(props.table);
    const [columns, keywordColumns] = await Promise.all([
      readLayout(view.layoutXml, view.fetchXml, table),
      readKeywordColumns(table),
    ]);
    return { table, columns, keywordColumns };
  }, view.id);
  if (shape.state === 'loading') return <Loading />;
  if (shape.state === 'failed') return <Failed error={shape.error} />;
  return <Pages key={`${view.id} ${props.keyword} ${props.segment?.label}`} {...props} shape={shape.value} />;
}

function Pages({
  shape,
  view,
  label,
  pageSize,
  keyword = '',
  related,
  segment,
  state,
  onSelect,
}: GridProps & { readonly shape: Shape }) {
  const [page, setPage] = React.useState(1);
  const [order, setOrder] = React.useState<Order>();
  const orders = order === undefined ? [] : [order];
  const options: ViewOptions = {
    page,
    pageSize,
    orders,
    keyword,
    keywordColumns: shape.keywordColumns,
    related,
    segment,
  };
  const rows = useAsync(() => readPage(shape.table, view.fetchXml, options), JSON.stringify([view.id, options]));
  const last = React.useRef<PageOfRows>();
  useGridState(state, shape.table, view, rows, options);
  if (rows.state === 'done') last.current = rows.value;
  if (rows.state === 'failed') return <Failed error={rows.error} />;
  if (last.current === undefined) return <Loading />;
  const sort = (column: string) =>
    setOrder({ column, isDescending: order?.column === column ? !order.isDescending : false });
  return (
    <div aria-busy={rows.state === 'loading'}>
      <Rows shape={shape} rows={last.current.rows} label={label} order={order} onSort={sort} onSelect={onSelect} />
      {last.current.rows.length === 0 && <NoRows keyword={keyword} />}
      <Foot page={page} pageSize={pageSize} rows={last.current} onPage={setPage} />
    </div>
  );
}

/** Keeps what commands and scripts know of the grid equal to what it shows. */
function useGridState(
  state: GridState | undefined,
  { name, primaryId, primaryName }: Table,
  view: View,
  rows: Async<PageOfRows>,
  options: ViewOptions,
): void {
  if (state !== undefined)
    Object.assign(state, {
      table: name,
      primaryId,
      primaryName,
      viewId: view.id,
      viewName: view.name,
      isPersonalView: view.isPersonal,
      orders: options.orders,
    });
  const value = rows.state === 'done' ? rows.value : undefined;
  React.useEffect(() => {
    if (state !== undefined && value !== undefined)
      state.loaded({ rows: value.rows, total: value.total, fetchXml: viewQuery(view.fetchXml, options) });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each page that is read
  }, [value]);
}

interface RowsProps {
  readonly shape: Shape;
  readonly rows: readonly Row[];
  readonly label: string;
  readonly order: Order | undefined;
  onSort(column: string): void;
  onSelect?: GridProps['onSelect'];
}

function Rows({ shape, rows, label, order, onSort, onSelect }: RowsProps): React.ReactElement {
  const { table } = shape;
  const idOf = (row: Row) => String(row[table.primaryId]);
  const told = React.useRef(onSelect);
  told.current = onSelect;
  const selection: Selection = React.useMemo(
    () =>
      new Selection({
        getKey: (row) => String((row as Row)[table.primaryId]),
        onSelectionChanged: () =>
          told.current?.(selection.getSelection().map((row) => String((row as Row)[table.primaryId]))),
      }),
    [table],
  );
  // A view without the primary name is entered by its first column: every row can be reached by keyboard.
  const wayIn = shape.columns.find(({ key }) => key === table.primaryName) ?? shape.columns[0];
  const columns = shape.columns.map((one): IColumn => ({
    key: one.key,
    name: one.label,
    minWidth: 60,
    maxWidth: one.width,
    isResizable: true,
    isSorted: order?.column === one.key,
    isSortedDescending: order?.isDescending === true,
    sortAscendingAriaLabel: listWords('ascending'),
    sortDescendingAriaLabel: listWords('descending'),
    columnActionsMode: one.isLinked ? ColumnActionsMode.disabled : ColumnActionsMode.clickable,
    onColumnClick: () => !one.isLinked && onSort(one.key),
    onRender: (row: Row) => <Value row={row} of={one} table={table} isWayIn={one === wayIn} />,
  }));
  return (
    <div className="grid-wrap">
      <DetailsList
        items={[...rows]}
        columns={columns}
        getKey={idOf}
        setKey={table.name}
        compact
        ariaLabelForGrid={label}
        layoutMode={DetailsListLayoutMode.fixedColumns}
        constrainMode={ConstrainMode.unconstrained}
        selectionMode={onSelect === undefined ? SelectionMode.none : SelectionMode.multiple}
        checkboxVisibility={CheckboxVisibility.always}
        selection={selection}
        ariaLabelForSelectAllCheckbox={listWords('selectAll')}
        checkButtonAriaLabel={listWords('selectRow')}
        onItemInvoked={(row: Row) => openRow(table.name, idOf(row))}
      />
    </div>
  );
}

interface ValueProps {
  readonly row: Row;
  readonly of: GridColumn;
  readonly table: Table;
  /** Whether it leads to the row. */
  readonly isWayIn: boolean;
}

function Value({ row, of, table, isWayIn }: ValueProps): React.ReactElement {
  if (of.isLinked) return <>{String(row[formattedKey(of.key)] ?? row[of.key] ?? '')}</>;
  const text = shown(row, of.key);
  const id = row[`_${of.key}_value`];
  if ((of.column?.targets.length ?? 0) > 0 && typeof id === 'string') {
    const entityType = String(row[lookupTableKey(of.key)] ?? of.column!.targets[0]);
    return <LookupLink value={{ id, entityType, name: text }} />;
  }
  if (!isWayIn) return <>{text}</>;
  const place = { kind: 'record', app: currentApp(), table: table.name, id: String(row[table.primaryId]) } as const;
  return <Link {...linkTo(place)}>{text === '' ? listWords('noName') : text}</Link>;
}

function NoRows({ keyword }: { readonly keyword: string }): React.ReactElement {
  return (
    <div className="empty" role="status">
      {keyword === '' ? listWords('nothing') : listWords('noMatch', keyword)}
    </div>
  );
}

interface FootProps {
  readonly page: number;
  readonly pageSize: number;
  readonly rows: PageOfRows;
  onPage(page: number): void;
}

function Foot({ page, pageSize, rows: { rows, total, hasMore }, onPage }: FootProps): React.ReactElement | null {
  if (rows.length === 0 && page === 1) return null;
  const first = (page - 1) * pageSize + 1;
  const range = rows.length === 0 ? listWords('noMoreRows') : `${first} - ${first + rows.length - 1}`;
  return (
    <div className="grid-foot">
      <span role="status">{total < 0 ? range : listWords('rangeOf', range, formatNumber(total))}</span>
      <span className="pager">
        <IconButton
          iconProps={{ iconName: 'ChevronLeft' }}
          ariaLabel={listWords('previousPage')}
          title={listWords('previousPage')}
          disabled={page === 1}
          onClick={() => onPage(page - 1)}
        />
        <span>{listWords('page', page)}</span>
        <IconButton
          iconProps={{ iconName: 'ChevronRight' }}
          ariaLabel={listWords('nextPage')}
          title={listWords('nextPage')}
          disabled={!hasMore}
          onClick={() => onPage(page + 1)}
        />
      </span>
    </div>
  );
}
