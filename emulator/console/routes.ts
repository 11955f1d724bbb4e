import { Fault, notEmulated, type FaultRule, type NewId } from '../kernel/index.ts';
import type { ConsoleRooms } from './rooms.ts';

/** A call of the console contract, taken apart. */
export interface ConsoleCall {
  readonly rooms: ConsoleRooms;
  readonly newId: NewId;
  /** Values of the `{…}` parts of the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/_emulator`, with `{name}` parts. */
  readonly path: string;
  /** Its answer is sent as JSON; undefined is 204. */
  run(call: ConsoleCall): Promise<unknown>;
}

const badCall = (message: string) => new Fault('badConsoleCall', { code: 'BadConsoleCall', status: 400 }, message);
const notThere = (what: string, name: string) =>
  new Fault('notInEmulator', { code: 'NotFound', status: 404 }, `There is no ${what} '${name}'.`);

/** The console contract; every test and tool may rely on it. */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/', run: ({ rooms }) => rooms.overview() },
  { method: 'POST', path: '/idle', run: idle },
  { method: 'POST', path: '/reset', run: async ({ rooms }) => void (await rooms.reset()) },
  {
    method: 'POST',
    path: '/snapshots/{name}',
    run: async ({ rooms, path }) => void (await rooms.keepSnapshot(snapshotName(path))),
  },
  { method: 'POST', path: '/snapshots/{name}/restore', run: restoreSnapshot },
  { method: 'GET', path: '/clock', run: async ({ rooms }) => ({ now: rooms.clock.now().toISOString() }) },
  { method: 'POST', path: '/clock', run: setClock },
  { method: 'GET', path: '/faults', run: async ({ rooms }) => ({ value: rooms.faultRules.list() }) },
  { method: 'POST', path: '/faults', run: addFault },
  { method: 'DELETE', path: '/faults', run: async ({ rooms }) => void rooms.faultRules.remove() },
  { method: 'DELETE', path: '/faults/{id}', run: async ({ rooms, path }) => void rooms.faultRules.remove(path['id']) },
  { method: 'GET', path: '/trace', run: readTrace },
  { method: 'GET', path: '/flows', run: ({ rooms }) => rooms.flows.list() },
  { method: 'GET', path: '/flows/{name}', run: ({ rooms, path }) => rooms.flows.describe(path['name']!) },
  { method: 'POST', path: '/flows/{name}/runs', run: ({ rooms, path, body }) => rooms.flows.run(path['name']!, body) },
  { method: 'GET', path: '/flow-runs', run: ({ rooms, query }) => rooms.flows.runs(runFilter(query)) },
  { method: 'GET', path: '/flow-runs/{id}', run: flowRun },
  { method: 'POST', path: '/flow-runs/{id}/resubmit', run: ({ rooms, path }) => rooms.flows.resubmit(path['id']!) },
  { method: 'POST', path: '/flow-runs/{id}/cancel', run: ({ rooms, path }) => rooms.flows.cancel(path['id']!) },
  { method: 'GET', path: '/dual-write/maps', run: ({ rooms }) => rooms.dualWrite.maps() },
  {
    method: 'POST',
    path: '/dual-write/maps/{name}/{verb}',
    run: ({ rooms, path, body }) => rooms.dualWrite.act(path['name']!, path['verb']!, body),
  },
  {
    method: 'GET',
    path: '/dual-write/maps/{name}',
    run: ({ rooms, path }) => rooms.dualWrite.map(path['name']!),
  },
  {
    method: 'GET',
    path: '/dual-write/reconciliation',
    run: ({ rooms, query }) => rooms.dualWrite.reconciliation(Object.fromEntries(query)),
  },
  {
    method: 'POST',
    path: '/dual-write/reconciliation/resend',
    run: ({ rooms, body }) => rooms.dualWrite.resend(body),
  },
  { method: 'GET', path: '/dual-write/address-generation', run: ({ rooms }) => rooms.dualWrite.generation() },
  {
    method: 'POST',
    path: '/dual-write/address-generation',
    run: ({ rooms, body }) => rooms.dualWrite.useGeneration(String(body['use'])),
  },
  {
    method: 'GET',
    path: '/finance-operations/commands',
    run: async ({ rooms }) => ({ value: rooms.financeOperations.commands }),
  },
  {
    method: 'POST',
    path: '/finance-operations/commands/{name}',
    run: ({ rooms, path, body }) => rooms.financeOperations.command(path['name']!, body),
  },
  {
    method: 'GET',
    path: '/finance-operations/change-proposals',
    run: async ({ rooms }) => ({ value: rooms.financeOperations.changeProposals() }),
  },
  {
    method: 'GET',
    path: '/virtual-tables/metadata-sync',
    run: async ({ rooms }) => rooms.virtualTables.metadataSync(),
  },
  { method: 'GET', path: '/link', run: async ({ rooms }) => rooms.link.status() },
  { method: 'POST', path: '/link/{verb}', run: ({ rooms, path, body }) => rooms.link.act(path['verb']!, body) },
  { method: 'GET', path: '/add-ins', run: ({ rooms }) => rooms.addIns.list() },
  {
    method: 'POST',
    path: '/add-ins/{name}/{verb}',
    run: ({ rooms, path, body }) => rooms.addIns.act(path['name']!, path['verb']!, body),
  },
  { method: 'GET', path: '/events', run: ({ rooms, query }) => rooms.events.list(eventFilter(query)) },
  {
    method: 'GET',
    path: '/events/catalogue',
    run: async ({ rooms, query }) => rooms.events.catalogue(query.get('user') ?? undefined),
  },
  {
    method: 'GET',
    path: '/events/security',
    run: async ({ rooms, query }) => rooms.events.security(query.get('user') ?? undefined),
  },
  {
    method: 'GET',
    path: '/events/catalogue/{event}/schema',
    run: async ({ rooms, path }) => rooms.events.schema(path['event']!),
  },
  { method: 'POST', path: '/events/endpoints', run: ({ rooms, body }) => rooms.events.addEndpoint(body) },
  {
    method: 'DELETE',
    path: '/events/endpoints/{name}',
    run: ({ rooms, path, query }) => rooms.events.removeEndpoint(path['name']!, query.get('user') ?? undefined),
  },
  {
    method: 'POST',
    path: '/events/activations/{verb}',
    run: ({ rooms, path, body }) => rooms.events.change(path['verb']!, body),
  },
  { method: 'POST', path: '/events/parameters', run: ({ rooms, body }) => rooms.events.setParameters(body) },
  { method: 'GET', path: '/events/queues/{name}', run: (call) => readQueue(call, false) },
  { method: 'POST', path: '/events/queues/{name}/receive', run: (call) => readQueue(call, true) },
  { method: 'POST', path: '/events/{id}/resend', run: ({ rooms, path }) => rooms.events.resend(path['id']!) },
  { method: 'GET', path: '/outbox', run: async ({ rooms }) => ({ value: rooms.outbox.list() }) },
  { method: 'POST', path: '/outbox', run: takeMail },
  { method: 'POST', path: '/outbox/{id}/answer', run: answerMessage },
  { method: 'GET', path: '/approvals', run: ({ rooms }) => rooms.approvals.list() },
  { method: 'POST', path: '/approvals', run: answerApproval },
];

