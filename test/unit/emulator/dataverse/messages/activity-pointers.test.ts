import { aDataverse, customerService, type TestDataverse } from '../../../../support/a-dataverse.ts';

let platform: TestDataverse;
beforeAll(async () => {
  platform = await aDataverse([], { firstParty: customerService });
});
afterAll(() => platform.close());

const pointers = async (id: string) =>
  (await platform.call('GET', `activitypointers?$select=subject,statecode&$filter=activityid eq ${id}`)).body.value;

test('an activity is seen under its own key as long as it is there, as it stands', async () => {
  const id = await platform.create('tasks', { subject: 'Call back' });
  expect(await pointers(id)).toMatchObject([{ activityid: id, subject: 'Call back', statecode: 0 }]);
  await platform.call('PATCH', `tasks(${id})`, { body: { subject: 'Called', statecode: 1 } });
  expect(await pointers(id)).toMatchObject([{ activityid: id, subject: 'Called', statecode: 1 }]);
  await platform.call('DELETE', `tasks(${id})`);
  expect(await pointers(id)).toEqual([]);
});

test('activities of every kind are found by what they regard', async () => {
  const account = await platform.create('accounts', {
    name: 'Contoso',
    Account_Tasks: [{ subject: 'Task' }],
    Account_Phonecalls: [{ subject: 'Call' }],
  });
  const path = `accounts(${account})/Account_ActivityPointers?$select=subject,activitytypecode&$orderby=subject`;
  const { body } = await platform.call('GET', path);
  expect(body.value.map((row: { activitytypecode: string }) => row.activitytypecode)).toEqual(['phonecall', 'task']);
});

test('deleting what they regard deletes the activities', async () => {
  const account = await platform.create('accounts', { name: 'Contoso', Account_Tasks: [{ subject: 'Task' }] });
  const [{ activityid: id }] = (await platform.call('GET', `accounts(${account})/Account_Tasks`)).body.value;
  expect(await pointers(id)).toHaveLength(1);
  expect((await platform.call('DELETE', `accounts(${account})`)).status).toBe(204);
  expect(await pointers(id)).toEqual([]);
  expect((await platform.call('GET', `tasks(${id})`)).status).toBe(404);
});

test('activities are written through their own tables', async () => {
  const id = await platform.create('tasks', { subject: 'Call back' });
  expect((await platform.call('POST', 'activitypointers', { body: { subject: 'x' } })).refusal).toBe('400 0x80040800');
  expect((await platform.call('PATCH', `activitypointers(${id})`, { body: { subject: 'x' } })).refusal).toBe(
    '400 0x80040800',
  );
  expect((await platform.call('DELETE', `activitypointers(${id})`)).refusal).toBe('400 0x80040800');
});
