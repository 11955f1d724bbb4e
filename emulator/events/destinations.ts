import { postOverHttp, type Deliver } from '../kernel/index.ts';
import type { Dataverse, ExternalEvent } from '../dataverse/index.ts';
import { isBroker, type BusinessEventSetup } from '../finance-operations/index.ts';
import type { Destination } from './batch-threads.ts';
import { brokerMessage, queueOf } from './brokers.ts';
import { actionName } from './event-action.ts';
import type { LoggedEvent } from './event-log.ts';
import { dataverseEndpoint } from './raise.ts';
import type { MessageQueues } from './message-queues.ts';

export interface DestinationParts {
  readonly setup: BusinessEventSetup;
  readonly queues: MessageQueues;
  readonly dataverse: Dataverse;
  readonly isLinked: () => boolean;
  readonly deliver?: Deliver;
}

/** The documented default of an HTTPS endpoint, which 0 stands for. */
const usualTimeoutMs = 10_000;

/** The way to each kind of endpoint. */
export function createDestinations(parts: DestinationParts): (event: LoggedEvent) => Destination | undefined {
  const { setup, queues } = parts;
  const deliver = parts.deliver ?? postOverHttp;
  return (event) => {
    if (event.endpoint === dataverseEndpoint)
      return { target: `dataverse:${event.event}`, isLocal: true, send: () => toDataverse(event, parts) };
    const endpoint = setup.endpoint(event.endpoint);
    if (endpoint === undefined) return undefined;
    const { type, target } = endpoint;
    if (!isBroker(type)) {
      const timeoutMs = setup.parameters().httpTimeoutMs || usualTimeoutMs;
      return { target, isLocal: false, send: () => withinTime(deliver(target, event.payload), timeoutMs) };
    }
    const queue = queueOf(type, target);
    return {
      target: `queue:${queue}`,
      isLocal: true,
      async send() {
        const { body, properties } = brokerMessage(type, target, event, setup);
        queues.send(queue, body, properties);
        return 202;
      },
    };
  };
}

async function toDataverse({ kind, event, payload }: LoggedEvent, { dataverse, isLinked }: DestinationParts) {
  if (!isLinked()) throw new Error("Dataverse instance isn't integrated with finance and operations.");
  const content = JSON.parse(payload) as Record<string, unknown>;
  if (kind === 'business') await dataverse.organization.execute(actionName(event), content);
  else {
    const { user, ...told } = content as unknown as ExternalEvent & { user?: string };
    const caller = user === undefined ? undefined : dataverse.callerByEmail(user);
    await dataverse.raiseExternal({ ...told, caller });
  }
  return 202;
}

async function withinTime(sending: Promise<number>, timeoutMs: number): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}
