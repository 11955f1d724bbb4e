import type { Arguments, Options } from './arguments.ts';
import type { Surroundings } from './surroundings.ts';

/** One command, such as `solution import`. */
export interface Command {
  readonly help: string;
  readonly options: Options;
  run(given: Arguments, surroundings: Surroundings): Promise<void>;
}

export type Commands = Readonly<Record<string, Command>>;
