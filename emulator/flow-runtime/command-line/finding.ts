/** One thing the check has to say about a flow. */
export interface Finding {
  /** e.g. `missing-action` */
  readonly rule: RuleName;
  /** The action or trigger it is about; empty for the flow itself. */
  readonly where: string;
  readonly message: string;
}

/** What is looked for, and how bad it is: an error fails at run time, a warning may, a note is for who runs it here. */
export const rules = {
  unreadable: 'error',
  'unknown-function': 'error',
  'unreadable-expression': 'error',
  'missing-action': 'error',
  'missing-loop': 'error',
  'missing-variable': 'error',
  'missing-parameter': 'error',
  'self-reference': 'error',
  'missing-connection': 'error',
  'unknown-operation': 'error',
  'unknown-type': 'error',
  limit: 'error',
  unreachable: 'warning',
  'parallel-variable': 'warning',
  'no-retry': 'warning',
  'no-concurrency': 'warning',
  'not-emulated': 'note',
} as const;

export type RuleName = keyof typeof rules;
export type Severity = (typeof rules)[RuleName];

/** A finding of which the place is known already. */
export type Said = readonly [RuleName, string];
