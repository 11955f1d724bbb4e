import type { Database } from '../../storage/index.ts';
import type { Caller } from '../contract.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { stableId } from '../metadata/stable-id.ts';

export type Right = 'Create' | 'Read' | 'Write' | 'Delete' | 'Append' | 'AppendTo' | 'Assign' | 'Share';

/** How far a privilege reaches; masks as `roleprivileges` keeps them. */
export const depth = { basic: 1, local: 2, deep: 4, global: 8 } as const;

const systemAdministrator = '627090ff-40a3-4053-8790-584edc5be201';

interface Held {
  /** Has every privilege at Global: the System Administrator role. */
  readonly all: boolean;
  /** Highest depth by privilege id. */
  readonly depths: ReadonlyMap<string, number>;
  readonly teamIds: readonly string[];
}

/** Who may do what: roles held directly and through teams. */
export interface Privileges {
  /** @throws Fault 0x80040220 when no role of the caller has the privilege */
  require(caller: Caller, right: Right, table: TableMetadata): void;
  /** Highest depth of the privilege, 0 for none. */
  depthOf(caller: Caller, right: Right, table: TableMetadata): number;
  teamsOf(caller: Caller): readonly string[];
  /** True when a role of the user names this privilege at any depth. */
  has(caller: Caller, privilege: string): boolean;
  /** Forgets what it knows; called when a row of the security tables is written. */
  forget(): void;
}

/** Tables whose rows decide who may do what. */
export const securityTables = new Set([
  'systemuser',
  'team',
  'role',
  'roleprivileges',
  'systemuserroles',
  'teamroles',
  'teammembership',
  'businessunit',
]);

export function createPrivileges(database: Database): Privileges {
  const known = new Map<string, Held>();

  function held(caller: Caller): Held {
    let one = known.get(caller.userId);
    if (one === undefined) {
      one = read(database, caller.userId);
      known.set(caller.userId, one);
    }
    return one;
  }

  function depthOf(caller: Caller, right: Right, table: TableMetadata): number {
    if (caller.isSystem) return depth.global;
    const { all, depths } = held(caller);
    return all ? depth.global : (depths.get(stableId('privilege', `prv${right}${table.schemaName}`)) ?? 0);
  }

  return {
    depthOf,
    require(caller, right, table) {
      if (depthOf(caller, right, table) > 0) return;
      const name = `prv${right}${table.schemaName}`;
      throw faults.privilegeDenied(
        caller.userId,
        name,
        stableId('privilege', name),
        table.logicalName,
        table.objectTypeCode,
      );
    },
    teamsOf: (caller) => (caller.isSystem ? [] : held(caller).teamIds),
    has(caller, privilege) {
      if (caller.isSystem) return true;
      const { all, depths } = held(caller);
      return all || depths.has(stableId('privilege', privilege));
    },
    forget: () => known.clear(),
  };
}

function read(database: Database, userId: string): Held {
  const ids = (sql: string) => database.all(sql, [userId]).map((row) => String(row['id']));
  const teamIds = ids('select teamid as id from teammembership where systemuserid = ?');
  const roles = ids(`select roleid as id from systemuserroles where systemuserid = ?1
    union select tr.roleid from teamroles tr join teammembership tm on tm.teamid = tr.teamid where tm.systemuserid = ?1`);
  if (roles.includes(systemAdministrator)) return { all: true, depths: new Map(), teamIds };
  const depths = new Map<string, number>();
  for (const role of roles) {
    for (const row of database.all('select privilegeid, privilegedepthmask from roleprivileges where roleid = ?', [
      role,
    ])) {
      const id = String(row['privilegeid']);
      depths.set(id, Math.max(depths.get(id) ?? 0, Number(row['privilegedepthmask'])));
    }
  }
  return { all: false, depths, teamIds };
}
