import type { EntityChange } from '../finance-operations/index.ts';
import { createActivations, type ActivationKey } from './activations.ts';
import { createAdministration } from './administration.ts';
import { createBatchThreads } from './batch-threads.ts';
import { businessEvents } from './business-event-catalogue.ts';
import type { EventsParts, Subscription } from './contract.ts';
import { createDestinations } from './destinations.ts';
import { dataEvents } from './data-event-catalogue.ts';
import { createEndpoints } from './endpoints.ts';
import { createEventLog } from './event-log.ts';
import { faults } from './faults.ts';
import { createMessageQueues } from './message-queues.ts';
import { createParameters } from './parameters.ts';
import { createRaising } from './raise.ts';

export type { EventsParts, Subscription, VirtualRow } from './contract.ts';
export type { EventFilter, LoggedEvent } from './event-log.ts';

/**
 * Business events and data events: who wants to hear of what, and bringing it there: sent on commit only, by batch threads,
 * at least once and in no promised order.
 */
export function createEvents(parts: EventsParts) {
  const { database, clock, dataverse, financeOperations } = parts;
  const endpoints = createEndpoints(database);
  const activations = createActivations(database);
  const parameters = createParameters(database);
  const events = createEventLog(database);
  const queues = createMessageQueues(database, clock.now);
  const catalogues = { business: businessEvents, data: () => dataEvents(financeOperations.entities) };
  const threads = createBatchThreads({
    ...parts,
    events,
    parameters,
    destination: createDestinations({ ...parts, endpoints, queues }),
  });
  const administration = createAdministration({
    ...parts,
    endpoints,
    activations,
    parameters,
    events,
    catalogues,
    queues,
  });
  const raising = createRaising({ ...parts, activations, events, add: (sequence) => threads.add(sequence) });

  financeOperations.businessEvents.onRaised((event) => raising.business(event));
  financeOperations.beforeCommit((changes: readonly EntityChange[], user) => raising.data(changes, user));
  dataverse.declareEvents(() =>
    parts.isLinked() ? [...businessEvents.keys()].flatMap((id) => [id, `mserp_${id}`]) : [],
  );

  const key = (event: string, legalEntity: string | undefined, endpoint: string): ActivationKey => ({
    event,
    legalEntity: (legalEntity ?? '').toLowerCase(),
    endpoint,
  });

  return {
    ...administration,
    /** @throws Fault for a verb there is not, and what the verb throws */
    async change(verb: string, given: Readonly<Record<string, unknown>>): Promise<ActivationKey> {
      const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '');
      const of = key(text('event'), text('legalEntity'), text('endpoint'));
      if (verb === 'activate') await administration.activate(of);
      else if (verb === 'deactivate') await administration.deactivate(of);
      else if (verb === 'delete') await administration.remove(of);
      else throw faults.badActivation(`'${verb}' is none of activate, deactivate, delete.`);
      return of;
    },
    async setParameters(changes: Readonly<Record<string, unknown>>) {
      const present = await administration.setParameters(changes);
      threads.wake();
      return present;
    },
    /** Sends what an earlier start left undelivered. */
    resume: () => events.waiting().forEach((sequence) => threads.add(sequence)),
    /** Sends an event again, retries and all. False when there is no such event. */
    resend(id: string): boolean {
      const sequence = events.sequenceOf(id);
      if (sequence === undefined) return false;
      events.restart(sequence);
      threads.add(sequence);
      return true;
    },
    /**
     * What saving a flow with *When a Business Event occurs* does: makes an endpoint, and activates the event for it. An
     * address that is there already keeps its endpoint.
     *
     * @returns the endpoint's name
     * @throws Fault for an unknown event, legal entity or address
     */
    async subscribe({ event, legalEntity, notificationUrl }: Subscription): Promise<string> {
      const there = endpoints.list().find(({ target }) => target === notificationUrl);
      const endpoint = there?.name ?? `Flow-${parts.newId()}`;
      await administration.subscribe(key(event, legalEntity, endpoint), notificationUrl);
      return endpoint;
    },
    /** What turning the flow off does: the endpoint of the address and its activations are gone. */
    async unsubscribe(notificationUrl: string): Promise<void> {
      for (const { name, type, target } of endpoints.list())
        if (type === 'Flow' && target === notificationUrl) await administration.unsubscribe(name);
    },
  };
}

export type Events = ReturnType<typeof createEvents>;
