import type { Lookup, Row } from '../../../query/index.ts';
import type { MessageCall, Step } from '../../contract.ts';
import { faults } from '../../faults.ts';
import type { Operation, OperationPlatform, RowValue } from './operation.ts';

const received = 4;

/**
 * Puts a row into a queue, or moves it there from the queue it is in; only a received e-mail may be in several.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/addtoqueue
 */
export const addToQueue: Operation = {
  name: 'AddToQueue',
  isFunction: false,
  boundTo: 'row',
  table: 'queue',
  parameters: [
    { name: 'Target', type: 'entityReference' },
    { name: 'SourceQueue', type: 'entityReference', table: 'queue', isOptional: true },
    { name: 'QueueItemProperties', type: 'entity', table: 'queueitem', isOptional: true },
  ],
  results: [{ name: 'QueueItemId', type: 'guid' }],
  async run(call, platform) {
    const target = call.input['Target'] as Lookup;
    const queue: Lookup = { table: 'queue', id: call.id };
    requireQueueable(target, platform);
    await requireActive(queue, call, platform);
    const properties = (call.input['QueueItemProperties'] as RowValue | undefined)?.row ?? {};
    const there = await itemToMove(target, call, platform);
    if (there === undefined) {
      const item = { ...properties, queueid: queue, objectid: target };
      return { QueueItemId: await platform.organization.create('queueitem', item, call.caller) };
    }
    const moved = { ...properties, queueid: queue, workerid: null, enteredon: stamp(platform) };
    await platform.organization.update('queueitem', there, moved, call.caller);
    return { QueueItemId: there };
  },
};

/** Assigns a queue item to who works on it; with `RemoveQueueItem` it leaves the queue. Decided: the row keeps its owner. */
export const pickFromQueue: Operation = {
  name: 'PickFromQueue',
  isFunction: false,
  boundTo: 'row',
  table: 'queueitem',
  parameters: [
    { name: 'SystemUser', type: 'entityReference', table: 'systemuser' },
    { name: 'RemoveQueueItem', type: 'boolean' },
  ],
  results: [],
  async run({ id, input, caller }, platform) {
    const { organization } = platform;
    if (input['RemoveQueueItem'] === true) await organization.delete('queueitem', id, caller);
    else await organization.update('queueitem', id, workedBy(input['SystemUser'] as Lookup, platform), caller);
    return {};
  },
};

/** Gives a queue item back to its queue. */
export const releaseToQueue: Operation = {
  name: 'ReleaseToQueue',
  isFunction: false,
  boundTo: 'row',
  table: 'queueitem',
  parameters: [],
  results: [],
  async run({ id, caller }, platform) {
    await platform.organization.update('queueitem', id, workedBy(null, platform), caller);
    return {};
  },
};

/** Takes a row out of its queue. */
export const removeFromQueue: Operation = {
  name: 'RemoveFromQueue',
  isFunction: false,
  boundTo: 'row',
  table: 'queueitem',
  parameters: [],
  results: [],
  async run({ id, caller }, { organization }) {
    await organization.delete('queueitem', id, caller);
    return {};
  },
};

/**
 * Routes a queue item to another queue, or to a user or team.
 *
 * Decided: a user or team takes over the row the item stands for, and the item goes to the queue of its own, where it has
 * one; nobody works on it then.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/routeto
 */
export const routeTo: Operation = {
  name: 'RouteTo',
  isFunction: false,
  parameters: [
    { name: 'Target', type: 'entityReference' },
    { name: 'QueueItem', type: 'entityReference', table: 'queueitem' },
  ],
  results: [],
  async run(call, platform) {
    const { organization } = platform;
    const [target, { id }] = [call.input['Target'], call.input['QueueItem']] as [Lookup, Lookup];
    const item = await organization.retrieve('queueitem', id, ['objectid', 'queueid'], call.caller);
    if (item === undefined) throw faults.rowNotFound('QueueItem', id);
    const queue = target.table === 'queue' ? target : await takeOver(target, item, call, platform);
    if (target.table === 'queue') {
      await requireActive(target, call, platform);
      if ((item['queueid'] as Lookup | null)?.id === target.id) throw faults.sameQueue();
    }
    const moved: Row = queue === undefined ? {} : { queueid: queue, enteredon: stamp(platform) };
    await organization.update('queueitem', id, { ...moved, ...workedBy(null, platform) }, call.caller);
    return {};
  },
};

