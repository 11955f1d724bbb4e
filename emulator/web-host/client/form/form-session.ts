import { tell } from '../shell/dialogs';
import { may } from '../web-api/privileges';
import type { CurrentUser } from '../shell/users';
import type { Table } from '../web-api/metadata';
import { createFormContext } from '../xrm/form-context';
import { placeClasses, type FormCell, type FormDefinition, type Handler } from './form-xml';
import { FormModel, type ControlState, type LookupValue, type Value } from './form-model';
import { runScript, scriptFunction } from './form-scripts';
import { saveForm, saveModes, whyNotSaved, type SaveHandlers, type SaveMode, type SaveOutcome } from './save-form';
import { formWords } from '../language/words/form';
import { isClosed } from '../rows/lifecycle';
import { formattedKey } from '../web-api/web-api';
import type { LookupFilter } from '../list/search-rows';

/** What happens to the page when a form is done. */
export interface FormPage {
  /** The row has been made; the page's address names it from now on. */
  created(id: string): void;
  close(): void;
  openNew(): void;
  /** Main forms of the table, for the form selector. */
  forms?(): readonly { readonly id: string; readonly name: string; readonly isCurrent: boolean; open(): void }[];
}

/** What is bound to no column, by the class of its control. */
const kinds: Readonly<Record<string, ControlState['kind']>> = {
  [placeClasses.timeline]: 'timeline',
  [placeClasses.quickView]: 'quickView',
  [placeClasses.webResource]: 'webResource',
  [placeClasses.frame]: 'frame',
};

/** Notification that tells why a save was not even tried. */
const blocked = 'save-blocked';
const readOnly = 'read-only';

const formTypes = { create: 1, update: 2, readOnly: 3, disabled: 4, bulkEdit: 6 } as const;
const dataLoadStates = { initial: 1, save: 2, refresh: 3 } as const;

const loadEvent = (state: number) => ({ getDataLoadState: () => state, disableAsyncTimeout: () => undefined });

/** One form, open on one row: the row, the scripts that listen, the ways to save. Knows nothing of how it is drawn. */
export class FormSession {
  readonly model: FormModel;
  private readonly handlers: SaveHandlers = { onSave: [], onPostSave: [] };
  private readonly contextOf: (event: object, source?: unknown) => object;
  /** What scripts and commands know the form by. */
  readonly formContext: { getAttribute(name: string): { fireOnChange(): void } | null };

  constructor(
    readonly table: Table,
    readonly definition: FormDefinition,
    id: string | undefined,
    user: CurrentUser,
    private readonly page: FormPage,
    /** The form is for several rows at once, and shows none of them. */
    private readonly isBulkEdit = false,
  ) {
    const owner = { id: user.id, entityType: 'systemuser', name: user.name };
    this.model = new FormModel(table, id, columnsOf(definition, table), owner);
    for (const cell of cellsOf(definition)) this.addControl(cell);
    for (const tab of definition.tabs) {
      if (!tab.isVisible) this.model.hiddenTabs.add(tab.id);
      for (const section of tab.columns.flatMap(({ sections }) => sections))
        if (!section.isVisible) this.model.hiddenSections.add(section.id);
    }
    const { formContext, contextOf } = createFormContext(this.model, definition, this.handlers, {
      save: (mode) => this.saveForScript(mode),
      refresh: (save) => this.refresh(save),
      close: () => page.close(),
      showTab: (tab) => this.showTab(tab),
      problems: () => whyNotSaved(this.model),
      formType: () => this.formType,
      forms: () => page.forms?.() ?? [],
    });
    this.contextOf = contextOf;
    this.formContext = formContext as typeof this.formContext;
  }

  private begun = '';

  /** Whether the user has changed anything, beyond what the form began with. */
  get hasChangesOfUser(): boolean {
    return this.begun !== JSON.stringify([...this.model.attributes.values()].map(({ value }) => value));
  }

  /** The row as a lookup has it; undefined while it is not saved. */
  savedRow(): LookupValue | undefined {
    const { id, table, title } = this.model;
    return id === '' ? undefined : { id, entityType: table.name, name: title };
  }

  /** Whether the user's roles let the row be made, or changed. */
  get mayWrite(): boolean {
    return may(this.model.id === '' && !this.isBulkEdit ? 'Create' : 'Write', this.table);
  }

