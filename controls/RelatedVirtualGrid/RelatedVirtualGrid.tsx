import * as React from 'react';
import {
  ActionButton,
  Link,
  MessageBar,
  MessageBarButton,
  MessageBarType,
  Shimmer,
  ThemeProvider,
  useTheme,
  type PartialTheme,
} from '@fluentui/react';
import type { Failure } from '../shared/failure';
import type { GridColumn, GridRow } from './model';
import { stylesOf, type Styles } from './styles';
import type { Text } from './texts';

export interface RelatedVirtualGridProps {
  readonly title: string;
  readonly columns: readonly GridColumn[];
  readonly rows: readonly GridRow[];
  readonly hasMore: boolean;
  readonly isReading: boolean;
  /** Whether anything was read yet. */
  readonly isKnown: boolean;
  readonly failure: Failure | undefined;
  readonly whose: { readonly anchor: string; readonly companyCode: string } | undefined;
  /** Why there is nothing to read. */
  readonly obstacle: { readonly isError: boolean; readonly text: string } | undefined;
  readonly isRightToLeft: boolean;
  readonly theme: PartialTheme | undefined;
  readonly text: Text;
  readonly number: (value: number) => string;
  readonly on: { refresh(): void; more(): void; open(id: string): void };
}

/** Rows of a virtual table that carry a row's number and company. */
export function RelatedVirtualGridView(props: RelatedVirtualGridProps): React.ReactElement {
  if (props.theme === undefined) return <Related {...props} />;
  return (
    <ThemeProvider theme={props.theme} style={{ width: '100%', background: 'transparent' }}>
      <Related {...props} />
    </ThemeProvider>
  );
}

function Related(props: RelatedVirtualGridProps): React.ReactElement {
  const { title, obstacle, rows, isReading, text, on } = props;
  const theme = useTheme();
  const styles = React.useMemo(() => stylesOf(theme), [theme]);
  return (
    <div className={styles.root} dir={props.isRightToLeft ? 'rtl' : 'ltr'} role="group" aria-label={title}>
      <div className={styles.head}>
        <h3 className={styles.title}>{title}</h3>
        <ActionButton
          iconProps={{ iconName: 'Refresh' }}
          text={text('Refresh')}
          disabled={isReading || obstacle !== undefined}
          onClick={on.refresh}
        />
      </div>
      <Standing {...props} />
      {rows.length > 0 && <RowsTable {...props} styles={styles} />}
      <Foot {...props} styles={styles} />
    </div>
  );
}

/** What there is to say instead of rows, or beside them. */
function Standing({ obstacle, failure, isKnown, text, on }: RelatedVirtualGridProps): React.ReactElement | null {
  if (obstacle !== undefined)
    return (
      <MessageBar messageBarType={obstacle.isError ? MessageBarType.error : MessageBarType.info} isMultiline>
        {obstacle.text}
      </MessageBar>
    );
  if (failure !== undefined)
    return (
      <MessageBar
        messageBarType={failure.kind === 'noPermission' ? MessageBarType.warning : MessageBarType.error}
        isMultiline
        delayedRender={false}
        actions={<MessageBarButton onClick={on.refresh}>{text('Retry')}</MessageBarButton>}
      >
        {failure.kind === 'noPermission' ? text('NoPermission') : text('Failed', failure.message)}
      </MessageBar>
    );
  return isKnown ? null : <Shimmer width="60%" aria-label={text('Loading')} />;
}

type PartProps = RelatedVirtualGridProps & { readonly styles: Styles };

function RowsTable({ title, columns, rows, isReading, on, styles }: PartProps): React.ReactElement {
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={title}>
      <table className={styles.table} aria-busy={isReading}>
        <thead>
          <tr>
            {columns.map(({ name, label, isNumber }) => (
              <th key={name} scope="col" className={isNumber ? styles.number : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, id, cells: [first = '', ...others] }) => (
            <tr key={key}>
              <th scope="row">{id === '' ? first : <Link onClick={() => on.open(id)}>{first || '…'}</Link>}</th>
              {others.map((value, place) => (
                <td key={place} className={columns[place + 1]?.isNumber ? styles.number : undefined}>
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Foot({
  rows,
  hasMore,
  isKnown,
  isReading,
  whose,
  text,
  number,
  on,
  styles,
}: PartProps): React.ReactElement | null {
  if (!isKnown || whose === undefined) return null;
  if (rows.length === 0) return <div className={styles.empty}>{text('Empty', whose.anchor, whose.companyCode)}</div>;
  return (
    <div className={styles.foot}>
      <span role="status" className={styles.quiet}>
        {text(hasMore ? 'ShownOfMore' : 'Shown', number(rows.length))}
      </span>
      {hasMore && <ActionButton text={text('More')} disabled={isReading} onClick={on.more} />}
    </div>
  );
}
