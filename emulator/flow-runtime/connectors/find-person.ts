import { isObject } from '../expressions/value.ts';
import type { Person } from './approval-store.ts';
import { office365UsersApi, office365UsersOperations } from './office365-users.ts';
import type { ServiceClient } from './service-client.ts';

/** The person an e-mail address, a user principal name or an id names; the directory is read as this user. */
export async function findPerson(dataverse: ServiceClient, name: string, reader: string): Promise<Person | undefined> {
  const { UserProfile_V2: profile } = office365UsersOperations({ dataverse, user: () => reader });
  const call = { api: office365UsersApi, operation: 'UserProfile_V2', parameters: { id: name } };
  const { statusCode, body } = await profile!({ ...call, connectionReference: undefined });
  if (statusCode >= 400 || !isObject(body)) return undefined;
  const text = (field: string) => String(body[field] ?? '');
  return {
    id: text('id'),
    displayName: text('displayName'),
    email: text('mail'),
    userPrincipalName: text('userPrincipalName'),
  };
}
