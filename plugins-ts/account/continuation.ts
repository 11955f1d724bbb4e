/** What a save that was stopped is continued with. */
export interface Continuation {
  /** Saves the account without being stopped again. */
  readonly saveAccount: () => PromiseLike<unknown>;
  /** How the user asked for the save. */
  readonly saveMode: number;
}

const saveAndClose = 2;
const saveAndNew = 59;

/** Does what the stopped save would have done once it had succeeded. */
export async function leave(form: Xrm.FormContext, { saveMode }: Continuation): Promise<void> {
  if (saveMode === saveAndClose) form.ui.close();
  if (saveMode === saveAndNew) await Xrm.Navigation.openForm({ entityName: 'account' });
}

/** Why a save failed is shown when its event comes; here only whether it did matters. */
export async function succeeds(save: () => PromiseLike<unknown>): Promise<boolean> {
  try {
    await save();
    return true;
  } catch {
    return false;
  }
}
