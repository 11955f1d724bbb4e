import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measurement } from './measurement.ts';

const dist = join(__dirname, '../dist');
const rounds = 7;

/**
 * A package taken apart and put together, against its bytes plainly unzipped and zipped by yauzl and yazl: our own,
 * which is small, and one of the size large solutions have.
 */
export function measurePacking(): Promise<Measurement[]> {
  const built = readdirSync(dist).find((name) => /^FnOConnect_[\d_]+\.zip$/.test(name));
  if (built === undefined) throw new Error('There is no package to measure with; run npm run build.');
  const place = mkdtempSync(join(tmpdir(), 'packing-'));
  try {
    const [own, large] = [join(dist, built), join(place, 'large.zip')];
    run('large', [own, large]);
    return Promise.resolve([...measure('', own, place), ...measure(' a large package', large, place)]);
  } finally {
    rmSync(place, { recursive: true });
  }
}

function measure(what: string, zip: string, place: string): Measurement[] {
  // Each round begins with nothing there: what is there already would only be compared.
  const folder = (name: string) => (round: number) => [zip, join(place, `${name}${what}${round}`)];
  const again = (round: number) => [join(place, `${round}.zip`), join(place, `tree${what}0`)];
  return [
    ...against(`unpack${what}`, ['unpack', folder('tree')], ['unzip', folder('plain')]),
    ...against(`pack${what}`, ['pack', again], ['zip', again]),
  ];
}

type Job = readonly [name: string, parameters: (round: number) => readonly string[]];

/** Both in turn, each in a process of its own, so that a busy machine slows both: the middle of time and memory. */
function against(name: string, [own, ofOwn]: Job, [peer, ofPeer]: Job): Measurement[] {
  const runs = Array.from(
    { length: rounds },
    (_, round) => [run(own, ofOwn(round)), run(peer, ofPeer(round))] as const,
  );
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
  const command = ['--import', 'tsx', join(__dirname, 'packing-job.ts'), job, ...parameters];
  return JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8' })) as { ms: number; kib: number };
}