/** A mail from somebody, as if it had come from outside. */
async function takeMail({ rooms, body }: ConsoleCall) {
  const { from, to, subject = '', body: text = '' } = body;
  const recipients = Array.isArray(to) ? to : String(to ?? '').split(';');
  const addresses = recipients.map((one) => String(one).trim()).filter((one) => one !== '');
  if (typeof from !== 'string' || from === '' || addresses.length === 0)
    throw badCall('Send {"from": "a@contoso.example", "to": "b@contoso.example", "subject": "…", "body": "…"}.');
  const mail = {
    channel: 'mail',
    via: 'console',
    from,
    to: addresses,
    subject: String(subject),
    body: String(text),
  } as const;
  return rooms.outbox.put(mail);
}

async function answerMessage({ rooms, path, body }: ConsoleCall) {
  const { by, option, data } = body;
  if (typeof by !== 'string' || typeof option !== 'string')
    throw badCall('Send {"by": "a@contoso.example", "option": "Approve"}, and {"data": {…}} for a card.');
  const inputs = typeof data === 'object' && data !== null ? { data: data as Record<string, unknown> } : {};
  return rooms.outbox.answer(path['id']!, { by, option, ...inputs });
}

async function answerApproval({ rooms, body }: ConsoleCall) {
  const { name, by, response, comments } = body;
  if (typeof name !== 'string' || typeof by !== 'string' || typeof response !== 'string')
    throw badCall('Send {"name": "<id>", "by": "a@contoso.example", "response": "Approve", "comments": "…"}.');
  return rooms.approvals.answer(name, { by, response, ...(typeof comments === 'string' ? { comments } : {}) });
}

