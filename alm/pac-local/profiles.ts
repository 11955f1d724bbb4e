import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { PacError, type Surroundings } from './surroundings.ts';

/** A signed-in identity and the environment it works in. Secrets are not kept: nothing here needs one. */
export interface Profile {
  readonly name: string;
  /** e.g. `http://127.0.0.1:7071`; undefined until one is chosen. */
  readonly environment: string | undefined;
  /** E-mail, or the id of an application. */
  readonly user: string;
  readonly kind: 'User' | 'Application';
  readonly cloud: string;
  readonly isActive: boolean;
}

/** `PAC_LOCAL_HOME`, else the folder that is said to hold profiles, else `.pac-local` of the user. Never the real tool's own. */
const folderOf = ({ env }: Surroundings) =>
  env['PAC_LOCAL_HOME'] ?? env['PAC_PROFILE_ROOT'] ?? join(homedir(), '.pac-local');

const fileOf = (surroundings: Surroundings) => join(folderOf(surroundings), 'pac-local-profiles.json');

export function readProfiles(surroundings: Surroundings): Profile[] {
  const file = fileOf(surroundings);
  if (!existsSync(file)) return [];
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Profile[];
  } catch {
    throw new PacError(`${file} cannot be read. Remove it, and sign in again: auth create`);
  }
}

export function writeProfiles(surroundings: Surroundings, profiles: readonly Profile[]): void {
  mkdirSync(folderOf(surroundings), { recursive: true });
  writeFileSync(fileOf(surroundings), `${JSON.stringify(profiles, undefined, 2)}\n`, { mode: 0o600 });
}

export const clearProfiles = (surroundings: Surroundings): void => rmSync(fileOf(surroundings), { force: true });

/** @throws PacError when nobody is signed in */
export function activeProfile(surroundings: Surroundings): Profile {
  const found = readProfiles(surroundings).find(({ isActive }) => isActive);
  if (found === undefined)
    throw new PacError('No profiles were found on this computer. Please run "pac auth create" to create one.');
  return found;
}
