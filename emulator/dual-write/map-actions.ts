import type { HttpHandler } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import type { FinanceOperations } from '../finance-operations/index.ts';
import type { Database } from '../storage/database.ts';
import type { Alerts } from './alerts.ts';
import type { AsyncMaps } from './async-maps.ts';
import type { Companies } from './companies.ts';
import { faults } from './faults.ts';
import type { History } from './history.ts';
import type { MapDefinition } from './map-definition.ts';
import { dependencies } from './map-order.ts';
import type { MapRows } from './map-rows.ts';
import type { Runner } from './map-runner.ts';
import { requireAvailable, type MapStates } from './map-states.ts';
import { planInitialWrite } from './plan-initial-write.ts';
import type { Queue } from './queue.ts';
import type { Run, Runs } from './runs.ts';
import type { StartedMaps } from './started-maps.ts';
import { connectionProblems } from './validate-connection.ts';
import { problemsOf } from './validate-map.ts';

export interface MapActionParts {
  readonly database: Database;
  readonly dataverse: Dataverse;
  readonly financeOperations: FinanceOperations;
  readonly handle: HttpHandler;
  readonly companies: Companies;
  readonly rows: MapRows;
  readonly states: MapStates;
  readonly maps: StartedMaps;
  readonly queue: Queue;
  readonly asyncMaps: AsyncMaps;
  readonly history: History;
  readonly runs: Runs;
  readonly alerts: Alerts;
  readonly runner: Runner;
}

export type Given = Readonly<Record<string, unknown>>;

