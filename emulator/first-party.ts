import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { childText, descend, parseXml, readFolder, writeZip } from '../packaging/index.ts';
import type { MapDefinition } from './dual-write/index.ts';
import type { GeneratedPackage } from './virtual-tables/index.ts';
import type { Platform } from './platform.ts';

const folder = join(__dirname, 'first-party');

/** Installs the tables Microsoft ships, through the same importer as any solution; those there in this version are left alone. */
export async function installFirstParty(platform: Platform, log: (text: string) => void): Promise<void> {
  const order = JSON.parse(readFileSync(join(folder, 'install-order.json'), 'utf8')) as string[];
  const installed = new Map(platform.dataverse.solutions().map(({ uniqueName, version }) => [uniqueName, version]));
  for (const name of order) {
    if (installed.get(name) === shippedVersion(name)) continue;
    const solution = await readFolder(join(folder, name), { type: 'managed' });
    await platform.dataverse.importSolution(solution);
  }
  await platform.dualWrite.install();
  log(`first-party solutions: ${order.join(', ')}`);
}

/** The solution of an add-in, from its folder in the room of add-ins. */
export async function packAddIn(name: string): Promise<Buffer> {
  return writeZip(await readFolder(join(__dirname, 'add-ins', name), { type: 'managed' }));
}

function shippedVersion(name: string): string {
  const path = join(folder, name, 'Other/Solution.xml');
  return childText(descend(parseXml(readFileSync(path), path), 'SolutionManifest'), 'Version');
}

/** A solution that was generated, as the importer takes it. */
export function packGenerated(generated: GeneratedPackage): Promise<Buffer> {
  return writeZip({
    manifest: parseXml(generated.manifest, 'solution.xml'),
    customizations: parseXml(generated.customizations, 'customizations.xml'),
    files: generated.files,
  });
}

/** The dual-write maps that come with the platform, one file a version. */
export function readMaps(): MapDefinition[] {
  const maps = join(folder, 'msdyn_DualWriteCore', 'maps');
  const files = readdirSync(maps).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => JSON.parse(readFileSync(join(maps, file), 'utf8')) as MapDefinition);
}
