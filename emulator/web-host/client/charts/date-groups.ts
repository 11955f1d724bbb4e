/** Parts of a date that are too little by themselves: `month` 6 of which year? */
const completedBy: Readonly<Record<string, readonly string[]>> = {
  day: ['month', 'year'],
  week: ['year'],
  month: ['year'],
  quarter: ['year'],
  'fiscal-period': ['fiscal-year'],
};

export const partAlias = (alias: string, part: string): string => `${alias}_${part.replace('-', '_')}`;

/**
 * Groups of dates by month, quarter … are grouped by their year too, so that June of two years stay two groups, as charts
 * of model-driven apps have them.
 */
export function completeDateGroups(fetch: Element): void {
  for (const attribute of fetch.querySelectorAll('attribute[groupby][dategrouping]')) {
    const alias = attribute.getAttribute('alias') ?? '';
    for (const part of completedBy[attribute.getAttribute('dategrouping') ?? ''] ?? []) {
      const added = attribute.cloneNode() as Element;
      added.setAttribute('alias', partAlias(alias, part));
      added.setAttribute('dategrouping', part);
      attribute.parentNode!.insertBefore(added, attribute.nextSibling);
    }
  }
}

/** First and last day of a group, as `YYYY-MM-DD`; undefined for weeks, whose count is the culture's. */
export function daysOf(
  grouping: string,
  value: number,
  part: (name: string) => number,
): readonly [string, string] | undefined {
  const day = (year: number, month: number, date: number) =>
    new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
  const year = grouping === 'year' ? value : part('year');
  if (grouping === 'year') return [day(year, 0, 1), day(year, 12, 0)];
  if (grouping === 'quarter') return [day(year, (value - 1) * 3, 1), day(year, value * 3, 0)];
  if (grouping === 'month') return [day(year, value - 1, 1), day(year, value, 0)];
  if (grouping === 'day') return [day(year, part('month') - 1, value), day(year, part('month') - 1, value)];
  return undefined;
}
