import type { EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { configurationTable, endpointTable } from './tables.ts';
import { faults } from './faults.ts';

/** `BusinessEventsEndpointType`. */
export type EndpointType =
  | 'AzureServiceBusQueue'
  | 'AzureServiceBusTopic'
  | 'AzureEventGrid'
  | 'AzureEventHub'
  | 'AzureBlobStorage'
  | 'Http'
  | 'Flow'
  | 'CDS';

export interface Endpoint {
  readonly name: string;
  readonly type: EndpointType;
  /** Http and Flow: where events are posted; the others: name, or address, of the Azure resource. CDS: empty. */
  readonly target: string;
}

/** Kinds of endpoints that stand for a resource of Azure. */
export type BrokerType = Exclude<EndpointType, 'Http' | 'Flow' | 'CDS'>;

interface Broker {
  /** What the form, and the console, call the resource. */
  readonly label: string;
  /** Member of a request to the console. */
  readonly member: string;
  /** Field of `BusinessEventsEndpoints` that holds it. */
  readonly field: string;
  readonly form: RegExp;
  readonly rule: string;
}

const nameForm = { form: /^[\w.-]{1,60}$/, rule: '1 to 60 letters, digits, _ . or -' };

/**
 * What each kind asks for besides its name.
 *
 * Decided: names have at most 60 characters; Azure allows more, and slashes in some.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/business-events/managing-business-event-endpoints
 */
export const brokers: Readonly<Record<BrokerType, Broker>> = {
  AzureServiceBusQueue: { label: 'Queue name', member: 'queue', field: 'ServiceBusQueueName', ...nameForm },
  AzureServiceBusTopic: { label: 'Topic name', member: 'topic', field: 'ServiceBusTopicName', ...nameForm },
  AzureEventHub: { label: 'Event Hub name', member: 'eventHub', field: 'EventHubName', ...nameForm },
  AzureEventGrid: {
    label: 'Endpoint URL',
    member: 'url',
    field: 'EventGridEndpointURL',
    form: /^https:\/\/[\w-]+(\.[\w-]+)+(:\d+)?\/api\/events\/?$/i,
    rule: 'the topic endpoint, https://<topic>.<region>.eventgrid.azure.net/api/events',
  },
  AzureBlobStorage: {
    label: 'Blob container name',
    member: 'container',
    field: 'AzureBlobContainerName',
    form: /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    rule: '3 to 63 lower-case letters, digits and single hyphens',
  },
};

export const isBroker = (type: string): type is BrokerType => Object.hasOwn(brokers, type);

/** Endpoints nobody makes by hand: they come with a flow, or with the link. */
export const comesBySubscribing = (type: string): boolean => type === 'Flow' || type === 'CDS';

const loopback = /^https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?(\/|$)/i;

/** Reads an endpoint somebody wants to make in the console. @throws Fault 400 */
export function readEndpoint(given: Readonly<Record<string, unknown>>): Endpoint {
  const text = (name: string) => (typeof given[name] === 'string' ? given[name].trim() : '');
  const [name, type] = [text('name'), text('type')];
  requireName(name);
  if (comesBySubscribing(type)) throw byHand(type);
  if (type === 'Http') return { name, type, target: requireLoopback(text('url')) };
  if (!isBroker(type)) throw faults.badEndpoint(`'${type}' is none of Http, ${Object.keys(brokers).join(', ')}.`);
  return { name, type, target: requireTarget(type, text(brokers[type].member), brokers[type].member) };
}

export function requireName(name: string): void {
  if (!/^[\w .-]{1,60}$/.test(name)) throw faults.badEndpoint('name has 1 to 60 letters, digits, blanks, _ . or -.');
}

export const byHand = (type: string) =>
  faults.badEndpoint(
    `An endpoint of type '${type}' cannot be made by hand: it comes when a flow or a step subscribes.`,
  );

export function requireTarget(type: BrokerType, target: string, called: string): string {
  const { form, rule } = brokers[type];
  if (!form.test(target)) throw faults.badEndpoint(`${called} has ${rule}.`);
  return target;
}

/** Differs: the platform sends to any address; nothing of the emulator leaves this machine. */
export function requireLoopback(url: string): string {
  if (loopback.test(url)) return url;
  throw faults.badEndpoint('url is an http address of this machine.');
}

const readRow = (row: EntityRow): Endpoint => ({
  name: String(row['Name']),
  type: String(row['Type']) as EndpointType,
  target: String(row['Target']),
});

export const listEndpoints = (store: EntityStore): Endpoint[] =>
  store
    .find(endpointTable, {})
    .map(readRow)
    .sort((a, b) => (a.name < b.name ? -1 : 1));

export function endpointNamed(name: string, store: EntityStore): Endpoint | undefined {
  const row = store.read(endpointTable, { Name: name });
  return row === undefined ? undefined : readRow(row);
}

/** @param more columns of the table that only some have @throws Fault when there is one of another type by this name */
export function addEndpoint({ name, type, target }: Endpoint, store: EntityStore, more: EntityRow = {}): void {
  const there = endpointNamed(name, store);
  if (there !== undefined && there.type !== type)
    throw faults.badEndpoint(`The type of the endpoint '${name}' is '${there.type}' and cannot be changed.`);
  const named = isBroker(type) ? { [brokers[type].field]: target } : {};
  const values = { Type: type, Target: target, ...named, ...more };
  if (there !== undefined) store.update(endpointTable, { Name: name }, values);
  else store.insert(endpointTable, { ...emptyEndpoint, ...values, Name: name });
}

const emptyEndpoint: EntityRow = Object.fromEntries(
  [...endpointTable.columns.keys()].filter((name) => name !== 'RecId').map((name) => [name, '']),
);

/** What is, or was, active for it goes with it. @throws Fault 404; 400 for a name that is taken, or is none */
export function renameEndpoint(from: string, to: string, store: EntityStore): void {
  requireName(to);
  const row = store.read(endpointTable, { Name: from });
  if (row === undefined) throw faults.noEndpoint(from);
  if (endpointNamed(to, store) !== undefined) throw faults.badEndpoint(`There is an endpoint '${to}' already.`);
  store.insert(endpointTable, { ...withoutRecId(row), Name: to });
  for (const active of store.find(configurationTable, { BusinessEventsEndpoint_Name: from })) {
    store.insert(configurationTable, { ...withoutRecId(active), BusinessEventsEndpoint_Name: to });
    store.remove(configurationTable, active);
  }
  store.remove(endpointTable, { Name: from });
}

function withoutRecId({ RecId: _id, ...row }: EntityRow): EntityRow {
  return row;
}

/**
 * What failed on its way to it can be resent to another endpoint of the event.
 *
 * @throws Fault 404, 409 while an event is active for it
 */
export function removeEndpoint(name: string, store: EntityStore): void {
  if (endpointNamed(name, store) === undefined) throw faults.noEndpoint(name);
  if (store.find(configurationTable, { BusinessEventsEndpoint_Name: name, Disabled: 'No' }).length > 0)
    throw faults.endpointInUse(name);
  store.remove(endpointTable, { Name: name });
}
