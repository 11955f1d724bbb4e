import { list } from '../web-api/web-api';

export interface CurrentUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

const kept = 'user';

let current: CurrentUser = { id: '', name: '', email: '' };

/** Whom the page acts as, once that is known. */
export const currentUser = (): CurrentUser => current;
export const setCurrentUser = (user: CurrentUser): void => void (current = user);

export const chosenEmail = (): string | undefined => localStorage.getItem(kept) ?? undefined;

/** The page starts anew as this user: nothing read as another one stays in it. */
export function become(email: string): void {
  localStorage.setItem(kept, email);
  location.reload();
}

/** Everybody the page can act as: enabled users with an e-mail, read before anybody is chosen. */
export async function readUsers(): Promise<CurrentUser[]> {
  const rows = await list(
    'systemusers?$select=systemuserid,fullname,internalemailaddress&$filter=isdisabled eq false and internalemailaddress ne null&$orderby=fullname',
  );
  return rows.map((row) => ({
    id: String(row['systemuserid']),
    name: String(row['fullname']),
    email: String(row['internalemailaddress']),
  }));
}
