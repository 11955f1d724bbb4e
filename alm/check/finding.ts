import type { RuleText, Severity } from './rule.ts';

/** Something a rule found, before it is known what the rule says about itself. */
export interface Found {
  readonly rule: string;
  readonly at: string;
  readonly message: string;
  /** Path in the package or tree; empty when it is about the whole. */
  readonly file: string;
  readonly line?: number;
  /** The platform's code, where it is another than the rule's. */
  readonly code?: string;
}

/** One finding as it is told. */
export interface Finding extends Omit<Found, 'rule'> {
  readonly rule: RuleText;
  readonly severity: Severity;
  readonly code: string;
}

const order: readonly Severity[] = ['error', 'warning'];

/** Errors first, then by file, line, rule; the same for the same solution. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const key = ({ severity, file, line = 0, rule, at, message }: Finding) =>
    [order.indexOf(severity), file, String(line).padStart(9, '0'), rule.id, at, message].join('\u0000');
  const keyed = new Map(findings.map((finding) => [key(finding), finding]));
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, finding]) => finding);
}
