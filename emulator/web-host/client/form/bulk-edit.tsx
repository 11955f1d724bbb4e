import * as React from 'react';
import { DefaultButton, MessageBar, MessageBarType, Panel, PanelType, PrimaryButton } from '@fluentui/react';
import { rowWords } from '../language/words/rows';
import { shellWords } from '../language/words/shell';
import { changeRows, countOf } from '../rows/change-rows';
import { showDialog } from '../shell/custom-dialogs';
import { Failed, Loading } from '../shell/page-state';
import { useAsync } from '../shell/use-async';
import { currentUser } from '../shell/users';
import { readForms, type App } from '../web-api/apps';
import type { Table } from '../web-api/metadata';
import { FormSession } from './form-session';
import { readFormXml, type FormCell, type FormDefinition } from './form-xml';
import { generateForm } from './generated-form';
import { Section } from './section';

/** Asks for values, and writes them to every row that is marked. @returns how many rows were changed */
export const editRows = async (app: App, table: Table, ids: readonly string[]): Promise<number> =>
  (await showDialog<number>((done) => <BulkEdit app={app} table={table} ids={ids} done={done} />)) ?? 0;

interface BulkEditProps {
  readonly app: App;
  readonly table: Table;
  readonly ids: readonly string[];
  done(changed?: number): void;
}

function BulkEdit({ app, table, ids, done }: BulkEditProps): React.ReactElement {
  const opened = useAsync(() => openSession(app, table), '');
  const [isEmpty, setEmpty] = React.useState(false);
  const [isSaving, setSaving] = React.useState(false);
  const session = opened.state === 'done' ? opened.value : undefined;

  async function save(): Promise<void> {
    if (session === undefined) return;
    const changes = await session.model.changes();
    if (Object.keys(changes).length === 0) return setEmpty(true);
    setSaving(true);
    done(await changeRows(table, ids, changes));
  }

  return (
    <Panel
      isOpen
      isBlocking
      type={PanelType.medium}
      headerText={rowWords('editMany', ...countOf(table, ids))}
      closeButtonAriaLabel={shellWords('close')}
      onOuterClick={() => undefined}
      onDismiss={() => done()}
      isFooterAtBottom
      onRenderFooterContent={() => (
        <div className="panel-foot">
          <PrimaryButton
            text={shellWords('save')}
            disabled={session === undefined || isSaving}
            onClick={() => void save()}
          />
          <DefaultButton text={shellWords('cancel')} disabled={isSaving} onClick={() => done()} />
        </div>
      )}
    >
      {opened.state === 'loading' && <Loading />}
      {opened.state === 'failed' && <Failed error={opened.error} />}
      {session !== undefined && (
        <>
          <MessageBar messageBarType={isEmpty ? MessageBarType.error : MessageBarType.info}>
            {rowWords(isEmpty ? 'nothingFilledIn' : 'editManyHint')}
          </MessageBar>
          <Fields session={session} />
        </>
      )}
    </Panel>
  );
}

function Fields({ session: { model, definition }, session }: { readonly session: FormSession }): React.ReactElement {
  const [, draw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => model.subscribe(draw), [model]);
  return (
    <div className="quick-create">
      {definition.tabs
        .flatMap(({ columns }) => columns)
        .flatMap(({ sections }) => sections)
        .map((section) => (
          <Section key={section.id} session={session} section={section} isPlain />
        ))}
    </div>
  );
}

/**
 * The app's main form, as far as several rows can be edited by it. Its scripts do not run: they would be told of rows
 * that are not there.
 *
 * Differs: on the platform those of events with `BehaviorInBulkEditForm` do.
 */
async function openSession(app: App, table: Table): Promise<FormSession> {
  const [form] = await readForms(table.name, app);
  const definition = columnsOnly(form === undefined ? generateForm(table) : readFormXml(form.xml), table);
  const page = { created: () => undefined, close: () => undefined, openNew: () => undefined };
  const session = new FormSession(table, definition, undefined, currentUser(), page, true);
  // Nothing has to be filled in: the rows have values already.
  for (const attribute of session.model.attributes.values()) attribute.required = 'none';
  return session;
}

function columnsOnly(definition: FormDefinition, table: Table): FormDefinition {
  const isEditable = ({ column: name, isVisible, isDisabled }: FormCell) => {
    const column = table.columns.get(name ?? '');
    return isVisible && !isDisabled && column !== undefined && column.validForUpdate && column.validForCreate;
  };
  const tabs = definition.tabs
    .filter(({ isVisible }) => isVisible)
    .map((tab) => ({
      ...tab,
      columns: tab.columns.map((column) => ({
        ...column,
        sections: column.sections
          .map((section) => ({ ...section, columns: 1, cells: section.cells.filter(isEditable) }))
          .filter(({ isVisible, cells }) => isVisible && cells.length > 0),
      })),
    }));
  return { tabs, header: [], libraries: [], handlers: [], descriptions: new Map() };
}
