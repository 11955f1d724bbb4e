import { readSetName, type ChoiceOption, type Column, type Table } from '../web-api/metadata';
import { formattedKey, get, idOf, lookupTableKey, send, type Row } from '../web-api/web-api';
import { formWords } from '../language/words/form';
import { listWords } from '../language/words/list';
import { GridState } from '../list/grid-state';
import type { LookupFilter } from '../list/search-rows';

/** A lookup as the client API has it. */
export interface LookupValue {
  readonly id: string;
  readonly entityType: string;
  readonly name: string;
}

export type Value = string | number | boolean | Date | readonly LookupValue[] | null;
export type SubmitMode = 'always' | 'never' | 'dirty';

export interface FormNotification {
  readonly id: string;
  readonly level: 'ERROR' | 'WARNING' | 'INFO' | 'SUCCESS';
  readonly text: string;
}

/** One column of the row in the form. */
export class Attribute {
  value: Value = null;
  initial: Value = null;
  formatted = '';
  /** Why a script holds the value for wrong; undefined when none does. */
  invalid: string | undefined;
  /** Set by a script, in place of the column's. */
  precision: number | undefined;
  submitMode: SubmitMode = 'dirty';
  required: 'none' | 'recommended' | 'required';
  readonly onChange: ((context: unknown) => unknown)[] = [];

  constructor(readonly column: Column) {
    this.required = column.isRequired ? 'required' : 'none';
  }

  get isDirty(): boolean {
    return JSON.stringify(this.value) !== JSON.stringify(this.initial);
  }
}

/** Shown at a control; an error keeps the form from being saved, a recommendation does not. */
export interface ControlNotification {
  readonly level: 'ERROR' | 'RECOMMENDATION';
  readonly text: string;
  /** What the user can do about it. */
  readonly actions?: readonly { readonly label: string; run(): void }[];
}

/** State of one control on the form, whichever way it is drawn. */
export interface ControlState {
  readonly id: string;
  readonly column: string | undefined;
  label: string;
  isDisabled: boolean;
  isVisible: boolean;
  readonly notifications: Map<string, ControlNotification>;
  readonly kind: 'column' | 'subgrid' | 'timeline' | 'quickView' | 'webResource' | 'frame' | 'other';
  /** Name of the custom control it is drawn by. */
  readonly customControl: string | undefined;
  /** Where a frame begins. */
  readonly initialUrl: string | undefined;
  /** In place of the options of the column. */
  options: readonly ChoiceOption[] | undefined;
  readonly lookup: {
    targets: readonly string[] | undefined;
    readonly preSearch: Handler[];
    /** Set by handlers of `preSearch`, for one search. */
    readonly filters: LookupFilter[];
  };
  readonly onLostFocus: Handler[];
}

type Handler = (context: unknown) => unknown;

export interface SaveError {
  readonly message: string;
  readonly errorCode: number;
}

