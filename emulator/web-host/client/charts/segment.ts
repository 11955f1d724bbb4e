import type { Row } from '../web-api/web-api';
import { daysOf, partAlias } from './date-groups';
import type { Group } from './group';

/** The rows behind one value of a chart: what a list is narrowed by when the value is clicked. */
export interface Segment {
  readonly label: string;
  readonly conditions: readonly SegmentCondition[];
}

export interface SegmentCondition {
  readonly column: string;
  readonly operator: string;
  readonly values: readonly string[];
  /** Links that lead to the column's table, as FetchXML; empty for the table of the list. */
  readonly links: readonly string[];
}

/** @returns undefined for groups no operator of FetchXML names, such as weeks */
export function segmentFor(groups: readonly Group[], row: Row, label: string): Segment | undefined {
  const conditions = groups.map((group) => conditionsFor(group, row));
  if (conditions.some((one) => one === undefined)) return undefined;
  return { label, conditions: conditions.flatMap((one) => one!) };
}

function conditionsFor({ alias, column, dateGrouping, links }: Group, row: Row): SegmentCondition[] | undefined {
  const condition = (operator: string, ...values: readonly (string | number)[]): SegmentCondition => ({
    column,
    operator,
    values: values.map(String),
    links: links.map(linkText),
  });
  const value = row[alias];
  if (value === null || value === undefined || value === '') return [condition('null')];
  if (dateGrouping === undefined) return [condition('eq', typeof value === 'boolean' ? Number(value) : String(value))];
  const part = (name: string) => Number(row[partAlias(alias, name)]);
  if (dateGrouping === 'fiscal-year') return [condition('in-fiscal-year', Number(value))];
  if (dateGrouping === 'fiscal-period')
    return [condition('in-fiscal-period-and-year', Number(value), part('fiscal-year'))];
  const days = daysOf(dateGrouping, Number(value), part);
  if (days === undefined) return undefined;
  return [condition('on-or-after', days[0]), condition('on-or-before', days[1])];
}

/** The link alone: without what the chart shows of it, and without the links below it. */
function linkText(link: Element): string {
  const own = link.cloneNode() as Element;
  for (const filter of link.querySelectorAll(':scope > filter')) own.appendChild(filter.cloneNode(true));
  return new XMLSerializer().serializeToString(own);
}

/** Narrows the query of a view to the segment. Values get into it as attributes and text of elements. */
export function addSegment(entity: Element, { conditions }: Segment): void {
  const document = entity.ownerDocument;
  for (const [at, { column, operator, values, links }] of conditions.entries()) {
    let parent = entity;
    for (const [depth, text] of links.entries()) {
      const link = new DOMParser().parseFromString(text, 'application/xml').documentElement;
      // The view may use the chart's alias for something else.
      link.setAttribute('alias', `segment_${at}_${depth}`);
      link.setAttribute('link-type', operator === 'null' ? 'outer' : 'inner');
      parent = parent.appendChild(document.importNode(link, true));
    }
    const filter = entity.appendChild(document.createElement('filter'));
    const condition = filter.appendChild(document.createElement('condition'));
    condition.setAttribute('attribute', column);
    condition.setAttribute('operator', operator);
    if (links.length > 0) condition.setAttribute('entityname', `segment_${at}_${links.length - 1}`);
    if (values.length === 1) condition.setAttribute('value', values[0]!);
    else for (const value of values) condition.appendChild(document.createElement('value')).textContent = value;
  }
}
