import { membersOf } from './members-of';
import type {
  Attribute,
  ControlNotification,
  ControlState,
  FormModel,
  FormNotification,
  SubmitMode,
  Value,
} from '../form/form-model';
import { saveModes, type SaveHandlers, type SaveMode } from '../form/save-form';

/** What the page does on behalf of a script. */
export interface FormActions {
  /** Rejects with `{ errorCode, message }` when nothing was saved. */
  save(mode: SaveMode): Promise<void>;
  refresh(save: boolean): Promise<void>;
  close(): void;
}

interface GivenNotification {
  readonly messages: readonly string[];
  readonly notificationLevel?: ControlNotification['level'];
  readonly uniqueId: string;
}

type Handler = (context: unknown) => unknown;

const updateForm = 2;
const createForm = 1;

/** `formContext` over the form's model: the documented members form scripts use. What is missing throws its name. */
export function createFormContext(
  model: FormModel,
  handlers: SaveHandlers,
  actions: FormActions,
): { formContext: object; contextOf(event: object): object } {
  const attributes = new Map([...model.attributes].map(([name, attribute]) => [name, attributeOf(name, attribute)]));
  const contextOf = (event: object, source: unknown = formContext): object => ({
    getFormContext: () => formContext,
    getEventArgs: () => event,
    getEventSource: () => source,
    getDepth: () => 1,
    getContext: () =>
      (window as unknown as { Xrm: { Utility: { getGlobalContext(): unknown } } }).Xrm.Utility.getGlobalContext(),
    getSharedVariable: () => undefined,
    setSharedVariable: () => undefined,
  });

  function attributeOf(name: string, attribute: Attribute): object {
    const { column } = attribute;
    const self = membersOf(`attribute '${name}'`, {
      getName: () => name,
      getValue: () => attribute.value,
      setValue: (value: Value) => model.setValue(name, value),
      getIsDirty: () => attribute.isDirty,
      getInitialValue: () => attribute.initial,
      getSubmitMode: () => attribute.submitMode,
      setSubmitMode: (mode: SubmitMode) => void (attribute.submitMode = mode),
      getRequiredLevel: () => attribute.required,
      setRequiredLevel(level: Attribute['required']) {
        attribute.required = level;
        model.changed();
      },
      getAttributeType: () => column.type.toLowerCase(),
      getFormat: () => null,
      getMaxLength: () => column.maxLength,
      getOptions: () => column.options.map(({ value, label }) => ({ value, text: label })),
      getOption: (value: number) =>
        column.options.filter((one) => one.value === value).map(({ label }) => ({ value, text: label }))[0] ?? null,
      getText: () => column.options.find((one) => one.value === attribute.value)?.label ?? '',
      addOnChange: (handler: Handler) => void attribute.onChange.push(handler),
      removeOnChange: (handler: Handler) => remove(attribute.onChange, handler),
      fireOnChange: () => attribute.onChange.forEach((handler) => handler(contextOf({}, self))),
      isValid: () => true,
      controls: collection(() => [...model.controls.values()].filter((one) => one.column === name).map(controlOf)),
    });
    return self;
  }

  function controlOf(control: ControlState): object {
    const change = (apply: () => void) => {
      apply();
      model.changed();
    };
    return membersOf(`control '${control.id}'`, {
      getName: () => control.id,
      getControlType: () => 'standard',
      getAttribute: () => attributes.get(control.column ?? '') ?? null,
      getLabel: () => control.label,
      setLabel: (label: string) => change(() => (control.label = label)),
      getDisabled: () => control.isDisabled,
      setDisabled: (value: boolean) => change(() => (control.isDisabled = value)),
      getVisible: () => control.isVisible,
      setVisible: (value: boolean) => change(() => (control.isVisible = value)),
      setFocus: () =>
        document
          .querySelector<HTMLElement>(
            `[data-control-id="${control.id}"] input, [data-control-id="${control.id}"] textarea`,
          )
          ?.focus(),
      setNotification: (text: string, id = '') => change(() => control.notifications.set(id, { level: 'ERROR', text })),
      addNotification: ({ messages, notificationLevel = 'ERROR', uniqueId }: GivenNotification) =>
        change(() => control.notifications.set(uniqueId, { level: notificationLevel, text: messages.join(' ') })),
      clearNotification: (id?: string) =>
        change(() => (id === undefined ? control.notifications.clear() : control.notifications.delete(id))),
    });
  }

  const findControl = (name: string) =>
    [...model.controls.values()].find((one) => one.id === name) ??
    [...model.controls.values()].find((one) => one.column === name);

  const entity = membersOf('data.entity', {
    getId: () => (model.id === '' ? '' : `{${model.id.toUpperCase()}}`),
    getEntityName: () => model.table.name,
    getEntityReference: () => ({ id: model.id, entityType: model.table.name, name: model.title }),
    getPrimaryAttributeValue: () => model.title,
    getIsDirty: () => model.isDirty,
    save: (after?: 'saveandclose' | 'saveandnew') =>
      actions.save(
        after === 'saveandclose'
          ? saveModes.saveAndClose
          : after === 'saveandnew'
            ? saveModes.saveAndNew
            : saveModes.save,
      ),
    addOnSave: (handler: Handler) => void handlers.onSave.push(handler),
    removeOnSave: (handler: Handler) => remove(handlers.onSave, handler),
    addOnPostSave: (handler: Handler) => void handlers.onPostSave.push(handler),
    removeOnPostSave: (handler: Handler) => remove(handlers.onPostSave, handler),
    attributes: collection(() => [...attributes.values()]),
  });

  const formContext: object = membersOf('formContext', {
    data: membersOf('data', {
      entity,
      attributes: collection(() => [...attributes.values()]),
      save: () => actions.save(saveModes.save),
      refresh: (save = false) => actions.refresh(save),
      getIsDirty: () => model.isDirty,
      isValid: () => true,
    }),
    ui: membersOf('ui', {
      getFormType: () => (model.id === '' ? createForm : updateForm),
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
      refreshRibbon: () => undefined,
      close: () => actions.close(),
      controls: collection(() => [...model.controls.values()].map(controlOf)),
    }),
    getAttribute: (name?: string) => (name === undefined ? [...attributes.values()] : (attributes.get(name) ?? null)),
    getControl: (name?: string) => {
      if (name === undefined) return [...model.controls.values()].map(controlOf);
      const control = findControl(name);
      return control === undefined ? null : controlOf(control);
    },
  });

  return { formContext, contextOf };
}

function remove(handlers: Handler[], handler: Handler): void {
  const at = handlers.indexOf(handler);
  if (at >= 0) handlers.splice(at, 1);
}

function collection(items: () => object[]): object {
  return {
    get: (index?: number | string) =>
      index === undefined
        ? items()
        : typeof index === 'number'
          ? items()[index]
          : items().find((one) => (one as { getName(): string }).getName() === index),
    forEach: (each: (item: object, index: number) => void) => items().forEach(each),
    getLength: () => items().length,
  };
}