/** The row being edited, apart from how it is drawn: what Xrm and the page share. */
export class FormModel {
  id: string;
  row: Row = {};
  readonly attributes = new Map<string, Attribute>();
  readonly controls = new Map<string, ControlState>();
  readonly notifications = new Map<string, FormNotification>();
  /** By id of the tab or section. */
  readonly hiddenTabs = new Set<string>();
  readonly hiddenSections = new Set<string>();
  /** Id of the tab in sight; the first that is not hidden where there is none. */
  tab = '';
  readonly tabHandlers = new Map<string, ((context: unknown) => unknown)[]>();
  readonly tabLabels = new Map<string, string>();
  readonly sectionLabels = new Map<string, string>();
  /** Parts of the header that scripts may hide. */
  readonly header = { body: true, commandBar: true, tabs: true };
  /** What the table is called on this form, where a script says so. */
  tableLabel: string | undefined;
  readonly onFormLoad: Handler[] = [];
  readonly onDataLoad: Handler[] = [];
  private readonly grids = new Map<string, GridState>();
  /** Counts loads of the row: controls are handed their values anew. */
  loads = 0;
  isSaving = false;
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly table: Table,
    id: string | undefined,
    columns: Iterable<string>,
    /** Whose a new row will be. */
    private readonly user: LookupValue,
  ) {
    this.id = id ?? '';
    for (const name of columns) {
      const column = table.columns.get(name);
      if (column !== undefined) this.attributes.set(name, new Attribute(column));
    }
  }

  /** A column that is not on the form, but has a value all the same. */
  addColumn(name: string): void {
    const column = this.table.columns.get(name);
    if (column !== undefined && !this.attributes.has(name)) this.attributes.set(name, new Attribute(column));
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  changed(): void {
    for (const listener of [...this.listeners]) listener();
  }

  /** What the grid in a control shows. */
  gridOf(controlId: string): GridState {
    const known = this.grids.get(controlId) ?? new GridState();
    this.grids.set(controlId, known);
    return known;
  }

  get isDirty(): boolean {
    return [...this.attributes.values()].some((one) => one.isDirty);
  }

  /** Whether anything has changed in another column than this. */
  isDirtyBeside(column: string | undefined): boolean {
    return [...this.attributes].some(([name, attribute]) => name !== column && attribute.isDirty);
  }

  /** Values as they are now, to be told from later ones. */
  valuesWithout(column: string | undefined): ReadonlyMap<string, string> {
    const others = [...this.attributes].filter(([name]) => name !== column);
    return new Map(others.map(([name, { value }]) => [name, JSON.stringify(value)]));
  }

  get title(): string {
    return (
      String(this.attributes.get(this.table.primaryName)?.initial ?? this.row[this.table.primaryName] ?? '') ||
      (this.id === '' ? formWords('newOf', this.table.label) : listWords('noName'))
    );
  }

  /**
   * Reads the row.
   *
   * @param saved values that are in it now; a change that is not among them is newer than the row, and stays
   */
  async load(saved?: ReadonlyMap<string, string>): Promise<void> {
    const isNew = this.id === '';
    if (!isNew) this.row = await get(`${this.table.set}(${this.id})`);
    for (const [name, attribute] of this.attributes) {
      const { column } = attribute;
      // What the service gives a new row anyway is shown, but is no change of the user's.
      const isNewer = saved !== undefined && attribute.isDirty && saved.get(name) !== JSON.stringify(attribute.value);
      attribute.initial = isNew ? this.valueOfNew(column) : readValue(this.row, column);
      if (!isNewer) attribute.value = attribute.initial;
      attribute.formatted = String(this.row[formattedKey(name)] ?? '');
    }
    this.loads += 1;
    this.changed();
  }

  private valueOfNew({ type, defaultValue }: Column): Value {
    return type === 'Owner' ? [this.user] : (defaultValue ?? null);
  }

  setValue(name: string, value: Value): void {
    const attribute = this.attributes.get(name);
    if (attribute === undefined) return;
    attribute.value = value;
    this.changed();
  }

  /** Begins a new row with values other than those the service gives it: they are the user's, to be saved. */
  begin(values: ReadonlyMap<string, Value>): void {
    for (const [name, value] of values) this.setValue(name, value);
  }

  /** Columns to be sent: what has changed, or must always go; nothing that is left out. */
  async changes(leftOut?: string): Promise<Row> {
    const body: Row = {};
    for (const [name, { column, value, isDirty, submitMode }] of this.attributes) {
      if (name === leftOut) continue;
      if (submitMode === 'never' || (submitMode === 'dirty' && !isDirty)) continue;
      if (!(this.id === '' ? column.validForCreate : column.validForUpdate)) continue;
      if (column.targets.length === 0) body[name] = writeValue(value, column);
      else Object.assign(body, await this.bind(name, value as readonly LookupValue[] | null));
    }
    return body;
  }

  private async bind(name: string, value: readonly LookupValue[] | null): Promise<Row> {
    const [lookup] = value ?? [];
    const { column, initial } = this.attributes.get(name)!;
    // An emptied lookup is undone at the property its row was bound by.
    const [before] = (initial ?? []) as readonly LookupValue[];
    const target = lookup?.entityType ?? before?.entityType ?? column.targets[0]!;
    const property = `${this.table.navigation(name, target)}@odata.bind`;
    return { [property]: lookup === undefined ? null : `/${await readSetName(target)}(${lookup.id})` };
  }

  /** Sends what has changed; the values stay as they are when it is refused. @returns why it was refused */
  async send(leftOut?: string): Promise<SaveError | undefined> {
    this.isSaving = true;
    this.changed();
    try {
      const body = await this.changes(leftOut);
      if (this.id === '') {
        const response = await send('POST', this.table.set, body);
        this.id = idOf(response);
      } else if (Object.keys(body).length > 0)
        await send('PATCH', `${this.table.set}(${this.id})`, body, { 'If-Match': '*' });
      return undefined;
    } catch (error) {
      const { message, errorCode = 0 } = error as Error & { errorCode?: number };
      return { message, errorCode };
    } finally {
      this.isSaving = false;
      this.changed();
    }
  }
}

export function readValue(row: Row, column: Column): Value {
  const { name, type } = column;
  if (column.targets.length > 0) {
    const id = row[`_${name}_value`];
    if (typeof id !== 'string') return null;
    return [
      {
        id,
        entityType: String(row[lookupTableKey(name)] ?? column.targets[0]),
        name: String(row[formattedKey(`_${name}_value`)] ?? id),
      },
    ];
  }
  const value = row[name];
  if (value === null || value === undefined) return null;
  if (type === 'DateTime') return new Date(String(value));
  return value as Value;
}

function writeValue(value: Value, column: Column): unknown {
  if (value instanceof Date)
    return column.isDateOnly ? value.toISOString().slice(0, 10) : `${value.toISOString().slice(0, 19)}Z`;
  return value === '' ? null : value;
}
