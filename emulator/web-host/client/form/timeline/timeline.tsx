import * as React from 'react';
import { DefaultButton, Dropdown, IconButton, SearchBox, type IContextualMenuItem } from '@fluentui/react';
import { shellWords } from '../../language/words/shell';
import { timelineWords } from '../../language/words/timeline';
import { Failed, Loading } from '../../shell/page-state';
import { openNewRow } from '../../shell/open-new-row';
import { useAsync } from '../../shell/use-async';
import { readTable, type Table } from '../../web-api/metadata';
import { may } from '../../web-api/privileges';
import type { FormSession } from '../form-session';
import type { FormCell } from '../form-xml';
import { NoteEditor } from './note-editor';
import { noteTable, readTimeline, type TimelineEntry } from './read-timeline';
import { TimelineCard } from './timeline-card';
import { readTimelineSettings, type TimelineSettings } from './timeline-settings';

interface TimelineProps {
  readonly session: FormSession;
  readonly cell: FormCell;
}

/** Activities a timeline offers to create, in the order model-driven apps list them. */
const creatable = ['appointment', 'email', 'phonecall', 'task'];

/** What has happened around the row of the form: its activities and notes, and ways to add to them. */
export function Timeline({ session, cell }: TimelineProps): React.ReactElement {
  const { model, table } = session;
  const settings = React.useMemo(() => readTimelineSettings(cell.parameters), [cell]);
  if (model.id === '')
    return (
      <section className="timeline" aria-label={timelineWords('timeline')}>
        <h2>{timelineWords('timeline')}</h2>
        <div className="empty">
          <h3>{timelineWords('saveFirst')}</h3>
          {timelineWords('saveFirstText')}
        </div>
      </section>
    );
  return <Entries key={model.id} session={session} table={table} id={model.id} settings={settings} />;
}

interface EntriesProps {
  readonly session: FormSession;
  readonly table: Table;
  readonly id: string;
  readonly settings: TimelineSettings;
}

function Entries({ session, table, id, settings }: EntriesProps): React.ReactElement {
  const [text, setText] = React.useState('');
  const [kind, setKind] = React.useState('');
  const [count, setCount] = React.useState(settings.pageSize);
  const [isNoting, setNoting] = React.useState(false);
  const [reads, readAgain] = React.useReducer((one: number) => one + 1, 0);
  const { loads } = session.model;
  const tables = useAsync(() => readTables(settings), '');
  const read = useAsync(
    () => readTimeline(table, id, settings, text, count),
    JSON.stringify([text, count, reads, loads]),
  );
  const last = React.useRef<Awaited<ReturnType<typeof readTimeline>>>();
  if (read.state === 'done') last.current = read.value;
  const known = tables.state === 'done' ? tables.value : new Map<string, Table>();
  const entries = (last.current?.entries ?? []).filter(wantedBy(kind));
  return (
    <section className="timeline" aria-label={timelineWords('timeline')} aria-busy={read.state === 'loading'}>
      <div className="list-head">
        <h2>{timelineWords('timeline')}</h2>
        <span>
          <IconButton
            iconProps={{ iconName: 'Add' }}
            title={timelineWords('create')}
            ariaLabel={timelineWords('create')}
            menuProps={{
              items: createItems({ session, settings, tables: known, note: () => setNoting(true), readAgain }),
            }}
          />
          <IconButton
            iconProps={{ iconName: 'Refresh' }}
            title={shellWords('refresh')}
            ariaLabel={shellWords('refresh')}
            onClick={readAgain}
          />
        </span>
      </div>
      <div className="timeline-tools">
        <SearchBox
          placeholder={timelineWords('search')}
          ariaLabel={timelineWords('search')}
          onSearch={(given) => setText(given.trim())}
          onClear={() => setText('')}
        />
        <Dropdown
          ariaLabel={timelineWords('filter')}
          selectedKey={kind}
          options={filterOptions(known)}
          onChange={(_event, option) => setKind(String(option!.key))}
        />
      </div>
      {settings.showsNotes && table.hasNotes && mayNote(known) && !isNoting && (
        <button type="button" className="note-start" onClick={() => setNoting(true)}>
          {timelineWords('enterNote')}
        </button>
      )}
      {isNoting && (
        <NoteEditor
          table={table}
          id={id}
          onDone={(isSaved) => {
            setNoting(false);
            if (isSaved) readAgain();
          }}
        />
      )}
      {settings.missing.map((name) => (
        <p key={name} className="quiet">
          {timelineWords('noModule', name)}
        </p>
      ))}
      {read.state === 'failed' && <Failed error={read.error} />}
      {read.state === 'loading' && last.current === undefined && <Loading />}
      {read.state === 'done' && entries.length === 0 && (
        <div className="empty" role="status">
          <h3>{timelineWords('nothing')}</h3>
          {timelineWords('nothingText')}
        </div>
      )}
      {entries.map((entry) => (
        <TimelineCard
          key={`${entry.id} ${entry.at.getTime()}`}
          table={table}
          id={id}
          entry={entry}
          tables={known}
          onChanged={readAgain}
        />
      ))}
      {last.current?.hasMore === true && (
        <DefaultButton text={timelineWords('more')} onClick={() => setCount(count + settings.pageSize)} />
      )}
    </section>
  );
}

