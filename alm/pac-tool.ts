import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { BuildError } from './build-error.ts';
import { runThroughWrapper, wrapperName, type Credentials, type Wrapper } from './pac-wrapper.ts';

/** One call of `pac`, in words both ways understand: the wrapper's action with its inputs, and the arguments it comes to. */
export interface PacCall {
  readonly action: 'importSolution' | 'exportSolution' | 'publishSolution';
  readonly environment: string | undefined;
  /** Inputs of the wrapper's action by the names of its parameters. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Runs a call through `@microsoft/powerplatform-cli-wrapper` where it is installed and credentials are in the environment,
 * else through the `pac` on PATH as whoever is signed in there. What `pac` prints is printed as it comes.
 *
 * @throws BuildError when there is no `pac`, and when it fails
 */
export async function runPac(call: PacCall, env: Env = process.env): Promise<void> {
  const pacPath = findPac(env);
  const credentials = credentialsOf(env);
  const wrapper = credentials === undefined ? undefined : findWrapper();
  const label = `${call.words.join(' ')}${call.environment === undefined ? '' : ` (${call.environment})`}`;
  await withProgress(label, async () => {
    if (wrapper !== undefined && call.environment !== undefined)
      return runThroughWrapper(wrapper, call, { credentials: credentials!, environment: call.environment, pacPath });
    const where = call.environment === undefined ? [] : ['--environment', call.environment];
    return runProgram(pacPath, [...call.words, ...argumentsOf(call), ...where]);
  });
}

/** The inputs as `pac` takes them. */
const argumentsOf = ({ inputs }: PacCall) => Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value]);

/** @throws BuildError that says how to get one */
export function findPac(env: Env): string {
  const named = env['PAC_PATH'];
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new BuildError(`PAC_PATH names ${named}, which is no program.`);
  }
  const names = process.platform === 'win32' ? ['pac.exe', 'pac.cmd', 'pac'] : ['pac'];
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram);
  if (found !== undefined) return found;
  throw new BuildError(
    [
      'There is no pac, the Power Platform CLI, on PATH. Get it in one of these ways:',
      '  dotnet tool install --global Microsoft.PowerApps.CLI.Tool',
      '  https://learn.microsoft.com/power-platform/developer/cli/introduction',
      'or name one: PAC_PATH=<file>. Against the local emulator: PAC_PATH=alm/pac-local/pac-local.cjs',
    ].join('\n'),
  );
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return existsSync(file);
  } catch {
    return false;
  }
}

/** The variables Microsoft's own tools for pipelines read; undefined unless they are all there. */
function credentialsOf(env: Env): Credentials | undefined {
  const { PP_TENANT_ID: tenantId, PP_APPLICATION_ID: appId, PP_CLIENT_SECRET: clientSecret } = env;
  if (tenantId && appId && clientSecret) return { tenantId, appId, clientSecret, cloudInstance: 'Public', scheme: '' };
  const { PP_USERNAME: username, PP_PASSWORD: password } = env;
  return username && password ? { username, password, cloudInstance: 'Public' } : undefined;
}

/** Installed beside this project, or in the folder the command was called in. */
function findWrapper(): Wrapper | undefined {
  for (const folder of [join(__dirname, '..'), process.cwd()]) {
    const load = createRequire(join(folder, 'package.json'));
    try {
      return load(wrapperName) as Wrapper;
    } catch (error) {
      if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return undefined;
}

function runProgram(file: string, given: readonly string[]): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(file, given, { stdio: ['ignore', 'inherit', 'inherit'], shell: file.endsWith('.cmd') });
    child.once('error', (error) => failed(new BuildError(`${file} cannot be run: ${error.message}`)));
    child.once('close', (code) =>
      code === 0 ? done() : failed(new BuildError(`pac ${given.slice(0, 2).join(' ')} ended with ${code}.`)),
    );
  });
}

const everyMs = 15_000;

/** Says how long it has been going, so that a quiet minute is no riddle. */
async function withProgress(label: string, work: () => Promise<void>): Promise<void> {
  const begin = Date.now();
  const seconds = () => Math.round((Date.now() - begin) / 1000);
  console.log(`pac ${label}`);
  const timer = setInterval(() => console.log(`  … ${seconds()} s`), everyMs);
  try {
    await work();
    console.log(`done in ${seconds()} s`);
  } finally {
    clearInterval(timer);
  }
}
