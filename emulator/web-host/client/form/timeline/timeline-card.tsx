import * as React from 'react';
import { Icon, IconButton, Link, Persona, PersonaSize } from '@fluentui/react';
import { formatMoment } from '../../language/formats';
import { listWords } from '../../language/words/list';
import { timelineWords } from '../../language/words/timeline';
import { shellWords } from '../../language/words/shell';
import { ask, tell } from '../../shell/dialogs';
import { linkTo } from '../../shell/navigation';
import { currentApp } from '../../shell/open-row';
import { readTable, type Table } from '../../web-api/metadata';
import { may } from '../../web-api/privileges';
import { get, send } from '../../web-api/web-api';
import { NoteEditor } from './note-editor';
import { noteTable, type TimelineEntry } from './read-timeline';

interface TimelineCardProps {
  /** The row the timeline is of. */
  readonly table: Table;
  readonly id: string;
  readonly entry: TimelineEntry;
  readonly tables: ReadonlyMap<string, Table>;
  onChanged(): void;
}

const icons: Readonly<Record<string, string>> = {
  annotation: 'Note',
  appointment: 'Calendar',
  email: 'Mail',
  phonecall: 'Phone',
  task: 'Task',
  incidentresolution: 'CheckMark',
};

/** Characters a card shows of a text that is longer. */
const preview = 240;

/** One entry: what it is, from whom, when, what it says, and what can be done with it. */
export function TimelineCard({ table, id, entry, tables, onChanged }: TimelineCardProps): React.ReactElement {
  const [isEdited, setEdited] = React.useState(false);
  const [isWhole, setWhole] = React.useState(false);
  const isNote = entry.table === noteTable;
  const own = tables.get(entry.table);
  const subject = entry.subject || (isNote ? '' : timelineWords('noSubject'));
  const named = subject || entry.text.slice(0, 40) || entry.file?.name || '';
  const isLong = entry.text.length > preview;

  async function change(work: () => Promise<unknown>): Promise<void> {
    const refused = await work().catch((error: Error) => error);
    if (refused instanceof Error) await tell(shellWords('error'), refused.message);
    onChanged();
  }

  async function remove(): Promise<void> {
    const answers = [listWords('remove'), shellWords('cancel')];
    if ((await ask(listWords('confirmDeletion'), timelineWords('removeText', named), answers)) !== 0) return;
    await change(async () => send('DELETE', `${(await readTable(entry.table)).set}(${entry.id})`));
  }

  if (isEdited)
    return (
      <NoteEditor
        table={table}
        id={id}
        note={entry}
        onDone={(isSaved) => {
          setEdited(false);
          if (isSaved) onChanged();
        }}
      />
    );
  return (
    <article className="timeline-card" aria-label={`${entry.kind || timelineWords('note')}: ${named}`}>
      <Persona text={entry.by} size={PersonaSize.size32} hidePersonaDetails />
      <div className="timeline-body">
        <div className="quiet">
          <Icon iconName={icons[entry.table] ?? 'Task'} />{' '}
          {isNote ? timelineWords('noteBy', entry.by) : timelineWords('activityBy', entry.kind, entry.by)}
          {!isNote && <span className="pill">{entry.state}</span>}
        </div>
        {subject !== '' &&
          (isNote ? (
            <h3>{subject}</h3>
          ) : (
            <h3>
              <Link {...linkTo({ kind: 'record', app: currentApp(), table: entry.table, id: entry.id })}>
                {subject}
              </Link>
            </h3>
          ))}
        <p className="pre">{isLong && !isWhole ? `${entry.text.slice(0, preview)}…` : entry.text}</p>
        {isLong && (
          <Link aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {timelineWords(isWhole ? 'showLess' : 'showMore')}
          </Link>
        )}
        {entry.file !== undefined && (
          <p>
            <Link onClick={() => void download(entry)} aria-label={timelineWords('download', entry.file.name)}>
              <Icon iconName="Attach" /> {entry.file.name}
            </Link>
          </p>
        )}
      </div>
      <div className="timeline-side">
        <time className="quiet" dateTime={entry.at.toISOString()}>
          {formatMoment(entry.at)}
        </time>
        <div className="timeline-commands">
          {!isNote && entry.isOpen && (own === undefined || may('Write', own)) && (
            <IconButton
              iconProps={{ iconName: 'CheckMark' }}
              title={timelineWords('complete', named)}
              ariaLabel={timelineWords('complete', named)}
              onClick={() => void change(() => complete(entry))}
            />
          )}
          {isNote && (own === undefined || may('Write', own)) && (
            <IconButton
              iconProps={{ iconName: 'Edit' }}
              title={timelineWords('edit', named)}
              ariaLabel={timelineWords('edit', named)}
              onClick={() => setEdited(true)}
            />
          )}
          {(own === undefined || may('Delete', own)) && (
            <IconButton
              iconProps={{ iconName: 'Delete' }}
              title={timelineWords('remove', named)}
              ariaLabel={timelineWords('remove', named)}
              onClick={() => void remove()}
            />
          )}
        </div>
      </div>
    </article>
  );
}

const completed = 1;

async function complete({ table, id }: TimelineEntry): Promise<void> {
  await send('PATCH', `${(await readTable(table)).set}(${id})`, { statecode: completed }, { 'If-Match': '*' });
}

/** The file is asked for when it is wanted, and handed to the browser as a file of its own, never opened in the page. */
async function download({ id, file }: TimelineEntry): Promise<void> {
  const row = await get(`annotations(${id})?$select=documentbody`).catch((error: Error) =>
    tell(shellWords('error'), error.message),
  );
  if (!row) return;
  const bytes = Uint8Array.from(atob(String(row['documentbody'] ?? '')), (one) => one.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: file?.name ?? id });
  link.click();
  URL.revokeObjectURL(url);
}
