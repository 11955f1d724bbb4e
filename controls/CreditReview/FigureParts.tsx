import * as React from 'react';
import { ActionButton, MessageBar, MessageBarType } from '@fluentui/react';
import type { CreditReviewProps } from './CreditReview';
import type { AgeBucket, Customer, TemporaryLimit } from './model';
import { Fact, Part } from './Part';
import type { Styles } from './styles';

export type PartsProps = CreditReviewProps & { readonly styles: Styles };

/** What finance and operations keeps of the customer, beside what is asked for. */
export function LimitPart(props: PartsProps): React.ReactElement {
  const { parts, text, styles, whose } = props;
  return (
    <Part
      title={text('LimitTitle')}
      state={parts.customer}
      text={text}
      styles={styles}
      onRetry={() => props.on.retry('customer')}
    >
      {(customer) =>
        customer === undefined ? (
          <p className={styles.note}>{text('CustomerEmpty', whose.account, whose.company)}</p>
        ) : (
          <Limit {...props} customer={customer} />
        )
      }
    </Part>
  );
}

function Limit(props: PartsProps & { readonly customer: Customer }): React.ReactElement {
  const { customer, text, styles, requestedLimit, currentLimit } = props;
  const limitIn = (amount: number) => props.money(amount, props.limitCurrency);
  return (
    <>
      <dl className={styles.facts}>
        <Fact name={text('LimitNow')} value={limitIn(customer.limit)} className={styles.strong} />
        <Fact
          name={text('LimitWanted')}
          value={props.money(requestedLimit, customer.salesCurrency)}
          className={styles.strong}
        />
        <Fact name={text('LimitMore')} value={limitIn(requestedLimit - customer.limit)} />
        {customer.limitExpires !== '' && <Fact name={text('LimitExpires')} value={props.day(customer.limitExpires)} />}
        <Fact name={text('LimitUnlimited')} value={customer.isUnlimited} />
        <Fact name={text('OnHold')} value={customer.onHold} className={styles.strong} />
        {customer.paymentTerms !== '' && <Fact name={text('PaymentTerms')} value={customer.paymentTerms} />}
      </dl>
      {customer.limit !== currentLimit && props.turn !== undefined && (
        <Warning styles={styles}>{text('LimitMoved', limitIn(currentLimit))}</Warning>
      )}
      {customer.invoiceAccount !== '' && (
        <Warning styles={styles}>{text('InvoiceAccount', customer.invoiceAccount)}</Warning>
      )}
    </>
  );
}

export function ExposurePart(props: PartsProps): React.ReactElement {
  const { parts, text, styles } = props;
  const own = (amount: number) => props.money(amount, props.limitCurrency);
  const share = (amount: number, limit: number) => (limit > 0 ? props.percent(amount / limit) : text('NoDays'));
  return (
    <Part
      title={text('ExposureTitle')}
      state={parts.exposure}
      text={text}
      styles={styles}
      onRetry={() => props.on.retry('exposure')}
    >
      {(exposure) =>
        exposure === undefined ? (
          <p className={styles.note}>{text('ExposureEmpty')}</p>
        ) : (
          <dl className={styles.facts}>
            <Fact name={text('Exposure')} value={own(exposure.exposure)} className={styles.strong} />
            <Fact name={text('Balance')} value={own(exposure.balance)} />
            {parts.customer.value !== undefined && (
              <Fact name={text('ExposureOfLimit')} value={share(exposure.exposure, parts.customer.value.limit)} />
            )}
            <Fact name={text('ExposureOfWanted')} value={share(exposure.exposure, props.requestedLimit)} />
            <Fact name={text('ExposureOn')} value={props.day(exposure.on)} />
          </dl>
        )
      }
    </Part>
  );
}

