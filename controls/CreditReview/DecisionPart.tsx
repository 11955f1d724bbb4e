import * as React from 'react';
import { DefaultButton, MessageBar, MessageBarType, PrimaryButton, Spinner, TextField } from '@fluentui/react';
import type { Choice } from './decision';
import type { PartsProps } from './FigureParts';
import type { Effect } from './model';
import type { TextKey } from './texts';

/** Approve or reject with a reason, what that will do said before it is done. */
export function DecisionPart(props: PartsProps): React.ReactElement {
  const { text, styles, deciding, turn, mayDecide } = props;
  return (
    <section className={styles.card} aria-label={text('DecisionTitle')}>
      <h4 className={styles.cardTitle}>{text('DecisionTitle')}</h4>
      <div role="status" aria-live="polite">
        <Standing {...props} />
      </div>
      {turn !== undefined && mayDecide && deciding.step !== 'decided' && deciding.step !== 'overtaken' && (
        <Deciding {...props} />
      )}
    </section>
  );
}

/** What there is to say of the decision. */
function Standing(props: PartsProps): React.ReactElement | null {
  const { deciding, turn, mayDecide, statusText, text } = props;
  if (deciding.step === 'decided')
    return say(MessageBarType.success, text(deciding.choice === 'approve' ? 'Approved' : 'Rejected'));
  if (deciding.step === 'overtaken')
    return say(
      MessageBarType.severeWarning,
      deciding.by === undefined || deciding.by.changedBy === ''
        ? text('Overtaken')
        : text('OvertakenBy', deciding.by.changedBy, deciding.by.statusText),
    );
  if (deciding.step === 'moved')
    return say(MessageBarType.severeWarning, text('Moved', props.money(deciding.limit, props.limitCurrency)));
  if (deciding.step === 'samePerson') return say(MessageBarType.warning, text('SamePerson'));
  if (deciding.step === 'failed')
    return say(
      deciding.failure.kind === 'noPermission' ? MessageBarType.warning : MessageBarType.error,
      text('NotWritten', deciding.failure.message),
    );
  if (turn === undefined)
    return say(MessageBarType.info, `${statusText === '' ? '' : `${statusText}. `}${text('Decided')}`);
  if (!mayDecide) return say(MessageBarType.info, text(turn === 'second' ? 'SecondWaits' : 'MayNotDecide'));
  return turn === 'second' ? say(MessageBarType.info, text('SecondTurn')) : null;
}

const say = (type: MessageBarType, words: string) => (
  <MessageBar messageBarType={type} isMultiline delayedRender={false} role="none">
    {words}
  </MessageBar>
);

function Deciding(props: PartsProps): React.ReactElement {
  const { text, styles, deciding, on } = props;
  const [reason, setReason] = React.useState('');
  const [isMissing, setMissing] = React.useState(false);
  const isSending = deciding.step === 'sending';
  const chosen = deciding.step === 'asking' || isSending ? deciding.choice : undefined;
  const prepare = (choice: Choice) => {
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') on.prepare(choice);
  };
  return (
    <>
      <TextField
        label={text('Reason')}
        multiline
        autoAdjustHeight
        rows={3}
        maxLength={2000}
        value={reason}
        disabled={isSending}
        required
        errorMessage={isMissing ? text('ReasonMissing') : undefined}
        onChange={(_event, value = '') => {
          setReason(value);
          if (value.trim() !== '') setMissing(false);
        }}
      />
      {chosen === undefined ? (
        <div className={styles.buttons}>
          <PrimaryButton text={text('Approve')} onClick={() => prepare('approve')} />
          <DefaultButton text={text('Reject')} onClick={() => prepare('reject')} />
        </div>
      ) : (
        <Confirm {...props} choice={chosen} isSending={isSending} onDecide={() => on.decide(chosen, reason.trim())} />
      )}
    </>
  );
}

interface ConfirmProps extends PartsProps {
  readonly choice: Choice;
  readonly isSending: boolean;
  readonly onDecide: () => void;
}

function Confirm(props: ConfirmProps): React.ReactElement {
  const { choice, isSending, text, styles, on, onDecide } = props;
  const first = React.useRef<HTMLDivElement>(null);
  // Whoever comes here by keyboard goes on from here.
  React.useEffect(() => first.current?.focus(), []);
  const highest = props.consequence.value?.highest;
  const isTooHigh = choice === 'approve' && highest !== undefined && props.requestedLimit > highest;
  const amount = props.money(props.requestedLimit, props.parts.customer.value?.salesCurrency ?? '');
  return (
    <div ref={first} tabIndex={-1} style={{ outline: 'none' }}>
      <div className={styles.consequence} aria-live="polite">
        {choice === 'approve' ? <Effects {...props} /> : say(MessageBarType.info, text('RejectEffect'))}
      </div>
      {isSending ? (
        <Spinner label={text('Sending')} labelPosition="right" />
      ) : (
        <div className={styles.buttons}>
          {!isTooHigh && (
            <PrimaryButton
              text={choice === 'approve' ? text('ApproveNow', amount) : text('RejectNow')}
              onClick={onDecide}
            />
          )}
          <DefaultButton text={text('Back')} onClick={on.back} />
        </div>
      )}
    </div>
  );
}

const effects: Record<Effect, readonly [TextKey, MessageBarType]> = {
  appliedAtOnce: ['EffectAppliedAtOnce', MessageBarType.success],
  proposed: ['EffectProposed', MessageBarType.warning],
  refused: ['EffectRefused', MessageBarType.severeWarning],
  notKnown: ['EffectNotKnown', MessageBarType.info],
};

function Effects(props: ConfirmProps): React.ReactElement {
  const { consequence, requestedLimit, turn, text } = props;
  if (consequence.value === undefined) return <Spinner label={text('EffectRead')} labelPosition="right" />;
  const { effect, secondAbove, highest } = consequence.value;
  const inSales = (limit: number) => props.money(limit, props.parts.customer.value?.salesCurrency ?? '');
  if (highest !== undefined && requestedLimit > highest)
    return say(MessageBarType.severeWarning, text('AboveHighest', inSales(highest)));
  const [key, type] = effects[effect];
  return (
    <>
      {turn === 'first' &&
        secondAbove !== undefined &&
        requestedLimit > secondAbove &&
        say(MessageBarType.info, text('SecondNeeded', inSales(secondAbove)))}
      {say(type, text(key))}
    </>
  );
}
