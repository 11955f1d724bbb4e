import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildControls, controlNames } from './build-controls.ts';
import { BuildError } from './build-error.ts';
import { buildWebResources, scriptTables } from './build-web-resources.ts';
import { runAsProgram } from './command-line.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { packSolution, type SolutionZips } from './pack-solution.ts';

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
 * @throws BuildError with the one thing to mend; there is no half-written zip then
 */
export function buildSolution(options: BuildOptions): Promise<SolutionZips> {
  const { root, outDir, clean = false, log } = options;
  return oneAtATime(root, async () => {
    await buildControls(root, { clean, log });
    await buildWebResources(root, { log });
    return pack(root, outDir, log);
  });
}

/** Builds the parts named, and only those: `controls`, `web-resources`, `solution`, or one control or table by name. */
export async function buildOnly(only: readonly string[], options: BuildOptions): Promise<void> {
  const { root, outDir, clean = false, log } = options;
  const [controls, tables] = [controlNames(root), scriptTables(root)];
  const known = ['controls', 'web-resources', 'solution', ...controls, ...tables];
  const unknown = only.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new BuildError(`There is no '${unknown}' to build. There is: ${known.join(', ')}.`);
  const chosen = (all: string, names: readonly string[]) =>
    names.filter((name) => only.includes(all) || only.includes(name));
  await oneAtATime(root, async () => {
    await buildControls(root, { clean, log, only: chosen('controls', controls) });
    await buildWebResources(root, { log, only: chosen('web-resources', tables) });
    if (only.includes('solution')) await pack(root, outDir, log);
  });
}

async function pack(root: string, outDir: string, log: BuildOptions['log']): Promise<SolutionZips> {
  const zips = await packSolution(root, outDir);
  log(`packed ${zips.unmanaged}\n       ${zips.managed}`);
  return zips;
}

const usage = `npm run build -- [--only PART]... [--out DIR] [--clean]

  --only   controls, web-resources, solution, or the name of one control or table
  --out    where the zips go (dist)
  --clean  builds controls that have not changed, too`;

export async function build(options: string[]): Promise<void> {
  const root = join(__dirname, '..');
  const { values } = parseArgs({
    args: options,
    options: {
      only: { type: 'string', multiple: true, default: [] },
      out: { type: 'string', default: join(root, 'dist') },
      clean: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const log = (text: string) => console.log(text);
  if (values.help) return log(usage);
  const chosen: BuildOptions = { root, outDir: values.out, clean: values.clean, log };
  if (values.only.length > 0) return buildOnly(values.only, chosen);
  await buildSolution(chosen);
  log('\nTry it with npm start, or import the zip: pac solution import --path <zip>');
}

if (require.main === module) runAsProgram(build, process.argv.slice(2));
