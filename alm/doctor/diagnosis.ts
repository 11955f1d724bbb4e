import type { SolutionPackage } from '../../packaging/index.ts';
import type { Needs } from './needs.ts';
import type { WebApi } from './web-api.ts';

/** Something that was looked at. */
export interface Diagnosis {
  /** Name of the check, for programs: `link`, `virtual-tables` … */
  readonly check: string;
  readonly level: 'ok' | 'warning' | 'error';
  readonly what: string;
  /** What to do next; undefined where nothing is to be done. */
  readonly todo?: string;
  /** What it is about, where it has a name: a table, a map, a company. */
  readonly subject?: string;
}

/** What a check is given. */
export interface Patient {
  readonly api: WebApi;
  readonly solution: SolutionPackage;
  readonly needs: Needs;
  /** Connection references that a settings file gives a connection. */
  readonly connected: ReadonlySet<string>;
}

/** Looks at one part of an environment. */
export type Check = (patient: Patient) => Promise<Diagnosis[]>;
