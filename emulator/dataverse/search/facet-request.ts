import { faults } from './faults.ts';

const intervals = ['minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
export type DateInterval = (typeof intervals)[number];
const sorts = ['count', '-count', 'value', '-value'] as const;

/** What a search is to be grouped by. */
export interface FacetRequest {
  /** As it was asked for: the name of the facet in the answer. */
  readonly name: string;
  /** The tables it is about; undefined is all. */
  readonly table: string | undefined;
  /** Undefined groups by table. */
  readonly column: string | undefined;
  readonly count: number;
  readonly sort: (typeof sorts)[number];
  /** Bounds of ranges, ascending, as they were written. */
  readonly bounds: readonly string[] | undefined;
  readonly interval: number | DateInterval | undefined;
  readonly offsetMinutes: number;
}

/**
 * Reads a facet: `ownerid,count:100`, `account:primarycontactid`, `createdon,interval:month`, `revenue,values:10|20`.
 *
 * @throws Fault 0x80040203 for what is not documented
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/query#facet-definition
 */
export function readFacet(text: string): FacetRequest {
  const [name = '', ...settings] = text.split(',').map((part) => part.trim());
  const path = /^(?:([a-z_]\w*)[:.])?(@search\.entityname|[a-z_]\w*)$/i.exec(name);
  if (path === null) throw wrong(text, `'${name}' is no column`);
  const given = new Map(settings.map((setting) => readSetting(setting, text)));
  const [bounds, interval] = [given.get('values'), given.get('interval')];
  if (bounds !== undefined && interval !== undefined) throw wrong(text, 'values and interval exclude each other');
  if ((bounds ?? interval) !== undefined && (given.has('count') || given.has('sort')))
    throw wrong(text, 'count and sort do not go with values or interval');
  if (given.has('timeoffset') && interval === undefined) throw wrong(text, 'timeoffset goes with interval only');
  const column = path[2]!.toLowerCase();
  return {
    name,
    table: path[1]?.toLowerCase(),
    column: ['entityname', '@search.entityname'].includes(column) ? undefined : column,
    count: readCount(given.get('count'), text),
    sort: readSort(given.get('sort'), text),
    bounds: bounds?.split('|'),
    interval: interval === undefined ? undefined : readInterval(interval, text),
    offsetMinutes: readOffset(given.get('timeoffset'), text),
  };
}

const known = ['count', 'sort', 'values', 'interval', 'timeoffset'];

function readSetting(setting: string, text: string): [string, string] {
  const at = setting.indexOf(':');
  const name = setting.slice(0, Math.max(at, 0));
  if (!known.includes(name)) throw wrong(text, `'${setting}' is none of ${known.join(', ')}`);
  return [name, setting.slice(at + 1)];
}

function readCount(count: string | undefined, text: string): number {
  if (count === undefined) return 10;
  if (/^[1-9]\d*$/.test(count)) return Number(count);
  throw wrong(text, 'count is a number above 0');
}

function readSort(sort = 'count', text: string): FacetRequest['sort'] {
  const found = sorts.find((one) => one === sort);
  if (found === undefined) throw wrong(text, `sort is one of ${sorts.join(', ')}`);
  return found;
}

function readInterval(interval: string, text: string): number | DateInterval {
  const found = intervals.find((one) => one === interval);
  if (found !== undefined) return found;
  if (/^[1-9]\d*$/.test(interval)) return Number(interval);
  throw wrong(text, `interval is a whole number above 0 or one of ${intervals.join(', ')}`);
}

function readOffset(offset: string | undefined, text: string): number {
  if (offset === undefined) return 0;
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(offset);
  if (match === null) throw wrong(text, 'timeoffset is written +hh:mm, +hhmm or +hh');
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0));
}

const wrong = (text: string, reason: string) => faults.badSearch(`The facet '${text}' cannot be read: ${reason}.`);
