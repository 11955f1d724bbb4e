import { request, type HttpHandler } from '../kernel/index.ts';
import type { Companies } from './companies.ts';
import { faults } from './faults.ts';
import { limits } from './limits.ts';
import type { RunPlan } from './runs.ts';
import type { TableMap } from './table-map.ts';

/**
 * Plans an initial write: whose values stand (Dataverse's unless said), and the legal entities it takes (all that are enabled
 * unless said).
 *
 * @throws Fault for a master there is not, a legal entity that is not enabled, or more than 40 of them
 */
export async function planInitialWrite(
  legs: readonly TableMap[],
  given: Readonly<Record<string, unknown>>,
  without: readonly string[],
  { companies, handle }: { readonly companies: Companies; readonly handle: HttpHandler },
): Promise<RunPlan> {
  const master = given['master'] ?? 'dataverse';
  if (master !== 'dataverse' && master !== 'finance-operations')
    throw faults.badParameter('master is dataverse or finance-operations.');
  const isCompanyBound = legs.some((leg) => leg.isCompanyBound);
  const legalEntities = isCompanyBound ? await legalEntitiesOf(given['legalEntities'], companies) : [];
  if (legalEntities.length > limits.legalEntitiesPerInitialWrite)
    throw faults.tooManyLegalEntities(legalEntities.length);
  const expected: Record<string, number> = {};
  for (const leg of legs)
    for (const code of companiesOf(leg, legalEntities))
      expected[code] = (expected[code] ?? 0) + (await countRows(leg, code, handle));
  const isGlobal = legs.some((leg) => !leg.isCompanyBound);
  return { master, companies: [...legalEntities, ...(isGlobal ? [''] : [])], expected, without };
}

/** Of the legal entities of a plan those a leg has rows of; one empty one for a leg without companies. */
export const companiesOf = (leg: TableMap, legalEntities: readonly string[]): readonly string[] =>
  leg.isCompanyBound ? legalEntities.filter((code) => code !== '') : [''];

async function legalEntitiesOf(given: unknown, companies: Companies): Promise<string[]> {
  const enabled = (await companies.all()).filter(({ isEnabled }) => isEnabled).map(({ code }) => code);
  if (given === undefined) return enabled;
  if (!Array.isArray(given) || given.length === 0)
    throw faults.badParameter('legalEntities is a list of company codes.');
  const codes = [...new Set(given.map((one) => String(one).toLowerCase()))];
  const unknown = codes.filter((code) => !enabled.includes(code));
  if (unknown.length === 0) return codes;
  throw faults.badParameter(
    `'${unknown.join("', '")}' is not enabled for dual-write. Enabled are ${enabled.join(', ')}.`,
  );
}

async function countRows(map: TableMap, code: string, handle: HttpHandler): Promise<number> {
  const filter = code === '' ? '' : `&$filter=${encodeURIComponent(`dataAreaId eq '${code}'`)}`;
  const url = `/data/${map.entity.set}/$count?cross-company=true${filter}`;
  const answer = await handle(request('GET', url, { authorization: 'Bearer dual-write' }));
  return answer.status === 200 ? Number(answer.body.toString()) : 0;
}
