import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');

/**
 * A folder of material that cannot be part of the repository: named by an environment variable, or kept beside the
 * checkout in a folder `shared`.
 *
 * @returns undefined when it is not there; says so, and how to bring it in
 */
export function referenceFolder(variable: string, ...path: readonly string[]): string | undefined {
  const folder = process.env[variable] ?? join(dirname(root), 'shared', ...path);
  if (existsSync(folder)) return folder;
  console.warn(`There is no ${folder}: tests that need it are skipped. Set ${variable} to the folder that holds it.`);
  return undefined;
}
