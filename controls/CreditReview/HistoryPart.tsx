import * as React from 'react';
import { ActionButton } from '@fluentui/react';
import type { PartsProps } from './FigureParts';
import { daysText, MonthChart, type MonthsProps } from './MonthChart';
import { Part } from './Part';

/** Twelve months of invoices and payments: a chart, and the same as a table. */
export function HistoryPart(props: PartsProps): React.ReactElement {
  const { parts, text, styles, on } = props;
  return (
    <Part
      title={text('HistoryTitle')}
      state={parts.history}
      text={text}
      styles={styles}
      onRetry={() => on.retry('history')}
    >
      {(history) => <Months {...props} history={history} />}
    </Part>
  );
}

function Months(props: MonthsProps): React.ReactElement {
  const { history, text, styles, number } = props;
  const [isTable, showTable] = React.useState(false);
  const { months, daysToPay, daysLate, isCut } = history;
  if (months.every(({ invoiced, paid }) => invoiced === 0 && paid === 0) && daysToPay === undefined)
    return <p className={styles.note}>{text('HistoryEmpty')}</p>;
  return (
    <>
      {daysToPay !== undefined && (
        <p className={styles.note}>
          {text('HistorySummary', number(daysToPay))}{' '}
          {daysLate !== undefined && (daysLate > 0 ? text('HistoryLate', number(daysLate)) : text('HistoryEarly'))}
        </p>
      )}
      {isCut && <p className={styles.note}>{text('HistoryCut', number(props.mostTransactions))}</p>}
      {isTable ? <MonthTable {...props} /> : <MonthChart {...props} />}
      <ActionButton
        iconProps={{ iconName: isTable ? 'BarChartVertical' : 'Table' }}
        text={text(isTable ? 'AsChart' : 'AsTable')}
        onClick={() => showTable(!isTable)}
      />
    </>
  );
}

function MonthTable(props: MonthsProps): React.ReactElement {
  const { history, text, styles } = props;
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={text('HistoryTitle')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{text('Month')}</th>
            {(['Invoiced', 'Paid', 'DaysToPay'] as const).map((key) => (
              <th key={key} scope="col" className={styles.number}>
                {text(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {history.months.map(({ start, invoiced, paid, daysToPay }) => (
            <tr key={start}>
              <th scope="row">{props.month(start)}</th>
              <td className={styles.number}>{props.money(invoiced, props.limitCurrency)}</td>
              <td className={styles.number}>{props.money(paid, props.limitCurrency)}</td>
              <td className={styles.number}>{daysText(props, daysToPay)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
