/**
 * Validates XML against schemas; a program of its own, because the validator is an ES module, which the test runner
 * cannot load. Reads a `ValidationRequest` as JSON from standard input, writes the errors of each document.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { validate as validateHere, type ValidationRequest } from '../../alm/check/xsd/validate.ts';

/** @returns for each document what is wrong with it; nothing for a valid one */
export function validate(request: ValidationRequest): string[][] {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', __filename], {
    input: JSON.stringify(request),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`The validator ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as string[][];
}

async function main(): Promise<void> {
  const answers = await validateHere(JSON.parse(readFileSync(0, 'utf8')) as ValidationRequest);
  const told = answers.map((list) => list.map(({ line, message }) => `line ${line}: ${message}`));
  process.stdout.write(JSON.stringify(told));
}

if (require.main === module)
  main().catch((error: Error) => {
    console.error(error.stack);
    process.exitCode = 1;
  });
