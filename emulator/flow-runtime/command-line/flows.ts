/** `npm run flows`: looks flow definitions through, and runs one from the shell. */
import { check } from './check.ts';
import { run } from './run.ts';

const usage = `npm run flows -- check <file|folder|zip>… [--json]
npm run flows -- run <file> [--trigger body.json] [--stubs folder] [--json]

check  says what is wrong with flow definitions, and what a run costs; exit code 1 when something fails at run time
run    runs one flow and prints what each action did; exit code 1 when the run failed`;

const verbs: Readonly<Record<string, (options: string[]) => Promise<number>>> = { check, run };

async function main([verb = '', ...options]: string[]): Promise<number> {
  const chosen = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (chosen === undefined) {
    console.error(verb === '' ? usage : `There is no verb '${verb}'.\n\n${usage}`);
    return 2;
  }
  return chosen(options);
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 2;
  },
);
