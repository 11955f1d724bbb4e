import { chartWords } from '../language/words/chart';
import { formattedKey, type Row } from '../web-api/web-api';
import type { Chart } from './chart-xml';
import { groupText, readGroup, type Group } from './group';
import { segmentFor, type Segment } from './segment';
import { partAlias } from './date-groups';

export interface ChartValue {
  readonly value: number;
  readonly text: string;
  /** The rows behind it; undefined where the list cannot be narrowed to them. */
  readonly segment: Segment | undefined;
}

export interface ChartData {
  readonly categories: readonly string[];
  /** Per series a value for each category; undefined: there is none. */
  readonly series: readonly { readonly label: string; readonly values: readonly (ChartValue | undefined)[] }[];
}

/**
 * Arranges the rows of a chart's query: one category for each group, one series for each measure. Where the query is grouped
 * by two columns, each value of the second is a series of its own.
 *
 * @param labelOf of a measure, by its alias
 */
export function chartData(chart: Chart, rows: readonly Row[], labelOf: (measure: string) => string): ChartData {
  const groups = readGroups(chart);
  const [category, split] = groups;
  const categories = new Map<string, Map<string, ChartValue>>();
  const series = new Map<string, string>();
  for (const row of inOrder(chart, category, rows)) {
    const name = groupText(category, row);
    const values = categories.get(name) ?? new Map<string, ChartValue>();
    categories.set(name, values);
    const part = split === undefined ? undefined : groupText(split, row);
    for (const { measure } of chart.series) {
      const key = part ?? measure;
      if (!series.has(key)) series.set(key, part ?? labelOf(measure));
      const label = part === undefined ? name : `${name}, ${part}`;
      const segment = segmentFor(split === undefined ? [category] : [category, split], row, label);
      values.set(key, { value: Number(row[measure] ?? 0), text: textOf(row, measure), segment });
    }
  }
  return {
    categories: [...categories.keys()],
    series: [...series].map(([key, label]) => ({
      label,
      values: [...categories.values()].map((values) => values.get(key)),
    })),
  };
}

function readGroups({ fetchXml, category }: Chart): [Group, Group?] {
  const fetch = new DOMParser().parseFromString(fetchXml, 'application/xml');
  const groups = [...fetch.querySelectorAll('attribute[groupby="true"]')].map(readGroup);
  const main = groups.find(({ alias }) => alias === category) ?? groups[0];
  if (main === undefined) throw new Error(chartWords('notRead', 'groupby'));
  return [main, groups.find((one) => one !== main)];
}

/** Dates come in their order, unless the chart has one of its own. */
function inOrder({ fetchXml }: Chart, { alias, dateGrouping }: Group, rows: readonly Row[]): readonly Row[] {
  if (dateGrouping === undefined || fetchXml.includes('<order')) return rows;
  const parts = ['year', 'fiscal-year', 'month'].map((part) => partAlias(alias, part));
  const placeOf = (row: Row) => [...parts, alias].map((name) => Number(row[name] ?? 0));
  return [...rows].sort((a, b) => {
    const [before, after] = [placeOf(a), placeOf(b)];
    const at = before.findIndex((value, index) => value !== after[index]);
    return at < 0 ? 0 : before[at]! - after[at]!;
  });
}

const textOf = (row: Row, alias: string) => String(row[formattedKey(alias)] ?? row[alias] ?? '');
