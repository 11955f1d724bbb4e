import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { BuildError } from './build-error.ts';
import type { PacCall } from './pac-tool.ts';

export const wrapperName = '@microsoft/powerplatform-cli-wrapper';

export type Credentials =
  | {
      readonly tenantId: string;
      readonly appId: string;
      readonly clientSecret: string;
      readonly cloudInstance: string;
      readonly scheme: string;
    }
  | { readonly username: string; readonly password: string; readonly cloudInstance: string };

/** An input of an action: the host is asked for it by its name. */
interface Entry {
  readonly name: string;
  readonly required: boolean;
  readonly defaultValue?: string | boolean;
}

type Action = (parameters: Record<string, unknown>, runner: object, host: object) => Promise<void>;

/** The part of the package that is used. */
export type Wrapper = Readonly<Record<PacCall['action'], Action>>;

/** What the wrapper calls the arguments of `pac`, where it uses another name. */
const parameterNames: Readonly<Record<string, string>> = {
  'max-async-wait-time': 'maxAsyncWaitTimeInMin',
  'import-as-holding': 'importAsHolding',
  'stage-and-upgrade': 'stageAndUpgrade',
  'force-overwrite': 'forceOverwrite',
  'publish-changes': 'publishChanges',
  'activate-plugins': 'activatePlugins',
  'skip-lower-version': 'skipLowerVersion',
  'settings-file': 'deploymentSettingsFile',
};

/** Every parameter an action looks at; one that is not given has to be there all the same, without a value. */
const parametersOf: Readonly<Record<PacCall['action'], readonly string[]>> = {
  importSolution: [
    ...['path', 'async', 'maxAsyncWaitTimeInMin', 'importAsHolding', 'stageAndUpgrade', 'forceOverwrite'],
    ...['publishChanges', 'skipDependencyCheck', 'convertToManaged', 'activatePlugins', 'skipLowerVersion'],
    ...['useDeploymentSettingsFile', 'deploymentSettingsFile'],
  ],
  exportSolution: [
    ...['name', 'path', 'managed', 'overwrite', 'async', 'maxAsyncWaitTimeInMin', 'targetVersion'],
    ...['autoNumberSettings', 'calenderSettings', 'customizationSettings', 'emailTrackingSettings'],
    ...['externalApplicationSettings', 'generalSettings', 'isvConfig', 'marketingSettings'],
    ...['outlookSynchronizationSettings', 'relationshipRoles', 'sales'],
  ],
  publishSolution: ['async'],
};

interface Surroundings {
  readonly credentials: Credentials;
  readonly environment: string;
  readonly pacPath: string;
}

/** Runs a call as an action of the wrapper, which signs in before and out after it. @throws BuildError when it fails */
export async function runThroughWrapper(wrapper: Wrapper, call: PacCall, given: Surroundings): Promise<void> {
  const inputs = new Map(Object.entries(call.inputs).map(([name, value]) => [parameterNames[name] ?? name, value]));
  if (inputs.has('deploymentSettingsFile')) inputs.set('useDeploymentSettingsFile', 'true');
  const entries = parametersOf[call.action].map((name): [string, Entry] => [name, { name, required: false }]);
  const log = (text: string) => console.log(text);
  const logger = { log, info: log, debug: () => undefined, warn: log, error: log };
  const runner = {
    workingDir: process.cwd(),
    runnersDir: dirname(given.pacPath),
    pacPath: given.pacPath,
    agent: 'fno-connect/alm',
    logger,
  };
  const host = {
    name: 'fno-connect',
    getInput: ({ name }: Entry) => inputs.get(name),
    getArtifactStore: () => ({ getTempFolder: () => tmpdir(), upload: async () => undefined }),
  };
  const parameters = {
    credentials: given.credentials,
    environmentUrl: given.environment,
    logToConsole: false,
    verboseLogging: false,
    ...Object.fromEntries(entries),
  };
  await wrapper[call.action](parameters, runner, host).catch((error: Error) => {
    throw new BuildError(`${call.action} failed: ${error.message}`);
  });
}
