import type { Spoil } from '../spoil.ts';

/** How one rule is shown. Every rule also passes the sound package. */
export interface Samples {
  /** Spoils the sound package so that the rule says this, and how. */
  readonly fails: readonly (readonly [spoil: Spoil, says: RegExp, previous?: Spoil])[];
  /** Looks alike and is right: the rule says nothing. */
  readonly passes?: readonly Spoil[];
}

/** By the rule's id. */
export type SamplesOfRules = Readonly<Record<string, Samples>>;
