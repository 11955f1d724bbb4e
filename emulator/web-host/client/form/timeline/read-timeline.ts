import { readTable, type Table } from '../../web-api/metadata';
import { listAllowed, shown, type Row } from '../../web-api/web-api';
import type { TimelineSettings } from './timeline-settings';

/** One entry of a timeline: an activity or a note. */
export interface TimelineEntry {
  readonly id: string;
  /** Logical name: `annotation`, `email`, `task` … */
  readonly table: string;
  /** What kind it is, in the user's language. */
  readonly kind: string;
  readonly subject: string;
  readonly text: string;
  readonly by: string;
  readonly at: Date;
  readonly isOpen: boolean;
  readonly state: string;
  readonly file: { readonly name: string; readonly type: string } | undefined;
}

export interface TimelinePage {
  readonly entries: readonly TimelineEntry[];
  readonly hasMore: boolean;
}

export const noteTable = 'annotation';
const openStates = new Set([0, 3]);

/** The newest entries of a row: activities regarding it and notes of it, as far as the user may read them, put together. */
export async function readTimeline(
  table: Table,
  id: string,
  settings: TimelineSettings,
  text: string,
  count: number,
): Promise<TimelinePage> {
  // One more than asked for of each kind tells whether there are more.
  const [activities, notes] = await Promise.all([
    settings.showsActivities && table.hasActivities ? readActivities(id, settings, text, count + 1) : [],
    settings.showsNotes && table.hasNotes ? readNotes(id, settings, text, count + 1) : [],
  ]);
  const order = settings.isAscending ? 1 : -1;
  const entries = [...activities, ...notes].sort((a, b) => order * (a.at.getTime() - b.at.getTime()));
  return { entries: entries.slice(0, count), hasMore: entries.length > count };
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

function query(parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

async function readActivities(id: string, settings: TimelineSettings, text: string, count: number) {
  const { activities, sortColumn, isAscending } = settings;
  const filters = [
    `_regardingobjectid_value eq ${id}`,
    ...(activities === undefined
      ? []
      : [`(${activities.map((name) => `activitytypecode eq ${literal(name)}`).join(' or ')})`]),
    ...(text === '' ? [] : [`(contains(subject,${literal(text)}) or contains(description,${literal(text)}))`]),
  ];
  const rows = await listAllowed(
    `activitypointers?${query({
      $select: `activityid,activitytypecode,subject,description,statecode,modifiedon,createdon,${sortColumn},_ownerid_value,_createdby_value`,
      $filter: filters.join(' and '),
      $orderby: `${sortColumn} ${isAscending ? 'asc' : 'desc'}`,
      $top: String(count),
    })}`,
  );
  return Promise.all(rows.map((row) => activityOf(row, sortColumn)));
}

const activityOf = async (row: Row, sortColumn: string): Promise<TimelineEntry> => ({
  id: String(row['activityid']),
  table: String(row['activitytypecode']),
  kind: (await readTable(String(row['activitytypecode']))).label,
  subject: String(row['subject'] ?? ''),
  text: textOf(String(row['description'] ?? '')),
  by: shown(row, 'createdby'),
  at: new Date(String(row[sortColumn] ?? row['modifiedon'] ?? row['createdon'])),
  isOpen: openStates.has(Number(row['statecode'])),
  state: shown(row, 'statecode'),
  file: undefined,
});

async function readNotes(id: string, { isAscending }: TimelineSettings, text: string, count: number) {
  const filters = [
    `_objectid_value eq ${id}`,
    ...(text === '' ? [] : [`(contains(subject,${literal(text)}) or contains(notetext,${literal(text)}))`]),
  ];
  const rows = await listAllowed(
    `annotations?${query({
      $select: 'annotationid,subject,notetext,isdocument,filename,mimetype,modifiedon,_modifiedby_value',
      $filter: filters.join(' and '),
      $orderby: `modifiedon ${isAscending ? 'asc' : 'desc'}`,
      $top: String(count),
    })}`,
  );
  return rows.map(noteOf);
}

const noteOf = (row: Row): TimelineEntry => ({
  id: String(row['annotationid']),
  table: noteTable,
  kind: '',
  subject: String(row['subject'] ?? ''),
  text: textOf(String(row['notetext'] ?? '')),
  by: shown(row, 'modifiedby'),
  at: new Date(String(row['modifiedon'])),
  isOpen: true,
  state: '',
  file:
    row['isdocument'] === true
      ? { name: String(row['filename'] ?? ''), type: String(row['mimetype'] ?? '') }
      : undefined,
});

/** E-mails and notes may be HTML, from anybody: what they say is shown, never what they are made of. */
export function textOf(given: string): string {
  if (!/<\/?[a-z][^>]*>/i.test(given)) return given;
  const { body } = new DOMParser().parseFromString(given, 'text/html');
  for (const hidden of body.querySelectorAll('script, style, head, title')) hidden.remove();
  for (const end of body.querySelectorAll('br, p, div, li, tr')) end.append('\n');
  return (body.textContent ?? '').replaceAll(/\n{3,}/g, '\n\n').trim();
}
