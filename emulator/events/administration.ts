import type { Clock } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import {
  isBroker,
  readEndpoint,
  requireLoopback,
  type ActivationKey,
  type BusinessEventSetup,
  type Endpoint,
  type EventParameters,
} from '../finance-operations/index.ts';
import type { Database } from '../storage/database.ts';
import { queueOf } from './brokers.ts';
import { actionName } from './event-action.ts';
import { businessEventSchema } from './business-event-payload.ts';
import type { EventFilter, EventLog } from './event-log.ts';
import { faults } from './faults.ts';
import type { MessageQueues } from './message-queues.ts';
import { dataverseEndpoint } from './raise.ts';

export interface AdministrationParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly dataverse: Dataverse;
  readonly setup: BusinessEventSetup;
  readonly isLinked: () => boolean;
  readonly events: EventLog;
  readonly queues: MessageQueues;
  /** Called in the transaction that activates or deactivates something. */
  readonly changed: () => void;
}

const minute = 60_000;
/** What the platform supports across all entities; above it nothing is lost or refused, but it may be slow. */
const supported = { in5Minutes: 5_000, inAnHour: 50_000 };
const mostListed = 500;

/** *System administration > Set up > Business events*: catalogues, endpoints, activations, parameters, the error log. */
export function createAdministration(parts: AdministrationParts) {
  const { database, dataverse, setup, events, queues } = parts;
  const change = <T>(work: () => T) =>
    database.transaction(async () => {
      const result = work();
      parts.changed();
      return result;
    });

  /** Business events whose custom API somebody listens to. */
  const heardEvents = () => [...setup.catalogue.keys()].filter((id) => dataverse.hearsAction(actionName(id)));

  /** Events somebody has subscribed to in Dataverse: they show up as active, and need nothing done here. */
  const subscribedInDataverse = () =>
    !parts.isLinked()
      ? []
      : [
          ...[...setup.dataEvents().values()]
            .filter(({ message, entity }) => dataverse.listensTo(message, `mserp_${entity.toLowerCase()}`))
            .map(({ id }) => id),
          ...heardEvents(),
        ].map((event) => ({ event, legalEntity: '', endpoint: dataverseEndpoint, isActive: true }));

  function shownTo(user: string | undefined) {
    const security = setup.securityOf(user);
    security.require('view');
    return [...setup.catalogue.values()].filter(({ id }) => security.isShown(id));
  }

  return {
    /** The tab *Security*. @throws Fault 403 */
    security(user?: string) {
      const security = setup.securityOf(user);
      security.require('viewSecurity');
      return security.setup();
    },
    /** @param user who asks; only what its roles let it see @throws Fault 403 without the privilege to view it */
    catalogue: (user?: string) => ({
      businessEvents: shownTo(user),
      dataEvents: parts.isLinked()
        ? [...setup.dataEvents().values()].map((definition) => ({
            ...definition,
            virtualTable: dataverse.metadata.table(`mserp_${definition.entity.toLowerCase()}`)?.logicalName ?? null,
          }))
        : [],
    }),
    /** What *Download schema* gives. @throws Fault 404; data events offer none */
    schema: (event: string): Record<string, unknown> => businessEventSchema(setup.businessEvent(event)),
    endpoints: (): Endpoint[] => [
      ...(parts.isLinked() ? [{ name: dataverseEndpoint, type: 'CDS' as const, target: '' }] : []),
      ...setup.endpoints(),
    ],
    /** @throws Fault 400, 403 */
    async addEndpoint({ user, ...given }: Readonly<Record<string, unknown>>): Promise<Endpoint> {
      setup.securityOf(emailOf(user)).require('endpoints');
      const endpoint = readEndpoint(given);
      return change(() => (setup.addEndpoint(endpoint), endpoint));
    },
    /** @throws Fault 404, 409 while it is in use */
    async removeEndpoint(name: string, user?: string): Promise<void> {
      setup.securityOf(user).require('endpoints');
      await change(() => setup.removeEndpoint(name));
    },
    activations: () => [...subscribedInDataverse(), ...setup.activations()],
    /** Ids of the business events that are active for any endpoint, or heard in Dataverse. */
    activeEvents: (): ReadonlySet<string> =>
      new Set([...setup.activations().flatMap(({ event, isActive }) => (isActive ? [event] : [])), ...heardEvents()]),
    /** @throws Fault when the event, the legal entity or the endpoint is not there, or there are too many endpoints */
    activate: (key: ActivationKey): Promise<void> => change(() => setup.activate(key)),
    /** Stops sending and keeps the history. @throws Fault 404 */
    deactivate: (key: ActivationKey) => change(() => setup.deactivate(key)),
    /** Stops sending and forgets the history. @throws Fault 404 */
    remove: (key: ActivationKey) =>
      change(() => {
        setup.removeActivation(key);
        events.forget(key.event, key.legalEntity, key.endpoint);
      }),
    /** @throws Fault 403 for a user who may not subscribe to it */
    async subscribe(key: ActivationKey, notificationUrl: string, user: string | undefined): Promise<void> {
      setup.securityOf(user).requireSubscription(key.event, key.legalEntity);
      const target = requireLoopback(notificationUrl);
      return change(() => {
        setup.addEndpoint({ name: key.endpoint, type: 'Flow', target });
        setup.activate(key);
      });
    },
    unsubscribe: (endpoint: string) =>
      change(() => {
        for (const key of setup.activations()) if (key.endpoint === endpoint) setup.removeActivation(key);
        setup.removeEndpoint(endpoint);
      }),
    parameters: (): EventParameters => setup.parameters(),
    setParameters: (changes: Readonly<Record<string, unknown>>) => change(() => setup.setParameters(changes)),
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
      const isName = ({ type, target }: Endpoint) => isBroker(type) && queueOf(type, target) === name;
      if (!setup.endpoints().some(isName)) throw faults.noQueue(name);
      return database.transaction(async () => (receive ? queues.receive(name, most) : queues.peek(name, most)));
    },
  };
}

export const emailOf = (user: unknown): string | undefined =>
  typeof user === 'string' && user !== '' ? user : undefined;
