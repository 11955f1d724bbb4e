import type { FormModel, SaveError } from './form-model';
import { formWords } from '../language/words/form';

type Handler = (context: unknown) => unknown;

export interface SaveHandlers {
  /** Each gets an execution context whose event can prevent the save; promises are awaited. */
  readonly onSave: Handler[];
  readonly onPostSave: Handler[];
}

/** How a save was asked for, as `getSaveMode` gives it. */
export const saveModes = { save: 1, saveAndClose: 2, saveAndNew: 59, autoSave: 70 } as const;
export type SaveMode = (typeof saveModes)[keyof typeof saveModes];

export type SaveOutcome =
  | { readonly kind: 'saved' }
  /** A handler stopped it; whoever stopped it says why. */
  | { readonly kind: 'prevented' }
  /** Columns of the form are in error; nothing was sent. */
  | { readonly kind: 'blocked'; readonly reasons: readonly string[] }
  | { readonly kind: 'refused'; readonly error: SaveError };

/**
 * Runs a save as the platform does: checks, handlers, the request, handlers again, the row anew.
 *
 * What is changed while the request is under way is not lost: it stays a change of the row.
 *
 * @param contextOf makes the execution context that carries an event
 * @param leftOut a column that stays as it is: somebody is editing it
 */
export async function saveForm(
  model: FormModel,
  handlers: SaveHandlers,
  contextOf: (event: object) => unknown,
  mode: SaveMode,
  leftOut?: string,
): Promise<SaveOutcome> {
  const reasons = whyNotSaved(model);
  if (reasons.length > 0) return { kind: 'blocked', reasons };
  let isPrevented = false;
  const event = {
    preventDefault: () => (isPrevented = true),
    preventDefaultOnError: () => undefined,
    isDefaultPrevented: () => isPrevented,
    disableAsyncTimeout: () => undefined,
    getSaveMode: () => mode,
  };
  for (const handler of [...handlers.onSave]) await handler(contextOf(event));
  if (isPrevented) return { kind: 'prevented' };
  const sent = model.valuesWithout(leftOut);
  const error = await model.send(leftOut);
  if (error === undefined) await model.load(sent);
  const after = {
    getIsSaveSuccess: () => error === undefined,
    getSaveErrorInfo: () => error ?? null,
    getEntityReference: () => ({ id: model.id, entityType: model.table.name, name: model.title }),
  };
  for (const handler of [...handlers.onPostSave]) await handler(contextOf(after));
  return error === undefined ? { kind: 'saved' } : { kind: 'refused', error };
}

/** Required columns left empty and errors set at controls, in the words of model-driven apps. */
export function whyNotSaved(model: FormModel): string[] {
  const controls = [...model.controls.values()].filter(({ isVisible }) => isVisible);
  const empty = [...model.attributes.values()].filter(
    ({ required, value, column }) =>
      required === 'required' &&
      (value === null || value === '') &&
      controls.some((control) => control.column === column.name && !control.isDisabled),
  );
  const wrong = [...model.attributes.values()].filter(({ invalid }) => invalid !== undefined);
  return [
    ...wrong.map(({ column, invalid }) => `${column.label} : ${invalid}`),
    ...empty.map(({ column }) => formWords('requiredField', column.label)),
    ...controls.flatMap(({ label, notifications }) =>
      [...notifications.values()].filter(({ level }) => level === 'ERROR').map(({ text }) => `${label} : ${text}`),
    ),
  ];
}
