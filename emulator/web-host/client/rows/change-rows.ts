import { rowWords } from '../language/words/rows';
import { tell } from '../shell/dialogs';
import type { Table } from '../web-api/metadata';
import { send, type Row } from '../web-api/web-api';

/** Writes the same to some rows, one after the other. What is refused is told, each reason once. @returns how many were changed */
export async function changeRows(table: Table, ids: readonly string[], body: Row): Promise<number> {
  const reasons: string[] = [];
  for (const id of ids) {
    const refused = await send('PATCH', `${table.set}(${id})`, body, { 'If-Match': '*' }).catch(
      (error: Error) => error,
    );
    if (refused instanceof Error) reasons.push(refused.message);
  }
  if (reasons.length > 0)
    await tell(rowWords('someRefused', reasons.length, ids.length), [...new Set(reasons)].join('\n\n'));
  return ids.length - reasons.length;
}

/** `3 Accounts`, `1 Account`. */
export const countOf = ({ label, collectionLabel }: Table, ids: readonly string[]): [number, string] => [
  ids.length,
  ids.length === 1 ? label : collectionLabel,
];
