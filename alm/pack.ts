import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { oneAtATime } from './one-at-a-time.ts';
import { packSolution } from './pack-solution.ts';

/** `npm run alm -- pack [--out DIR]`: packs what is built already. */
export async function pack(options: string[]): Promise<void> {
  const root = join(__dirname, '..');
  const { values } = parseArgs({ args: options, options: { out: { type: 'string', default: join(root, 'dist') } } });
  const zips = await oneAtATime(root, () => packSolution(root, values.out));
  console.log(`packed ${zips.unmanaged}\n       ${zips.managed}`);
}