  /** Whether the row is in a state that keeps it from being changed. */
  get isClosed(): boolean {
    return this.model.id !== '' && isClosed(this.table, this.model.row['statecode']);
  }

  /** As `formContext.ui.getFormType` tells. */
  get formType(): number {
    if (this.isBulkEdit) return formTypes.bulkEdit;
    if (this.model.id === '') return formTypes.create;
    if (!this.mayWrite) return formTypes.readOnly;
    return this.isClosed ? formTypes.disabled : formTypes.update;
  }

  get isEditable(): boolean {
    return this.mayWrite && !this.isClosed;
  }

  /** Tells why the row cannot be changed, where it cannot. */
  private tellStanding(): void {
    const { notifications, row } = this.model;
    notifications.delete(readOnly);
    if (this.isEditable) return;
    const text = this.mayWrite
      ? formWords('inactiveForm', String(row[formattedKey('statecode')] ?? row['statecode']))
      : formWords('readOnlyForm');
    notifications.set(readOnly, { id: readOnly, level: 'INFO', text });
    this.model.changed();
  }

  /** Reads the row and runs what listens to its loading. */
  async open(values: ReadonlyMap<string, Value> = new Map()): Promise<void> {
    for (const name of values.keys()) this.model.addColumn(name);
    await this.model.load();
    this.model.begin(values);
    this.begun = JSON.stringify([...this.model.attributes.values()].map(({ value }) => value));
    this.tellStanding();
    for (const { event, attribute, tab, ...handler } of this.definition.handlers) {
      if (event === 'onload') await this.run(handler)(this.contextOf(loadEvent(dataLoadStates.initial)));
      if (event === 'tabstatechange')
        this.model.tabHandlers.set(tab ?? '', [...(this.model.tabHandlers.get(tab ?? '') ?? []), this.run(handler)]);
      if (event === 'onsave') this.handlers.onSave.push(this.run(handler));
      if (event === 'onchange') this.model.attributes.get(attribute ?? '')?.onChange.push(this.run(handler));
    }
    this.tellLoaded(dataLoadStates.initial);
  }

  /** The user, or a script, goes to another tab. */
  showTab(id: string): void {
    if (this.model.tab === id) return;
    this.model.tab = id;
    this.model.changed();
    for (const handler of this.model.tabHandlers.get(id) ?? []) handler(this.contextOf({}));
  }

  /** The focus has left a control. */
  leftControl({ onLostFocus }: ControlState): void {
    this.focused = undefined;
    for (const handler of [...onLostFocus]) handler(this.contextOf({}));
  }

  /** Handlers add filters to a lookup just before it is searched. */
  filtersFor({ lookup }: ControlState): readonly LookupFilter[] {
    lookup.filters.length = 0;
    for (const handler of [...lookup.preSearch]) handler(this.contextOf({}));
    return [...lookup.filters];
  }

  /** The user has changed a column. */
  edit(column: string, value: Value): void {
    this.model.setValue(column, value);
    this.changed(column);
  }

  /** Tells scripts of a change that is in the model already. */
  changed(column: string): void {
    this.formContext.getAttribute(column)?.fireOnChange();
  }

  /** The user presses Save. @returns whether the row is saved */
  async save(mode: SaveMode = saveModes.save): Promise<boolean> {
    if (this.model.isSaving) return false;
    const outcome = await this.attempt(mode);
    if (outcome.kind === 'refused') await tell(formWords('businessProcessError'), outcome.error.message);
    if (outcome.kind !== 'saved') return false;
    if (mode === saveModes.saveAndClose) this.page.close();
    if (mode === saveModes.saveAndNew) this.page.openNew();
    return true;
  }

  /** The control the focus is in. */
  private focused: ControlState | undefined;

  /** The focus has come to a control. */
  enteredControl(control: ControlState): void {
    this.focused = control;
  }

  /** Whether a save nobody asked for has anything to do: new rows wait for their first save. */
  get isWorthAutoSave(): boolean {
    const { model } = this;
    return model.id !== '' && this.isEditable && !model.isSaving && model.isDirtyBeside(this.focused?.column);
  }

  /**
   * Saves what has changed; the column that is being edited waits for the next time.
   *
   * @see https://learn.microsoft.com/power-apps/maker/model-driven-apps/manage-auto-save
   * @returns whether the row is saved
   */
  async autoSave(): Promise<boolean> {
    const outcome = await this.attempt(saveModes.autoSave, this.focused?.column);
    // In place of a dialog, which would take the focus from whoever is typing.
    if (outcome.kind === 'refused') this.tellBlocked(outcome.error.message);
    return outcome.kind === 'saved';
  }

