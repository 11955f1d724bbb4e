import type { XmlElement } from '../../packaging/index.ts';
import type { Checked } from './checked.ts';

/** Something that is wrong, and where. */
export interface Complaint {
  /** Component of the solution, e.g. `main form 'Information' of account`. */
  readonly at: string;
  readonly message: string;
  /** The element it is about: says file and line. */
  readonly node?: XmlElement | undefined;
  /** Path in the package or tree, for what is no element of its root files. */
  readonly file?: string;
}

/** An error makes the import fail or loses something; a warning works, but is wrong or fragile. */
export type Severity = 'error' | 'warning';

/** What a rule says about itself; `docs/checks.md` lists it. */
export interface RuleText {
  /** Stable: pipelines filter by it. */
  readonly id: string;
  readonly severity: Severity;
  /** Code of the platform's error; empty for what only shows later, or is known from messages without one. */
  readonly code: string;
  /** What happens without it. */
  readonly fails: string;
  readonly mend: string;
}

/** One check made before an import. */
export interface Rule extends RuleText {
  check(solution: Checked): Iterable<Complaint>;
}
