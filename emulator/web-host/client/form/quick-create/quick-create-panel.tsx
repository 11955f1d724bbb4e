import * as React from 'react';
import { DefaultButton, Panel, PanelType, PrimaryButton } from '@fluentui/react';
import { formWords } from '../../language/words/form';
import { shellWords } from '../../language/words/shell';
import { ask } from '../../shell/dialogs';
import { Failed, Loading } from '../../shell/page-state';
import { useAsync } from '../../shell/use-async';
import { currentUser } from '../../shell/users';
import { readTable } from '../../web-api/metadata';
import { FormNotifications } from '../form-notifications';
import { loadLibraries } from '../form-scripts';
import { FormSession } from '../form-session';
import { Section } from '../section';
import { openQuickCreates, watchQuickCreates, type OpenQuickCreate } from './quick-create';

/** Quick create forms that are open, beside the page. */
export function QuickCreates(): React.ReactElement {
  const [, draw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => watchQuickCreates(draw), []);
  return (
    <>
      {openQuickCreates().map((one, at) => (
        <QuickCreate key={at} request={one} />
      ))}
    </>
  );
}

function QuickCreate({ request }: { readonly request: OpenQuickCreate }): React.ReactElement {
  const opened = useAsync(() => openSession(request), '');
  const session = opened.state === 'done' ? opened.value : undefined;

  async function dismiss(): Promise<void> {
    const answers = [formWords('discard'), shellWords('cancel')];
    const hasChanges = session?.hasChangesOfUser ?? false;
    if (!hasChanges || (await ask(formWords('unsavedChanges'), formWords('quickDiscards'), answers)) === 0)
      request.done(undefined);
  }

  return (
    <Panel
      isOpen
      isBlocking
      type={PanelType.smallFixedFar}
      headerText={session === undefined ? '' : formWords('quickCreate', session.table.label)}
      closeButtonAriaLabel={shellWords('close')}
      onDismiss={(event) => {
        // A click on what lies beside the panel loses nothing.
        if (event?.type !== 'mousedown' && event?.type !== 'click') return void dismiss();
        if ((event.target as HTMLElement).closest('.ms-Panel-closeButton') !== null) void dismiss();
      }}
      isFooterAtBottom
      onRenderFooterContent={() =>
        session === undefined ? null : <Foot session={session} request={request} onCancel={() => void dismiss()} />
      }
    >
      {opened.state === 'loading' && <Loading />}
      {opened.state === 'failed' && <Failed error={opened.error} />}
      {session !== undefined && <Body session={session} />}
    </Panel>
  );
}

async function openSession({ table: name, form, values, done }: OpenQuickCreate): Promise<FormSession> {
  const table = await readTable(name);
  await loadLibraries(form.libraries);
  const session: FormSession = new FormSession(table, form, undefined, currentUser(), {
    created: (id) => void id,
    close: () => done(session.savedRow()),
    openNew: () => done(session.savedRow()),
  });
  await session.open(values);
  return session;
}

function Body({ session }: { readonly session: FormSession }): React.ReactElement {
  const { model, definition } = session;
  const [, draw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => model.subscribe(draw), [model]);
  return (
    <div className="quick-create" aria-busy={model.isSaving}>
      <FormNotifications model={model} />
      {definition.tabs
        .flatMap(({ columns }) => columns)
        .flatMap(({ sections }) => sections)
        .filter(({ id }) => !model.hiddenSections.has(id))
        .map((section) => (
          <Section key={section.id} session={session} section={section} isPlain />
        ))}
    </div>
  );
}

interface FootProps {
  readonly session: FormSession;
  readonly request: OpenQuickCreate;
  onCancel(): void;
}

function Foot({ session, request, onCancel }: FootProps): React.ReactElement {
  const save = async () => {
    if (await session.save()) request.done(session.savedRow());
  };
  return (
    <div className="panel-foot">
      <PrimaryButton text={formWords('saveAndClose')} onClick={() => void save()} />
      <DefaultButton text={shellWords('cancel')} onClick={onCancel} />
    </div>
  );
}
