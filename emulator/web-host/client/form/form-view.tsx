import * as React from 'react';
import { MessageBar, MessageBarType, Pivot, PivotItem } from '@fluentui/react';
import type { MainForm } from '../pages/record-page';
import { ask } from '../shell/dialogs';
import { guardLeaving } from '../shell/navigation';
import { useTitle } from '../shell/use-title';
import type { App } from '../web-api/apps';
import { Cell } from './field';
import { FormCommands } from './form-commands';
import { FormHeader } from './form-header';
import type { FormNotification } from './form-model';
import type { FormSession } from './form-session';
import type { FormSection, FormTab } from './form-xml';
import { formWords } from '../language/words/form';
import { shellWords } from '../language/words/shell';

interface FormViewProps {
  readonly session: FormSession;
  readonly app: App;
  readonly form: MainForm | undefined;
  readonly forms: readonly MainForm[];
}

/** A main form: commands, notifications, header, tabs. */
export function FormView({ session, app, form, forms }: FormViewProps): React.ReactElement {
  const { model, definition } = session;
  const [, draw] = React.useReducer((count: number) => count + 1, 0);
  const [tabName, setTabName] = React.useState(definition.tabs[0]?.name);
  React.useEffect(() => model.subscribe(draw), [model]);
  useTitle(model.title);
  useUnsavedChanges(session);
  useSaveKey(session);
  const tab = definition.tabs.find(({ name }) => name === tabName) ?? definition.tabs[0];
  return (
    <div className="form" aria-busy={model.isSaving}>
      <FormCommands session={session} app={app} />
      <div className="notifications">
        {[...model.notifications.values()].map((one) => (
          <Notification key={one.id} notification={one} />
        ))}
      </div>
      <FormHeader session={session} app={app} form={form} forms={forms}>
        {definition.tabs.length > 1 && (
          <Pivot
            className="tabs"
            selectedKey={tab?.name}
            headersOnly
            onLinkClick={(item) => setTabName(item?.props.itemKey)}
            getTabId={(key) => `tab-${key}`}
          >
            {definition.tabs.map(({ name, label }) => (
              <PivotItem key={name} itemKey={name} headerText={label} />
            ))}
          </Pivot>
        )}
      </FormHeader>
      {tab !== undefined && <Tab key={tab.name} session={session} tab={tab} />}
    </div>
  );
}

const types: Readonly<Record<FormNotification['level'], MessageBarType>> = {
  ERROR: MessageBarType.error,
  WARNING: MessageBarType.warning,
  INFO: MessageBarType.info,
  SUCCESS: MessageBarType.success,
};

function Notification({ notification: { level, text } }: { readonly notification: FormNotification }) {
  return (
    <MessageBar messageBarType={types[level]} isMultiline className="notification">
      <span className="pre">{text}</span>
    </MessageBar>
  );
}

function Tab({ session, tab }: { readonly session: FormSession; readonly tab: FormTab }): React.ReactElement {
  return (
    <div
      className="columns"
      role={session.definition.tabs.length > 1 ? 'tabpanel' : undefined}
      aria-labelledby={`tab-${tab.name}`}
    >
      {tab.columns.map(({ width, sections }, index) => (
        <div key={index} className="column" style={{ flexGrow: Number.parseFloat(width) || 1 }}>
          {sections.map((section) => (
            <Section key={section.name} session={session} section={section} />
          ))}
        </div>
      ))}
    </div>
  );
}

function Section({ session, section }: { readonly session: FormSession; readonly section: FormSection }) {
  const { columns, cells, label, showLabel } = section;
  return (
    <section className="card section" aria-label={label}>
      {showLabel && label !== '' && <h2>{label}</h2>}
      <div className="cells" style={{ '--columns': columns } as React.CSSProperties}>
        {cells.map((cell) => (
          <div key={cell.id} className="span" style={{ '--span': Math.min(cell.span, columns) } as React.CSSProperties}>
            <Cell session={session} cell={cell} />
          </div>
        ))}
      </div>
    </section>
  );
}

/** Asks before changes are lost, on the way to another page and when the tab is closed. */
function useUnsavedChanges(session: FormSession): void {
  React.useEffect(() => {
    const stop = guardLeaving(async () => {
      if (!session.model.isDirty) return true;
      const answers = [formWords('saveAndContinue'), formWords('discard'), shellWords('cancel')];
      const answer = await ask(formWords('unsavedChanges'), formWords('leaveText'), answers);
      return answer === 0 ? session.save() : answer === 1;
    });
    const onUnload = (event: BeforeUnloadEvent) => session.model.isDirty && event.preventDefault();
    window.addEventListener('beforeunload', onUnload);
    return () => {
      stop();
      window.removeEventListener('beforeunload', onUnload);
    };
  }, [session]);
}

function useSaveKey(session: FormSession): void {
  React.useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      // Editors take over what was typed when they lose the focus.
      const focused = document.activeElement;
      if (focused instanceof HTMLElement) {
        focused.blur();
        focused.focus();
      }
      void session.save();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [session]);
}
