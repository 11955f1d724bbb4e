import { aDataverse, customerService, type TestDataverse } from '../../../../support/a-dataverse.ts';

let platform: TestDataverse;
let queue: string;
let other: string;
let user: string;
beforeAll(async () => {
  platform = await aDataverse([], { firstParty: customerService });
  user = platform.dataverse.addUser({ email: 'ann@example.com', fullName: 'Ann', roles: [] });
  queue = await platform.create('queues', { name: 'Limits' });
  other = await platform.create('queues', { name: 'Complaints' });
});
afterAll(() => platform.close());

const aTask = (subject = 'Call back') => platform.create('tasks', { subject });
const task = (id: string) => ({ '@odata.type': 'Microsoft.Dynamics.CRM.task', activityid: id });
const add = (id: string, to = queue, more: object = {}) =>
  platform.call('POST', `queues(${to})/Microsoft.Dynamics.CRM.AddToQueue`, { body: { Target: task(id), ...more } });
const act = (name: string, item: string, body: object = {}) =>
  platform.call('POST', `queueitems(${item})/Microsoft.Dynamics.CRM.${name}`, { body });
const read = async (item: string) => (await platform.call('GET', `queueitems(${item})`)).body;

test('a row that is added gets an item that shows what it stands for', async () => {
  const id = await aTask('Ring Contoso');
  const { status, body } = await add(id);
  expect([status, body['@odata.context']]).toEqual([
    200,
    expect.stringMatching(/#Microsoft\.Dynamics\.CRM\.AddToQueueResponse$/),
  ]);
  expect(await read(body.QueueItemId)).toMatchObject({
    title: 'Ring Contoso',
    objecttypecode: 'task',
    enteredon: '2026-01-02T03:04:05Z',
    _queueid_value: queue,
    _objectid_value: id,
    _workerid_value: null,
  });
});

test('a row is in one queue: adding it to another moves its item', async () => {
  const id = await aTask();
  const first = (await add(id)).body.QueueItemId;
  const source = { SourceQueue: { '@odata.type': 'Microsoft.Dynamics.CRM.queue', queueid: queue } };
  const second = (await add(id, other, source)).body.QueueItemId;
  expect(second).toBe(first);
  expect((await read(first))._queueid_value).toBe(other);
  expect((await add(id, other, source)).refusal).toBe('400 0x80040203');
});

test('an item is picked, released and removed', async () => {
  const item = (await add(await aTask())).body.QueueItemId;
  const worker = { SystemUser: { '@odata.type': 'Microsoft.Dynamics.CRM.systemuser', systemuserid: user } };
  expect((await act('PickFromQueue', item, { ...worker, RemoveQueueItem: false })).status).toBe(204);
  expect(await read(item)).toMatchObject({ _workerid_value: user, workeridmodifiedon: '2026-01-02T03:04:05Z' });
  expect((await act('ReleaseToQueue', item)).status).toBe(204);
  expect((await read(item))._workerid_value).toBeNull();
  expect((await act('RemoveFromQueue', item)).status).toBe(204);
  expect((await platform.call('GET', `queueitems(${item})`)).status).toBe(404);
});

test('picking with removal takes the item out; users may be named by ownerid', async () => {
  const item = (await add(await aTask())).body.QueueItemId;
  const SystemUser = { '@odata.type': 'Microsoft.Dynamics.CRM.systemuser', ownerid: user };
  expect((await act('PickFromQueue', item, { SystemUser, RemoveQueueItem: true })).status).toBe(204);
  expect((await platform.call('GET', `queueitems(${item})`)).status).toBe(404);
});

test('what no queue takes, a queue that is inactive and a queue that is not there are refused', async () => {
  const account = await platform.create('accounts', { name: 'Contoso' });
  const Target = { '@odata.type': 'Microsoft.Dynamics.CRM.account', accountid: account };
  const path = `queues(${queue})/Microsoft.Dynamics.CRM.AddToQueue`;
  expect((await platform.call('POST', path, { body: { Target } })).refusal).toBe('400 0x80040800');
  const closed = await platform.create('queues', { name: 'Closed' });
  await platform.call('PATCH', `queues(${closed})`, { body: { statecode: 1 } });
  expect((await add(await aTask(), closed)).refusal).toBe('400 0x80040233');
  expect((await add(await aTask(), '11111111-1111-1111-1111-111111111111')).refusal).toBe('404 0x80040217');
});

test('an operation of queues is none of accounts', async () => {
  const account = await platform.create('accounts', { name: 'Contoso' });
  const { refusal } = await platform.call('POST', `accounts(${account})/Microsoft.Dynamics.CRM.AddToQueue`, {
    body: {},
  });
  expect(refusal).toBe('404 0x8006088a');
});

test('who may not read the queue cannot add to it', async () => {
  const id = await aTask();
  const path = `queues(${queue})/Microsoft.Dynamics.CRM.AddToQueue`;
  expect((await platform.call('POST', path, { body: { Target: task(id) }, as: 'ann@example.com' })).refusal).toBe(
    '403 0x80040220',
  );
});

test('RouteTo moves an item to another queue, and gives its row to a user', async () => {
  const id = await aTask();
  const item = (await add(id)).body.QueueItemId;
  const route = (target: object) =>
    platform.call('POST', 'RouteTo', {
      body: { Target: target, QueueItem: { '@odata.type': 'Microsoft.Dynamics.CRM.queueitem', queueitemid: item } },
    });
  const toQueue = (queueid: string) => route({ '@odata.type': 'Microsoft.Dynamics.CRM.queue', queueid });
  expect((await toQueue(other)).status).toBe(204);
  expect(await read(item)).toMatchObject({ _queueid_value: other, _workerid_value: null });
  expect((await toQueue(other)).refusal).toBe('400 0x8004051b');
  expect((await route({ '@odata.type': 'Microsoft.Dynamics.CRM.systemuser', systemuserid: user })).status).toBe(204);
  expect((await platform.call('GET', `tasks(${id})?$select=_ownerid_value`)).body._ownerid_value).toBe(user);
  expect((await route(task(id))).refusal).toBe('400 0x80040203');
});
