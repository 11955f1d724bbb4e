import type { ControlNotification, ControlState, FormModel } from '../form/form-model';
import type { LookupFilter } from '../list/search-rows';
import { attributeType } from './attribute';
import { removeHandler, type Handler } from './collection';
import { gridMembers } from './grid';
import { membersOf } from './members-of';

interface ControlParts {
  readonly model: FormModel;
  contextOf(source: object): unknown;
  attribute(name: string): object | null;
  sectionOf(control: ControlState): object | null;
}

interface GivenNotification {
  readonly messages: readonly string[];
  readonly notificationLevel?: ControlNotification['level'];
  readonly uniqueId: string;
  readonly actions?: readonly { readonly message?: string; readonly actions?: readonly (() => unknown)[] }[];
}

/** `getControlType` of what is bound to no column, and of grids. */
const places: Readonly<Record<string, string>> = {
  subgrid: 'subgrid',
  timeline: 'timelinewall',
  quickView: 'quickform',
  webResource: 'webresource',
  frame: 'iframe',
};

export function controlType(
  { kind, customControl }: ControlState,
  model: FormModel,
  column: string | undefined,
): string {
  if (customControl !== undefined) return `${kind === 'subgrid' ? 'customsubgrid' : 'customcontrol'}:${customControl}`;
  if (kind !== 'column') return places[kind] ?? 'notes';
  const found = model.attributes.get(column ?? '')?.column;
  const type = found === undefined ? '' : attributeType(found);
  if (type === 'boolean') return 'optionset';
  return /^(optionset|multiselectoptionset|lookup)$/.test(type) ? type : 'standard';
}

/** A control on the form, with the members of its kind. */
export function controlOf(control: ControlState, parts: ControlParts): object {
  const { model } = parts;
  const type = controlType(control, model, control.column);
  const change = (apply: () => unknown) => {
    apply();
    model.changed();
  };
  const self: object = membersOf(`control '${control.id}'`, {
    getName: () => control.id,
    getControlType: () => type,
    getParent: () => parts.sectionOf(control),
    getLabel: () => control.label,
    setLabel: (label: string) => change(() => (control.label = label)),
    getVisible: () => control.isVisible,
    setVisible: (value: boolean) => change(() => (control.isVisible = value)),
    ...(control.kind === 'column' ? columnMembers(control, parts, () => self, change) : {}),
    ...(type === 'lookup' ? lookupMembers(control, parts.model) : {}),
    ...(/optionset$/.test(type) ? optionMembers(control, model, change) : {}),
    ...(control.kind === 'subgrid' ? gridMembers(control, model, parts.contextOf, () => self) : {}),
    ...(control.kind === 'timeline' ? { refresh: () => change(() => (model.loads += 1)) } : {}),
    ...(control.kind === 'frame' || control.kind === 'webResource' ? frameMembers(control) : {}),
  });
  return self;
}

type Change = (apply: () => unknown) => void;

function columnMembers(control: ControlState, parts: ControlParts, self: () => object, change: Change) {
  const { notifications } = control;
  return {
    getAttribute: () => parts.attribute(control.column ?? ''),
    getDisabled: () => control.isDisabled,
    setDisabled: (value: boolean) => change(() => (control.isDisabled = value)),
    setFocus: () => focusOn(control.id),
    setNotification(text: string, id = '') {
      change(() => notifications.set(id, { level: 'ERROR', text }));
      return true;
    },
    addNotification({ messages, notificationLevel = 'ERROR', uniqueId, actions = [] }: GivenNotification) {
      const doing = actions.map(({ message = '', actions: run = [] }) => ({
        label: message,
        run: () => run.forEach((one) => one()),
      }));
      change(() => notifications.set(uniqueId, { level: notificationLevel, text: messages.join(' '), actions: doing }));
      return true;
    },
    clearNotification(id?: string) {
      const had = id === undefined ? notifications.size > 0 : notifications.has(id);
      change(() => (id === undefined ? notifications.clear() : notifications.delete(id)));
      return had;
    },
    /** What is typed just now, before it is taken over. */
    getValue: () => inputOf(control.id)?.value ?? null,
    addOnLostFocus: (handler: Handler) => void control.onLostFocus.push(handler),
    removeOnLostFocus: (handler: Handler) => removeHandler(control.onLostFocus, handler),
    fireOnLostFocus: () => control.onLostFocus.forEach((handler) => handler(parts.contextOf(self()))),
  };
}

const inputOf = (id: string) =>
  document.querySelector<HTMLInputElement>(`[data-control-id="${CSS.escape(id)}"] :is(input, textarea)`);

function focusOn(id: string): void {
  const place = document.querySelector(`[data-control-id="${CSS.escape(id)}"]`);
  place?.querySelector<HTMLElement>('input, textarea, [role=combobox], button, a')?.focus();
}

function optionMembers(control: ControlState, model: FormModel, change: Change) {
  const column = () => model.attributes.get(control.column ?? '')?.column;
  const all = () => control.options ?? column()?.options ?? [];
  return {
    getOptions: () => all().map(({ value, label }) => ({ value, text: label })),
    addOption({ value, text }: { value: number; text: string }, at?: number) {
      // An option the column does not have cannot be saved; the platform leaves it out.
      if (!column()?.options.some((one) => one.value === value)) return;
      const rest = all().filter((one) => one.value !== value);
      const place = at ?? rest.length;
      change(() => (control.options = [...rest.slice(0, place), { value, label: text }, ...rest.slice(place)]));
    },
    removeOption: (value: number) => change(() => (control.options = all().filter((one) => one.value !== value))),
    clearOptions: () => change(() => (control.options = [])),
  };
}

function lookupMembers(control: ControlState, model: FormModel) {
  const targets = () => control.lookup.targets ?? model.attributes.get(control.column ?? '')?.column.targets ?? [];
  return {
    addPreSearch: (handler: Handler) => void control.lookup.preSearch.push(handler),
    removePreSearch: (handler: Handler) => removeHandler(control.lookup.preSearch, handler),
    addCustomFilter: (filterXml: string, table?: string) =>
      void (control.lookup.filters as LookupFilter[]).push({ filterXml, table }),
    getEntityTypes: () => [...targets()],
    setEntityTypes: (names: readonly string[]) => void (control.lookup.targets = [...names]),
  };
}

const frameOf = ({ id }: ControlState) => document.getElementById(id) as HTMLIFrameElement | null;

function frameMembers(control: ControlState) {
  return {
    getObject: () => frameOf(control),
    getContentWindow: async () => frameOf(control)?.contentWindow ?? null,
    getSrc: () => frameOf(control)?.getAttribute('src') ?? '',
    setSrc(url: string) {
      const frame = frameOf(control);
      if (frame !== null) frame.src = url;
    },
    getInitialUrl: () => control.initialUrl ?? '',
  };
}
