import { attribute } from '../../../packaging/index.ts';
import type { Checked } from '../checked.ts';
import { controlsOf, resourcesOf, type Control } from '../controls.ts';
import type { Rule } from '../rule.ts';

const fiveMegabytes = 5 * 1024 * 1024;

/** What webpack leaves in development builds only: its notice, and modules as texts for eval. */
const development = /ATTENTION: (The|An?) "eval|\/\/# sourceURL=(webpack|\[module\])/;

const bundlesOf = (control: Control) => resourcesOf(control).filter((path) => path.endsWith('.js'));

/** Controls and their bundles. */
export const controlRules: readonly Rule[] = [
  {
    id: 'control-file',
    severity: 'error',
    code: '0x80160000',
    fails: 'The import refuses a control without its manifest, or whose manifest names a file its folder lacks.',
    mend: 'Build the control, or take the resource out of its manifest.',
    *check(solution) {
      const there = new Set([...solution.files.keys()].map((path) => path.toLowerCase()));
      for (const control of controlsOf(solution)) {
        const { at, path, node } = control;
        if (!solution.files.has(path)) yield { at, message: `There is no ${path}.`, node };
        else if (control.manifest === undefined && control.problem === undefined)
          yield { at, message: 'Its manifest has no <control>.', file: path };
        for (const resource of resourcesOf(control))
          if (!there.has(resource.toLowerCase())) yield { at, message: `There is no ${resource}.`, file: path };
      }
    },
  },
  {
    id: 'control-name',
    severity: 'error',
    code: '0x80160000',
    fails:
      'The import refuses a control whose name, folder and manifest do not agree, or whose prefix is not the publisher’s.',
    mend: 'Name the control and its folder <prefix>_<namespace>.<constructor>, after the manifest.',
    *check(solution) {
      for (const { name, at, folder, manifest, node } of controlsOf(solution)) {
        if (folder !== `Controls/${name}/`) yield { at, message: `Its folder is ${folder}.`, node };
        const own = `${attribute(manifest, 'namespace')}.${attribute(manifest, 'constructor')}`;
        if (manifest !== undefined && name !== own && !name.endsWith(`_${own}`))
          yield { at, message: `Its manifest is of ${own}.`, node };
      }
    },
  },
  {
    id: 'control-version',
    severity: 'error',
    code: '0x80160000',
    fails: 'The import refuses a manifest whose version is not three numbers.',
    mend: 'npm run alm -- version --bump build',
    *check(solution) {
      for (const { at, path, manifest } of controlsOf(solution)) {
        const version = attribute(manifest, 'version') ?? '';
        if (manifest !== undefined && !/^\d+\.\d+\.\d+$/.test(version))
          yield { at, message: `Its version is '${version}'.`, file: path };
      }
    },
  },
  {
    id: 'control-version-raised',
    severity: 'error',
    code: '',
    fails: 'The old bundle stays in the target: the platform takes a control anew only with a higher version.',
    mend: 'npm run alm -- version --bump build',
    *check(solution) {
      const before = new Map(
        solution.previous === undefined ? [] : controlsOf(solution.previous).map((one) => [one.name, one]),
      );
      for (const control of controlsOf(solution)) {
        const old = before.get(control.name);
        const version = attribute(control.manifest, 'version');
        if (old !== undefined && version === attribute(old.manifest, 'version') && isChanged(control, solution))
          yield {
            at: control.at,
            message: `Its files have changed, its version is still ${version}.`,
            file: control.path,
          };
      }
    },
  },
  {
    id: 'control-size',
    severity: 'error',
    code: '0x8004F114',
    fails: 'A bundle over 5 MB is refused.',
    mend: 'Build in production mode, and take React and Fluent UI as platform libraries.',
    *check(solution) {
      for (const control of controlsOf(solution))
        for (const path of bundlesOf(control)) {
          const size = solution.files.get(path)?.length ?? 0;
          if (size > fiveMegabytes) yield { at: control.at, message: `${path} has ${size} bytes.`, file: path };
        }
    },
  },
  {
    id: 'control-development',
    severity: 'error',
    code: '',
    fails: 'The bundle is large and runs its code through eval, which a content security policy blocks.',
    mend: 'Build in production mode: npm run build, or pcf-scripts build --buildMode production',
    *check(solution) {
      for (const control of controlsOf(solution))
        for (const path of bundlesOf(control)) {
          const script = solution.files.get(path)?.toString() ?? '';
          if (development.test(script))
            yield { at: control.at, message: `${path} is built for development.`, file: path };
        }
    },
  },
];

/** Whether any file of a control differs from the last release. */
function isChanged({ folder }: Control, { files, previous }: Checked): boolean {
  const paths = new Set([...files.keys(), ...previous!.files.keys()]);
  return [...paths].some((path) => {
    const [now, before] = [files.get(path), previous!.files.get(path)];
    return path.startsWith(folder) && (now === undefined || before === undefined || !now.equals(before));
  });
}
