import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { referenceFolder } from './reference-folder.ts';

const modules = join(__dirname, '../../node_modules');

/** A solution zip that nobody here wrote. */
export interface ForeignSolution {
  readonly name: string;
  readonly file: string;
}

const zipsIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.zip'));

/** A solution as its publisher exported it from Dataverse, in both kinds, out of a package on npm. */
export interface PublishedSolution {
  readonly name: string;
  readonly managed: string;
  readonly unmanaged: string;
}

/** `dataverse-ify` ships the solution its own tests run on: 2.0.3 as exported from 9.1 in 2020, 2.0.7 from 9.2 in 2023. */
export const publishedSolutions: readonly PublishedSolution[] = ['dataverse-ify-earlier', 'dataverse-ify'].map(
  (name) => {
    const folder = join(modules, name, 'integration-test-solution');
    const [managed, unmanaged] = [true, false].map((isManaged) =>
      join(
        folder,
        zipsIn(folder).find((zip) => zip.endsWith('_managed.zip') === isManaged)!,
      ),
    );
    return { name, managed: managed!, unmanaged: unmanaged! };
  },
);

const samples = referenceFolder('SOLUTION_SAMPLES', 'samples', 'solutions');

/** Samples of other publishers, where they are at hand. */
export const sampleSolutions: readonly ForeignSolution[] =
  samples === undefined ? [] : zipsIn(samples).map((name) => ({ name, file: join(samples, name) }));

/** Every solution at hand that nobody here wrote. */
export const foreignSolutions: readonly ForeignSolution[] = [
  ...publishedSolutions.flatMap(({ name, managed, unmanaged }) => [
    { name: `${name}, unmanaged`, file: unmanaged },
    { name: `${name}, managed`, file: managed },
  ]),
  ...sampleSolutions,
];
