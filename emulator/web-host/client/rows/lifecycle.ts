import type { Table } from '../web-api/metadata';

const activityKey = 'activityid';
const activityClosed = new Set([1, 2]);
const active = 0;

export const isActivity = ({ primaryId }: Table): boolean => primaryId === activityKey;

/** Whether a row in this state is kept from being changed: what is not active, and activities that are closed. */
export function isClosed(table: Table, state: unknown): boolean {
  if (typeof state !== 'number') return false;
  return isActivity(table) ? activityClosed.has(state) : state !== active;
}

/** Tables whose rows go from active to inactive and back by writing their state; cases and activities have messages and words of their own. */
export const hasPlainStates = (table: Table): boolean =>
  table.columns.has('statecode') && !isActivity(table) && table.name !== 'incident' && !table.isVirtual;
