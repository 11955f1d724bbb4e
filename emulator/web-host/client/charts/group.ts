import { userCulture } from '../language/formats';
import { chartWords } from '../language/words/chart';
import { formattedKey, type Row } from '../web-api/web-api';
import { partAlias } from './date-groups';

/** A column rows are grouped by. */
export interface Group {
  readonly alias: string;
  readonly column: string;
  readonly dateGrouping: string | undefined;
  /** Links that lead to its table, the outermost first, as the chart's query has them; none for the chart's own table. */
  readonly links: readonly Element[];
}

export function readGroup(attribute: Element): Group {
  const links: Element[] = [];
  for (let at = attribute.parentElement; at?.tagName === 'link-entity'; at = at.parentElement) links.unshift(at);
  return {
    alias: attribute.getAttribute('alias') ?? '',
    column: attribute.getAttribute('name') ?? '',
    dateGrouping: attribute.getAttribute('dategrouping') ?? undefined,
    links,
  };
}

/** What a group is called. */
export function groupText({ alias, dateGrouping }: Group, row: Row): string {
  const value = row[alias];
  if (value === null || value === undefined || value === '') return chartWords('blank');
  if (dateGrouping === undefined) return String(row[formattedKey(alias)] ?? value);
  const part = (name: string) => Number(row[partAlias(alias, name)]);
  return dateText(dateGrouping, Number(value), part);
}

function dateText(grouping: string, value: number, part: (name: string) => number): string {
  const format = (date: Date, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(userCulture(), { ...options, timeZone: 'UTC' }).format(date);
  switch (grouping) {
    case 'day':
      return format(new Date(Date.UTC(part('year'), part('month') - 1, value)), { dateStyle: 'short' });
    case 'month':
      return format(new Date(Date.UTC(part('year'), value - 1, 1)), { month: 'short', year: 'numeric' });
    case 'week':
      return chartWords('week', value, part('year'));
    case 'quarter':
      return chartWords('quarter', value, part('year'));
    case 'fiscal-year':
      return chartWords('fiscalYear', value);
    case 'fiscal-period':
      return chartWords('fiscalPeriod', value, part('fiscal-year'));
    default:
      return String(value);
  }
}
