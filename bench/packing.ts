import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measurement } from './measurement.ts';

const dist = join(__dirname, '../dist');
const rounds = 7;

/** Our own package taken apart and put together, against its bytes plainly unzipped, and plainly deflated. */
export function measurePacking(): Promise<Measurement[]> {
  const built = readdirSync(dist).find((name) => /^FnOConnect_[\d_]+\.zip$/.test(name));
  if (built === undefined) throw new Error('There is no package to measure with; run npm run build.');
  const place = mkdtempSync(join(tmpdir(), 'packing-'));
  try {
    const [source, plain, tree, out] = [
      join(dist, built),
      ...['plain', 'tree', 'out.zip'].map((name) => join(place, name)),
    ];
    return Promise.resolve([
      ...against('unpack', 'unzip', [source!, tree!], [source!, plain!]),
      ...against('pack', 'zip', [out!, tree!], [out!, tree!]),
    ]);
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** Both in turn, each in a process of its own, so that a busy machine slows both: the middle of time and memory. */
function against(name: string, peer: string, own: readonly string[], others: readonly string[]): Measurement[] {
  const runs = Array.from({ length: rounds }, () => [run(name, own), run(peer, others)] as const);
  const middle = (values: number[]) => values.sort((a, b) => a - b)[rounds >> 1]!;
  const figure = (what: 'ms' | 'kib', unit: string): Measurement => ({
    name: `${name}: ${what === 'ms' ? 'time' : 'memory'}`,
    value: middle(runs.map(([one]) => one[what])),
    unit,
    against: `plain ${peer}`,
    floor: middle(runs.map(([, other]) => other[what])),
    better: 'less',
  });
  return [figure('ms', 'ms'), figure('kib', 'KiB')];
}

function run(job: string, parameters: readonly string[]): { readonly ms: number; readonly kib: number } {
  const command = [join(__dirname, '../run.cjs'), join(__dirname, 'packing-job.ts'), job, ...parameters];
  return JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8' })) as { ms: number; kib: number };
}
