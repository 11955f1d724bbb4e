import { remembered } from '../../kernel/index.ts';
import type { Database } from '../../storage/index.ts';
import type { Caller } from '../contract.ts';
import { faults } from '../faults.ts';
import { labelIn } from '../metadata/labels.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { stableId } from '../metadata/stable-id.ts';
import { privilegeName, type TableRight } from '../metadata/table-privileges.ts';

export type Right = TableRight;

/** How far a privilege reaches; masks as `roleprivileges` keeps them. */
export const depth = { basic: 1, local: 2, deep: 4, global: 8 } as const;

const systemAdministrator = '627090ff-40a3-4053-8790-584edc5be201';

/** One role's gift of one privilege: how far it reaches, and from where. */
export interface Grant {
  readonly depth: number;
  /** Business unit it is measured from: the user's, or that of the team that holds the role. */
  readonly unitId: string;
  /** Set when the role gives it to the rows of this team only ("Team privileges only"). */
  readonly onlyTeam: string | undefined;
}

interface Held {
  /** Has every privilege at Global: the System Administrator role. */
  readonly all: boolean;
  readonly grants: ReadonlyMap<string, readonly Grant[]>;
  readonly teamIds: readonly string[];
  readonly roleCount: number;
}

/** Who may do what: roles held directly and through teams. */
export interface Privileges {
  /** @throws Fault 0x80040220 when no role of the caller, or of whom it acts for, has the privilege */
  require(caller: Caller, right: Right, table: TableMetadata): void;
  /** Every grant of the privilege this user itself has; `all` passes every check. */
  grants(caller: Caller, right: Right, table: TableMetadata): readonly Grant[] | 'all';
  teamsOf(caller: Caller): readonly string[];
  /** True when a role of the user names this privilege at any depth. */
  has(caller: Caller, privilege: string): boolean;
  /** Highest depth of a privilege by its id; 0 for none. */
  reachOf(caller: Caller, privilegeId: string): number;
  /** Name of the first privilege, of reading and of writing, that no role of the team gives it. */
  teamLacks(teamId: string, table: TableMetadata): string | undefined;
  /** True for the system user and system administrators. */
  hasAll(caller: Caller): boolean;
  /** Forgets what it knows; called when a row of the security tables is written. */
  forget(): void;
  /** Raised whenever something is forgotten: what others keep of the security tables is as old as it says. */
  readonly generation: number;
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
  'fieldsecurityprofile',
  'fieldpermission',
  'systemuserprofiles',
  'teamprofiles',
]);

/** Asked for whenever rows are. */
const idOf = remembered((privilege) => stableId('privilege', privilege));

export function createPrivileges(database: Database): Privileges {
  const known = new Map<string, Held>();
  const ofTeams = new Map<string, ReadonlySet<string> | 'all'>();
  let generation = 0;

  function held(caller: Caller): Held {
    let one = known.get(caller.userId);
    if (one === undefined) {
      one = read(database, caller.userId);
      known.set(caller.userId, one);
    }
    return one;
  }

  function grants(caller: Caller, right: Right, table: TableMetadata): readonly Grant[] | 'all' {
    if (caller.isSystem) return 'all';
    const { all, grants: own } = held(caller);
    return all ? 'all' : (own.get(idOf(privilegeName(right, table))) ?? []);
  }

  const hasAll = (caller: Caller) => caller.isSystem || held(caller).all;

  return {
    grants,
    hasAll,
    // Decided: a user without any role meets the same refusal as one whose roles lack the privilege.
    require(caller, right, table) {
      for (let one: Caller | undefined = caller; one !== undefined; one = one.actingUser) {
        if (grants(one, right, table).length > 0) continue;
        throw denied(one, held(one), right, table);
      }
    },
    teamsOf: (caller) => (caller.isSystem ? [] : held(caller).teamIds),
    has: (caller, privilege) => hasAll(caller) || held(caller).grants.has(idOf(privilege)),
    teamLacks(teamId, table) {
      let one = ofTeams.get(teamId);
      if (one === undefined) ofTeams.set(teamId, (one = privilegesOfTeam(database, teamId)));
      const needed = (['Read', 'Write'] as const).map((right) => privilegeName(right, table));
      return one === 'all' ? undefined : needed.find((name) => !(one as ReadonlySet<string>).has(idOf(name)));
    },
    reachOf(caller, privilegeId) {
      if (hasAll(caller)) return depth.global;
      return Math.max(0, ...(held(caller).grants.get(privilegeId) ?? []).map((grant) => grant.depth));
    },
    forget() {
      known.clear();
      ofTeams.clear();
      generation += 1;
    },
    get generation() {
      return generation;
    },
  };
}

function denied({ userId }: Caller, { roleCount, grants }: Held, right: Right, table: TableMetadata): Error {
  const name = privilegeName(right, table);
  return faults.privilegeDenied(
    { id: userId, roleCount, privilegeCount: grants.size },
    { name, id: stableId('privilege', name) },
    {
      name: table.logicalName,
      label: labelIn(table.label) || table.logicalName,
      objectTypeCode: table.objectTypeCode,
    },
  );
}

/** `isinherited` of a role held by a team: 0 gives its user-level privileges to rows of the team only. */
const rolesHeld = `
  select sr.roleid, u.businessunitid as unit, null as team
    from systemuserroles sr join systemuser u on u.systemuserid = sr.systemuserid where sr.systemuserid = ?1
  union all
  select tr.roleid, t.businessunitid, case when r.isinherited = 0 then t.teamid end
    from teammembership tm join team t on t.teamid = tm.teamid join teamroles tr on tr.teamid = t.teamid
    join role r on r.roleid = tr.roleid where tm.systemuserid = ?1`;

function read(database: Database, userId: string): Held {
  const teams = database.all('select teamid from teammembership where systemuserid = ?', [userId]);
  const teamIds = teams.map((row) => String(row['teamid']));
  const grants = new Map<string, Grant[]>();
  const roles = database.all(rolesHeld, [userId]);
  const roleCount = new Set(roles.map((role) => role['roleid'])).size;
  for (const role of roles) {
    if (role['roleid'] === systemAdministrator) return { all: true, grants: new Map(), teamIds, roleCount };
    const of = database.all('select privilegeid, privilegedepthmask from roleprivileges where roleid = ?', [
      role['roleid']!,
    ]);
    for (const { privilegeid, privilegedepthmask } of of) {
      const reach = Number(privilegedepthmask);
      const grant: Grant = {
        depth: reach,
        unitId: String(role['unit']),
        onlyTeam: reach === depth.basic && role['team'] !== null ? String(role['team']) : undefined,
      };
      const id = String(privilegeid);
      grants.set(id, [...(grants.get(id) ?? []), grant]);
    }
  }
  return { all: false, grants, teamIds, roleCount };
}

/** Ids of the privileges the roles of a team give it. */
function privilegesOfTeam(database: Database, teamId: string): ReadonlySet<string> | 'all' {
  const roles = database.all('select roleid from teamroles where teamid = ?', [teamId]);
  if (roles.some(({ roleid }) => roleid === systemAdministrator)) return 'all';
  const sql = `select p.privilegeid from teamroles t join roleprivileges p on p.roleid = t.roleid where t.teamid = ?`;
  return new Set(database.all(sql, [teamId]).map(({ privilegeid }) => String(privilegeid)));
}
