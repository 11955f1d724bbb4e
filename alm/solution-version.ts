import { BuildError } from './build-error.ts';

/** Names of the four parts, first to last, as `--bump` takes them. */
export const versionParts = ['major', 'minor', 'build', 'revision'] as const;

/** @throws BuildError unless there are as many numbers as wanted; no part of the platform's version exceeds 16 bits */
export function readVersion(text: string, parts = 4): number[] {
  const numbers = text.split('.').map((part) => (/^\d{1,5}$/.test(part) ? Number(part) : NaN));
  if (numbers.length === parts && numbers.every((number) => number <= 65_535)) return numbers;
  throw new BuildError(
    `'${text}' is no version of ${parts} numbers from 0 to 65535, such as ${'1.2.3.4'.slice(0, parts * 2 - 1)}.`,
  );
}

/** Below zero when the first is lower, above when it is higher; parts left out are 0. */
export function compareVersions(one: readonly number[], other: readonly number[]): number {
  for (let part = 0; part < Math.max(one.length, other.length); part++) {
    const difference = (one[part] ?? 0) - (other[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The next version: the part named is one higher, those after it are 0. */
export function bumped(version: readonly number[], part: string): number[] {
  const place = versionParts.findIndex((name) => name === part);
  if (place === -1) throw new BuildError(`There is no part '${part}'. There is: ${versionParts.join(', ')}.`);
  return version.map((number, index) => (index < place ? number : index === place ? number + 1 : 0));
}
