import type { ChartData } from '../chart-data';
import type { ChartSeries } from '../chart-xml';

/** Where a value begins and ends on the axis of values. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const whole = 100;

/** Values laid on each other per category, in hundredths of the whole where asked for; from nought where not stacked. */
export function stackValues(data: ChartData, stacking: ChartSeries['stacking']): (Span | undefined)[][] {
  const above = data.categories.map(() => 0);
  const below = data.categories.map(() => 0);
  const sums = data.categories.map((_name, category) =>
    data.series.reduce((sum, { values }) => sum + Math.abs(values[category]?.value ?? 0), 0),
  );
  return data.series.map(({ values }) =>
    values.map((one, category) => {
      if (one === undefined) return undefined;
      if (stacking === 'none') return { from: 0, to: one.value };
      const value = stacking === 'percent' && sums[category] !== 0 ? (one.value / sums[category]!) * whole : one.value;
      const side = value < 0 ? below : above;
      const from = side[category]!;
      side[category] = from + value;
      return { from, to: from + value };
    }),
  );
}
