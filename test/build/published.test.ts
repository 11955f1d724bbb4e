/** Solutions of other publishers: unpacked, packed and unpacked again they are the same, and the check says what is so. */
import { readFileSync } from 'node:fs';
import { tripOf } from '../../alm/roundtrip.ts';
import { checkSolution } from '../../alm/check/check-solution.ts';
import { identityOf, normalized, readZip, requireRootComponents, writeZip } from '../../packaging/index.ts';
import { foreignSolutions } from '../support/foreign-solutions.ts';

const all = foreignSolutions.map(({ name, file }) => [name, file] as const);

/** What the check rightly finds: a column came with 1.0.0.3 into a solution that was exported as 1.0.0.1. */
const findings: Readonly<Record<string, readonly string[]>> = {
  'dataverse-ify, unmanaged': ['introduced-version column cdsify_integrationtest.cdsify_bigint'],
  'dataverse-ify, managed': ['introduced-version column cdsify_integrationtest.cdsify_bigint'],
};

test.each(all)('%s: read and written again it is the same', async (_name, file) => {
  const read = await readZip(readFileSync(file));
  const back = await readZip(await writeZip(read));
  expect(normalized(back.manifest)).toEqual(normalized(read.manifest));
  expect(normalized(back.customizations)).toEqual(normalized(read.customizations));
  expect(new Map(back.files)).toEqual(new Map([...read.files].sort()));
  expect(identityOf(back)).toEqual(identityOf(read));
  expect(identityOf(read).uniqueName).toMatch(/^\w+$/);
});

test.each(all)('%s: unpacked, packed and unpacked again it is the same, byte by byte', async (name, file) => {
  for (const localize of [false, true])
    expect(await tripOf(file, name, { localize })).toMatchObject({ verdict: 'same', problems: [] });
});

test.each(all)('%s: the check finds what is so, and nothing else', async (name, file) => {
  const read = await readZip(readFileSync(file));
  expect(() => requireRootComponents(read)).not.toThrow();
  expect(checkSolution(read).map(({ rule, at }) => `${rule} ${at}`)).toEqual(findings[name] ?? []);
});