export function OpenPart(props: PartsProps): React.ReactElement {
  const { parts, text, styles } = props;
  const own = (amount: number) => props.money(amount, props.limitCurrency);
  const nameOf = ({ from, upTo }: AgeBucket) => {
    if (upTo === 0) return text('AgeNotDue');
    return upTo === undefined
      ? text('AgeOver', props.number(from - 1))
      : text('AgeDays', props.number(from), props.number(upTo));
  };
  return (
    <Part
      title={text('OpenTitle')}
      state={parts.history}
      text={text}
      styles={styles}
      onRetry={() => props.on.retry('history')}
    >
      {({ open, overdue, ages }) =>
        open === 0 && ages.every(({ amount }) => amount === 0) ? (
          <p className={styles.note}>{text('OpenEmpty')}</p>
        ) : (
          <>
            <dl className={styles.facts}>
              <Fact name={text('Open')} value={own(open)} className={styles.strong} />
              <Fact name={text('Overdue')} value={own(overdue)} className={overdue > 0 ? styles.late : undefined} />
            </dl>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{text('Age')}</th>
                  <th scope="col" className={styles.number}>
                    {text('Amount')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {ages.map((bucket) => (
                  <tr key={bucket.from}>
                    <th scope="row">{nameOf(bucket)}</th>
                    <td className={styles.number}>{own(bucket.amount)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )
      }
    </Part>
  );
}

/** Limits that take the place of the customer's own, or are looked at before it. */
export function OtherLimitsPart(props: PartsProps): React.ReactElement {
  const { parts, groupLimit, text, styles, on } = props;
  return (
    <>
      <Part
        title={text('OtherTitle')}
        state={parts.temporaryLimits}
        text={text}
        styles={styles}
        onRetry={() => on.retry('temporaryLimits')}
      >
        {(limits) => <TemporaryLimits {...props} limits={limits} />}
      </Part>
      <Part
        title={text('GroupTitle')}
        state={parts.group}
        text={text}
        styles={styles}
        onRetry={() => on.retry('group')}
      >
        {(group) =>
          group === undefined ? (
            <p className={styles.note}>{text('GroupEmpty')}</p>
          ) : (
            <>
              <p className={styles.note}>{text('GroupMember', group)}</p>
              {groupLimit.status === 'read' && (
                <p className={styles.note}>
                  {groupLimit.value === undefined
                    ? text('GroupNotFound')
                    : text('GroupLimit', props.money(groupLimit.value.limit, groupLimit.value.currency))}
                </p>
              )}
              {groupLimit.status === 'failed' && (
                <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
                  {text('Failed', groupLimit.failure.message)}
                </MessageBar>
              )}
              {groupLimit.status !== 'read' && (
                <ActionButton
                  text={text('GroupShow')}
                  disabled={groupLimit.status === 'reading'}
                  onClick={on.showGroupLimit}
                />
              )}
            </>
          )
        }
      </Part>
    </>
  );
}

function TemporaryLimits(props: PartsProps & { readonly limits: readonly TemporaryLimit[] }): React.ReactElement {
  const { limits, text, styles } = props;
  if (limits.length === 0) return <p className={styles.note}>{text('TemporaryEmpty')}</p>;
  return (
    <>
      {limits.map(({ limit, from, to, isInForce }) => {
        const [amount, last] = [props.money(limit, props.limitCurrency), props.day(to)];
        return isInForce ? (
          <Warning key={from} styles={styles}>
            {text('TemporaryNow', amount, last)}
          </Warning>
        ) : (
          <p key={from} className={styles.note}>
            {text('TemporaryLater', amount, props.day(from), last)}
          </p>
        );
      })}
    </>
  );
}

/** The trap: one number, two currencies. */
export function CurrencyPart(props: PartsProps): React.ReactElement {
  const { parts, text, styles, requestedLimit } = props;
  const sales = parts.customer.value?.salesCurrency ?? '';
  return (
    <Part
      title={text('CurrencyTitle')}
      state={parts.accountingCurrency}
      text={text}
      styles={styles}
      onRetry={() => props.on.retry('accountingCurrency')}
    >
      {(accounting) => {
        if (accounting === '' || sales === '') return <p className={styles.note}>{text('CurrencyUnknown')}</p>;
        if (accounting === sales) return <p className={styles.note}>{text('CurrencySame', accounting)}</p>;
        const [asked, kept] = [props.money(requestedLimit, sales), props.money(requestedLimit, accounting)];
        return <Warning styles={styles}>{text('CurrencyTrap', accounting, sales, asked, kept)}</Warning>;
      }}
    </Part>
  );
}

function Warning({
  styles,
  children,
}: {
  readonly styles: Styles;
  readonly children: React.ReactNode;
}): React.ReactElement {
  return (
    <MessageBar messageBarType={MessageBarType.warning} isMultiline delayedRender={false} className={styles.bar}>
      {children}
    </MessageBar>
  );
}
