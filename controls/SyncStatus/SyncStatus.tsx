import { ActionButton, MessageBar, MessageBarType, Spinner, SpinnerSize, ThemeProvider, type ITheme } from '@fluentui/react';
import * as React from 'react';
import { fill } from '../shared/odata-text';
import type { Difference } from './model';

export type Comparison =
  | { readonly kind: 'loading' | 'noCompany' | 'notFound' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'compared'; readonly differences: readonly Difference[]; readonly checkedAt: string };

export interface SyncStatusProps {
  readonly comparison: Comparison;
  readonly labels: Readonly<Record<string, string>>;
  readonly theme: Partial<ITheme> | undefined;
  text(key: string): string;
  onRefresh(): void;
}

/** Says whether a row and its twin hold the same, and what differs. */
export function SyncStatus({ comparison, labels, theme, text, onRefresh }: SyncStatusProps): React.ReactElement {
  return (
    <ThemeProvider theme={theme} applyTo="none">
      <div data-control="FnO.SyncStatus">
        <div role="status" aria-live="polite">
          <State comparison={comparison} text={text} />
        </div>
        {comparison.kind === 'compared' && comparison.differences.length > 0 && <Differences differences={comparison.differences} labels={labels} text={text} />}
        <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
          <ActionButton iconProps={{ iconName: 'Refresh' }} onClick={onRefresh}>
            {text('refresh')}
          </ActionButton>
          {comparison.kind === 'compared' && <span style={{ fontSize: 12 }}>{fill(text('checked'), comparison.checkedAt)}</span>}
        </div>
      </div>
    </ThemeProvider>
  );
}

function State({ comparison, text }: Pick<SyncStatusProps, 'comparison' | 'text'>): React.ReactElement {
  if (comparison.kind === 'loading') return <Spinner size={SpinnerSize.small} label={text('loading')} labelPosition="right" styles={{ root: { justifyContent: 'flex-start' } }} />;
  if (comparison.kind === 'failed') return <MessageBar messageBarType={MessageBarType.error}>{fill(text('failed'), comparison.message)}</MessageBar>;
  if (comparison.kind !== 'compared') return <MessageBar messageBarType={MessageBarType.info}>{text(comparison.kind)}</MessageBar>;
  const count = comparison.differences.length;
  if (count === 0) return <MessageBar messageBarType={MessageBarType.success}>{text('inStep')}</MessageBar>;
  return <MessageBar messageBarType={MessageBarType.warning}>{count === 1 ? text('differOne') : fill(text('differ'), String(count))}</MessageBar>;
}

const cell: React.CSSProperties = { textAlign: 'start', padding: '4px 8px 4px 0', verticalAlign: 'top', overflowWrap: 'anywhere' };

function Differences({ differences, labels, text }: { readonly differences: readonly Difference[] } & Pick<SyncStatusProps, 'labels' | 'text'>): React.ReactElement {
  return (
    <table style={{ borderCollapse: 'collapse', width: '100%', fontSize: 12 }}>
      <thead>
        <tr>
          {['column', 'here', 'there'].map((key) => (
            <th key={key} scope="col" style={cell}>
              {text(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {differences.map((one) => (
          <tr key={one.column}>
            <th scope="row" style={cell}>
              {labels[one.column] ?? one.column}
            </th>
            <td style={cell}>{one.here || text('empty')}</td>
            <td style={cell}>{one.there || text('empty')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
