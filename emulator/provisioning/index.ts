import type {
  Caller,
  CustomApiBodies,
  CustomApiBody,
  MetadataCatalogue,
  OrganizationService,
} from '../dataverse/index.ts';
import type { Clock, NewId, Work } from '../kernel/index.ts';
import { faults } from './faults.ts';
import { createOperations, historyTable, statuses, updateName, type Operation } from './operations.ts';

export interface ProvisioningParts {
  readonly clock: Clock;
  readonly work: Work;
  readonly newId: NewId;
  readonly metadata: MetadataCatalogue;
  readonly organization: OrganizationService;
  readonly isLinked: () => boolean;
  /** Deploys what an update brings: the batches that renew virtual tables follow. */
  readonly deploy: () => Promise<unknown>;
}

export interface Provisioning {
  /** What the messages of the provisioning app do, by their unique names. */
  readonly messages: CustomApiBodies;
  /** A package was deployed to finance and operations. */
  deployed(): Promise<void>;
  /** Goes on with what an earlier start left under way. */
  resume(): Promise<void>;
}

/** Decided: the versions there are, the first of which is installed from the start. */
const versions = ['10.0.44.9', '10.0.45.4', '10.0.46.2'] as const;
const platformVersion = '7.0.7690.23';
/** Decided: how long an update takes. */
const updateMs = 60 * 60_000;

/**
 * The provisioning app of environments that are made in the admin center: which version of finance and operations there is, which
 * it may be updated to, and what was done to it. Known from clients alone; what they read is here.
 *
 * Decided: states, status reasons and the values of choices. Modules are not listed: packages here have none.
 *
 * @see https://github.com/d365collaborative/d365bap.tools `Get-UdeEnvironment`, `Get-PpacD365PlatformUpdate`,
 * `Invoke-PpacD365PlatformUpdate`, `Get-PpacD365OperationHistory`, `Get-UdeEnvironmentPackage`
 */
export function createProvisioning(parts: ProvisioningParts): Provisioning {
  const { clock, work, organization, metadata } = parts;
  const operations = createOperations(organization, parts.newId);
  const isThere = () => metadata.table(historyTable) !== undefined;

  /** The version of the last update that has ended. */
  const currentOf = (all: readonly Operation[]): string =>
    versionIn(
      all.findLast(({ name, status }) => name === updateName && status === statuses.succeeded)?.payload ?? '',
    ) ?? versions[0];

  const underWay = (all: readonly Operation[]) => all.find(({ status }) => status === statuses.running);
  const later = (current: string) => versions.slice((versions as readonly string[]).indexOf(current) + 1);

  async function queue(payload: string, caller: Caller): Promise<void> {
    const all = await operations.all();
    const running = underWay(all);
    if (running !== undefined) throw faults.underWay(running.name);
    const wanted = versionIn(payload);
    const known = later(currentOf(all));
    if (wanted === undefined || !known.some((one) => one === wanted)) throw faults.unknownVersion(payload, known);
    const description = `Update of finance and operations to ${wanted}`;
    const startedOn = clock.now();
    const id = await operations.start(updateName, description, startedOn, `ApplicationVersion=${wanted}`, caller);
    endLater(id, startedOn);
  }

  function endLater(id: string, startedOn: Date): void {
    clock.at(new Date(startedOn.getTime() + updateMs), () =>
      work.start(updateName, async () => {
        await operations.end(id);
        await parts.deploy();
      }),
    );
  }

  const bodies: Readonly<Record<string, CustomApiBody>> = {
    async msprov_getfinopsapplicationdetails() {
      const all = await operations.all();
      return {
        applicationversion: currentOf(all),
        platformversion: platformVersion,
        finopsenvironmentstate: underWay(all) === undefined ? 'Running' : 'Updating',
        applicationdeploymenttype: 'Sandbox',
      };
    },
    async msprov_getfnoversiondetails() {
      const found = later(currentOf(await operations.all()));
      return { Response: JSON.stringify(found.map((value) => ({ name: 'ApplicationVersion', value }))) };
    },
    async msprov_queuefnoinstallorupdate({ input, caller }) {
      await queue(String(input['payload']), caller);
      return {};
    },
  };

  return {
    messages(name) {
      const body = bodies[name];
      if (body === undefined) return undefined;
      return (call) => {
        if (!parts.isLinked()) throw faults.notLinked();
        return body(call);
      };
    },
    async deployed() {
      if (!isThere() || !parts.isLinked()) return;
      const name = `Package ${clock.now().toISOString()}`;
      await organization.create('msprov_fnopackage', {
        ...{ msprov_name: name, msprov_packagetype: 202570000, msprov_buildtype: 202570000 },
        msprov_dbsyncoptions: 202570000,
      });
      await operations.end(await operations.start('FnOPackageDeployment', name, clock.now(), ''));
    },
    async resume() {
      if (!isThere()) return;
      for (const { id, name, startedOn, status } of await operations.all())
        if (name === updateName && status === statuses.running) endLater(id, new Date(startedOn));
    },
  };
}

/** Clients send `ApplicationVersion=<version>`, some with more around the version. */
const versionIn = (payload: string): string | undefined =>
  /^ApplicationVersion=[^|]*?(\d+\.\d+\.\d+\.\d+)/.exec(payload)?.[1];
