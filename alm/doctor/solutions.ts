import { attribute, child, children } from '../../packaging/index.ts';
import type { Check, Diagnosis } from './diagnosis.ts';

/** Other solutions the package says it needs, and whether they are installed in that version or a later one. */
export const checkSolutions: Check = async ({ api, solution }) => {
  const needed = new Map<string, string>();
  const manifest = child(solution.manifest, 'SolutionManifest') ?? solution.manifest;
  for (const dependency of children(child(manifest, 'MissingDependencies'), 'MissingDependency')) {
    const text = attribute(child(dependency, 'Required')!, 'solution') ?? '';
    const [, name = '', version = '0'] = /^(\S+?)(?: \((.+)\))?$/.exec(text) ?? [];
    if (!/^(active|system|basic|default)$/i.test(name) && name !== '') needed.set(name, version);
  }
  const rows = await api.list('solutions?$select=uniquename,version');
  const installed = new Map(rows.map((row) => [String(row['uniquename']).toLowerCase(), String(row['version'])]));
  return [...needed].sort().map(([name, version]): Diagnosis => {
    const there = installed.get(name.toLowerCase());
    const about = { check: 'solutions', subject: name };
    if (there === undefined)
      return {
        ...about,
        level: 'error',
        what: `The solution ${name} is not installed.`,
        todo: 'Install the Microsoft application that brings it, from AppSource or the admin center.',
      };
    if (compareVersions(there, version) < 0)
      return {
        ...about,
        level: 'error',
        what: `The solution ${name} is installed in ${there}; ${version} is needed.`,
        todo: 'Update the application that brings it.',
      };
    return { ...about, level: 'ok', what: `The solution ${name} is installed (${there}).` };
  });
};

export function compareVersions(one: string, other: string): number {
  const [left, right] = [one.split('.').map(Number), other.split('.').map(Number)];
  for (let part = 0; part < 4; part++) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
