import { BuildError } from './build-error.ts';

export const packageTypes = ['managed', 'unmanaged', 'both'] as const;
export type WantedType = (typeof packageTypes)[number];

/** @throws BuildError for a word that is none of the three, in any letter case */
export function wantedType(text: string): WantedType {
  const found = packageTypes.find((type) => type === text.toLowerCase());
  if (found === undefined)
    throw new BuildError(`There is no package type '${text}'. There is: ${packageTypes.join(', ')}.`);
  return found;
}

/** `Name_managed.zip`, beside `Name.zip`. */
export const managedTwin = (zip: string) => zip.replace(/(\.zip)?$/i, '_managed.zip');
