import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { BuildError } from './build-error.ts';

/** Folders of `controls/` that hold a control. */
export function controlNames(root: string): string[] {
  const folder = join(root, 'controls');
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'ControlManifest.Input.xml'))).sort();
}

/**
 * Builds every control whose sources have changed, one run of pcf-scripts each: several in one run corrupt each other's
 * types, and the tool ends with 0 whatever happens.
 *
 * @throws BuildError naming the control, with what the tool said
 */
export async function buildControls(root: string, { clean, log }: { clean: boolean; log: (text: string) => void }): Promise<void> {
  for (const name of controlNames(root)) {
    const folder = join(root, 'controls', name);
    const stamp = join(folder, 'out', 'sources.sha256');
    const hash = hashOf(root, name);
    if (!clean && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && isBuilt(folder)) continue;
    log(`building control ${name}`);
    await buildControl(root, folder, name);
    mkdirSync(join(folder, 'out'), { recursive: true });
    writeFileSync(stamp, hash);
  }
}

async function buildControl(root: string, folder: string, name: string): Promise<void> {
  rmSync(join(folder, 'out'), { recursive: true, force: true });
  const output = await run(join(root, 'node_modules/pcf-scripts/bin/pcf-scripts.js'), ['rebuild', '--buildMode', 'production'], folder);
  if (isBuilt(folder)) return;
  const said = output.split('\n').filter((line) => /error|failed|cannot|not found/i.test(line)).slice(0, 12).join('\n');
  throw new BuildError(`The control ${name} could not be built:\n${said || output.slice(-2000)}`);
}

/** The manifest is written last, and only on success; a failed bundle lacks the line that registers the control. */
function isBuilt(folder: string): boolean {
  const out = join(folder, 'out/controls');
  const bundle = join(out, 'bundle.js');
  return existsSync(join(out, 'ControlManifest.xml')) && existsSync(bundle) && readFileSync(bundle, 'utf8').includes('registerControl');
}

function run(program: string, options: readonly string[], cwd: string): Promise<string> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [program, ...options], { cwd, env: { ...process.env, PP_TOOLS_TELEMETRY_OPTOUT: '1' } });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', (error) => done(output + error.message));
    child.once('exit', () => done(output));
  });
}

/** What a control is built from: its own files, the shared ones, and the versions of the tools. */
function hashOf(root: string, name: string): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package.json')));
  for (const folder of [join(root, 'controls', name), join(root, 'controls/shared')]) {
    for (const file of filesBelow(folder)) hash.update(relative(root, file)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).sort().filter((name) => !['out', 'generated', 'node_modules'].includes(name)).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
