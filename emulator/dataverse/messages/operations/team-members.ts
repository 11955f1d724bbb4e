import type { Lookup } from '../../../query/index.ts';
import type { MessageCall } from '../../contract.ts';
import { faults } from '../../faults.ts';
import { setDirect } from '../../security/share-rows.ts';
import type { Operation, OperationPlatform, RowValue } from './operation.ts';

const accessTeam = 1;

const membership = ({ database }: OperationPlatform, teamid: string, systemuserid: string): string | undefined => {
  const sql = 'select teammembershipid as id from teammembership where teamid = ? and systemuserid = ?';
  const row = database.get(sql, [teamid, systemuserid]);
  return row === undefined ? undefined : String(row['id']);
};

/** Joining twice is joining once. */
async function join(platform: OperationPlatform, teamid: string, systemuserid: string): Promise<void> {
  if (membership(platform, teamid, systemuserid) === undefined)
    await platform.organization.create('teammembership', { teamid, systemuserid });
}

async function leave(platform: OperationPlatform, teamid: string, systemuserid: string): Promise<void> {
  const id = membership(platform, teamid, systemuserid);
  if (id !== undefined) await platform.organization.delete('teammembership', id);
}

/** Everybody of a business unit is in its default team, and nobody else. */
async function changeMembers(
  { id, input, caller }: MessageCall,
  platform: OperationPlatform,
  change: (platform: OperationPlatform, team: string, user: string) => Promise<void>,
) {
  platform.access.requireRow(caller, 'Write', platform.metadata.table('team')!, id);
  const team = await platform.organization.retrieve('team', id, ['isdefault']);
  if (team?.['isdefault'] === true)
    throw faults.invalidState(`The team with id ${id} is the default team of its business unit.`);
  for (const { table, id: user } of input['Members'] as readonly RowValue[]) {
    if (table !== 'systemuser' || user === undefined)
      throw faults.invalidArgument("Invalid Argument: each of 'Members' is a user with its key.");
    const row = await platform.organization.retrieve('systemuser', user, ['systemuserid']);
    if (row === undefined) throw faults.rowNotFound('SystemUser', user);
    await change(platform, id, user);
  }
  return {};
}

const members = (name: string, change: typeof join): Operation => ({
  name,
  isFunction: false,
  boundTo: 'row',
  table: 'team',
  parameters: [{ name: 'Members', type: 'entityCollection', table: 'systemuser' }],
  results: [],
  run: (call, platform) => changeMembers(call, platform, change),
});

export const addMembersTeam = members('AddMembersTeam', join);
export const removeMembersTeam = members('RemoveMembersTeam', leave);

const recordTeam = { isFunction: false, boundTo: 'row', table: 'systemuser' } as const;
const ofRecord = [
  { name: 'Record', type: 'entityReference' },
  { name: 'TeamTemplate', type: 'entityReference', table: 'teamtemplate' },
] as const;

/**
 * Puts a user into the access team of a row, made by its template when the first one joins: the team is given the rights of
 * the template by a share.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/use-access-teams-owner-teams-collaborate-share-information
 */
export const addUserToRecordTeam: Operation = {
  ...recordTeam,
  name: 'AddUserToRecordTeam',
  parameters: ofRecord,
  results: [{ name: 'AccessTeamId', type: 'guid' }],
  async run(call, platform) {
    const { record, template } = await readRecord(call, platform);
    const team = findTeam(record, template, platform) ?? (await makeTeam(record, template, call, platform));
    await join(platform, team, call.id);
    return { AccessTeamId: team };
  },
};

/** Takes a user out of the access team of a row. Decided: with its last member the team goes, and its share. */
export const removeUserFromRecordTeam: Operation = {
  ...recordTeam,
  name: 'RemoveUserFromRecordTeam',
  parameters: ofRecord,
  results: [{ name: 'AccessTeamId', type: 'guid' }],
  async run(call, platform) {
    const { record, template } = await readRecord(call, platform);
    const team = findTeam(record, template, platform);
    if (team === undefined || membership(platform, team, call.id) === undefined)
      throw faults.invalidArgument(`The user with id ${call.id} is in no access team of the row.`);
    await leave(platform, team, call.id);
    if (platform.database.get('select 1 from teammembership where teamid = ?', [team]) === undefined) {
      setDirect(platform, record, { table: 'team', id: team }, 0);
      await platform.organization.delete('team', team);
    }
    return { AccessTeamId: team };
  },
};

async function readRecord({ input, caller }: MessageCall, platform: OperationPlatform) {
  const record = input['Record'] as Lookup;
  const template = input['TeamTemplate'] as Lookup;
  const table = platform.metadata.table(record.table)!;
  platform.access.requireRow(caller, 'Share', table, record.id);
  const columns = ['teamtemplatename', 'objecttypecode', 'defaultaccessrightsmask'];
  const row = await platform.organization.retrieve('teamtemplate', template.id, columns);
  if (row === undefined) throw faults.rowNotFound('TeamTemplate', template.id);
  if (row['objecttypecode'] !== table.objectTypeCode)
    throw faults.invalidArgument(
      `Invalid Argument: the team template '${String(row['teamtemplatename'])}' is for another table than '${record.table}'.`,
    );
  return { record, template };
}

function findTeam(record: Lookup, template: Lookup, { database }: OperationPlatform): string | undefined {
  const sql = 'select teamid from team where teamtemplateid = ? and regardingobjectid = ?';
  const row = database.get(sql, [template.id, record.id]);
  return row === undefined ? undefined : String(row['teamid']);
}

async function makeTeam(record: Lookup, template: Lookup, call: MessageCall, platform: OperationPlatform) {
  const { organization, metadata } = platform;
  const row = await organization.retrieve('teamtemplate', template.id, ['defaultaccessrightsmask']);
  const owned = metadata.table(record.table)!.columns.has('owningbusinessunit') ? ['owningbusinessunit'] : [];
  const object = await organization.retrieve(record.table, record.id, owned);
  const unit = (object?.['owningbusinessunit'] as Lookup | null | undefined)?.id ?? call.caller.businessUnitId;
  const team = await organization.create('team', {
    name: `${record.id}+${template.id}`,
    teamtype: accessTeam,
    systemmanaged: true,
    teamtemplateid: template,
    regardingobjectid: record,
    businessunitid: { table: 'businessunit', id: unit },
    administratorid: { table: 'systemuser', id: call.caller.userId },
  });
  setDirect(platform, record, { table: 'team', id: team }, Number(row?.['defaultaccessrightsmask'] ?? 0));
  return team;
}
