import { stableId } from '../metadata/stable-id.ts';
import type { ImportPlatform } from './import-platform.ts';
import { putComponent } from './put-component.ts';

/** The solutions every environment has, with the ids they have in all of them. */
export const defaultSolutionId = 'fd140aaf-4df4-11dd-bd17-0019b9312238';
const activeSolutionId = 'fd140aae-4df4-11dd-bd17-0019b9312238';

/** Unique names of solutions that are no package. */
export const solutionsOfPlatform = ['Default', 'Active'] as const;

/** Makes the default publisher, whose prefix is `new`, and the two solutions that stand for what belongs to no other. */
export function installDefaultSolutions(platform: ImportPlatform): void {
  const now = `${platform.clock.now().toISOString().slice(0, 19)}Z`;
  const publisherid = stableId('publisher', 'DefaultPublisherLocal');
  putComponent(platform, 'publisher', {
    publisherid,
    uniquename: 'DefaultPublisherLocal',
    friendlyname: 'Default Publisher for Local',
    customizationprefix: 'new',
    customizationoptionvalueprefix: 10_000,
    isreadonly: false,
  });
  const add = (solutionid: string, uniquename: string, friendlyname: string, isvisible: boolean) =>
    putComponent(platform, 'solution', {
      solutionid,
      uniquename,
      friendlyname,
      version: '1.0',
      publisherid: { table: 'publisher', id: publisherid },
      ismanaged: false,
      isvisible,
      installedon: now,
      updatedon: now,
    });
  add(defaultSolutionId, 'Default', 'Default Solution', true);
  add(activeSolutionId, 'Active', 'Active Solution', false);
}
