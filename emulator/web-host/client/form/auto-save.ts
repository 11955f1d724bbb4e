import * as React from 'react';
import { isAutoSaveEnabled } from '../xrm/global-context';
import type { FormSession } from './form-session';

const afterMs = 30_000;

/** What is saved by itself: a form session, as far as it takes. */
export interface SavedByItself {
  readonly model: Pick<FormSession['model'], 'subscribe' | 'isDirty' | 'valuesWithout'>;
  readonly isWorthAutoSave: boolean;
  autoSave(): Promise<boolean>;
}

/**
 * Saves a row 30 seconds after it was changed. What was not saved then (a script prevented it, the service refused it)
 * is tried again after the next change, not before.
 *
 * @returns what ends it
 */
export function keepSaved(session: SavedByItself): () => void {
  const { model } = session;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tried = '';
  const values = () => JSON.stringify([...model.valuesWithout(undefined)]);
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const look = () => {
    if (!model.isDirty) stop();
    else if (timer === undefined && values() !== tried) timer = setTimeout(() => void save(), afterMs);
  };
  const save = async () => {
    timer = undefined;
    // There may be nothing but the column that is being edited, and no word when its editor is left.
    if (!session.isWorthAutoSave) return look();
    tried = values();
    if (await session.autoSave()) tried = '';
    look();
  };
  const unsubscribe = model.subscribe(look);
  look();
  return () => {
    stop();
    unsubscribe();
  };
}

/** Keeps the row of a form saved, where the environment has it so. */
export function useAutoSave(session: FormSession): void {
  React.useEffect(() => (isAutoSaveEnabled() ? keepSaved(session) : undefined), [session]);
}
