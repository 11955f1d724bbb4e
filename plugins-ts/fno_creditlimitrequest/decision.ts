import { choices, type Choice, type CurrentRequest, type Turn } from './request.ts';

export interface Decision {
  readonly turn: Turn;
  readonly choice: Choice;
  readonly reason: string;
  readonly userId: string;
  readonly at: Date;
}

/** Why a decision cannot be made. */
export type DecisionProblem = 'decidedAlready' | 'samePerson' | 'noReason' | 'aboveHighest';

export function decisionProblem(
  request: CurrentRequest,
  { turn, choice, reason, userId }: Omit<Decision, 'at' | 'turn'> & { readonly turn: Turn | undefined },
  highest: number | undefined,
): DecisionProblem | undefined {
  if (turn === undefined) return 'decidedAlready';
  if (turn === 'second' && request.decidedBy === userId) return 'samePerson';
  if (reason.trim() === '') return 'noReason';
  return choice === 'approve' && highest !== undefined && request.wanted > highest ? 'aboveHighest' : undefined;
}

/**
 * The columns a decision is. An approval says which version of the customer it saw: the limit is written against it.
 *
 * The state is the flow's to write. Written here beside other columns, it would be a second update of the same request, and
 * the flow, which answers the first, would hold a version that is gone.
 */
export function decisionRow(
  request: CurrentRequest,
  { turn, choice, reason, userId, at }: Decision,
): Record<string, unknown> {
  const by = { '@odata.bind': `systemusers(${userId})` };
  const made =
    turn === 'first'
      ? {
          fno_decision: choices[choice],
          fno_decisionreason: reason.trim(),
          fno_decidedon: at.toISOString(),
          'fno_DecidedBy@odata.bind': by['@odata.bind'],
        }
      : {
          fno_seconddecision: choices[choice],
          fno_seconddecisionreason: reason.trim(),
          fno_seconddecidedon: at.toISOString(),
          'fno_SecondDecidedBy@odata.bind': by['@odata.bind'],
        };
  if (choice === 'reject') return made;
  return { ...made, fno_reviewedlimit: request.limit, fno_reviewedversion: request.version };
}
