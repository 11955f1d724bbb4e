/** Solutions of other publishers: read, written and read again they are the same. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf, normalized, readZip, requireRootComponents, writeZip } from '../../packaging/index.ts';
import { checkSolution } from '../../alm/check/check-solution.ts';
import { referenceFolder } from '../support/reference-folder.ts';

const folder = referenceFolder('SOLUTION_SAMPLES', 'samples', 'solutions');
const names = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.zip'));
const suite = names.length === 0 ? describe.skip : describe;

suite('a solution of another publisher', () => {
  test.each(names.length === 0 ? ['none'] : names)('%s', async (name) => {
    const read = await readZip(readFileSync(join(folder!, name)));
    const back = await readZip(await writeZip(read));
    expect(normalized(back.manifest)).toEqual(normalized(read.manifest));
    expect(normalized(back.customizations)).toEqual(normalized(read.customizations));
    expect(new Map(back.files)).toEqual(new Map([...read.files].sort()));
    expect(identityOf(back)).toEqual(identityOf(read));
    expect(identityOf(read).uniqueName).toMatch(/^\w+$/);
    expect(() => requireRootComponents(read)).not.toThrow();
    expect(checkSolution(read)).toEqual([]);
  });
});