/** Tables of what the timeline offers to create; those this user may not see are not among them. */
async function readTables({ activities }: TimelineSettings): Promise<ReadonlyMap<string, Table>> {
  const names = [noteTable, ...creatable.filter((name) => activities?.includes(name) ?? true)];
  const tables = await Promise.all(names.map((name) => readTable(name).catch(() => undefined)));
  return new Map(tables.flatMap((table) => (table === undefined ? [] : [[table.name, table] as const])));
}

function mayNote(tables: ReadonlyMap<string, Table>): boolean {
  const notes = tables.get(noteTable);
  return notes !== undefined && may('Create', notes);
}

const filterOptions = (tables: ReadonlyMap<string, Table>) => [
  { key: '', text: timelineWords('allRecords') },
  { key: 'activities', text: timelineWords('activities') },
  { key: 'open', text: `${timelineWords('activities')}: ${timelineWords('open')}` },
  { key: 'closed', text: `${timelineWords('activities')}: ${timelineWords('closed')}` },
  ...[...tables.values()].map(({ name, label, collectionLabel }) => ({
    key: name,
    text: name === noteTable ? timelineWords('notes') : collectionLabel || label,
  })),
];

const wantedBy =
  (kind: string) =>
  ({ table, isOpen }: TimelineEntry): boolean =>
    kind === '' ||
    kind === table ||
    (kind === 'activities' && table !== noteTable) ||
    (kind === 'open' && table !== noteTable && isOpen) ||
    (kind === 'closed' && !isOpen);

interface CreateParts {
  readonly session: FormSession;
  readonly settings: TimelineSettings;
  readonly tables: ReadonlyMap<string, Table>;
  note(): void;
  readAgain(): void;
}

function createItems({ session, settings, tables, note, readAgain }: CreateParts): IContextualMenuItem[] {
  const { model, table } = session;
  const regarding = [{ id: model.id, entityType: table.name, name: model.title }];
  const kinds = settings.showsActivities && table.hasActivities ? creatable : [];
  return [
    ...(settings.showsNotes && table.hasNotes && mayNote(tables)
      ? [{ key: noteTable, text: timelineWords('note'), iconProps: { iconName: 'Note' }, onClick: note }]
      : []),
    ...kinds.flatMap((name) => {
      const kind = tables.get(name);
      if (kind === undefined || settings.notCreated.has(name) || !may('Create', kind)) return [];
      const create = () =>
        void openNewRow(name, new Map([['regardingobjectid', regarding]]), {
          isQuick: settings.opensQuickCreate,
        }).then(readAgain);
      return [{ key: name, text: kind.label, onClick: create }];
    }),
  ];
}