/** What the page of table maps offers for each of them. */
export function createMapActions(parts: MapActionParts) {
  const { database, dataverse, financeOperations, rows, states, maps, queue, history, runs, alerts, runner } = parts;
  const { statusOf, change } = maps;

  function check(definition: MapDefinition, isShipped: boolean): void {
    const problems = problemsOf(definition, dataverse.metadata, financeOperations.entities, isShipped);
    if (problems.length > 0) throw faults.invalidMap(definition.displayName, problems);
  }
  /** The version that is to run: the one named, else the last that ran. @throws Fault naming what is wrong with it */
  async function choose(name: string, version: string | undefined): Promise<MapDefinition> {
    const definition = await rows.find(name, version ?? states.get(name)?.version);
    check(definition, rows.isShipped(definition));
    const problems = await connectionProblems(definition, parts);
    if (problems.length > 0) throw faults.invalidMap(definition.displayName, problems);
    return definition;
  }

  async function start(name: string, version: string | undefined): Promise<void> {
    requireAvailable('start', name, statusOf(name));
    const definition = await choose(name, version);
    maps.take(definition);
    await database.transaction(async () => {
      alerts.putInForce(name);
      await change(name, definition.version, 'Running');
      history.note(name, definition.version, 'Running; initial sync skipped');
    });
  }

  async function stop(name: string, what = 'Stopped'): Promise<void> {
    const { version } = states.get(name)!;
    await database.transaction(async () => {
      await change(name, version, 'Not running');
      queue.forget(name);
      history.note(name, version, what);
    });
  }

  /** Turns the map to an initial write; the runner does it. @returns id of the run */
  async function planWrite(name: string, given: Given, without: readonly string[] = []): Promise<string> {
    const definition = await choose(name, textOf(given['version']));
    const plan = await planInitialWrite(maps.take(definition), given, without, parts);
    const run = await database.transaction(async () => {
      if (statusOf(name) === 'Not running') alerts.putInForce(name);
      await change(name, definition.version, 'Initializing');
      history.note(name, definition.version, `Initial sync started; master ${plan.master}`);
      return runs.start(name, definition.version, plan);
    });
    return run.id;
  }

  /** Maps whose tables a map looks things up in. */
  async function related(name: string): Promise<string[]> {
    const all = await rows.all();
    const tables = new Set(
      all.filter((one) => one.displayName === name).flatMap(({ mapping }) => mapping.legs.flatMap(dependencies)),
    );
    const found = all.filter(({ mapping }) => mapping.legs.some((leg) => tables.has(leg.destinationSchema)));
    return [...new Set(found.map((one) => one.displayName))].filter((one) => one !== name);
  }

  /** A new status beside a line in the activity log. */
  const turn = (name: string, status: 'Paused' | 'Resuming', what: string, before: () => void = () => {}) =>
    database.transaction(async () => {
      before();
      const { version } = states.get(name)!;
      await change(name, version, status);
      history.note(name, version, what);
    });

  function lastFailed(name: string): Run {
    const [last] = runs.list(name, 1);
    if (last?.status === 'Completed with errors') return last;
    throw faults.wrongState(name, statusOf(name), 're-run', 'Wait until the initial sync has ended.');
  }

  const verbs: Readonly<Record<string, (name: string, given: Given) => Promise<Given | void>>> = {
    async start(name, given) {
      if (given['related'] === true)
        for (const one of await related(name)) if (statusOf(one) === 'Not running') await start(one, undefined);
      if (given['initialWrite'] === true) return verbs['initial-write']!(name, given);
      await start(name, textOf(given['version']));
    },
    stop: async (name) => stop(name),
    async pause(name, given) {
      await turn(name, 'Paused', 'Paused');
      if (given['related'] !== true) return;
      for (const one of await related(name)) if (statusOf(one) === 'Running') await turn(one, 'Paused', 'Paused');
    },
    async resume(name) {
      queue.purge();
      await turn(name, 'Resuming', `Resuming; ${queue.counts(name).queued} queued records`);
      runner.begin(name);
    },
    async 'initial-write'(name, given) {
      const run = await planWrite(name, given);
      runner.begin(name);
      return { run };
    },
    async 're-run'(name, given) {
      const last = lastFailed(name);
      const failed = given['withoutErrors'] === true ? runs.errors(last.id, Number.MAX_SAFE_INTEGER, 0) : [];
      const { master, companies } = last.plan;
      const legalEntities = companies.filter((code) => code !== '');
      const again = { master, version: last.version, ...(legalEntities.length === 0 ? {} : { legalEntities }) };
      const run = await planWrite(
        name,
        again,
        failed.map(({ from, key }) => `${from}:${key}`),
      );
      runner.begin(name);
      return { run };
    },
    async 'skip-initial-write'(name) {
      await turn(name, 'Resuming', 'Initial sync skipped', () => {
        for (const run of runs.underWay()) if (run.map === name) runs.end(run.id, 'Skipped');
      });
      runner.begin(name);
    },
    async retry(name, given) {
      const state = states.get(name);
      if (state === undefined || state.status === 'Not running')
        throw faults.wrongState(name, statusOf(name), 'retry', 'Start it first.');
      queue.purge();
      const retried = await database.transaction(async () => {
        const count = queue.retry(name, numbersOf(given['sequences']));
        if (state.status === 'Running' && count > 0) await change(name, state.version, 'Resuming');
        return count;
      });
      if (statusOf(name) === 'Resuming') runner.begin(name);
      return { retried };
    },
    async discard(name, given) {
      const sequences = numbersOf(given['sequences']);
      if (sequences === undefined) throw faults.badParameter('sequences names the catch-up errors to delete.');
      await database.transaction(async () => queue.discard(name, sequences));
    },
    async async(name, given) {
      if (typeof given['on'] !== 'boolean') throw faults.badParameter('on is true for asynchronous mode, or false.');
      await database.transaction(async () => parts.asyncMaps.set(name, given['on'] === true));
      return { async: parts.asyncMaps.has(name) };
    },
    async alerts(name, given) {
      const settings = await database.transaction(async () => alerts.save(name, given['settings']));
      return { settings };
    },
    save,
  };

  async function save(name: string, given: Given): Promise<Given> {
    const before = await rows.find(name, textOf(given['from']) ?? states.get(name)?.version);
    const [publisher, version] = [textOf(given['publisher']), textOf(given['version'])];
    if (publisher === undefined || !/^[A-Za-z][\w ]*$/.test(publisher)) throw faults.badParameter('Name a publisher.');
    if (version === undefined || !/^\d+\.\d+\.\d+\.\d+$/.test(version))
      throw faults.badParameter('Name a version of four parts, such as 1.0.0.6.');
    if ((await rows.all()).some((one) => one.displayName === name && one.version === version))
      throw faults.badParameter(`The version ${version} is there already.`);
    const mapping = (given['mapping'] ?? before.mapping) as MapDefinition['mapping'];
    if (!Array.isArray((mapping as { legs?: unknown } | null)?.legs))
      throw faults.badParameter('mapping holds a list of legs.');
    const properties = (given['properties'] ?? before.properties) as MapDefinition['properties'];
    const saved = { ...before, name: `${publisher}_[${name}]`, publisher, version, mapping, properties };
    check(saved, rows.isShipped(before) && JSON.stringify(mapping) === JSON.stringify(before.mapping));
    await rows.save(saved);
    return { saved: version, publisher };
  }

  return {
    related,
    stop,
    /** Copies a map's rows from finance and operations now, and waits. @throws Error when rows could not be written */
    async writeNow(name: string, version?: string): Promise<void> {
      const run = await planWrite(name, { master: 'finance-operations', version });
      await runner.settle(name);
      const [error] = runs.errors(run, 1, 0);
      if (error !== undefined) throw new Error(`'${name}': ${error.key} ${error.message}`);
    },
    /** @throws Fault 404 for a map there is not, 400 for a verb there is not, 409 where the status does not allow it */
    async act(name: string, verb: string, given: Given) {
      const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
      if (run === undefined) throw faults.unknownVerb(verb, Object.keys(verbs));
      await rows.find(name, undefined);
      requireAvailable(verb, name, statusOf(name));
      const answer = await run(name, given);
      return { map: name, version: states.get(name)?.version ?? null, status: statusOf(name), ...answer };
    },
  };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

function numbersOf(value: unknown): readonly number[] | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.length > 0 && value.every((one) => Number.isInteger(one))) return value as number[];
  throw faults.badParameter('sequences is a list of numbers.');
}
