import type { ConsoleRooms } from './console/index.ts';
import type { EventFilter, LoggedEvent } from './events/index.ts';
import type { Platform } from './platform.ts';

interface Around {
  readonly version: string;
  readonly origins: { readonly dataverse: string; readonly financeOperations: string };
  reset(): Promise<void>;
  keepSnapshot(name: string): Promise<void>;
  restoreSnapshot(name: string): Promise<boolean>;
}

/** The console's view of the platform that is open now; a reset opens another. */
export function consoleRooms(platform: () => Platform, around: Around): ConsoleRooms {
  return {
    get clock() {
      return platform().clock;
    },
    get work() {
      return platform().work;
    },
    get faultRules() {
      return platform().faultRules;
    },
    get trace() {
      return platform().trace;
    },
    overview: async () => ({
      version: around.version,
      dataverse: `${around.origins.dataverse}/api/data/v9.2/`,
      financeOperations: `${around.origins.financeOperations}/data/`,
      solutions: platform().dataverse.solutions(),
      addressGeneration: platform().dualWrite.generation(),
      rows: platform().dataverse.rowCounts(['account', 'customeraddress', 'systemuser', 'workflow']),
    }),
    reset: around.reset,
    keepSnapshot: around.keepSnapshot,
    restoreSnapshot: around.restoreSnapshot,
    get flows() {
      const { flowRuntime } = platform();
      return {
        list: flowRuntime.flows,
        describe: flowRuntime.flow,
        run: flowRuntime.run,
        runs: flowRuntime.runs,
        detail: flowRuntime.detail,
        resubmit: flowRuntime.resubmit,
        cancel: flowRuntime.cancel,
      };
    },
    get outbox() {
      const { outbox, flowRuntime } = platform();
      return { ...outbox, answer: flowRuntime.answerMessage };
    },
    get approvals() {
      const { flowRuntime } = platform();
      return { list: flowRuntime.approvals, answer: flowRuntime.answerApproval };
    },
    get dualWrite() {
      const { dualWrite } = platform();
      return {
        maps: async () => ({ value: await dualWrite.maps() }),
        act: (map: string, verb: string, parameters: Readonly<Record<string, unknown>>) =>
          dualWrite.act(map, verb, parameters),
        map: (name: string) => dualWrite.map(name),
        reconciliation: (query: Readonly<Record<string, string>>) => dualWrite.reconciliation(query),
        resend: (given: Readonly<Record<string, unknown>>) => dualWrite.resend(given),
        generation: async () => ({ generation: dualWrite.generation() }),
        async useGeneration(generation: string) {
          await dualWrite.useGeneration(generation);
          return { generation: dualWrite.generation() };
        },
      };
    },
    get financeOperations() {
      return platform().financeOperations;
    },
    get virtualTables() {
      const { metadataSync } = platform().financeOperations;
      return { metadataSync: () => ({ jobs: metadataSync.jobs(), value: metadataSync.statuses() }) };
    },
    get link() {
      const { link } = platform();
      return { status: () => link.status(), act: link.act };
    },
    get addIns() {
      return platform().addIns;
    },
    get events() {
      return eventRoom(platform());
    },
  };
}

/** Events of finance and operations, and beside them the callbacks of Dataverse. */
function eventRoom({ dataverse, events }: Platform): ConsoleRooms['events'] {
  return {
    async list({ status, event }) {
      const read = (filter: EventFilter) => events.list(filter).map(withPayload);
      return {
        value: dataverse.deliveries(),
        events: read({ status: status as EventFilter['status'], event }),
        errors: read({ status: 'Error', event }),
        counts: events.counts(),
        active: events.activations(),
        endpoints: events.endpoints(),
        parameters: events.parameters(),
        dataEventRate: events.dataEventRate(),
      };
    },
    async resend(id) {
      return events.resend(id) ? { id, status: 'Waiting' } : dataverse.resend(id);
    },
    catalogue: (user) => events.catalogue(user),
    security: (user) => events.security(user),
    schema: (event) => events.schema(event),
    addEndpoint: (endpoint) => events.addEndpoint(endpoint),
    removeEndpoint: (name, user) => events.removeEndpoint(name, user),
    change: (verb, activation) => events.change(verb, activation),
    setParameters: (changes) => events.setParameters(changes),
    queue: (name, options) => events.queue(name, options),
  };
}

const withPayload = ({ payload, ...event }: LoggedEvent) => ({ ...event, payload: JSON.parse(payload) as unknown });
