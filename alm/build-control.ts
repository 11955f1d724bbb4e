import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from './build-error.ts';
import { sourcesHash, stamp } from './control-stamp.ts';
import { pcfErrors } from './pcf-errors.ts';

/**
 * Builds one control with a run of pcf-scripts of its own: several controls in one run corrupt each other's types.
 *
 * @throws BuildError naming the control, with the errors of the tool
 */
export async function buildControl(root: string, control: string): Promise<void> {
  const folder = join(root, 'controls', control);
  const hash = sourcesHash(root, control);
  rmSync(join(folder, 'out'), { recursive: true, force: true });
  const output = await runPcfScripts(root, folder);
  // The tool ends with 0 whatever happens; what it leaves behind is the proof.
  if (!isBuilt(folder))
    throw new BuildError(`The control ${control} could not be built:\n${pcfErrors(output, folder)}`);
  stamp(root, control, hash);
}

/** The manifest is written last, and only on success; a failed bundle lacks the line that registers the control. */
export function isBuilt(folder: string): boolean {
  const out = join(folder, 'out/controls');
  const bundle = join(out, 'bundle.js');
  if (!existsSync(join(out, 'ControlManifest.xml')) || !existsSync(bundle)) return false;
  return readFileSync(bundle, 'utf8').includes('ComponentFramework.registerControl(');
}

function runPcfScripts(root: string, folder: string): Promise<string> {
  const tool = join(root, 'node_modules/pcf-scripts/bin/pcf-scripts.js');
  const options = [tool, 'rebuild', '--buildMode', 'production'];
  return new Promise((done) => {
    const env = { ...process.env, PP_TOOLS_TELEMETRY_OPTOUT: '1' };
    const child = spawn(process.execPath, options, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', (error) => done(output + error.message));
    child.once('close', () => done(output));
  });
}
