import { Fault } from '../kernel/index.ts';
import type { Dataverse, OrganizationService } from '../dataverse/index.ts';
import type { Lookup } from '../query/index.ts';
import { findRow } from './find-row.ts';

/**
 * *Dynamics Data Integration*, the application dual-write writes to Dataverse as.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/requirements-and-prerequisites
 */
export const applicationId = '2e49aa60-1bd3-43b6-8ab6-03ada3d9f08b';

/** Makes the application user with its role, once; teams that were made while there was none yet get theirs. */
export async function installApplicationUser(organization: OrganizationService): Promise<void> {
  if ((await findRow(organization, 'systemuser', { applicationid: applicationId })) !== undefined) return;
  const roleid = await administratorRole(organization);
  for (const teamid of await owningTeams(organization)) await organization.create('teamroles', { teamid, roleid });
  const businessunitid = (await findRow(organization, 'businessunit', { parentbusinessunitid: null }))!;
  const systemuserid = await organization.create('systemuser', {
    applicationid: applicationId,
    lastname: 'Dynamics Data Integration',
    fullname: 'Dynamics Data Integration',
    domainname: applicationId,
    businessunitid: { table: 'businessunit', id: businessunitid },
    accessmode: 4,
    isdisabled: false,
  });
  await organization.create('systemuserroles', { systemuserid, roleid });
}

/** Default owning teams of companies. */
async function owningTeams(organization: OrganizationService): Promise<Set<string>> {
  const query = { table: 'cdm_company', columns: ['cdm_defaultowningteam'], joins: [], order: [] };
  const rows = await organization.retrieveMultiple(query);
  return new Set(rows.flatMap((row) => (row['cdm_defaultowningteam'] as Lookup | null)?.id ?? []));
}

/** Dual-write asks for this role: of its application user, and of the teams its rows belong to. */
export const administratorRole = async (organization: OrganizationService): Promise<string> =>
  (await findRow(organization, 'role', { name: 'System Administrator' }))!;

/** Dataverse, written to as the application user. @throws Fault 0x80072560 from each write while there is none that is enabled */
export function writtenByApplication<Of extends Dataverse>(dataverse: Of): Of {
  const { organization } = dataverse;
  const caller = () => {
    const user = dataverse.callerByApplicationId(applicationId);
    if (user === undefined) throw notAMember();
    return user;
  };
  const writing: OrganizationService = {
    ...organization,
    create: async (table, row) => organization.create(table, row, caller()),
    update: async (table, id, row) => organization.update(table, id, row, caller()),
    delete: async (table, id) => organization.delete(table, id, caller()),
  };
  return Object.assign(Object.create(dataverse) as Of, { organization: writing });
}

const notAMember = () =>
  new Fault(
    'applicationUserMissing',
    { code: '0x80072560', status: 403 },
    'The user is not a member of the organization.',
  );