/** The row gets its new owner. @returns the queue of that owner */
async function takeOver(
  owner: Lookup,
  item: Row,
  { caller }: MessageCall,
  { organization }: OperationPlatform,
): Promise<Lookup | undefined> {
  if (owner.table !== 'systemuser' && owner.table !== 'team')
    throw faults.invalidArgument("Invalid Argument: 'Target' is a queue, a user or a team.");
  const { table, id } = item['objectid'] as Lookup;
  await organization.update(table, id, { ownerid: owner }, caller);
  const row = await organization.retrieve(owner.table, owner.id, 'all');
  return (row?.['queueid'] as Lookup | null | undefined) ?? undefined;
}

const stamp = ({ clock }: Pick<OperationPlatform, 'clock'>) => `${clock.now().toISOString().slice(0, 19)}Z`;

const workedBy = (worker: Lookup | null, platform: OperationPlatform): Row => ({
  workerid: worker,
  workeridmodifiedon: stamp(platform),
});

function requireQueueable({ table }: Lookup, { metadata }: OperationPlatform): void {
  const targets = metadata.table('queueitem')!.columns.get('objectid')!.targets;
  if (!targets.includes(table)) throw faults.messageNotSupported('AddToQueue', table);
}

async function requireActive(queue: Lookup, { caller }: MessageCall, { organization }: OperationPlatform) {
  const row = await organization.retrieve('queue', queue.id, ['statecode'], caller);
  if (row === undefined) throw faults.rowNotFound('Queue', queue.id);
  if (row['statecode'] !== 0) throw faults.invalidState(`The queue with id ${queue.id} is not active.`);
}

/** The item by which the row is in a queue already: in the source queue where one is named. */
async function itemToMove(
  target: Lookup,
  { input, caller }: MessageCall,
  { organization }: OperationPlatform,
): Promise<string | undefined> {
  const source = input['SourceQueue'] as Lookup | undefined;
  const rows = await organization.retrieveMultiple(
    {
      table: 'queueitem',
      columns: ['queueitemid', 'queueid'],
      joins: [],
      order: [{ column: 'enteredon', descending: false }],
      filter: { kind: 'compare', left: { column: 'objectid' }, operator: 'eq', right: target },
    },
    caller,
  );
  if (source !== undefined) {
    const item = rows.find((row) => (row['queueid'] as Lookup).id === source.id);
    if (item === undefined) throw faults.invalidArgument(`The row is not in the queue with id ${source.id}.`);
    return String(item['queueitemid']);
  }
  const isMail = target.table === 'email' && rows.length > 0;
  const mail = isMail ? await organization.retrieve('email', target.id, ['statuscode'], caller) : undefined;
  if (rows.length === 0 || mail?.['statuscode'] === received) return undefined;
  return String(rows[0]!['queueitemid']);
}

/** What a queue item shows of the row it stands for. */
export const queueItemOfRow: Step = {
  name: 'Dataverse.DescribeQueueItem',
  message: 'Create',
  table: 'queueitem',
  stage: 20,
  async run({ target, caller, table }, organization) {
    const object = target['objectid'] as Lookup | null | undefined;
    if (object === undefined || object === null) throw faults.requiredMissing('objectid', table.logicalName);
    const row = await organization.retrieve(object.table, object.id, 'all', caller);
    const title = row?.['title'] ?? row?.['subject'] ?? null;
    target['title'] = typeof title === 'string' ? title.slice(0, 300) : null;
    target['objecttypecode'] = object.table;
    target['priority'] = row?.['prioritycode'] ?? null;
    target['sender'] = row?.['sender'] ?? null;
    target['torecipients'] = row?.['torecipients'] ?? null;
  },
};

/** When a queue item enters its queue. */
export const queueItemEntered = (clock: OperationPlatform['clock']): Step => ({
  name: 'Dataverse.EnterQueue',
  message: 'Create',
  table: 'queueitem',
  stage: 20,
  run: async ({ target }) => void (target['enteredon'] ??= stamp({ clock })),
});