  /**
   * Saves on the way to another page, which scripts see as *Save & Close*.
   *
   * @see https://learn.microsoft.com/power-apps/developer/model-driven-apps/clientapi/reference/save-event-arguments/getsavemode
   * @returns whether nothing is left to be lost
   */
  async saveBeforeLeaving(): Promise<boolean> {
    const outcome = await this.attempt(saveModes.saveAndClose);
    if (outcome.kind === 'refused') await tell(formWords('businessProcessError'), outcome.error.message);
    return outcome.kind === 'saved';
  }

  private tellBlocked(text: string): void {
    this.model.notifications.set(blocked, { id: blocked, level: 'ERROR', text });
    this.model.changed();
  }

  private async saveForScript(mode: SaveMode): Promise<void> {
    const outcome = await this.attempt(mode);
    if (outcome.kind === 'refused') throw outcome.error;
    if (outcome.kind === 'blocked') throw { errorCode: 0, message: outcome.reasons.join('\n') };
    if (outcome.kind === 'prevented') throw { errorCode: 0, message: formWords('prevented') };
  }

  private async attempt(mode: SaveMode, leftOut?: string): Promise<SaveOutcome> {
    const wasNew = this.model.id === '';
    this.model.notifications.delete(blocked);
    const outcome = await saveForm(this.model, this.handlers, this.contextOf, mode, leftOut);
    this.tellStanding();
    if (outcome.kind === 'saved') this.tellLoaded(dataLoadStates.save);
    if (wasNew && this.model.id !== '') this.page.created(this.model.id);
    if (outcome.kind === 'blocked') this.tellBlocked(outcome.reasons.join('\n'));
    this.model.changed();
    return outcome;
  }

  async refresh(save: boolean): Promise<void> {
    if (save && this.model.isDirty) await this.saveForScript(saveModes.save);
    await this.model.load();
    this.tellStanding();
    this.tellLoaded(dataLoadStates.refresh);
  }

  /** Tells scripts that the row has been read. */
  private tellLoaded(state: number): void {
    const { onDataLoad, onFormLoad } = this.model;
    const handlers = state === dataLoadStates.initial ? [...onFormLoad, ...onDataLoad] : [...onDataLoad];
    for (const handler of handlers) handler(this.contextOf(loadEvent(state)));
  }

  private run(handler: Pick<Handler, 'functionName' | 'library' | 'passContext'>): (context: unknown) => Promise<void> {
    const call = scriptFunction(handler.functionName, handler.library);
    return (context) => runScript(handler.functionName, () => call(...(handler.passContext ? [context] : [])));
  }

  private addControl(cell: FormCell): void {
    const { controlId, column, label, isDisabled, isVisible } = cell;
    if (this.model.controls.has(controlId)) return;
    this.model.controls.set(controlId, {
      id: controlId,
      column,
      label: label || (column !== undefined && this.table.columns.get(column)?.label) || '',
      isDisabled,
      isVisible,
      notifications: new Map(),
      kind: cell.isSubgrid ? 'subgrid' : (kinds[cell.classId] ?? (column === undefined ? 'other' : 'column')),
      customControl: this.definition.descriptions.get(cell.uniqueId ?? '')?.name,
      initialUrl: cell.parameters.get('Url'),
      options: undefined,
      lookup: { targets: undefined, preSearch: [], filters: [] },
      onLostFocus: [],
    });
  }
}

export function cellsOf({ header, tabs }: FormDefinition): FormCell[] {
  return [
    ...header,
    ...tabs.flatMap((tab) => tab.columns.flatMap((column) => column.sections.flatMap(({ cells }) => cells))),
  ];
}

/** Columns on the form itself and those its custom controls are bound to. */
function columnsOf(definition: FormDefinition, table: Table): Set<string> {
  const bound = [...definition.descriptions.values()].flatMap(({ parameters }) =>
    [...parameters.values()].filter(({ isStatic }) => !isStatic).map(({ value }) => value),
  );
  const own = cellsOf(definition).flatMap(({ column }) => column ?? []);
  return new Set([...own, ...bound, table.primaryName]);
}
