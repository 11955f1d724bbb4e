import * as React from 'react';
import { Pivot, PivotItem } from '@fluentui/react';
import type { MainForm } from '../pages/open-form';
import { ask } from '../shell/dialogs';
import { guardLeaving } from '../shell/navigation';
import { useTitle } from '../shell/use-title';
import type { App } from '../web-api/apps';
import { useAutoSave } from './auto-save';
import { FormCommands } from './form-commands';
import { FormHeader } from './form-header';
import { FormNotifications } from './form-notifications';
import { Section } from './section';
import type { FormSession } from './form-session';
import type { FormTab } from './form-xml';
import { formWords } from '../language/words/form';
import { shellWords } from '../language/words/shell';
import { isAutoSaveEnabled } from '../xrm/global-context';
import { setFormInSight } from '../xrm/page';

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
  React.useEffect(() => model.subscribe(draw), [model]);
  useTitle(model.title);
  useUnsavedChanges(session);
  useAutoSave(session);
  useSaveKey(session);
  React.useEffect(() => {
    setFormInSight(session.formContext);
    return () => setFormInSight(undefined);
  }, [session]);
  const tabs = definition.tabs.filter(({ id }) => !model.hiddenTabs.has(id));
  const tab = tabs.find(({ id }) => id === model.tab) ?? tabs[0];
  return (
    <div className="form" aria-busy={model.isSaving}>
      {model.header.commandBar && <FormCommands session={session} app={app} />}
      <FormNotifications model={model} />
      <FormHeader session={session} app={app} form={form} forms={forms}>
        {tabs.length > 1 && model.header.tabs && (
          <Pivot
            className="tabs"
            selectedKey={tab?.id}
            headersOnly
            onLinkClick={(item) => session.showTab(item?.props.itemKey ?? '')}
            getTabId={(key) => `tab-${key}`}
          >
            {tabs.map(({ id, label }) => (
              <PivotItem key={id} itemKey={id} headerText={model.tabLabels.get(id) ?? label} />
            ))}
          </Pivot>
        )}
      </FormHeader>
      {tab !== undefined && <Tab key={tab.id} session={session} tab={tab} />}
    </div>
  );
}

function Tab({ session, tab }: { readonly session: FormSession; readonly tab: FormTab }): React.ReactElement {
  return (
    <div
      className="columns"
      role={session.definition.tabs.length > 1 ? 'tabpanel' : undefined}
      aria-labelledby={`tab-${tab.id}`}
    >
      {tab.columns.map(({ width, sections }, index) => (
        <div key={index} className="column" style={{ flexGrow: Number.parseFloat(width) || 1 }}>
          {sections
            .filter(({ id }) => !session.model.hiddenSections.has(id))
            .map((section) => (
              <Section key={section.id} session={session} section={section} />
            ))}
        </div>
      ))}
    </div>
  );
}

/** On the way to another page changes are saved; where that cannot be, and when the tab is closed, the user is asked. */
function useUnsavedChanges(session: FormSession): void {
  React.useEffect(() => {
    const stop = guardLeaving(async () => {
      if (!session.model.isDirty) return true;
      const isSaved = session.model.id !== '' && session.isEditable && isAutoSaveEnabled();
      if (isSaved && (await session.saveBeforeLeaving())) return true;
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
