import { faults } from '../faults.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import type { CustomizingCall } from './call.ts';
import { openSolution } from './open-solution.ts';

/** Kinds of metadata there are privileges for. */
export type Customized = 'Entity' | 'Attribute' | 'Relationship' | 'OptionSet';

interface Change {
  readonly right: 'Create' | 'Write' | 'Delete';
  readonly what: Customized;
  /** The solution an action names; the header names it otherwise. */
  readonly solution?: string | undefined;
}

/**
 * Changes the metadata as one transaction: all of it, or nothing.
 *
 * @throws Fault 0x80040220 for a caller without the privilege, and what the work throws
 */
export function customize<T>(
  context: RequestContext,
  { right, what, solution }: Change,
  work: (call: CustomizingCall) => T | Promise<T>,
): Promise<T> {
  const { parts, request } = context;
  requireCustomizer(context, { right, what });
  return parts.solutions.customize(async (platform, before) =>
    work({
      ...platform,
      nextVersion: () => platform.nextVersion(),
      newId: parts.newId,
      before,
      solution: openSolution(parts.database, solution ?? solutionHeader(context)),
      mergesLabels: request.headers['mscrm.mergelabels']?.toLowerCase() === 'true',
    }),
  );
}

/** @throws Fault 0x80040220 for a caller without the privilege */
export function requireCustomizer({ parts, caller }: RequestContext, { right, what }: Change): void {
  const privilege = `prv${right}${what}`;
  for (let one: typeof caller | undefined = caller; one !== undefined; one = one.actingUser)
    if (!parts.privileges.has(one, privilege)) throw faults.privilegeMissing(one.userId, privilege);
}

/** The solution a request is made in; undefined where it names none. */
export const solutionHeader = ({ request }: Pick<RequestContext, 'request'>): string | undefined =>
  request.headers['mscrm.solutionuniquename']?.trim() || undefined;
