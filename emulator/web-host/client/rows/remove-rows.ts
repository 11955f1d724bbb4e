import { listWords } from '../language/words/list';
import { shellWords } from '../language/words/shell';
import { ask, tell } from '../shell/dialogs';
import type { Table } from '../web-api/metadata';
import { send } from '../web-api/web-api';
import { countOf } from './change-rows';

/** Asks, then deletes the rows. What is refused is told. @returns false when the user does not want to */
export async function removeRows(table: Table, ids: readonly string[]): Promise<boolean> {
  const what = countOf(table, ids).join(' ');
  const answers = [listWords('remove'), shellWords('cancel')];
  if ((await ask(listWords('confirmDeletion'), listWords('confirmDeletionText', what), answers)) !== 0) return false;
  for (const id of ids) {
    const refused = await send('DELETE', `${table.set}(${id})`).catch((error: Error) => error);
    if (refused instanceof Error) await tell(shellWords('error'), refused.message);
  }
  return true;
}
