import { checkCompanies } from './companies.ts';
import { checkConnections } from './connections.ts';
import type { Check, Diagnosis, Patient } from './diagnosis.ts';
import { checkLink } from './link.ts';
import { checkRoles } from './roles.ts';
import { checkSolutions } from './solutions.ts';
import { checkTableMaps } from './table-maps.ts';
import { checkVirtualTables } from './virtual-tables.ts';
import { Refused, tokenVariable } from './web-api.ts';

/** Everything that is looked at, in the order in which one would mend it. */
const checks: Readonly<Record<string, Check>> = {
  roles: checkRoles,
  link: checkLink,
  solutions: checkSolutions,
  'virtual-tables': checkVirtualTables,
  'table-maps': checkTableMaps,
  companies: checkCompanies,
  connections: checkConnections,
};

/**
 * Looks an environment through. A check that is refused is an error of its own; the others go on.
 *
 * @throws Refused when the environment cannot be spoken to at all
 */
export async function examine(patient: Patient): Promise<Diagnosis[]> {
  await patient.api.get('WhoAmI');
  const found: Diagnosis[] = [];
  for (const [name, check] of Object.entries(checks)) {
    try {
      found.push(...(await check(patient)));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      found.push({
        check: name,
        level: 'error',
        what: `This could not be looked at: ${error.message}`,
        todo: todoOf(error),
      });
    }
  }
  return found;
}

/** What to do about a call that was refused. */
export function todoOf({ status }: Refused): string {
  if (status === 401) return `Sign in: put a token of the environment into ${tokenVariable}.`;
  if (status === 403) return 'Sign in as somebody with System Administrator.';
  if (status === 404) return 'Mend what is told above first: the table is not there.';
  return 'Look at the environment: it may be starting, or unreachable from here.';
}
