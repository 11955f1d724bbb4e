import { bearerName, readGuid, type HttpRequest } from '../../kernel/index.ts';
import { fold } from '../../query/index.ts';
import type { Database } from '../../storage/index.ts';
import type { Caller } from '../contract.ts';
import { faults } from '../faults.ts';
import { stableId } from '../metadata/stable-id.ts';
import type { Privileges } from './privileges.ts';

export interface Callers {
  /**
   * Who a request acts as: the user its bearer token names, else the system administrator.
   *
   * @throws Fault 401 for no or an unknown user in strict mode, 403 for a disabled user or impersonation without the privilege
   */
  of(headers: HttpRequest['headers']): Caller;
  /** The enabled user with this e-mail, in any letter case. */
  byEmail(email: string): Caller | undefined;
  byId(userId: string): Caller | undefined;
  /** The enabled application user of an application registered in the directory. */
  byApplicationId(applicationId: string): Caller | undefined;
  /** The user of the platform itself: passes every check. */
  readonly system: Caller;
}

interface KnownUser {
  readonly caller: Caller;
  readonly isDisabled: boolean;
}

const systemUserId = stableId('systemuser', 'SYSTEM');

export function createCallers(database: Database, privileges: Privileges, strict: boolean): Callers {
  const users = new Map<string, KnownUser>();
  let generation = privileges.generation;

  function find(column: string, value: string): KnownUser | undefined {
    if (generation !== privileges.generation) users.clear();
    generation = privileges.generation;
    const key = `${column}=${value}`;
    const known = users.get(key);
    if (known !== undefined) return known;
    const found = read(column, value);
    if (found !== undefined) users.set(key, found);
    return found;
  }

  function read(column: string, value: string): KnownUser | undefined {
    const sql = `select systemuserid, internalemailaddress, businessunitid, isdisabled from systemuser where "${column}" = ?`;
    const row = database.get(sql, [value]);
    if (row === undefined) return undefined;
    const caller = {
      userId: String(row['systemuserid']),
      email: String(row['internalemailaddress'] ?? ''),
      businessUnitId: String(row['businessunitid']),
      isSystem: row['systemuserid'] === systemUserId,
    };
    return { caller, isDisabled: row['isdisabled'] === 1 };
  }

  const ifEnabled = (user: KnownUser | undefined) => (user === undefined || user.isDisabled ? undefined : user.caller);
  const findByEmail = (email: string) => find('internalemailaddress__folded', fold(email));

  /** Without a business unit until it has a row. */
  function system(): Caller {
    const businessUnitId = find('systemuserid', systemUserId)?.caller.businessUnitId ?? '';
    return { userId: systemUserId, email: '', businessUnitId, isSystem: true };
  }

  function impersonated(caller: Caller, headers: HttpRequest['headers']): Caller {
    const objectId = headers['callerobjectid'];
    const wanted = objectId ?? headers['mscrmcallerid'];
    if (wanted === undefined) return caller;
    if (!privileges.has(caller, 'prvActOnBehalfOfAnotherUser')) throw faults.cannotImpersonate();
    const id = readGuid(wanted) ?? '';
    // Decided: the object id of the directory may be given as the user's own id, since demo users have no directory.
    const other = (objectId && find('azureactivedirectoryobjectid', id)) || find('systemuserid', id);
    if (other === undefined) throw faults.notAMember();
    return { ...enabled(other), actingUser: caller };
  }

  return {
    byEmail: (email) => ifEnabled(findByEmail(email)),
    byId: (userId) => ifEnabled(find('systemuserid', userId)),
    byApplicationId(applicationId) {
      const id = readGuid(applicationId);
      return id === undefined ? undefined : ifEnabled(find('applicationid', id));
    },
    get system() {
      return system();
    },
    of(headers) {
      const name = bearerName(headers);
      const user = name === undefined ? undefined : findByEmail(name);
      if (user === undefined && strict) throw faults.notAuthenticated();
      return impersonated(user === undefined ? system() : enabled(user), headers);
    },
  };
}

function enabled({ caller, isDisabled }: KnownUser): Caller {
  if (isDisabled) throw faults.userDisabled();
  return caller;
}
