import type { FormModel, SaveOutcome } from './form-model';

export interface SaveHandlers {
  /** Each gets an execution context whose event can prevent the save; promises are awaited. */
  readonly onSave: ((context: unknown) => unknown)[];
  readonly onPostSave: ((context: unknown) => unknown)[];
}

/** Runs a save as the platform does: handlers, the request, handlers again, the row anew. */
export async function saveForm(
  model: FormModel,
  handlers: SaveHandlers,
  contextOf: (event: object) => unknown,
): Promise<SaveOutcome & { readonly isPrevented: boolean }> {
  let isPrevented = false;
  const event = {
    preventDefault: () => (isPrevented = true),
    isDefaultPrevented: () => isPrevented,
    getSaveMode: () => 1,
    preventDefaultOnError: () => undefined,
  };
  for (const handler of [...handlers.onSave]) await handler(contextOf(event));
  if (isPrevented) return { isPrevented: true, isSuccess: false, error: undefined };
  const missing = [...model.attributes.values()].find(
    (one) => one.required === 'required' && (one.value === null || one.value === '') && one.isDirty,
  );
  const outcome: SaveOutcome =
    missing === undefined
      ? await model.send()
      : {
          isSuccess: false,
          error: { message: `${missing.column.label}: Required fields must be filled in.`, errorCode: 0 },
        };
  if (outcome.isSuccess) await model.load();
  const after = {
    getIsSaveSuccess: () => outcome.isSuccess,
    getSaveErrorInfo: () => outcome.error ?? null,
    getEntityReference: () => ({ id: model.id, entityType: model.table.name }),
  };
  for (const handler of [...handlers.onPostSave]) await handler(contextOf(after));
  return { ...outcome, isPrevented: false };
}
