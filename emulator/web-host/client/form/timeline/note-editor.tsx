import * as React from 'react';
import { DefaultButton, IconButton, PrimaryButton, TextField } from '@fluentui/react';
import { shellWords } from '../../language/words/shell';
import { timelineWords } from '../../language/words/timeline';
import { tell } from '../../shell/dialogs';
import type { Table } from '../../web-api/metadata';
import { readTable } from '../../web-api/metadata';
import { send, type Row } from '../../web-api/web-api';
import { noteTable, type TimelineEntry } from './read-timeline';

interface NoteEditorProps {
  /** The row the note is of. */
  readonly table: Table;
  readonly id: string;
  /** The note that is edited; undefined for a new one. */
  readonly note?: TimelineEntry;
  onDone(isSaved: boolean): void;
}

interface AttachedFile {
  readonly name: string;
  readonly type: string;
  readonly body: string;
}

/** Largest file a note takes, as the platform has it by default. */
const mostMegabytes = 5;
const megabyte = 1_048_576;

/** Title, text and a file: a new note, or one that is changed. What is typed stays there when it cannot be saved. */
export function NoteEditor({ table, id, note, onDone }: NoteEditorProps): React.ReactElement {
  const [subject, setSubject] = React.useState(note?.subject ?? '');
  const [text, setText] = React.useState(note?.text ?? '');
  const [file, setFile] = React.useState<AttachedFile>();
  const [isSaving, setSaving] = React.useState(false);
  const chooser = React.useRef<HTMLInputElement>(null);

  async function save(): Promise<void> {
    if (subject.trim() === '' && text.trim() === '' && file === undefined)
      return tell(shellWords('error'), timelineWords('emptyNote'));
    setSaving(true);
    const refused = await saveNote({ table, id, note, subject, text, file }).catch((error: Error) => error);
    setSaving(false);
    if (refused instanceof Error) return tell(shellWords('error'), refused.message);
    onDone(true);
  }

  async function take(given: File | undefined): Promise<void> {
    if (given === undefined) return;
    if (given.size > mostMegabytes * megabyte)
      return tell(shellWords('error'), timelineWords('tooLarge', mostMegabytes));
    setFile({ name: given.name, type: given.type || 'application/octet-stream', body: await base64Of(given) });
  }

  return (
    <div className="note-editor" role="group" aria-label={timelineWords('note')}>
      <TextField
        ariaLabel={timelineWords('title')}
        placeholder={timelineWords('title')}
        value={subject}
        maxLength={500}
        autoFocus
        onChange={(_event, value = '') => setSubject(value)}
      />
      <TextField
        ariaLabel={timelineWords('noteText')}
        placeholder={timelineWords('enterNote')}
        multiline
        autoAdjustHeight
        value={text}
        onChange={(_event, value = '') => setText(value)}
      />
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label={timelineWords('attach')}
        onChange={(event) => void take(event.target.files?.[0])}
      />
      <div className="note-foot">
        <IconButton
          iconProps={{ iconName: 'Attach' }}
          title={timelineWords('attach')}
          ariaLabel={timelineWords('attach')}
          onClick={() => chooser.current?.click()}
        />
        {file !== undefined && (
          <span className="file">
            {file.name}
            <IconButton
              iconProps={{ iconName: 'Cancel' }}
              title={timelineWords('detach', file.name)}
              ariaLabel={timelineWords('detach', file.name)}
              onClick={() => setFile(undefined)}
            />
          </span>
        )}
        <span className="grow" />
        <PrimaryButton
          text={timelineWords(note === undefined ? 'addNote' : 'saveNote')}
          disabled={isSaving}
          onClick={() => void save()}
        />
        <DefaultButton text={shellWords('cancel')} onClick={() => onDone(false)} />
      </div>
    </div>
  );
}

interface NoteContent extends Pick<NoteEditorProps, 'table' | 'id' | 'note'> {
  readonly subject: string;
  readonly text: string;
  readonly file: AttachedFile | undefined;
}

async function saveNote({ table, id, note, subject, text, file }: NoteContent): Promise<void> {
  const notes = await readTable(noteTable);
  const attached: Row =
    file === undefined ? {} : { isdocument: true, filename: file.name, mimetype: file.type, documentbody: file.body };
  const content = { subject: subject.trim() || null, notetext: text || null, ...attached };
  if (note !== undefined) {
    await send('PATCH', `${notes.set}(${note.id})`, content, { 'If-Match': '*' });
    return;
  }
  const property = `${notes.navigation('objectid', table.name)}@odata.bind`;
  await send('POST', notes.set, { ...content, [property]: `/${table.set}(${id})` });
}

function base64Of(file: File): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.onerror = () => failed(reader.error ?? new Error(file.name));
    reader.readAsDataURL(file);
  });
}
