import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildControl, isBuilt } from './build-control.ts';
import { isUnchanged } from './control-stamp.ts';

/** Runs at a time: a run takes about half a gigabyte and more than one core. */
const atOnce = 2;

/** Folders of `controls/` that hold a control. */
export function controlNames(root: string): string[] {
  const folder = join(root, 'controls');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'ControlManifest.Input.xml')))
    .sort();
}

export interface BuildControlsOptions {
  /** Builds those that have not changed, too. */
  readonly clean: boolean;
  /** All when left out. */
  readonly only?: readonly string[];
  readonly log: (text: string) => void;
}

/**
 * Builds the controls whose sources have changed.
 *
 * @throws BuildError of the first control, by name, that could not be built; the others are finished first
 */
export async function buildControls(root: string, { clean, only, log }: BuildControlsOptions): Promise<void> {
  const wanted = controlNames(root).filter((name) => only?.includes(name) ?? true);
  const stale = wanted.filter((name) => clean || !isBuilt(join(root, 'controls', name)) || !isUnchanged(root, name));
  const failures = new Map<string, unknown>();
  const queue = [...stale];
  const worker = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const control = name;
      log(`building control ${control}`);
      await buildControl(root, control).catch((error: unknown) => failures.set(control, error));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  for (const name of stale) if (failures.has(name)) throw failures.get(name);
}
