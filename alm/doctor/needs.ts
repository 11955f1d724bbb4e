import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from '../build-error.ts';

/** A table map the solution stands on; its publisher may be anybody. */
export interface NeededMap {
  /** Display name: Dataverse set, then label of the data entity. */
  readonly name: string;
  readonly table: string;
  readonly entity: string;
  readonly minimum: string;
}

/** What a package does not say of itself. */
export interface Needs {
  readonly maps: readonly NeededMap[];
  /** Those that have to run when addresses travel through the party and global address book. */
  readonly addressBookMaps: readonly NeededMap[];
  /** Roles of other solutions that users are to have beside those of this one. */
  readonly roles: readonly string[];
}

/** @throws BuildError when there is no such file, or it holds something else */
export function readNeeds(file = join(__dirname, 'needs.json')): Needs {
  if (!existsSync(file)) throw new BuildError(`There is no ${file}.`);
  try {
    const needs = JSON.parse(readFileSync(file, 'utf8')) as Partial<Needs>;
    const { maps = [], addressBookMaps = [], roles = [] } = needs;
    for (const { name, table, entity, minimum } of [...maps, ...addressBookMaps])
      if ([name, table, entity].some((one) => typeof one !== 'string') || !/^\d+(\.\d+){3}$/.test(minimum))
        throw Error();
    return { maps, addressBookMaps, roles };
  } catch {
    throw new BuildError(`${file} has to hold maps, addressBookMaps (name, table, entity, minimum) and roles.`);
  }
}
