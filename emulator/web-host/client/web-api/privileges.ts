import type { Table } from './metadata';
import { get } from './web-api';

export type Right = 'Create' | 'Read' | 'Write' | 'Delete' | 'Assign' | 'Share' | 'Append' | 'AppendTo';

/** Undefined until known: then commands are there, and the service refuses what it must. */
let held: ReadonlySet<string> | undefined;

/** Reads what the user's roles give, once a page. */
export async function readPrivileges(userId: string): Promise<void> {
  const path = `systemusers(${userId})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges`;
  const { RolePrivileges } = await get<{ RolePrivileges: readonly { readonly PrivilegeName: string }[] }>(path);
  held = new Set(RolePrivileges.map(({ PrivilegeName }) => PrivilegeName.toLowerCase()));
}

/** Whether a command that needs this right is shown. How far the right reaches is the service's to say. */
export const may = (right: Right, table: Pick<Table, 'schemaName' | 'name' | 'primaryId'>): boolean =>
  mayByName(`prv${right}${nounOf(table)}`);

export const mayByName = (privilege: string): boolean => held?.has(privilege.toLowerCase()) ?? true;

/** All activities share one set of privileges; notes have a name of their own there. */
function nounOf({ schemaName, name, primaryId }: Pick<Table, 'schemaName' | 'name' | 'primaryId'>): string {
  if (primaryId === 'activityid') return 'Activity';
  return name === 'annotation' ? 'Note' : schemaName;
}
