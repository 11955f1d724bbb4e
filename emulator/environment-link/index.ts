import { notEmulated, type Clock } from '../kernel/index.ts';
import type { Database } from '../storage/database.ts';
import { runChecks, type CheckResult, type LinkFacts } from './checks.ts';
import { faults } from './faults.ts';

export const linkStates = {
  none: 'Not linked',
  progress: 'Environment setup is in progress',
  failed: 'Setup failed',
  complete: 'Setup completed successfully',
} as const;

export interface LinkStatus {
  readonly state: string;
  readonly checks: readonly CheckResult[];
  readonly startedOn: string | null;
  /** When a setup in progress ends, or ended. */
  readonly completedOn: string | null;
}

export interface EnvironmentLinkParts {
  readonly database: Database;
  readonly clock: Clock;
  /** E-mail of who links when nobody is named. */
  readonly defaultUser: string;
  /** What the user who links may do on either side. */
  readonly standingOf: (email: string) => Promise<Pick<LinkFacts, 'isAdministrator' | 'isLicensed'>>;
  /** Called when the link has come or gone. */
  readonly changed: (isLinked: boolean) => void;
}

export type EnvironmentLink = ReturnType<typeof createEnvironmentLink>;

/**
 * Operations of the admin center on the environment of Dataverse, which a link blocks.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/power-platform/environment-lifecycle-core-concepts
 */
const lifecycle: Readonly<Record<string, string>> = { 'reset-dataverse': 'Reset', 'delete-dataverse': 'Delete' };

/** Setup normally takes 60 to 90 minutes. */
const setupMs = 75 * 60_000;

/** The link between the two environments: its checks, its states, and the one way back. It is there from the start. */
export function createEnvironmentLink(parts: EnvironmentLinkParts) {
  const { database, clock, standingOf, changed } = parts;
  database.exec('create table if not exists "emulator$link" (only integer primary key, status text not null)');
  const first: LinkStatus = { state: linkStates.complete, checks: [], startedOn: null, completedOn: null };
  const stored = database.get('select status from "emulator$link"')?.['status'];
  let status = stored === undefined ? first : (JSON.parse(String(stored)) as LinkStatus);

  async function become(next: LinkStatus): Promise<void> {
    const was = isLinked();
    await database.transaction(async () =>
      database.run('insert or replace into "emulator$link" values (1, ?)', [JSON.stringify(next)]),
    );
    status = next;
    if (isLinked() !== was) changed(isLinked());
  }

  const isLinked = () => status.state === linkStates.complete;

  function refuseLifecycle(operation: string): never {
    if (isLinked()) throw faults.lifecycleBlocked(operation);
    throw notEmulated(`${operation} of the environment of Dataverse`, 'POST /_emulator/reset starts over.');
  }

  async function setUp(given: Readonly<Record<string, unknown>>): Promise<void> {
    const user = typeof given['user'] === 'string' ? given['user'] : parts.defaultUser;
    const facts = { hasD365Apps: true, dataverseGeography: 'EMEA', financeOperationsGeography: 'EMEA', ...given };
    const checks = runChecks({ ...facts, ...(await standingOf(user)) });
    const startedOn = clock.now().toISOString();
    if (checks.some(({ passed }) => !passed))
      return become({ state: linkStates.failed, checks, startedOn, completedOn: null });
    const completedOn = new Date(clock.now().getTime() + setupMs).toISOString();
    await become({ state: linkStates.progress, checks, startedOn, completedOn });
    waitForEnd();
  }

  function waitForEnd(): void {
    if (status.state !== linkStates.progress || status.completedOn === null) return;
    clock.at(new Date(status.completedOn), () => {
      if (status.state === linkStates.progress) void become({ ...status, state: linkStates.complete });
    });
  }
  waitForEnd();

  return {
    isLinked,
    status: () => status,
    /** @throws Fault where the state does not allow the verb */
    async act(verb: string, given: Readonly<Record<string, unknown>> = {}): Promise<LinkStatus> {
      if (verb in lifecycle) refuseLifecycle(lifecycle[verb]!);
      if (verb !== 'start' && verb !== 'resume' && verb !== 'delete') throw faults.unknownVerb(verb);
      if (status.state === linkStates.progress) throw faults.inProgress();
      if (verb === 'delete') {
        if (status.state === linkStates.none) throw faults.notLinkedYet();
        await become({ state: linkStates.none, checks: [], startedOn: null, completedOn: null });
        return status;
      }
      if (isLinked()) throw faults.alreadyLinked();
      if (verb === 'resume' && status.state !== linkStates.failed) throw faults.nothingToResume();
      await setUp(given);
      return status;
    },
  };
}
