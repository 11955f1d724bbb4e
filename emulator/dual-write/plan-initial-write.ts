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
  map: TableMap,
  given: Readonly<Record<string, unknown>>,
  without: readonly string[],
  { companies, handle }: { readonly companies: Companies; readonly handle: HttpHandler },
): Promise<RunPlan> {
  const master = given['master'] ?? 'dataverse';
  if (master !== 'dataverse' && master !== 'finance-operations')
    throw faults.badParameter('master is dataverse or finance-operations.');
  const legalEntities = map.isCompanyBound ? await legalEntitiesOf(given['legalEntities'], companies) : [''];
  if (legalEntities.length > limits.legalEntitiesPerInitialWrite)
    throw faults.tooManyLegalEntities(legalEntities.length);
  const expected: Record<string, number> = {};
  for (const code of legalEntities) expected[code] = await countRows(map, code, handle);
  return { master, companies: legalEntities, expected, without };
}

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
