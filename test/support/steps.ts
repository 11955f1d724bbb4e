import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

/** Runs commands one after another, stops at the first that fails, and says how long each took. Answers the exit code. */
export function steps(list: readonly Step[]): number {
  for (const { name, command } of list) {
    const [program, ...options] = command;
    const started = Date.now();
    console.log(`\n── ${name}: ${command.join(' ')}`);
    const { status } = spawnSync(program, options, { cwd: join(__dirname, '../..'), stdio: 'inherit' });
    if (status !== 0) {
      console.error(`\n✗ ${name} failed. To see it alone: ${command.join(' ')}`);
      return status ?? 1;
    }
    console.log(`✓ ${name} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
  return 0;
}
