/** What is read of `context.parameters.events`; the real data set fits. */
export type Events = ComponentFramework.PropertyTypes.DataSet;
/** Columns a view may have; what it lacks is not shown. */
type Column =
  | 'fno_name'
  | 'fno_event'
  | 'fno_kind'
  | 'fno_accountid'
  | 'fno_reference'
  | 'fno_amount'
  | 'fno_detail'
  | 'fno_outcome'
  | 'fno_occurredon';

/** Options of `fno_kind`. */
export const kinds = { business: 715000000, data: 715000001 } as const;
export type Kind = keyof typeof kinds;

export interface TimelineEvent {
  /** Another for every row, also where rows share an id. */
  readonly key: string;
  readonly id: string;
  readonly kind: Kind | undefined;
  /** What happened, in words. */
  readonly what: string;
  readonly reference: string;
  readonly amount: string;
  readonly detail: string;
  readonly outcome: string;
  readonly customer: string;
  /** Formatted for the user. */
  readonly at: string;
}

/** Events of one day, under its name. */
export interface TimelineDay {
  readonly day: string;
  readonly events: readonly TimelineEvent[];
}

type Records = Pick<Events, 'sortedRecordIds' | 'records'>;

/** The rows as they come, by the day they happened. Rows without a moment stand under an empty day. */
export function daysOf(events: Records, dayName: (moment: Date) => string): TimelineDay[] {
  const days: { day: string; events: TimelineEvent[] }[] = [];
  events.sortedRecordIds.forEach((id, place) => {
    const record = events.records[id];
    if (record === undefined) return;
    const moment = dateOf(record.getValue('fno_occurredon'));
    const day = moment === undefined ? '' : dayName(moment);
    const event = eventOf(id, `${id} ${place}`, record);
    const last = days[days.length - 1];
    if (last?.day === day) last.events.push(event);
    else days.push({ day, events: [event] });
  });
  return days;
}

function eventOf(id: string, key: string, record: Events['records'][string]): TimelineEvent {
  const text = (column: Column) => record.getFormattedValue(column) ?? '';
  const kind = Number(record.getValue('fno_kind'));
  return {
    key,
    id,
    kind: kind === kinds.business ? 'business' : kind === kinds.data ? 'data' : undefined,
    what: text('fno_event') || text('fno_name'),
    reference: text('fno_reference'),
    amount: text('fno_amount'),
    detail: text('fno_detail'),
    outcome: text('fno_outcome'),
    customer: text('fno_accountid'),
    at: text('fno_occurredon'),
  };
}

/** Hosts give dates as such, or as text. */
function dateOf(value: unknown): Date | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const moment = new Date(value as string | Date);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** What has been seen to happen, by the option's number: a filter takes the others out of sight, not out of the list. */
export function seenEvents(events: Records, known: ReadonlyMap<string, string>): Map<string, string> {
  const seen = new Map(known);
  for (const id of events.sortedRecordIds) {
    const record = events.records[id];
    const value = record?.getValue('fno_event');
    if (record !== undefined && value !== null && value !== undefined && value !== '')
      seen.set(String(value), record.getFormattedValue('fno_event'));
  }
  return new Map([...seen].sort((a, b) => a[1].localeCompare(b[1])));
}

export const hasColumn = ({ columns }: Pick<Events, 'columns'>, name: Column): boolean =>
  columns.some((column) => column.name === name);
