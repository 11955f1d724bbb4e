import type { FormModel, FormNotification } from '../form/form-model';
import type { FormDefinition } from '../form/form-xml';
import { saveModes, type SaveHandlers, type SaveMode } from '../form/save-form';
import { attributeOf } from './attribute';
import { collection, removeHandler, type Handler } from './collection';
import { controlOf } from './control';
import { membersOf } from './members-of';
import { sectionOf, tabOf, type TabParts } from './tabs';

/** What the page does on behalf of a script. */
export interface FormActions {
  /** Rejects with `{ errorCode, message }` when nothing was saved. */
  save(mode: SaveMode): Promise<void>;
  refresh(save: boolean): Promise<void>;
  close(): void;
  showTab(id: string): void;
  /** Why the form may not be saved just now; empty when it may. */
  problems(): readonly string[];
  formType(): number;
  /** The main forms of the table, and the one in sight. */
  forms(): readonly { readonly id: string; readonly name: string; readonly isCurrent: boolean; open(): void }[];
}

const savesAfter: Readonly<Record<string, SaveMode>> = {
  saveandclose: saveModes.saveAndClose,
  saveandnew: saveModes.saveAndNew,
};
const modeNumbers = new Set<number>(Object.values(saveModes));

/** `formContext` over the form's model: the documented members. What is missing throws its name. */
export function createFormContext(
  model: FormModel,
  definition: FormDefinition,
  handlers: SaveHandlers,
  actions: FormActions,
): { formContext: object; contextOf(event: object, source?: unknown): object } {
  const contextOf = (event: object, source: unknown = formContext): object =>
    executionContext(formContext, event, source);
  const attributes = new Map<string, object>();
  const attribute = (name: string): object | null => {
    const found = model.attributes.get(name);
    if (found === undefined) return null;
    const known =
      attributes.get(name) ??
      attributeOf(name, found, {
        model,
        contextOf: (source) => contextOf({}, source),
        controlsOf: (column) => [...model.controls.values()].filter((one) => one.column === column).map(control),
        entity: () => entity,
      });
    attributes.set(name, known);
    return known;
  };
  const allAttributes = () => [...model.attributes.keys()].map((name) => attribute(name)!);
  const controls = new Map<string, object>();
  const control = (state: ReturnType<typeof model.controls.get> & object): object => {
    const known =
      controls.get(state.id) ??
      controlOf(state, {
        model,
        contextOf: (source) => contextOf({}, source),
        attribute,
        sectionOf({ id }) {
          for (const tab of definition.tabs)
            for (const section of tab.columns.flatMap((column) => column.sections))
              if (section.cells.some((cell) => cell.controlId === id))
                return sectionOf(section, tabParts, () => tabOf(tab, tabParts));
          return null;
        },
      });
    controls.set(state.id, known);
    return known;
  };
  const allControls = () => [...model.controls.values()].map(control);
  const findControl = (name: string) =>
    model.controls.get(name) ?? [...model.controls.values()].find((one) => one.column === name);

  const tabParts: TabParts = {
    model,
    definition,
    showTab: (id) => actions.showTab(id),
    controlsIn: (section) =>
      section.cells.flatMap((cell) => {
        const state = model.controls.get(cell.controlId);
        return state === undefined ? [] : [control(state)];
      }),
    ui: () => ui,
  };

  const isValid = () => actions.problems().length === 0;
  const entity: object = membersOf('data.entity', {
    getId: () => (model.id === '' ? '' : `{${model.id.toUpperCase()}}`),
    getEntityName: () => model.table.name,
    getEntityReference: () => ({ id: model.id, entityType: model.table.name, name: model.title }),
    getPrimaryAttributeValue: () => model.title,
    getIsDirty: () => model.isDirty,
    isValid,
    save: (after?: string) => actions.save(savesAfter[after ?? ''] ?? saveModes.save),
    addOnSave: (handler: Handler) => void handlers.onSave.push(handler),
    removeOnSave: (handler: Handler) => removeHandler(handlers.onSave, handler),
    addOnPostSave: (handler: Handler) => void handlers.onPostSave.push(handler),
    removeOnPostSave: (handler: Handler) => removeHandler(handlers.onPostSave, handler),
    attributes: collection(allAttributes),
  });

  const ui: object = membersOf('ui', {
    getFormType: () => actions.formType(),
    getViewPortHeight: () => window.innerHeight,
    getViewPortWidth: () => window.innerWidth,
    setFormNotification(text: string, level: FormNotification['level'], id: string) {
      model.notifications.set(id, { id, level, text });
      model.changed();
      return true;
    },
    clearFormNotification(id: string) {
      const had = model.notifications.delete(id);
      if (had) model.changed();
      return had;
    },
    refreshRibbon: () => model.changed(),
    close: () => actions.close(),
    addOnLoad: (handler: Handler) => void model.onFormLoad.push(handler),
    removeOnLoad: (handler: Handler) => removeHandler(model.onFormLoad, handler),
    setFormEntityName: (name: string) => {
      model.tableLabel = name;
      model.changed();
    },
    controls: collection(allControls),
    tabs: collection(() => definition.tabs.map((tab) => tabOf(tab, tabParts))),
    formSelector: membersOf('ui.formSelector', {
      getCurrentItem: () => formItems().find(({ isCurrent }) => isCurrent)?.item ?? null,
      items: collection(
        () => formItems().map(({ item }) => item),
        (item) => (item as { getId(): string }).getId(),
      ),
    }),
    headerSection: membersOf('ui.headerSection', {
      getBodyVisible: () => model.header.body,
      setBodyVisible: (isShown: boolean) => setHeader('body', isShown),
      getCommandBarVisible: () => model.header.commandBar,
      setCommandBarVisible: (isShown: boolean) => setHeader('commandBar', isShown),
      getTabNavigatorVisible: () => model.header.tabs,
      setTabNavigatorVisible: (isShown: boolean) => setHeader('tabs', isShown),
    }),
  });

  function setHeader(part: keyof FormModel['header'], isShown: boolean): void {
    model.header[part] = isShown;
    model.changed();
  }

  const formItems = () =>
    actions.forms().map(({ id, name, isCurrent, open }) => ({
      isCurrent,
      item: membersOf('a form of the form selector', {
        getId: () => id,
        getLabel: () => name,
        getVisible: () => true,
        navigate: open,
      }),
    }));

  const formContext: object = membersOf('formContext', {
    data: membersOf('data', {
      entity,
      attributes: collection(allAttributes),
      save: (options?: { readonly saveMode?: number }) =>
        actions.save(modeNumbers.has(options?.saveMode ?? 0) ? (options!.saveMode as SaveMode) : saveModes.save),
      refresh: (save = false) => actions.refresh(save),
      getIsDirty: () => model.isDirty,
      isValid,
      addOnLoad: (handler: Handler) => void model.onDataLoad.push(handler),
      removeOnLoad: (handler: Handler) => removeHandler(model.onDataLoad, handler),
    }),
    ui,
    getAttribute: (name?: string | number) => pick(allAttributes, attribute, name),
    getControl: (name?: string | number) =>
      pick(
        allControls,
        (one) => {
          const state = findControl(one);
          return state === undefined ? null : control(state);
        },
        name,
      ),
  });
  return { formContext, contextOf };
}

function pick(all: () => object[], find: (name: string) => object | null, which?: string | number): unknown {
  if (which === undefined) return all();
  return typeof which === 'number' ? (all()[which] ?? null) : find(which);
}

/** What handlers of one event are called with; variables shared among them live as long as the event. */
function executionContext(formContext: object, event: object, source: unknown): object {
  const shared = new Map<string, unknown>();
  return {
    getFormContext: () => formContext,
    getEventArgs: () => event,
    getEventSource: () => source,
    getDepth: () => 1,
    getContext: () =>
      (window as unknown as { Xrm: { Utility: { getGlobalContext(): unknown } } }).Xrm.Utility.getGlobalContext(),
    getSharedVariable: (name: string) => shared.get(name),
    setSharedVariable: (name: string, value: unknown) => void shared.set(name, value),
  };
}
