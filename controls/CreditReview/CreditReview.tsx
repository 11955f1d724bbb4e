import * as React from 'react';
import { ActionButton, MessageBar, MessageBarType, ThemeProvider, useTheme, type PartialTheme } from '@fluentui/react';
import type { ReadingState } from '../shared/reading';
import { DecisionPart } from './DecisionPart';
import type { Choice, Turn } from './decision';
import { CurrencyPart, ExposurePart, LimitPart, OpenPart, OtherLimitsPart } from './FigureParts';
import { HistoryPart } from './HistoryPart';
import type { Consequence, Day } from './model';
import type { GroupLimit, Whose } from './review-reads';
import type { Deciding, PartName, PartStates } from './review-session';
import { stylesOf } from './styles';
import type { Text } from './texts';

export interface CreditReviewProps {
  readonly whose: Whose;
  /** Of the request: what the limit was when it was made, and what is wanted. */
  readonly currentLimit: number;
  readonly requestedLimit: number;
  /** Code of the currency limits are kept in; empty until it is known. */
  readonly limitCurrency: string;
  readonly parts: PartStates;
  readonly groupLimit: ReadingState<GroupLimit | undefined>;
  readonly consequence: ReadingState<Consequence>;
  readonly deciding: Deciding;
  /** Undefined when the request waits for no decision. */
  readonly turn: Turn | undefined;
  readonly mayDecide: boolean;
  readonly statusText: string;
  /** When something new was told last, formatted; empty for nothing new. */
  readonly newActivity: string;
  readonly mostTransactions: number;
  readonly isRightToLeft: boolean;
  readonly theme: PartialTheme | undefined;
  readonly text: Text;
  readonly money: (amount: number, currency: string) => string;
  readonly number: (value: number) => string;
  readonly percent: (share: number) => string;
  readonly day: (day: Day) => string;
  readonly month: (start: Day, isShort?: boolean) => string;
  readonly on: {
    refresh(): void;
    retry(part: PartName): void;
    showGroupLimit(): void;
    prepare(choice: Choice): void;
    back(): void;
    decide(choice: Choice, reason: string): void;
  };
}

/** What somebody has to know of a customer to decide on a credit limit, and the decision. */
export function CreditReviewView(props: CreditReviewProps): React.ReactElement {
  if (props.theme === undefined) return <Review {...props} />;
  return (
    <ThemeProvider theme={props.theme} style={{ width: '100%', background: 'transparent' }}>
      <Review {...props} />
    </ThemeProvider>
  );
}

function Review(given: CreditReviewProps): React.ReactElement {
  const theme = useTheme();
  const styles = React.useMemo(() => stylesOf(theme), [theme]);
  const props = { ...given, styles };
  const { text, whose, newActivity } = given;
  if (whose.account === '' || whose.company === '')
    return <MessageBar messageBarType={MessageBarType.info}>{text('NoCustomer')}</MessageBar>;
  return (
    <div className={styles.root} dir={given.isRightToLeft ? 'rtl' : 'ltr'} role="group" aria-label={text('Title')}>
      <div className={styles.head}>
        <h3 className={styles.title}>{text('Title')}</h3>
        <ActionButton iconProps={{ iconName: 'Refresh' }} text={text('Refresh')} onClick={given.on.refresh} />
      </div>
      {newActivity !== '' && (
        <MessageBar messageBarType={MessageBarType.warning} isMultiline delayedRender={false}>
          {text('NewActivity', newActivity)}
        </MessageBar>
      )}
      <div className={styles.cards}>
        <LimitPart {...props} />
        <ExposurePart {...props} />
        <OpenPart {...props} />
        <div className={styles.stack}>
          <CurrencyPart {...props} />
          <OtherLimitsPart {...props} />
        </div>
      </div>
      <HistoryPart {...props} />
      <DecisionPart {...props} />
    </div>
  );
}
