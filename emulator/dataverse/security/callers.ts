import { bearerName, readGuid, type HttpRequest } from '../../kernel/index.ts';
import type { Database } from '../../storage/index.ts';
import type { Caller } from '../contract.ts';
import { faults } from '../faults.ts';
import type { Privileges } from './privileges.ts';

export interface Callers {
  /** Who a request acts as. @throws Fault 401 in strict mode, 403 for impersonation without the privilege */
  of(headers: HttpRequest['headers']): Caller;
  byEmail(email: string): Caller | undefined;
  byId(userId: string): Caller | undefined;
  /** The user of the platform itself: passes every check. */
  readonly system: Caller;
}

export function createCallers(database: Database, privileges: Privileges, strict: boolean): Callers {
  function find(where: string, value: string): Caller | undefined {
    const row = database.get(
      `select systemuserid, internalemailaddress, businessunitid from systemuser where ${where} and coalesce(isdisabled, 0) = 0`,
      [value],
    );
    if (row === undefined) return undefined;
    return {
      userId: String(row['systemuserid']),
      email: String(row['internalemailaddress'] ?? ''),
      businessUnitId: String(row['businessunitid']),
      isSystem: false,
    };
  }
  const byEmail = (email: string) => find('internalemailaddress__folded = ?', email.toLowerCase());
  const byId = (userId: string) => find('systemuserid = ?', userId);

  function systemUser(): Caller {
    const row = database.get(`select systemuserid, businessunitid from systemuser where fullname = 'SYSTEM'`);
    return {
      userId: String(row?.['systemuserid'] ?? ''),
      email: '',
      businessUnitId: String(row?.['businessunitid'] ?? ''),
      isSystem: true,
    };
  }
  let system: Caller | undefined;

  function impersonated(caller: Caller, headers: HttpRequest['headers']): Caller {
    const objectId = headers['callerobjectid'];
    const wanted = objectId ?? headers['mscrmcallerid'];
    if (wanted === undefined) return caller;
    if (!privileges.has(caller, 'prvActOnBehalfOfAnotherUser')) throw faults.cannotImpersonate();
    const id = readGuid(wanted) ?? '';
    const other = (objectId === undefined ? undefined : find('azureactivedirectoryobjectid = ?', id)) ?? byId(id);
    if (other === undefined) throw faults.notAMember();
    return other;
  }

  return {
    byEmail,
    byId,
    get system() {
      return (system ??= systemUser());
    },
    of(headers) {
      const name = bearerName(headers);
      const user = name === undefined ? undefined : byEmail(name);
      if (user === undefined && strict) throw faults.notAuthenticated();
      return impersonated(user ?? (system ??= systemUser()), headers);
    },
  };
}
