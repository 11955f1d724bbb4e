import type { Alerts } from './alerts.ts';
import { faults } from './faults.ts';
import type { History } from './history.ts';
import type { MapDefinition } from './map-definition.ts';
import type { MapRows } from './map-rows.ts';
import type { MapStates } from './map-states.ts';
import type { Queue } from './queue.ts';
import type { Runs } from './runs.ts';

export interface MapViewParts {
  readonly rows: MapRows;
  readonly states: MapStates;
  readonly queue: Queue;
  readonly history: History;
  readonly runs: Runs;
  readonly alerts: Alerts;
  related(map: string): Promise<readonly string[]>;
}

/** What the page of table maps shows of them. */
export function createMapViews({ rows, states, queue, history, runs, alerts, related }: MapViewParts) {
  function overview(name: string, definitions: readonly MapDefinition[]) {
    const versions = definitions.filter((one) => one.displayName === name);
    const state = states.get(name);
    const current = versions.find(({ version }) => version === state?.version) ?? versions[0]!;
    const { queued, failed } = queue.counts(name);
    const [run] = runs.list(name, 1);
    const { legs } = current.mapping;
    return {
      name,
      version: current.version,
      publisher: current.publisher,
      versions: versions.map(({ version, publisher }) => ({ version, publisher })),
      financeOperations: legs.map(({ sourceSchema }) => sourceSchema).join(', '),
      dataverse: legs.map(({ destinationSchema }) => destinationSchema).join(', '),
      status: state?.status ?? 'Not running',
      since: state?.since ?? null,
      queuedRecords: queued,
      catchUpErrors: failed,
      initialSync: run === undefined ? null : { ...run, errors: runs.errorCount(run.id) },
    };
  }
  return {
    async maps() {
      const definitions = await rows.all();
      return [...new Set(definitions.map(({ displayName }) => displayName))].map((name) => overview(name, definitions));
    },
    /** All there is to know of a map. @throws Fault 404 */
    async map(name: string) {
      const definitions = await rows.all();
      if (!definitions.some(({ displayName }) => displayName === name)) throw faults.unknownMap(name);
      queue.purge();
      const head = overview(name, definitions);
      const current = definitions.find((one) => one.displayName === name && one.version === head.version)!;
      const names = await related(name);
      return {
        ...head,
        mapping: current.mapping,
        properties: current.properties,
        related: names.map((one) => ({ name: one, status: states.get(one)?.status ?? 'Not running' })),
        runs: runs.list(name, 20).map((run) => ({ ...run, errors: runs.errors(run.id, 200, 0) })),
        activities: history.activities(name, 100),
        errors: history.errors(name, 100),
        queued: queue.list(name, 'Queued', 100, 0),
        failed: queue.list(name, 'Failed', 500, 0),
        alerts: alerts.settings(name),
      };
    },
  };
}
