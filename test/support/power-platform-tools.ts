import { resolve } from 'node:path';
import type { Values } from './pipeline.ts';

/**
 * What Microsoft's actions and tasks ask of `pac`, by their names without version: the arguments their wrapper builds from
 * these inputs. Undefined is a tool that installs and asks nothing.
 */
export const tools: Readonly<Record<string, ((inputs: Values, cwd: string) => string[]) | undefined>> = {
  'microsoft/powerplatform-actions/actions-install': undefined,
  'microsoft/powerplatform-actions/who-am-i': () => ['org', 'who'],
  'microsoft/powerplatform-actions/publish-solution': () => ['solution', 'publish'],
  'microsoft/powerplatform-actions/check-solution': (inputs, cwd) => check(inputs['path']!, cwd),
  'microsoft/powerplatform-actions/export-solution': (inputs, cwd) => [
    ...['solution', 'export', '--name', inputs['solution-name']!],
    ...['--path', resolve(cwd, inputs['solution-output-file']!)],
    ...['--overwrite', inputs['overwrite'] ?? 'false', '--managed', inputs['managed'] ?? 'false'],
    ...['--async', inputs['run-asynchronously'] ?? 'false', '--max-async-wait-time', '60'],
  ],
  'microsoft/powerplatform-actions/import-solution': (inputs, cwd) =>
    importing(cwd, {
      file: inputs['solution-file']!,
      async: inputs['run-asynchronously'],
      minutes: inputs['max-async-wait-time'],
      overwrite: inputs['force-overwrite'],
      plugins: inputs['activate-plugins'],
      upgrade: inputs['stage-and-upgrade'],
      settings: inputs['use-deployment-settings-file'] === 'true' ? inputs['deployment-settings-file'] : undefined,
    }),
  PowerPlatformToolInstaller: undefined,
  PowerPlatformWhoAmI: () => ['org', 'who'],
  PowerPlatformPublishCustomizations: () => ['solution', 'publish'],
  PowerPlatformChecker: (inputs, cwd) => check(inputs['FilesToAnalyze']!, cwd),
  PowerPlatformExportSolution: (inputs, cwd) => [
    ...['solution', 'export', '--name', inputs['SolutionName']!],
    ...['--path', resolve(cwd, inputs['SolutionOutputFile']!)],
    ...['--overwrite', inputs['OverwriteLocalSolution'] ?? 'false', '--managed', inputs['Managed'] ?? 'false'],
    ...['--async', inputs['AsyncOperation'] ?? 'true', '--max-async-wait-time', inputs['MaxAsyncWaitTime'] ?? '60'],
  ],
  PowerPlatformImportSolution: (inputs, cwd) =>
    importing(cwd, {
      file: inputs['SolutionInputFile']!,
      async: inputs['AsyncOperation'],
      minutes: inputs['MaxAsyncWaitTime'],
      overwrite: inputs['OverwriteUnmanagedCustomizations'],
      plugins: inputs['PublishWorkflows'],
      upgrade: inputs['StageAndUpgrade'],
      settings: inputs['UseDeploymentSettingsFile'] === 'true' ? inputs['DeploymentSettingsFile'] : undefined,
    }),
};

const check = (file: string, cwd: string) => [
  ...['solution', 'check', '--path', resolve(cwd, file), '--geo', 'unitedstates'],
  ...['--outputDirectory', resolve(cwd, 'checker-output')],
];

interface Importing {
  readonly file: string;
  readonly async: string | undefined;
  readonly minutes: string | undefined;
  readonly overwrite: string | undefined;
  readonly plugins: string | undefined;
  readonly upgrade: string | undefined;
  readonly settings: string | undefined;
}

const importing = (cwd: string, given: Importing) => [
  ...['solution', 'import', '--path', resolve(cwd, given.file), '--async', given.async ?? 'true'],
  ...[
    '--force-overwrite',
    given.overwrite ?? 'false',
    '--publish-changes',
    'false',
    '--skip-dependency-check',
    'false',
  ],
  ...['--convert-to-managed', 'false', '--max-async-wait-time', given.minutes ?? '60'],
  ...['--activate-plugins', given.plugins ?? 'true', '--skip-lower-version', 'false'],
  ...(given.upgrade === 'true' ? ['--stage-and-upgrade', 'true'] : []),
  ...(given.settings === undefined ? [] : ['--settings-file', given.settings]),
];
