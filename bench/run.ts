/** `npm run bench`: every benchmark, each with its floor or peer from the same run, as a table and as JSON. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { measureBuild } from './build.ts';
import { measureDataverse } from './dataverse.ts';
import { measureDualWrite } from './dual-write.ts';
import { measureFlows } from './flows.ts';
import { measurePacking } from './packing.ts';
import { measureReads } from './reads.ts';
import { measureVirtualPage } from './virtual-page.ts';
import type { Measurement } from './measurement.ts';

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const all: Record<string, () => Promise<Measurement[]>> = {
    build: measureBuild,
    reads: measureReads,
    dataverse: measureDataverse,
    flows: measureFlows,
    packing: measurePacking,
    'virtual-page': measureVirtualPage,
    'dual-write': measureDualWrite,
  };
  const unknown = wanted.filter((name) => !(name in all));
  if (unknown.length > 0)
    throw new Error(`There is no benchmark '${unknown.join("', '")}'. There are ${Object.keys(all).join(', ')}.`);
  const measurements: Measurement[] = [];
  for (const [name, measure] of Object.entries(all)) {
    if (wanted.length === 0 || wanted.includes(name)) measurements.push(...(await measure()));
  }
  console.table(
    measurements.map(({ name, value, unit, against, floor, better }) => ({
      benchmark: name,
      figure: `${round(value)} ${unit}`,
      against: `${round(floor)} ${unit} (${against})`,
      ratio: round(value / floor),
      better,
    })),
  );
  const file = join(__dirname, '../dist/bench.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(measurements, undefined, 2));
  console.log(`JSON in ${file}`);
}

const round = (value: number) => Number(value.toPrecision(3));

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
