import { ConnectionDropped, readJson, request } from '../kernel/index.ts';
import type { MapActionParts } from './map-actions.ts';
import { applicationId } from './application-user.ts';
import type { MapDefinition } from './map-definition.ts';
import { sidesOf } from './table-map.ts';

type Parts = Pick<MapActionParts, 'dataverse' | 'financeOperations' | 'companies' | 'handle'>;

/**
 * What keeps a map from running though nothing is wrong with the map: who writes, and the companies both sides are to share.
 *
 * @returns problems, each with its documented code
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/dual-write-error-codes
 */
export async function connectionProblems(definition: MapDefinition, parts: Parts): Promise<string[]> {
  const { dataverse, financeOperations, companies } = parts;
  if (dataverse.callerByApplicationId(applicationId) === undefined)
    return ['DIPV1000: Connection validation failed: The user is not a member of the organization.'];
  const there = await legalEntities(parts);
  if (typeof there === 'string') return [`DIPV1000: Connection validation failed: ${there}`];
  const bound = definition.mapping.legs
    .map((leg) => sidesOf(definition, leg, dataverse.metadata, financeOperations.entities))
    .find(({ entity }) => entity.isCompanyBound);
  if (bound === undefined) return [];
  const enabled = (await companies.all()).filter(({ isEnabled }) => isEnabled);
  if (enabled.length === 0)
    return [
      `DIPV1016: Missing Organization mapping for destination entity '${bound.table.logicalName}': no company is enabled for dual-write.`,
    ];
  return enabled
    .filter(({ code }) => !there.has(code))
    .map(({ code }) => `DIPV1008: Data partition isn't valid: there is no legal entity '${code}'.`);
}

/** Codes of those finance and operations has, in lower case; or why it cannot be asked. */
async function legalEntities({ handle }: Parts): Promise<ReadonlySet<string> | string> {
  try {
    const answer = await handle(
      request('GET', '/data/LegalEntities?$select=LegalEntityId', { authorization: 'Bearer dual-write' }),
    );
    if (answer.status !== 200) return `The remote server returned an error: (${answer.status}).`;
    const { value } = readJson(answer) as { value: readonly { readonly LegalEntityId: string }[] };
    return new Set(value.map(({ LegalEntityId }) => LegalEntityId.toLowerCase()));
  } catch (error) {
    if (error instanceof ConnectionDropped) return 'Unable to connect to the remote server';
    throw error;
  }
}
