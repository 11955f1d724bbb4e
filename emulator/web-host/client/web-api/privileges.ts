import type { Table } from './metadata';
import { get } from './web-api';

export type Right = 'Create' | 'Write' | 'Delete';

/** Undefined until known: then commands are there, and the service refuses what it must. */
let held: ReadonlySet<string> | undefined;

/** Reads what the user's roles give, once a page. */
export async function readPrivileges(userId: string): Promise<void> {
  const path = `systemusers(${userId})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges`;
  const { RolePrivileges } = await get<{ RolePrivileges: readonly { readonly PrivilegeName: string }[] }>(path);
  held = new Set(RolePrivileges.map(({ PrivilegeName }) => PrivilegeName.toLowerCase()));
}

/** Whether a command that needs this right is shown. How far the right reaches is the service's to say. */
export const may = (right: Right, { schemaName }: Table): boolean =>
  held?.has(`prv${right}${schemaName}`.toLowerCase()) ?? true;
