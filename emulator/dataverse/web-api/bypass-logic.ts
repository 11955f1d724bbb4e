import { readGuid } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import type { RequestContext } from './request-context.ts';

const privileges = { logic: 'prvBypassCustomBusinessLogic', plugins: 'prvBypassCustomPlugins' } as const;

/** Steps a request may name at most. */
const mostSteps = 3;

/**
 * Headers that ask for custom logic not to run: the privilege is needed, and what they say is read. There is nothing more to
 * do, because plug-ins and workflows of solutions do not run here, and the platform's own logic is never bypassed.
 *
 * @throws Fault 0x80040220 without the privilege, 0x80040203 for a value there is not
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/bypass-custom-business-logic
 */
export function checkBypass({ parts, caller, request }: RequestContext): void {
  const require = (privilege: string) => {
    for (let one: typeof caller | undefined = caller; one !== undefined; one = one.actingUser)
      if (!parts.privileges.has(one, privilege)) throw faults.privilegeMissing(one.userId, privilege);
  };
  const { headers } = request;
  if (headers['mscrm.bypasscustompluginexecution']?.toLowerCase() === 'true') require(privileges.plugins);
  const kinds = headers['mscrm.bypassbusinesslogicexecution'];
  if (kinds !== undefined) {
    require(privileges.logic);
    for (const kind of listOf(kinds))
      if (kind !== 'CustomSync' && kind !== 'CustomAsync')
        throw faults.invalidArgument(
          `Invalid Argument: MSCRM.BypassBusinessLogicExecution takes CustomSync and CustomAsync, not '${kind}'.`,
        );
  }
  const steps = headers['mscrm.bypassbusinesslogicexecutionstepids'];
  if (steps === undefined) return;
  require(privileges.logic);
  const ids = listOf(steps);
  if (ids.length > mostSteps || ids.some((id) => readGuid(id) === undefined))
    throw faults.invalidArgument(
      `Invalid Argument: MSCRM.BypassBusinessLogicExecutionStepIds takes the ids of ${mostSteps} steps at most.`,
    );
}

const listOf = (text: string) =>
  text
    .replaceAll('"', '')
    .split(',')
    .map((one) => one.trim());
