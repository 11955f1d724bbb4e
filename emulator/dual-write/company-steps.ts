import { Fault } from '../kernel/index.ts';
import type { OrganizationService, Step } from '../dataverse/index.ts';
import type { Lookup, Row } from '../query/index.ts';
import { administratorRole } from './application-user.ts';
import { companyColumnOf } from './companies.ts';
import { findRow } from './find-row.ts';

const namespace = 'Microsoft.Dynamics.DualWrite.Plugins';

/**
 * What enabling a company for dual-write makes: a business unit of its name, an owner team there, and that team as the default
 * owner of rows that come from finance and operations. While it is enabled, it has one.
 *
 * Decided: the name of the team; only that it ends in *Dual Write* is known.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/company-data
 */
export const companySteps: readonly Step[] = ['Create', 'Update'].map((message): Step => ({
  name: `${namespace}.CompanyEnabled`,
  message,
  table: 'cdm_company',
  stage: 40,
  run: async ({ id, target, before, after }, organization) => {
    if (after?.['cdm_isenabledfordualwrite'] !== true) return;
    const wasEnabled = before?.['cdm_isenabledfordualwrite'] === true;
    const hasTeam = after['cdm_defaultowningteam'] !== null && after['cdm_defaultowningteam'] !== undefined;
    if (hasTeam) return;
    if (wasEnabled && 'cdm_defaultowningteam' in target)
      throw new Fault(
        'owningTeamNeeded',
        { code: '0x80040265', status: 400 },
        'The default owning team cannot be cleared while the company is enabled for dual-write.',
      );
    await organization.update('cdm_company', id, { cdm_defaultowningteam: await teamFor(after, organization) });
  },
}));

/**
 * A row stays in the company it was saved in.
 *
 * Decided: the words, and that every way of writing is refused; what is published is that the value becomes read-only.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/company-data
 */
export const companyIsKept: Step = {
  name: `${namespace}.CompanyReadOnly`,
  message: 'Update',
  stage: 20,
  run: async ({ table, target, before }) => {
    const column = companyColumnOf(table.columns);
    const kept = column === undefined ? undefined : (before?.[column] as Lookup | null | undefined);
    if (column === undefined || !(column in target) || !kept) return;
    if ((target[column] as Lookup | null)?.id === kept.id) return;
    throw new Fault(
      'companyReadOnly',
      { code: '0x80040265', status: 400 },
      `The company of '${table.logicalName}' cannot be changed after the row is saved. Make a new row in the other company.`,
    );
  },
};

async function teamFor(company: Row, organization: OrganizationService): Promise<Lookup> {
  const code = String(company['cdm_companycode']);
  const unit =
    (await findRow(organization, 'businessunit', { name: code })) ??
    (await organization.create('businessunit', { name: code, parentbusinessunitid: await rootUnit(organization) }));
  const name = `${code} Dual Write`;
  return {
    table: 'team',
    id: (await findRow(organization, 'team', { name })) ?? (await newTeam(name, unit, organization)),
  };
}

/** The team has the role its rows need it to have: a team owns rows of those tables only that it may read. */
async function newTeam(name: string, unit: string, organization: OrganizationService): Promise<string> {
  const businessunitid: Lookup = { table: 'businessunit', id: unit };
  const teamid = await organization.create('team', { name, teamtype: 0, businessunitid });
  await organization.create('teamroles', { teamid, roleid: await administratorRole(organization) });
  return teamid;
}

async function rootUnit(organization: OrganizationService): Promise<Lookup> {
  return { table: 'businessunit', id: (await findRow(organization, 'businessunit', { parentbusinessunitid: null }))! };
}
