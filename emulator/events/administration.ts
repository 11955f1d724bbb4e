import type { Clock } from '../kernel/index.ts';
import { readJson, request } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import type { FinanceOperations } from '../finance-operations/index.ts';
import type { Database } from '../storage/database.ts';
import type { ActivationKey, Activations } from './activations.ts';
import type { BusinessEventDefinition } from './business-event-catalogue.ts';
import { businessEventSchema } from './business-event-payload.ts';
import type { DataEventDefinition } from './data-event-catalogue.ts';
import { readEndpoint, requireLoopback, type Endpoint, type Endpoints } from './endpoints.ts';
import type { EventFilter, EventLog } from './event-log.ts';
import { faults } from './faults.ts';
import type { MessageQueues } from './message-queues.ts';
import type { EventParameters, ParameterStore } from './parameters.ts';
import { dataverseEndpoint } from './raise.ts';

export interface AdministrationParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly dataverse: Dataverse;
  readonly financeOperations: FinanceOperations;
  readonly isLinked: () => boolean;
  readonly endpoints: Endpoints;
  readonly activations: Activations;
  readonly parameters: ParameterStore;
  readonly events: EventLog;
  readonly queues: MessageQueues;
  readonly catalogues: {
    readonly business: ReadonlyMap<string, BusinessEventDefinition>;
    data(): ReadonlyMap<string, DataEventDefinition>;
  };
}

const minute = 60_000;
/** What the platform supports across all entities; above it nothing is lost or refused, but it may be slow. */
const supported = { in5Minutes: 5_000, inAnHour: 50_000 };
const mostListed = 500;

/** *System administration > Set up > Business events*: catalogues, endpoints, activations, parameters, the error log. */
export function createAdministration(parts: AdministrationParts) {
  const { database, dataverse, endpoints, activations, parameters, events, catalogues, queues } = parts;
  const change = <T>(work: () => T) => database.transaction(async () => work());

  /** @throws Fault for an event or a legal entity there is not */
  async function requireActivatable({ event, legalEntity }: ActivationKey): Promise<void> {
    const data = catalogues.data().get(event);
    if (data === undefined && !catalogues.business.has(event)) throw faults.noEvent(event);
    if (legalEntity === '') return;
    if (data?.isCompanySpecific === false)
      throw faults.badActivation(
        `'${event}' is of an entity without companies: it is active in all, leave legalEntity out.`,
      );
    const answer = await parts.financeOperations.handle(request('GET', '/data/LegalEntities?$select=LegalEntityId'));
    const { value } = readJson(answer) as { value: { LegalEntityId: string }[] };
    if (!value.some(({ LegalEntityId }) => LegalEntityId.toLowerCase() === legalEntity))
      throw faults.badActivation(`There is no legal entity '${legalEntity}'.`);
  }

  /** Data events somebody has subscribed to in Dataverse: they show up as active, and need nothing done here. */
  const subscribedInDataverse = () =>
    !parts.isLinked()
      ? []
      : [
          ...[...catalogues.data().values()]
            .filter(({ message, entity }) => dataverse.listensTo(message, `mserp_${entity.toLowerCase()}`))
            .map(({ id }) => id),
          ...[...catalogues.business.keys()].filter(
            (id) => dataverse.hearsEvent(id) || dataverse.hearsEvent(`mserp_${id}`),
          ),
        ].map((event) => ({ event, legalEntity: '', endpoint: dataverseEndpoint, isActive: true }));

  return {
    catalogue: () => ({
      businessEvents: [...catalogues.business.values()],
      dataEvents: parts.isLinked()
        ? [...catalogues.data().values()].map((definition) => ({
            ...definition,
            virtualTable: dataverse.metadata.table(`mserp_${definition.entity.toLowerCase()}`)?.logicalName ?? null,
          }))
        : [],
    }),
    /** What *Download schema* gives. @throws Fault 404; data events offer none */
    schema(event: string): Record<string, unknown> {
      const definition = catalogues.business.get(event);
      if (definition === undefined) throw faults.noEvent(event);
      return businessEventSchema(definition);
    },
    endpoints: (): Endpoint[] => [
      ...(parts.isLinked() ? [{ name: dataverseEndpoint, type: 'CDS' as const, target: '' }] : []),
      ...endpoints.list(),
    ],
    /** @throws Fault 400, 501 */
    addEndpoint(given: Readonly<Record<string, unknown>>): Promise<Endpoint> {
      const endpoint = readEndpoint(given);
      return change(() => (endpoints.add(endpoint), endpoint));
    },
    /** @throws Fault 404, 409 while it is in use */
    removeEndpoint(name: string): Promise<void> {
      if (endpoints.get(name) === undefined) throw faults.noEndpoint(name);
      if (activations.usesEndpoint(name)) throw faults.endpointInUse(name);
      return change(() => endpoints.remove(name));
    },
    activations: () => [...subscribedInDataverse(), ...activations.list()],
    /** @throws Fault when the event, the legal entity or the endpoint is not there, or there are too many endpoints */
    async activate(key: ActivationKey): Promise<void> {
      await requireActivatable(key);
      if (endpoints.get(key.endpoint) === undefined) throw faults.noEndpoint(key.endpoint);
      await change(() => activations.activate(key, parameters.get().endpointsPerEvent));
    },
    /** Stops sending and keeps the history. @throws Fault 404 */
    deactivate: (key: ActivationKey) => change(() => activations.deactivate(key)),
    /** Stops sending and forgets the history. @throws Fault 404 */
    remove: (key: ActivationKey) =>
      change(() => {
        activations.remove(key);
        events.forget(key.event, key.legalEntity, key.endpoint);
      }),
    async subscribe(key: ActivationKey, notificationUrl: string): Promise<void> {
      await requireActivatable(key);
      const target = requireLoopback(notificationUrl);
      await change(() => {
        endpoints.add({ name: key.endpoint, type: 'Flow', target });
        activations.activate(key, parameters.get().endpointsPerEvent);
      });
    },
    unsubscribe: (endpoint: string) =>
      change(() => {
        for (const key of activations.list()) if (key.endpoint === endpoint) activations.remove(key);
        endpoints.remove(endpoint);
      }),
    parameters: (): EventParameters => parameters.get(),
    setParameters: (changes: Readonly<Record<string, unknown>>) => change(() => parameters.set(changes)),
    /** Newest first. */
    list: (filter: EventFilter = {}) => events.list(filter, mostListed),
    counts: () => events.counts(),
    dataEventRate() {
      const since = (milliseconds: number) =>
        events.dataEventsSince(new Date(parts.clock.now().getTime() - milliseconds));
      const [in5Minutes, inAnHour] = [since(5 * minute), since(60 * minute)];
      const isSupported = in5Minutes <= supported.in5Minutes && inAnHour <= supported.inAnHour;
      return { in5Minutes, inAnHour, supported, isSupported };
    },
    /** Messages of a queue, oldest first; receiving takes them off. @throws Fault 404 for a queue no endpoint sends to */
    queue(name: string, { receive, most }: { receive: boolean; most: number }) {
      if (!endpoints.list().some(({ type, target }) => type === 'AzureServiceBusQueue' && target === name))
        throw faults.noQueue(name);
      return change(() => (receive ? queues.receive(name, most) : queues.peek(name, most)));
    },
  };
}
