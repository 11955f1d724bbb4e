import type { Lookup } from '../../query/index.ts';
import type { Database } from '../../storage/index.ts';
import type { MessageCall, OrganizationService, Step } from '../contract.ts';
import type { MetadataCatalogue } from '../metadata/model.ts';

interface Surroundings {
  readonly database: Database;
  readonly metadata: MetadataCatalogue;
}

/**
 * What business units entail: each has a default team that all its users are in, and a user or team that moves to another
 * unit takes its rows along and loses its roles, which were those of the unit.
 *
 * Decided: the rows that move raise no messages of their own; the roles go whatever the organisation's settings say.
 */
export function businessUnitSteps(around: Surroundings): Step[] {
  const names = { name: 'Dataverse.BusinessUnit', stage: 40, rank: 0 } as const;
  const filteringColumns = ['businessunitid'];
  const moves = (table: 'systemuser' | 'team'): Step => ({
    ...names,
    table,
    message: 'Update',
    filteringColumns,
    run: (call, organization) => move(call, organization, around),
  });
  return [
    { ...names, table: 'businessunit', message: 'Create', run: makeDefaultTeam },
    {
      ...names,
      table: 'systemuser',
      message: 'Create',
      run: ({ id, after }, organization) => joinDefaultTeam(id, unitOf(after), organization, around),
    },
    moves('systemuser'),
    moves('team'),
  ];
}

const unitOf = (row: MessageCall['after']) => (row?.['businessunitid'] as Lookup | null | undefined)?.id;

async function makeDefaultTeam({ id, after, caller }: MessageCall, organization: OrganizationService): Promise<void> {
  await organization.create('team', {
    name: String(after?.['name'] ?? ''),
    teamtype: 0,
    isdefault: true,
    businessunitid: { table: 'businessunit', id },
    administratorid: { table: 'systemuser', id: caller.userId },
  });
}

async function move(call: MessageCall, organization: OrganizationService, around: Surroundings): Promise<void> {
  const { table, id, before, after } = call;
  const [from, to] = [unitOf(before), unitOf(after)];
  if (to === undefined || from === to) return;
  moveRows(id, to, around);
  await dropRoles(table.logicalName as 'systemuser' | 'team', id, organization, around);
  if (table.logicalName === 'team') return;
  await leaveDefaultTeam(id, from, organization, around);
  await joinDefaultTeam(id, to, organization, around);
}

function moveRows(owner: string, unit: string, { database, metadata }: Surroundings): void {
  for (const table of metadata.tables()) {
    if (table.ownership !== 'user' || table.isVirtual || !table.columns.has('owningbusinessunit')) continue;
    database.run(`update "${table.logicalName}" set owningbusinessunit = ? where ownerid = ?`, [unit, owner]);
  }
}

async function dropRoles(
  table: 'systemuser' | 'team',
  id: string,
  organization: OrganizationService,
  { database, metadata }: Surroundings,
): Promise<void> {
  const pairs = table === 'team' ? 'teamroles' : 'systemuserroles';
  const { primaryId } = metadata.table(pairs)!;
  for (const row of database.all(`select "${primaryId}" as id from "${pairs}" where "${table}id" = ?`, [id]))
    await organization.delete(pairs, String(row['id']));
}

const defaultTeam = (unit: string | undefined, { database }: Surroundings) =>
  database.get('select teamid as id from team where isdefault = 1 and businessunitid = ?', [unit ?? ''])?.['id'];

async function joinDefaultTeam(
  systemuserid: string,
  unit: string | undefined,
  organization: OrganizationService,
  around: Surroundings,
): Promise<void> {
  const team = defaultTeam(unit, around);
  if (team) await organization.create('teammembership', { teamid: String(team), systemuserid });
}

async function leaveDefaultTeam(
  user: string,
  unit: string | undefined,
  organization: OrganizationService,
  around: Surroundings,
): Promise<void> {
  const sql = 'select teammembershipid as id from teammembership where teamid = ? and systemuserid = ?';
  const row = around.database.get(sql, [String(defaultTeam(unit, around) ?? ''), user]);
  if (row !== undefined) await organization.delete('teammembership', String(row['id']));
}
