import * as React from 'react';
import {
  CheckboxVisibility,
  ColumnActionsMode,
  ConstrainMode,
  DetailsList,
  DetailsListLayoutMode,
  EventGroup,
  Link,
  Selection,
  SELECTION_CHANGE,
  SelectionMode,
  type IColumn,
} from '@fluentui/react';
import type { GridColumn, GridRow } from './model';
import type { Styles } from './styles';
import type { VirtualTableGridProps } from './VirtualTableGrid';

type RowListProps = VirtualTableGridProps & { readonly styles: Styles };

/** Rows side by side with their columns; the first column leads into the row. */
export function RowList({ title, columns, rows, text, on, styles }: RowListProps): React.ReactElement {
  const [selection] = React.useState(() => new Selection({ getKey: (row) => (row as GridRow).key }));
  React.useEffect(() => {
    const events = new EventGroup(selection);
    events.on(selection, SELECTION_CHANGE, () => on.select(selection.getSelection().map((row) => (row as GridRow).id)));
    return () => events.dispose();
  }, [selection, on]);
  return (
    <DetailsList
      items={[...rows]}
      columns={columns.map((column, place) => columnOf(column, place === 0, { text, on, styles }))}
      setKey="rows"
      compact
      ariaLabelForGrid={title}
      layoutMode={DetailsListLayoutMode.fixedColumns}
      constrainMode={ConstrainMode.unconstrained}
      selectionMode={SelectionMode.multiple}
      checkboxVisibility={CheckboxVisibility.always}
      selection={selection}
      ariaLabelForSelectAllCheckbox={text('SelectAll')}
      checkButtonAriaLabel={text('SelectRow')}
      onItemInvoked={(row: GridRow) => on.open(row.id)}
    />
  );
}

function columnOf(
  column: GridColumn,
  isWayIn: boolean,
  { text, on, styles }: Pick<RowListProps, 'text' | 'on' | 'styles'>,
): IColumn {
  const { name, label, width, isNumber, maySort, order } = column;
  return {
    key: name,
    name: label,
    minWidth: 60,
    maxWidth: width,
    isResizable: true,
    isSorted: order !== undefined,
    isSortedDescending: order === 'descending',
    sortAscendingAriaLabel: text('SortedAscending'),
    sortDescendingAriaLabel: text('SortedDescending'),
    columnActionsMode: maySort ? ColumnActionsMode.clickable : ColumnActionsMode.disabled,
    onColumnClick: () => {
      if (maySort) on.sort(name);
    },
    onRender: (row: GridRow) => {
      const value = row.cells[name] ?? '';
      if (isWayIn)
        return (
          <Link onClick={() => on.open(row.id)} aria-label={value === '' ? text('Open', row.id) : undefined}>
            {value === '' ? '…' : value}
          </Link>
        );
      return isNumber ? <span className={styles.number}>{value}</span> : value;
    },
  };
}
