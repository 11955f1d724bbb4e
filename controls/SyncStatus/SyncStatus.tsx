import * as React from 'react';
import {
  ActionButton,
  MessageBar,
  MessageBarType,
  Shimmer,
  ThemeProvider,
  useTheme,
  type PartialTheme,
} from '@fluentui/react';
import type { ComparedPair } from './model';
import { stylesOf, type Styles } from './styles';
import type { Text } from './texts';

/** What the control has to say, in words. */
export interface Verdict {
  readonly kind: 'reading' | 'inStep' | 'differs' | 'info' | 'warning' | 'error';
  readonly text: string;
}

export interface SyncStatusProps {
  readonly verdict: Verdict;
  /** Pairs that differ. */
  readonly differences: readonly ComparedPair[];
  /** When it was last looked, formatted for the user; empty before that. */
  readonly checkedAt: string;
  readonly isReading: boolean;
  readonly mayRefresh: boolean;
  readonly isRightToLeft: boolean;
  readonly theme: PartialTheme | undefined;
  readonly text: Text;
  readonly onRefresh: () => void;
}

/** Says whether a row and its virtual twin hold the same, and what differs. */
export function SyncStatusView(props: SyncStatusProps): React.ReactElement {
  if (props.theme === undefined) return <Status {...props} />;
  return (
    <ThemeProvider theme={props.theme} style={{ width: '100%', background: 'transparent' }}>
      <Status {...props} />
    </ThemeProvider>
  );
}

const barTypes = {
  reading: MessageBarType.info,
  inStep: MessageBarType.success,
  differs: MessageBarType.warning,
  info: MessageBarType.info,
  warning: MessageBarType.warning,
  error: MessageBarType.error,
};

function Status(props: SyncStatusProps): React.ReactElement {
  const { verdict, differences, checkedAt, text } = props;
  const theme = useTheme();
  const styles = React.useMemo(() => stylesOf(theme), [theme]);
  return (
    <div className={styles.root} dir={props.isRightToLeft ? 'rtl' : 'ltr'} role="group" aria-label={text('Title')}>
      <div role="status" aria-live="polite">
        {verdict.kind === 'reading' ? (
          <div>
            <Shimmer width="50%" aria-hidden />
            <span className={styles.hidden}>{verdict.text}</span>
          </div>
        ) : (
          <MessageBar messageBarType={barTypes[verdict.kind]} isMultiline delayedRender={false} role="none">
            {verdict.text}
          </MessageBar>
        )}
      </div>
      {differences.length > 0 && <Differences differences={differences} text={text} styles={styles} />}
      <div className={styles.foot}>
        <ActionButton
          iconProps={{ iconName: 'Refresh' }}
          onClick={props.onRefresh}
          disabled={props.isReading || !props.mayRefresh}
          text={text('Refresh')}
        />
        {checkedAt !== '' && <span className={styles.quiet}>{text('Checked', checkedAt)}</span>}
      </div>
    </div>
  );
}

interface DifferencesProps {
  readonly differences: readonly ComparedPair[];
  readonly text: Text;
  readonly styles: Styles;
}

function Differences({ differences, text, styles }: DifferencesProps): React.ReactElement {
  const cell = (value: string) => (value === '' ? <span className={styles.quiet}>{text('Empty')}</span> : value);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{text('Column')}</th>
          <th scope="col">{text('Here')}</th>
          <th scope="col">{text('There')}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map((pair, index) => (
          <tr key={index}>
            <th scope="row">{pair.label}</th>
            <td>{cell(pair.here)}</td>
            <td>{cell(pair.there)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
