import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readZipFile, type Places, type SolutionPackage } from '../packaging/index.ts';
import { BuildError } from './build-error.ts';
import { asFindings, checkSolution } from './check/check-solution.ts';
import { checkFlowDefinitions } from './check/outside/flow-definitions.ts';
import { checkScripts, type FoundOutside } from './check/outside/scripts.ts';
import { readForCheck } from './check/read-for-check.ts';
import { checkSchema } from './check/xsd/check-schema.ts';
import { counts, formats, write, type Format, type Report } from './check/report.ts';
import { solutionFolder } from './solution-folder.ts';

export const checkUsage = `npm run alm -- check [ZIP|DIR] [--format text|json|sarif] [--output FILE] [--released ZIP] [--map FILE]
               [--schemas DIR]

  ZIP|DIR     a package or an unpacked solution; ours when left out
  --format    text (when left out), json, or sarif for code scanning
  --output    writes the report to a file, and only the last line to the console
  --released  the package released last: finds what an upgrade cannot change, and versions that were not raised
  --schemas   folder with Microsoft's schemas (Schemas.zip of the download centre), or DATAVERSE_SCHEMAS
  --map       mapping file of the folder; its own map.xml when left out
  --use-unmanaged-for-missing-managed
              the managed package is packed with this switch: _managed files are not asked for

Ends with 0 when there is no error, 1 when there is one, 2 when the call itself is wrong. docs/checks.md lists the rules.`;

const options = {
  format: { type: 'string', default: 'text' },
  output: { type: 'string' },
  released: { type: 'string' },
  map: { type: 'string' },
  schemas: { type: 'string' },
  'use-unmanaged-for-missing-managed': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** `npm run alm -- check`: finds before an import what would make it fail. */
export async function check(args: string[]): Promise<void> {
  try {
    process.exitCode = await run(args);
  } catch (error) {
    // A pipeline must tell a solution with errors (1) from a check that did not take place (2).
    const known = error instanceof BuildError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    if (!known) throw error;
    console.error((error as Error).message);
    process.exitCode = 2;
  }
}

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  if (values.help) {
    console.log(checkUsage);
    return 0;
  }
  const [target, second] = positionals;
  const format = formats.find((one) => one === values.format);
  if (format === undefined)
    throw new BuildError(`There is no format '${values.format}'. There is: ${formats.join(', ')}.`);
  if (second !== undefined) throw new BuildError('Name one zip or folder: npm run alm -- check [ZIP|DIR]');
  const report = await reportOn(target, values);
  tell(report, format, values.output);
  return counts(report.findings).errors > 0 ? 1 : 0;
}

interface Values {
  readonly released?: string | undefined;
  readonly map?: string | undefined;
  readonly schemas?: string | undefined;
  readonly 'use-unmanaged-for-missing-managed': boolean;
}

async function reportOn(target: string | undefined, values: Values): Promise<Report> {
  const root = join(__dirname, '..');
  const {
    folder: path,
    map,
    isOurs,
  } = solutionFolder(root, {
    ...(target === undefined ? {} : { folder: target }),
    ...(values.map === undefined ? {} : { map: values.map }),
  });
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const own = join(path, 'map.xml');
  const places = new WeakMap();
  const { solution, found } = await readForCheck(path, {
    map: map ?? (isFolder && existsSync(own) ? own : undefined),
    // Our tree is kept for both: it has no twins, and our packer needs none.
    withoutTwins: isOurs || values['use-unmanaged-for-missing-managed'],
    places,
  });
  const previous = await releasedPackage(values.released);
  const inside = solution === undefined ? [] : await inContent(solution, values, { root, places, previous });
  return {
    target: path,
    isFolder,
    findings: asFindings([...found, ...inside.flatMap((one) => one.found)]),
    notes: inside.flatMap((one) => one.notes),
    toolVersion: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
  };
}

interface Around {
  readonly root: string;
  readonly places: Places;
  readonly previous: SolutionPackage | undefined;
}

/** Everything that looks at the content. */
async function inContent(
  solution: SolutionPackage,
  { schemas = process.env['DATAVERSE_SCHEMAS'] }: Values,
  { root, places, previous }: Around,
): Promise<FoundOutside[]> {
  return [
    { found: checkSolution(solution, { places, previous }), notes: [] },
    schemas === undefined
      ? { found: [], notes: [withoutSchemas] }
      : { found: await checkSchema(solution, resolve(schemas), places), notes: [] },
    await checkScripts(solution),
    checkFlowDefinitions(solution, root),
  ];
}

/** Microsoft's licence does not let us ship them. */
const withoutSchemas =
  'customizations.xml was not validated against its schemas, which cannot be shipped: give the folder of the unpacked ' +
  "Schemas.zip from Microsoft's download centre with --schemas DIR or DATAVERSE_SCHEMAS.";

async function releasedPackage(file: string | undefined): Promise<SolutionPackage | undefined> {
  if (file === undefined) return undefined;
  if (!existsSync(file)) throw new BuildError(`There is no ${resolve(file)}.`);
  try {
    return await readZipFile(file);
  } catch (error) {
    throw new BuildError(`--released ${file} cannot be read: ${(error as Error).message}`);
  }
}

function tell(report: Report, format: Format, output: string | undefined): void {
  if (output === undefined) return void process.stdout.write(write(report, format));
  const file = resolve(output);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, write(report, format));
  const { errors, warnings } = counts(report.findings);
  console.log(`${report.target}: ${errors} errors, ${warnings} warnings, written to ${relative(process.cwd(), file)}`);
}
