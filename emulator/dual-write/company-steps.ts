import { Fault } from '../kernel/index.ts';
import type { OrganizationService, Step } from '../dataverse/index.ts';
import type { Condition, Lookup, Row } from '../query/index.ts';

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

async function teamFor(company: Row, organization: OrganizationService): Promise<Lookup> {
  const code = String(company['cdm_companycode']);
  const unit =
    (await find(organization, 'businessunit', 'businessunitid', { name: code })) ??
    (await organization.create('businessunit', { name: code, parentbusinessunitid: await rootUnit(organization) }));
  const name = `${code} Dual Write`;
  const id =
    (await find(organization, 'team', 'teamid', { name })) ??
    (await organization.create('team', { name, teamtype: 0, businessunitid: { table: 'businessunit', id: unit } }));
  return { table: 'team', id };
}

async function rootUnit(organization: OrganizationService): Promise<Lookup> {
  return {
    table: 'businessunit',
    id: (await find(organization, 'businessunit', 'businessunitid', { parentbusinessunitid: null }))!,
  };
}

async function find(
  organization: OrganizationService,
  table: string,
  id: string,
  values: Readonly<Record<string, string | null>>,
): Promise<string | undefined> {
  const of = Object.entries(values).map(([column, right]): Condition => ({
    kind: 'compare',
    left: { column },
    operator: 'eq',
    right,
  }));
  const filter: Condition = { kind: 'all', of };
  const [row] = await organization.retrieveMultiple({ table, columns: [id], joins: [], order: [], filter, top: 1 });
  return row === undefined ? undefined : String(row[id]);
}
