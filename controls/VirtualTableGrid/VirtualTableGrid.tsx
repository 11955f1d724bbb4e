import * as React from 'react';
import {
  ActionButton,
  Dropdown,
  IconButton,
  MessageBar,
  MessageBarButton,
  MessageBarType,
  Spinner,
  SpinnerSize,
  ThemeProvider,
  useTheme,
  type PartialTheme,
} from '@fluentui/react';
import type { Failure } from '../shared/failure';
import type { GridColumn, GridRow, PageRange } from './model';
import { RowCards } from './RowCards';
import { RowList } from './RowList';
import { stylesOf, type Styles } from './styles';
import type { Text } from './texts';

export interface VirtualTableGridProps {
  /** Name of the view. */
  readonly title: string;
  readonly columns: readonly GridColumn[];
  readonly rows: readonly GridRow[];
  readonly range: PageRange;
  readonly isLoading: boolean;
  /** Why the last read failed; the rows are those of the read before. */
  readonly failure: Failure | undefined;
  readonly companies: readonly string[];
  readonly company: string | undefined;
  readonly isNarrow: boolean;
  readonly isRightToLeft: boolean;
  readonly theme: PartialTheme | undefined;
  readonly text: Text;
  readonly number: (value: number) => string;
  readonly on: {
    sort(column: string): void;
    company(code: string | undefined): void;
    page(page: number): void;
    refresh(): void;
    open(id: string): void;
    select(ids: string[]): void;
  };
}

/** Rows of a virtual table, a page at a time. */
export function VirtualTableGridView(props: VirtualTableGridProps): React.ReactElement {
  if (props.theme === undefined) return <GridOfRows {...props} />;
  return (
    <ThemeProvider theme={props.theme} style={{ width: '100%', background: 'transparent' }}>
      <GridOfRows {...props} />
    </ThemeProvider>
  );
}

function GridOfRows(props: VirtualTableGridProps): React.ReactElement {
  const { title, rows, isLoading, isNarrow, columns, text } = props;
  const theme = useTheme();
  const styles = React.useMemo(() => stylesOf(theme), [theme]);
  const isFirst = isLoading && rows.length === 0;
  return (
    <div className={styles.root} dir={props.isRightToLeft ? 'rtl' : 'ltr'} role="group" aria-label={title}>
      <Bar {...props} styles={styles} />
      <FailureBar {...props} />
      <div className={styles.rows} aria-busy={isLoading}>
        {isFirst ? (
          <Spinner size={SpinnerSize.medium} label={text('Loading')} />
        ) : columns.length === 0 && props.failure === undefined ? (
          <div className={styles.empty}>{text('NoColumns')}</div>
        ) : isNarrow ? (
          <RowCards {...props} styles={styles} />
        ) : (
          <RowList {...props} styles={styles} />
        )}
      </div>
      {!isFirst && rows.length === 0 && props.failure === undefined && columns.length > 0 && (
        <div className={styles.empty}>
          {props.company === undefined ? text('Empty') : text('EmptyCompany', props.company)}
        </div>
      )}
      <Foot {...props} styles={styles} />
    </div>
  );
}

type PartProps = VirtualTableGridProps & { readonly styles: Styles };

const all = '';

/** Which company's rows, and the way to read them again. */
function Bar({ companies, company, isLoading, text, on, styles }: PartProps): React.ReactElement {
  const options = [{ key: all, text: text('AllCompanies') }, ...companies.map((code) => ({ key: code, text: code }))];
  return (
    <div className={styles.bar}>
      {companies.length > 0 ? (
        <div className={styles.company}>
          <span aria-hidden>{text('Company')}</span>
          <Dropdown
            ariaLabel={text('Company')}
            options={options}
            selectedKey={company ?? all}
            dropdownWidth="auto"
            styles={{ root: { minWidth: 140 } }}
            onChange={(_event, option) => on.company(option?.key === all ? undefined : String(option?.key))}
          />
        </div>
      ) : (
        <span />
      )}
      <ActionButton
        iconProps={{ iconName: 'Refresh' }}
        text={text('Refresh')}
        disabled={isLoading}
        onClick={on.refresh}
      />
    </div>
  );
}

function FailureBar({ failure, text, on }: VirtualTableGridProps): React.ReactElement | null {
  if (failure === undefined) return null;
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
}

function Foot({
  range,
  rows,
  isLoading,
  isRightToLeft,
  text,
  number,
  on,
  styles,
}: PartProps): React.ReactElement | null {
  if (rows.length === 0 && !range.hasPrevious) return null;
  const [first, last] = [number(range.first), number(range.last)];
  const [back, forward] = isRightToLeft ? ['ChevronRight', 'ChevronLeft'] : ['ChevronLeft', 'ChevronRight'];
  return (
    <div className={styles.foot}>
      <span role="status" className={styles.quiet}>
        {range.total === undefined
          ? text('Range', first, last)
          : text('RangeOfTotal', first, last, number(range.total))}
      </span>
      <span className={styles.pager}>
        <IconButton
          iconProps={{ iconName: back }}
          ariaLabel={text('Previous')}
          title={text('Previous')}
          disabled={isLoading || !range.hasPrevious}
          onClick={() => on.page(range.page - 1)}
        />
        <span>{text('Page', number(range.page))}</span>
        <IconButton
          iconProps={{ iconName: forward }}
          ariaLabel={text('Next')}
          title={text('Next')}
          disabled={isLoading || !range.hasNext}
          onClick={() => on.page(range.page + 1)}
        />
      </span>
    </div>
  );
}
