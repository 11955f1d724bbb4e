import type { BrokerType, BusinessEventSetup } from '../finance-operations/index.ts';
import type { LoggedEvent } from './event-log.ts';

/** What a broker is handed: the body, and the properties its subscriptions filter by. */
export interface BrokerMessage {
  readonly body: string;
  readonly properties: Readonly<Record<string, string>>;
}

const prefixes: Readonly<Record<BrokerType, string>> = {
  AzureServiceBusQueue: '',
  AzureServiceBusTopic: 'topic:',
  AzureEventGrid: 'event-grid:',
  AzureEventHub: 'event-hub:',
  AzureBlobStorage: 'blob:',
};

/** Name of the queue in memory that stands for a resource of Azure: `invoices`, `topic:invoices`, `event-grid:<topic>` … */
export function queueOf(type: BrokerType, target: string): string {
  const name = type === 'AzureEventGrid' ? new URL(target).hostname.split('.')[0]! : target;
  return prefixes[type] + name;
}

/**
 * An event as a broker gets it. Service Bus and Event Grid get what subscriptions filter by; Event Hubs and blobs the payload alone.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/business-events/home-page#filtering-in-azure-event-grid-and-azure-service-bus
 */
export function brokerMessage(
  type: BrokerType,
  target: string,
  event: LoggedEvent,
  setup: BusinessEventSetup,
): BrokerMessage {
  const properties = propertiesOf(event, setup);
  switch (type) {
    case 'AzureServiceBusQueue':
    case 'AzureServiceBusTopic':
      return { body: event.payload, properties };
    case 'AzureEventGrid':
      return { body: JSON.stringify(eventGridEvent(target, event, setup)), properties };
    case 'AzureEventHub':
    case 'AzureBlobStorage':
      return { body: event.payload, properties: {} };
  }
}

/**
 * The event in the schema of Event Grid.
 *
 * Decided: the subject is `<category>/<event>/<LEGAL ENTITY>`, so that all three can be filtered by.
 */
function eventGridEvent(target: string, event: LoggedEvent, setup: BusinessEventSetup) {
  const isObject = setup.parameters().eventGridDataIsObject === 1;
  return {
    id: event.id,
    topic: target,
    subject: [categoryOf(event, setup), event.event, event.legalEntity.toUpperCase()].join('/'),
    eventType: event.event,
    eventTime: event.createdOn,
    data: isObject ? (JSON.parse(event.payload) as unknown) : event.payload,
    dataVersion: '1.0',
  };
}

const categoryOf = ({ event }: LoggedEvent, { catalogue, dataEvents }: BusinessEventSetup) =>
  (catalogue.get(event) ?? dataEvents().get(event))!.category;

const claim = (name: string) => `http://schemas.microsoft.com/xrm/2011/Claims/${name}`;

/** Application properties of a message: category, event and company, or the claims a message of Dataverse has. */
function propertiesOf(logged: LoggedEvent, setup: BusinessEventSetup): Record<string, string> {
  const { kind, event, legalEntity, payload } = logged;
  if (kind === 'business')
    return {
      Category: categoryOf(logged, setup),
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
