import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSolution } from '../alm/build.ts';
import type { Measurement } from './measurement.ts';

/** From clean, every control is built anew; warm, nothing has changed since. The warm build is the floor of the clean one. */
export async function measureBuild(): Promise<Measurement[]> {
  const root = join(__dirname, '..');
  const outDir = mkdtempSync(join(tmpdir(), 'fno-bench-'));
  const build = (clean: boolean) => buildSolution({ root, outDir, clean, log: () => {} });
  try {
    const clean = await timed(() => build(true));
    const warm = await timed(() => build(false));
    return [{ name: 'build from clean', value: clean, unit: 's', against: 'warm build', floor: warm, better: 'less' }];
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
