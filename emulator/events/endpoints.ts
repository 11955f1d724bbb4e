import { notEmulated } from '../kernel/index.ts';
import type { Database, SqlRow } from '../storage/database.ts';
import { faults } from './faults.ts';

/** `BusinessEventsEndpointType`; a queue in memory stands for `AzureServiceBusQueue`. */
export type EndpointType = 'Http' | 'Flow' | 'CDS' | 'AzureServiceBusQueue';

export interface Endpoint {
  readonly name: string;
  readonly type: EndpointType;
  /** Http and Flow: where events are posted. AzureServiceBusQueue: name of the queue. CDS: empty. */
  readonly target: string;
}

export interface Endpoints {
  list(): Endpoint[];
  get(name: string): Endpoint | undefined;
  add(endpoint: Endpoint): void;
  remove(name: string): void;
}

/** Endpoints nobody makes by hand: they come with a flow, or with the link. */
const ownOnly: ReadonlySet<string> = new Set(['Flow', 'CDS']);
const others: ReadonlySet<string> = new Set([
  'AzureServiceBusTopic',
  'AzureEventGrid',
  'AzureEventHub',
  'AzureBlobStorage',
]);
const loopback = /^https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?(\/|$)/i;

/** Reads an endpoint somebody wants to make. @throws Fault 400, 501 */
export function readEndpoint(given: Readonly<Record<string, unknown>>): Endpoint {
  const text = (name: string) => (typeof given[name] === 'string' ? given[name].trim() : '');
  const [name, type] = [text('name'), text('type')];
  if (!/^[\w .-]{1,60}$/.test(name)) throw faults.badEndpoint('name has 1 to 60 letters, digits, blanks, _ . or -.');
  if (others.has(type))
    throw notEmulated(`An endpoint of type '${type}'`, 'Use Http, or AzureServiceBusQueue, a queue in memory.');
  if (ownOnly.has(type))
    throw faults.badEndpoint(
      `An endpoint of type '${type}' cannot be made by hand: it comes when a flow or a step subscribes.`,
    );
  if (type === 'AzureServiceBusQueue') {
    const queue = text('queue');
    if (!/^[\w.-]{1,60}$/.test(queue)) throw faults.badEndpoint('queue has 1 to 60 letters, digits, _ . or -.');
    return { name, type, target: queue };
  }
  if (type !== 'Http') throw faults.badEndpoint(`'${type}' is none of Http, AzureServiceBusQueue.`);
  return { name, type, target: requireLoopback(text('url')) };
}

/** Differs: the platform sends to any address; nothing of the emulator leaves this machine. */
export function requireLoopback(url: string): string {
  if (loopback.test(url)) return url;
  throw faults.badEndpoint('url is an http address of this machine.');
}

export function createEndpoints(database: Database): Endpoints {
  database.exec(
    'create table if not exists "emulator$event_endpoints" (name text primary key, type text not null, target text not null) without rowid',
  );
  const read = (row: SqlRow): Endpoint => ({
    name: String(row['name']),
    type: String(row['type']) as EndpointType,
    target: String(row['target']),
  });
  const get = (name: string) => {
    const row = database.get('select * from "emulator$event_endpoints" where name = ?', [name]);
    return row === undefined ? undefined : read(row);
  };
  return {
    list: () => database.all('select * from "emulator$event_endpoints" order by name').map(read),
    get,
    add({ name, type, target }) {
      const there = get(name);
      if (there !== undefined && there.type !== type)
        throw faults.badEndpoint(`The type of the endpoint '${name}' is '${there.type}' and cannot be changed.`);
      database.run('insert or replace into "emulator$event_endpoints" values (?, ?, ?)', [name, type, target]);
    },
    remove: (name) => void database.run('delete from "emulator$event_endpoints" where name = ?', [name]),
  };
}
