import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PackageError } from '../package-error.ts';

/** @throws PackageError for a tree in the YAML source format, which newer versions of pac and Git integration write */
export function refuseNewerFormat(folder: string): void {
  const solutions = join(folder, 'solutions');
  if (existsSync(join(folder, 'Other/Solution.xml')) || !existsSync(solutions)) return;
  const found = readdirSync(solutions).find((name) => existsSync(join(solutions, name, 'solution.yml')));
  if (found === undefined) return;
  const entry = `solutions/${found}/solution.yml`;
  throw new PackageError(
    `${folder} is in the YAML source format (it has ${entry}), which is not supported. ` +
      'Unpack the zip in the XML layout: npm run alm -- unpack, or an export with pac solution unpack.',
    entry,
  );
}
