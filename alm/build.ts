import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildControls } from './build-controls.ts';
import { BuildError } from './build-error.ts';
import { buildWebResources } from './build-web-resources.ts';
import { packSolution } from './pack-solution.ts';

export interface BuildOptions {
  readonly root: string;
  readonly outDir: string;
  /** Builds controls that have not changed, too. */
  readonly clean?: boolean;
  readonly log: (text: string) => void;
}

/**
 * Builds controls and form scripts and packs the solution.
 *
 * @returns the paths of the zips
 * @throws BuildError with the one thing to mend
 */
export async function buildSolution({ root, outDir, clean = false, log }: BuildOptions): Promise<{ unmanaged: string; managed: string }> {
  await buildControls(root, { clean, log });
  await buildWebResources(root, log);
  const zips = await packSolution(root, outDir);
  log(`packed ${zips.unmanaged}\n       ${zips.managed}`);
  return zips;
}

async function main(): Promise<void> {
  const root = join(__dirname, '..');
  const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist') }, clean: { type: 'boolean', default: false } } });
  await buildSolution({ root, outDir: values.out, clean: values.clean, log: (text) => console.log(text) });
}

if (require.main === module) {
  main().catch((error: Error) => {
    console.error(error instanceof BuildError ? error.message : (error.stack ?? error.message));
    process.exitCode = 1;
  });
}