async function idle({ rooms, body }: ConsoleCall) {
  const timeoutMs = body['timeoutMs'] ?? 30_000;
  if (typeof timeoutMs !== 'number' || !(timeoutMs >= 0)) throw badCall('timeoutMs is a number of milliseconds.');
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const left = deadline - Date.now();
    const { work } = rooms;
    const quiet = await work.quiet(Math.max(left, 0));
    // A platform that was put in the place of this one meanwhile has work of its own.
    if (quiet && work === rooms.work && !rooms.clock.hasDueWork()) return { idle: true };
    if (left <= 0) {
      const message = `After ${timeoutMs} ms ${rooms.work.running} pieces of work are still running.`;
      throw new Fault('notIdle', { code: 'NotIdle', status: 408 }, message);
    }
    await new Promise((soon) => setTimeout(soon, 5));
  }
}

function snapshotName(path: ConsoleCall['path']): string {
  const name = path['name'] ?? '';
  if (!/^[A-Za-z0-9_-]{1,60}$/.test(name)) throw badCall('A snapshot name has 1 to 60 letters, digits, - or _.');
  return name;
}

async function restoreSnapshot({ rooms, path }: ConsoleCall): Promise<undefined> {
  const name = snapshotName(path);
  if (!(await rooms.restoreSnapshot(name))) throw notThere('snapshot', name);
  return undefined;
}

async function setClock({ rooms, body }: ConsoleCall) {
  const { set, advanceMs } = body;
  if (typeof set === 'string' && !Number.isNaN(Date.parse(set))) rooms.clock.set(new Date(set));
  else if (typeof advanceMs === 'number' && advanceMs >= 0) rooms.clock.advance(advanceMs);
  else throw badCall('Send {"set": "2024-01-31T12:00:00Z"} or {"advanceMs": 60000}.');
  return { now: rooms.clock.now().toISOString() };
}

const places = /^(dataverse|finance-operations|dual-write|event-delivery|flow-action|connector:[^/]+\/[^/]+)$/;

const effects = [
  'status',
  'code',
  'message',
  'retryAfterSeconds',
  'delayMs',
  'timeout',
  'drop',
  'duplicate',
  'reorder',
  'crash',
];

async function addFault({ rooms, newId, body }: ConsoleCall) {
  const { where, match, effect, when = 'before', times } = body as Partial<FaultRule>;
  if (typeof where !== 'string' || !places.test(where)) {
    throw badCall(
      'where is dataverse, finance-operations, dual-write, event-delivery, flow-action or connector:<api>/<operation>.',
    );
  }
  if (where === 'dual-write')
    throw notEmulated('A fault rule at dual-write', 'Let it strike finance-operations, which dual-write calls.');
  if (typeof effect !== 'object' || effect === null || Object.keys(effect).length === 0) {
    throw badCall(`effect names at least one of ${effects.join(', ')}.`);
  }
  const stranger = Object.keys(effect).find((name) => !effects.includes(name));
  if (stranger !== undefined) throw badCall(`There is no effect '${stranger}'; there is ${effects.join(', ')}.`);
  if (where === 'flow-action' && effect.crash !== true) throw badCall('A flow-action takes the effect crash only.');
  if (when !== 'before' && when !== 'after') throw badCall('when is before or after.');
  if (times !== undefined && !(Number.isInteger(times) && times > 0)) throw badCall('times is a whole number above 0.');
  const rule: FaultRule = { id: newId(), where, match, effect, when, times };
  rooms.faultRules.add(rule);
  return rule;
}

async function readTrace({ rooms, query }: ConsoleCall) {
  const since = Number(query.get('since') ?? 0);
  if (!Number.isInteger(since)) throw badCall('since is the sequence number of an entry.');
  const value = rooms.trace.since(since);
  // What Power Platform counts: calls to Dataverse, however they came; the emulator's own pages are not.
  return { powerPlatformRequests: value.filter((entry) => entry.service === 'dataverse').length, value };
}

function runFilter(query: URLSearchParams) {
  return { flow: query.get('flow') ?? undefined, status: query.get('status') ?? undefined };
}

function eventFilter(query: URLSearchParams) {
  return { status: query.get('status') ?? undefined, event: query.get('event') ?? undefined };
}

const mostMessages = 100;

async function readQueue({ rooms, path, body }: ConsoleCall, receive: boolean) {
  const most = body['most'] ?? mostMessages;
  if (!Number.isInteger(most) || Number(most) < 1) throw badCall('most is a whole number above 0.');
  return { value: await rooms.events.queue(path['name']!, { receive, most: Number(most) }) };
}

async function flowRun({ rooms, path }: ConsoleCall) {
  const id = path['id']!;
  const run = await rooms.flows.detail(id);
  if (run === undefined) throw notThere('flow run', id);
  return run;
}
