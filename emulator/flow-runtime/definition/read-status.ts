import { DefinitionError } from './definition-error.ts';
import type { ActionStatus } from './model.ts';

const statuses: readonly ActionStatus[] = ['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled'];

/** A status in any letter case; `Aborted` is an older word for a cancelled action. @throws DefinitionError */
export function readStatus(action: string, given: string): ActionStatus {
  const known = statuses.find((status) => status.toLowerCase() === given.toLowerCase());
  if (given.toLowerCase() === 'aborted') return 'Cancelled';
  if (known === undefined)
    throw new DefinitionError(
      `'${action}' waits for a status '${given}', which there is not; use ${statuses.join(', ')}.`,
    );
  return known;
}
