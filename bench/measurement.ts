/** One figure and what it is held against, both from the same run. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly against: string;
  readonly floor: number;
  /** Whether more or less of it is better: a time wants less, a rate more; so does the ratio to the floor. */
  readonly better: 'more' | 'less';
}

/** The middle of several runs of `work`, in milliseconds. */
export async function medianMs(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)]!;
}

/** How often a second `work` runs, one after another, for about `seconds`. */
export async function perSecond(seconds: number, work: () => unknown): Promise<number> {
  for (let warm = 0; warm < 20; warm++) await work();
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < seconds * 1000) {
    await work();
    count += 1;
  }
  return count / ((performance.now() - started) / 1000);
}
