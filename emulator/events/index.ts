import type { ActivationKey, EntityChange } from '../finance-operations/index.ts';
import { createAdministration, emailOf } from './administration.ts';
import { createBatchThreads } from './batch-threads.ts';
import type { EventsParts, Subscription } from './contract.ts';
import { eventOfAction } from './event-action.ts';
import { createEventCatalogue } from './event-catalogue.ts';
import { createDestinations } from './destinations.ts';
import { createEventLog, type EventLog, type LoggedEvent } from './event-log.ts';
import { faults } from './faults.ts';
import { createMessageQueues } from './message-queues.ts';
import { createServiceEndpoints } from './service-endpoints.ts';
import { createRaising, dataverseEndpoint } from './raise.ts';

export type { EventsParts, Subscription, VirtualRow } from './contract.ts';
export type { EventFilter, LoggedEvent } from './event-log.ts';

/**
 * Business events and data events: who wants to hear of what, and bringing it there: sent on commit only, by batch threads,
 * at least once and in no promised order.
 */
export function createEvents(parts: EventsParts) {
  const { database, clock, dataverse, financeOperations } = parts;
  const setup = financeOperations.businessEventSetup;
  const events = createEventLog(database, clock.now);
  const queues = createMessageQueues(database, clock.now);
  const threads = createBatchThreads({
    ...parts,
    events,
    parameters: setup.parameters,
    destination: createDestinations({ ...parts, setup, queues }),
  });
  const administration = createAdministration({ ...parts, setup, events, queues, changed: () => refresh() });
  let isRunning = false;
  const raising = createRaising({ ...parts, setup, events, add: (sequence) => threads.add(sequence) });

  financeOperations.businessEvents.onRaised((event) => raising.business(event));
  financeOperations.beforeCommit(async (changes: readonly EntityChange[], user) => {
    forgetDeleted(changes, events);
    if (changes.some(({ entity }) => /^BusinessEvents(Configuration|Endpoint)s$/.test(entity.set))) refresh();
    await raising.data(changes, user);
  });
  const serviceEndpoints = createServiceEndpoints({ ...parts, setup });
  const catalogue = createEventCatalogue({
    ...parts,
    setup,
    synchronizeEndpoints: serviceEndpoints.synchronize,
    activeEvents: administration.activeEvents,
  });
  const refresh = () => isRunning && catalogue.refresh();
  dataverse.onImported(refresh);
  setup.onRebuilt(refresh);
  for (const message of ['Create', 'Update', 'Delete'])
    dataverse.registerStep({
      name: 'EventSubscribed',
      ...{ message, table: 'callbackregistration', stage: 40 },
      run: async () => void refresh(),
    });

  const key = (event: string, legalEntity: string | undefined, endpoint: string): ActivationKey => ({
    event,
    legalEntity: (legalEntity ?? '').toLowerCase(),
    endpoint,
  });

  const endpointFor = ({ event, legalEntity, endpoint }: LoggedEvent): string => {
    if (endpoint === dataverseEndpoint || setup.endpoint(endpoint) !== undefined) return endpoint;
    return setup.activationsOf(event, legalEntity)[0]?.endpoint ?? endpoint;
  };

  return {
    ...administration,
    /** @throws Fault for a verb there is not, and what the verb throws */
    async change(verb: string, given: Readonly<Record<string, unknown>>): Promise<ActivationKey> {
      const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '');
      const of = key(text('event'), text('legalEntity'), text('endpoint'));
      const security = setup.securityOf(emailOf(given['user']));
      security.require('maintain');
      security.requireShown(of.event);
      if (verb === 'activate') await administration.activate(of);
      else if (verb === 'deactivate') await administration.deactivate(of);
      else if (verb === 'delete') await administration.remove(of);
      else throw faults.badChange(`'${verb}' is none of activate, deactivate, delete.`);
      return of;
    },
    async setParameters(changes: Readonly<Record<string, unknown>>) {
      const present = await administration.setParameters(changes);
      threads.wake();
      return present;
    },
    /** Sends what an earlier start left undelivered, and looks at the catalogs of Dataverse from now on. */
    resume() {
      isRunning = true;
      refresh();
      events.waiting().forEach((sequence) => threads.add(sequence));
    },
    /** The link has come or gone. */
    linked: refresh,
    /** What the custom APIs of business events do: nothing themselves, others hear of them. */
    actions: (name: string) => (setup.catalogue.has(eventOfAction(name) ?? '') ? () => ({}) : undefined),
    /**
     * Sends an event again, retries and all. When its endpoint is gone, it goes to one the event is active for now.
     * False when there is no such event.
     */
    resend(id: string): boolean {
      const sequence = events.sequenceOf(id);
      if (sequence === undefined) return false;
      events.restart(sequence, endpointFor(events.read(sequence)!));
      threads.add(sequence);
      return true;
    },
    /**
     * What saving a flow with *When a Business Event occurs* does: makes an endpoint, and activates the event for it. An
     * address that is there already keeps its endpoint.
     *
     * @returns the endpoint's name
     * @throws Fault for an unknown event, legal entity or address, 403 for a user who may not subscribe to it
     */
    async subscribe({ event, legalEntity, notificationUrl, user }: Subscription): Promise<string> {
      const there = setup.endpoints().find(({ target }) => target === notificationUrl);
      const endpoint = there?.name ?? `Flow-${parts.newId()}`;
      await administration.subscribe(key(event, legalEntity, endpoint), notificationUrl, user);
      return endpoint;
    },
    /** What turning the flow off does: the endpoint of the address and its activations are gone. */
    async unsubscribe(notificationUrl: string): Promise<void> {
      for (const { name, type, target } of setup.endpoints())
        if (type === 'Flow' && target === notificationUrl) await administration.unsubscribe(name);
    },
  };
}

/** Deleting an event of an endpoint takes its history along, whoever does it. */
function forgetDeleted(changes: readonly EntityChange[], events: EventLog): void {
  for (const { entity, kind, before } of changes)
    if (entity.set === 'BusinessEventsConfigurations' && kind === 'delete')
      events.forget(
        String(before!['BusinessEventsTable']),
        String(before!['LegalEntity']),
        String(before!['BusinessEventsEndpoint_Name']),
      );
}

export type Events = ReturnType<typeof createEvents>;
