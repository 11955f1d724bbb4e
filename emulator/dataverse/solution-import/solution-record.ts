import { childText, descend, type SolutionIdentity, type SolutionPackage } from '../../../packaging/index.ts';
import { labelIn } from '../metadata/labels.ts';
import { stableId } from '../metadata/stable-id.ts';
import type { ImportCall, ImportPlatform } from './import-platform.ts';
import { findComponent, putComponent } from './put-component.ts';
import { readChildLabels } from './read-labels.ts';

export const publisherOf = ({ manifest }: SolutionPackage) => descend(manifest, 'SolutionManifest', 'Publisher');

/** The id of a solution's row; what it gets where there is none yet. */
export const solutionIdOf = (platform: ImportPlatform, uniqueName: string): string =>
  findComponent(platform, 'solution', 'uniquename', uniqueName) ?? stableId('solution', uniqueName);

/** Writes the rows of the solution and its publisher. */
export function recordSolution(call: ImportCall, { version, isManaged }: SolutionIdentity): void {
  const solution = descend(call.pkg.manifest, 'SolutionManifest');
  const now = `${call.clock.now().toISOString().slice(0, 19)}Z`;
  putComponent(
    call,
    'solution',
    {
      solutionid: call.solutionId,
      uniquename: call.solution,
      friendlyname: labelIn(readChildLabels(solution, 'LocalizedNames')) || call.solution,
      description: labelIn(readChildLabels(solution, 'Descriptions')) || null,
      version,
      publisherid: { table: 'publisher', id: recordPublisher(call) },
      ismanaged: isManaged,
      isvisible: true,
      installedon: now,
      updatedon: now,
    },
    ['installedon'],
  );
}

/** A publisher is found by its unique name, and made when there is none; what is there stays as it is. */
function recordPublisher(call: ImportCall): string {
  const publisher = publisherOf(call.pkg);
  const uniquename = childText(publisher, 'UniqueName');
  const there = findComponent(call, 'publisher', 'uniquename', uniquename);
  if (there !== undefined) return there;
  const publisherid = stableId('publisher', uniquename);
  putComponent(call, 'publisher', {
    publisherid,
    uniquename,
    friendlyname: labelIn(readChildLabels(publisher, 'LocalizedNames')) || uniquename,
    description: labelIn(readChildLabels(publisher, 'Descriptions')) || null,
    emailaddress: childText(publisher, 'EMailAddress') || null,
    supportingwebsiteurl: childText(publisher, 'SupportingWebsiteUrl') || null,
    customizationprefix: call.prefix || null,
    customizationoptionvalueprefix: Number(childText(publisher, 'CustomizationOptionValuePrefix')) || null,
  });
  return publisherid;
}
