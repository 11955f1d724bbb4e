import { PackageError } from '../packaging/index.ts';
import { BuildError } from './build-error.ts';

/** Runs a verb as a program: what has to be mended is said in one message, our own mistakes show their trace. */
export function runAsProgram(verb: (options: string[]) => Promise<void>, options: string[]): void {
  verb(options).catch((error: Error & { code?: string }) => {
    const isOfUse =
      error instanceof BuildError || error instanceof PackageError || error.code?.startsWith('ERR_PARSE_ARGS');
    console.error(isOfUse ? error.message : (error.stack ?? error.message));
    process.exitCode = 1;
  });
}
