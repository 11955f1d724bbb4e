import { idOf, send } from '../web-api/web-api';
import type { View } from '../web-api/apps';

/** Views for the user alone, as the platform keeps them: rows of `userquery`. */
export interface NewView {
  readonly name: string;
  readonly description: string;
}

/** `querytype` of what a list shows. */
const listView = 0;

/** @returns id of the view that was made */
export async function saveAsNewView(table: string, view: View, fetchXml: string, given: NewView): Promise<string> {
  const response = await send('POST', 'userqueries', {
    name: given.name,
    description: given.description === '' ? null : given.description,
    returnedtypecode: table,
    querytype: listView,
    fetchxml: fetchXml,
    layoutxml: view.layoutXml,
  });
  return idOf(response);
}

export const saveView = ({ id }: View, fetchXml: string) =>
  send('PATCH', `userqueries(${id})`, { fetchxml: fetchXml }, { 'If-Match': '*' });

export const deleteView = ({ id }: View) => send('DELETE', `userqueries(${id})`);
