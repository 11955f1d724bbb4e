import { postOverHttp, type Deliver } from '../kernel/index.ts';
import type { Dataverse, ExternalEvent } from '../dataverse/index.ts';
import type { Destination } from './batch-threads.ts';
import { businessEvents } from './business-event-catalogue.ts';
import type { Endpoints } from './endpoints.ts';
import type { LoggedEvent } from './event-log.ts';
import { dataverseEndpoint } from './raise.ts';
import type { MessageQueues } from './message-queues.ts';

export interface DestinationParts {
  readonly endpoints: Endpoints;
  readonly queues: MessageQueues;
  readonly dataverse: Dataverse;
  readonly isLinked: () => boolean;
  readonly deliver?: Deliver;
}

/** The documented default of an HTTPS endpoint. */
const timeoutMs = 10_000;

/** The way to each kind of endpoint. */
export function createDestinations(parts: DestinationParts): (event: LoggedEvent) => Destination | undefined {
  const deliver = parts.deliver ?? postOverHttp;
  return (event) => {
    if (event.endpoint === dataverseEndpoint)
      return { target: `dataverse:${event.event}`, isLocal: true, send: () => toDataverse(event, parts) };
    const endpoint = parts.endpoints.get(event.endpoint);
    if (endpoint === undefined) return undefined;
    const { type, target } = endpoint;
    if (type === 'AzureServiceBusQueue')
      return {
        target: `queue:${target}`,
        isLocal: true,
        async send() {
          parts.queues.send(target, event.payload, propertiesOf(event));
          return 202;
        },
      };
    return { target, isLocal: false, send: () => withinTime(deliver(target, event.payload)) };
  };
}

async function toDataverse({ kind, event, payload }: LoggedEvent, { dataverse, isLinked }: DestinationParts) {
  if (!isLinked()) throw new Error("Dataverse instance isn't integrated with finance and operations.");
  const content = JSON.parse(payload) as Record<string, unknown>;
  if (kind === 'business') await dataverse.raiseEvent(event, content);
  else {
    const { user, ...told } = content as unknown as ExternalEvent & { user?: string };
    const caller = user === undefined ? undefined : dataverse.callerByEmail(user);
    await dataverse.raiseExternal({ ...told, caller });
  }
  return 202;
}

async function withinTime(sending: Promise<number>): Promise<number> {
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

const claim = (name: string) => `http://schemas.microsoft.com/xrm/2011/Claims/${name}`;

/** Application properties of a message: category, event and company, or the claims a message of Dataverse has. */
function propertiesOf({ kind, event, legalEntity, payload }: LoggedEvent): Record<string, string> {
  if (kind === 'business')
    return {
      Category: businessEvents.get(event)?.category ?? '',
      BusinessEventId: event,
      LegalEntity: legalEntity.toUpperCase(),
    };
  const context = JSON.parse(payload) as Record<string, string>;
  return {
    [claim('Organization')]: context['OrganizationId'] ?? '',
    [claim('InitiatingUser')]: context['InitiatingUserId'] ?? '',
    [claim('EntityLogicalName')]: context['PrimaryEntityName'] ?? '',
    [claim('RequestName')]: context['MessageName'] ?? '',
    [claim('InitiatingUserAgent')]: 'FINOPS',
  };
}
