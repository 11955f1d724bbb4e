import * as React from 'react';
import { getId, getRTL } from '@fluentui/react';
import type { PartsProps } from './FigureParts';
import type { History, Month } from './model';

export type MonthsProps = PartsProps & { readonly history: History };

export const daysText = ({ text, number }: Pick<PartsProps, 'text' | 'number'>, days: number | undefined): string =>
  days === undefined ? text('NoDays') : text('Days', number(days));

const height = 96;

/** Two bars a month. One month is in the order of Tab; arrows go from one to the next, and what it says is read out. */
export function MonthChart(props: MonthsProps): React.ReactElement {
  const { history, text, styles } = props;
  const { months } = history;
  const [current, setCurrent] = React.useState(months.length - 1);
  const places = React.useRef<(HTMLDivElement | null)[]>([]);
  const [helpId] = React.useState(() => getId('months'));
  const most = Math.max(1, ...months.map(({ invoiced, paid }) => Math.max(invoiced, paid)));
  const go = (place: number) => {
    const within = Math.min(Math.max(place, 0), months.length - 1);
    setCurrent(within);
    places.current[within]?.focus();
  };
  const move = (event: React.KeyboardEvent) => {
    const forward = props.isRightToLeft || getRTL() ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const wanted = { [forward]: current + 1, [backward]: current - 1, Home: 0, End: months.length - 1 }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    go(wanted);
  };
  return (
    <div>
      <div className={styles.legend} aria-hidden>
        <span>
          <span className={`${styles.swatch} ${styles.invoiced}`} />
          {text('Invoiced')}
        </span>
        <span>
          <span className={`${styles.swatch} ${styles.paid}`} />
          {text('Paid')}
        </span>
      </div>
      <div
        className={styles.chart}
        role="group"
        aria-label={text('HistoryTitle')}
        aria-describedby={helpId}
        onKeyDown={move}
      >
        {months.map((month, place) => (
          <div
            key={month.start}
            ref={(element) => void (places.current[place] = element)}
            className={styles.month}
            role="img"
            aria-label={spoken(props, month)}
            title={spoken(props, month)}
            tabIndex={place === current ? 0 : -1}
            onFocus={() => setCurrent(place)}
            onClick={() => go(place)}
          >
            <Bars month={month} most={most} styles={styles} />
            <div className={styles.monthName}>{props.month(month.start, true)}</div>
          </div>
        ))}
      </div>
      <p className={styles.spoken} aria-hidden>
        {months[current] !== undefined && spoken(props, months[current])}
      </p>
      <span id={helpId} className={styles.hidden}>
        {text('ChartHelp')}
      </span>
    </div>
  );
}

function spoken(props: MonthsProps, { start, invoiced, paid, daysToPay }: Month): string {
  const own = (amount: number) => props.money(amount, props.limitCurrency);
  return props.text('MonthSpoken', props.month(start), own(invoiced), own(paid), daysText(props, daysToPay));
}

function Bars({
  month: { invoiced, paid },
  most,
  styles,
}: {
  readonly month: Month;
  readonly most: number;
  readonly styles: MonthsProps['styles'];
}): React.ReactElement {
  // What is there is seen, however small beside the largest.
  const tall = (amount: number) => (amount <= 0 ? 0 : Math.max(2, (amount / most) * (height - 4)));
  return (
    <svg viewBox={`0 0 40 ${height}`} preserveAspectRatio="none" aria-hidden focusable={false}>
      <rect className={styles.invoiced} x={4} y={height - tall(invoiced)} width={14} height={tall(invoiced)} />
      <rect className={styles.paid} x={22} y={height - tall(paid)} width={14} height={tall(paid)} />
    </svg>
  );
}
