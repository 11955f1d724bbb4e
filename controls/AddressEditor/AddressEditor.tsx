import * as React from 'react';
import { ActionButton, MessageBar, MessageBarType, ThemeProvider, useTheme, type PartialTheme } from '@fluentui/react';
import { AddressCard, standingText } from './AddressCard';
import type { CardView } from './cards';
import type { Field, Side } from './model';
import type { Notice } from './notice';
import { stylesOf, type Styles } from './styles';
import type { Text } from './texts';

export interface AddressEditorProps {
  readonly cards: Readonly<Record<Side, CardView>>;
  readonly notice: Notice | undefined;
  /** Which map carries the addresses, in words. */
  readonly generation: string;
  readonly isReading: boolean;
  readonly isEdited: boolean;
  /** Whether shipping may be copied over billing. */
  readonly mayCopy: boolean;
  readonly isRightToLeft: boolean;
  /** Of the host; absent where the host has no theme of its own. */
  readonly theme: PartialTheme | undefined;
  readonly text: Text;
  readonly onEdit: (side: Side, field: Field, value: string) => void;
  readonly onCopy: () => void;
  readonly onUndo: () => void;
  readonly onRefresh: () => void;
}

/** Billing and shipping address of a customer, each beside what finance and operations holds. */
export function AddressEditorView(props: AddressEditorProps): React.ReactElement {
  if (props.theme === undefined) return <Editor {...props} />;
  return (
    <ThemeProvider theme={props.theme} style={{ width: '100%', background: 'transparent' }}>
      <Editor {...props} />
    </ThemeProvider>
  );
}

function Editor(props: AddressEditorProps): React.ReactElement {
  const { cards, notice, text } = props;
  const theme = useTheme();
  const styles = React.useMemo(() => stylesOf(theme), [theme]);
  return (
    <div className={styles.root} dir={props.isRightToLeft ? 'rtl' : 'ltr'} role="group" aria-label={text('Title')}>
      <Bar {...props} styles={styles} />
      {notice !== undefined && <NoticeBar notice={notice} text={text} styles={styles} onRetry={props.onRefresh} />}
      <div className={styles.cards}>
        <AddressCard card={cards.shipping} text={text} styles={styles} onEdit={props.onEdit} />
        <AddressCard
          card={cards.billing}
          text={text}
          styles={styles}
          onEdit={props.onEdit}
          onCopy={props.mayCopy ? props.onCopy : undefined}
        />
      </div>
      <div className={styles.hidden} role="status" aria-live="polite">
        {announcement(props)}
      </div>
    </div>
  );
}

function Bar({
  generation,
  isReading,
  isEdited,
  text,
  styles,
  onUndo,
  onRefresh,
}: AddressEditorProps & { styles: Styles }) {
  return (
    <div className={styles.bar}>
      <span className={styles.generation}>{text('AddressMap', generation)}</span>
      <div className={styles.commands}>
        {isEdited && (
          <>
            <span className={styles.generation}>{text('NotSaved')}</span>
            <ActionButton iconProps={{ iconName: 'Undo' }} onClick={onUndo} text={text('Undo')} />
          </>
        )}
        <ActionButton
          iconProps={{ iconName: 'Refresh' }}
          onClick={onRefresh}
          disabled={isReading}
          text={text('Refresh')}
        />
      </div>
    </div>
  );
}

const barTypes = { info: MessageBarType.info, warning: MessageBarType.warning, error: MessageBarType.error };

interface NoticeBarProps {
  readonly notice: Notice;
  readonly text: Text;
  readonly styles: Styles;
  readonly onRetry: () => void;
}

function NoticeBar({ notice, text, styles, onRetry }: NoticeBarProps): React.ReactElement {
  const retry = notice.mayRetry ? <ActionButton onClick={onRetry} text={text('Retry')} /> : undefined;
  return (
    <MessageBar
      className={styles.message}
      messageBarType={barTypes[notice.kind]}
      actions={retry}
      isMultiline
      delayedRender={false}
    >
      {notice.text}
    </MessageBar>
  );
}

/** Said when it changes: a notice speaks for itself. */
function announcement({ cards, notice, text }: AddressEditorProps): string {
  if (notice !== undefined) return '';
  const { shipping, billing } = cards;
  if (shipping.standing === 'reading') return text('Reading');
  if (shipping.standing === 'unknown') return '';
  return (
    `${text('ShippingAddress')}: ${standingText(shipping, text)}. ` +
    `${text('BillingAddress')}: ${standingText(billing, text)}.`
  );
}
