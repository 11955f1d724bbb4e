import { aDataverse, customerService, type TestDataverse } from '../../../support/a-dataverse.ts';

let platform: TestDataverse;
beforeAll(async () => {
  platform = await aDataverse([], { firstParty: customerService });
});
afterAll(() => platform.close());

const choices = async (table: string, column: string, type: string) => {
  const path = `EntityDefinitions(LogicalName='${table}')/Attributes(LogicalName='${column}')/Microsoft.Dynamics.CRM.${type}AttributeMetadata?$expand=OptionSet`;
  const { body } = await platform.call('GET', path);
  return body.OptionSet.Options.map((one: { Value: number; State?: number }) => [one.Value, one.State ?? null]);
};

test('a case gets a number, the state Active and the priority Normal', async () => {
  const account = await platform.create('accounts', { name: 'Contoso' });
  const id = await platform.create('incidents', {
    title: 'No answer',
    'customerid_account@odata.bind': `/accounts(${account})`,
  });
  const { body } = await platform.call('GET', `incidents(${id})`);
  expect(body).toMatchObject({ title: 'No answer', statecode: 0, statuscode: 1, prioritycode: 2, routecase: true });
  expect(body.ticketnumber).toMatch(/^CAS-01000-[A-Z0-9]{6}$/);
  expect(body._customerid_value).toBe(account);
});

test('a case without a customer is refused', async () => {
  const { refusal } = await platform.call('POST', 'incidents', { body: { title: 'Nobody' } });
  expect(refusal).toBe('400 0x80040200');
});

test('the customer of a case is an account or a contact, the last one written', async () => {
  const account = await platform.create('accounts', { name: 'Contoso' });
  const contact = await platform.create('contacts', { lastname: 'Ann' });
  const id = await platform.create('incidents', {
    title: 'Whose',
    'customerid_account@odata.bind': `/accounts(${account})`,
  });
  await platform.call('PATCH', `incidents(${id})`, {
    body: { 'customerid_contact@odata.bind': `/contacts(${contact})` },
  });
  const path = `incidents(${id})?$select=title&$expand=customerid_account($select=name),customerid_contact($select=lastname)`;
  const { body } = await platform.call('GET', path);
  expect([body.customerid_account, body.customerid_contact.lastname]).toEqual([null, 'Ann']);
});

test.each([
  [
    'incident',
    [
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 0],
      [5, 1],
      [1000, 1],
      [6, 2],
      [2000, 2],
    ],
  ],
  [
    'email',
    [
      [1, 0],
      [8, 0],
      [2, 1],
      [3, 1],
      [4, 1],
      [6, 1],
      [7, 1],
      [5, 2],
    ],
  ],
  [
    'task',
    [
      [2, 0],
      [3, 0],
      [4, 0],
      [7, 0],
      [5, 1],
      [6, 2],
    ],
  ],
  [
    'phonecall',
    [
      [1, 0],
      [2, 1],
      [4, 1],
      [3, 2],
    ],
  ],
  [
    'incidentresolution',
    [
      [1, 0],
      [2, 1],
      [3, 2],
    ],
  ],
])('status reasons of %s stand with their states', async (table, expected) => {
  expect(await choices(table, 'statuscode', 'Status')).toEqual(expected);
});

test('activities share one set of privileges, notes have their own', async () => {
  const read = async (name: string) => {
    const { body } = await platform.call('GET', `EntityDefinitions(LogicalName='${name}')?$select=Privileges`);
    return body.Privileges.find((one: { PrivilegeType: string }) => one.PrivilegeType === 'AppendTo').Name;
  };
  expect([await read('email'), await read('task'), await read('activityparty')]).toEqual(
    Array(3).fill('prvAppendToActivity'),
  );
  expect(await read('annotation')).toBe('prvAppendToNote');
});

test('metadata says what is an activity, who may be its party, and what has activities and notes', async () => {
  const read = async (name: string) => {
    const path = `EntityDefinitions(LogicalName='${name}')?$select=IsActivity,IsActivityParty,HasActivities,HasNotes`;
    const { IsActivity, IsActivityParty, HasActivities, HasNotes } = (await platform.call('GET', path)).body;
    return [IsActivity, IsActivityParty, HasActivities, HasNotes];
  };
  expect(await read('incident')).toEqual([false, false, true, true]);
  expect(await read('email')).toEqual([true, false, false, true]);
  expect(await read('contact')).toEqual([false, true, true, true]);
});

test('a task regards a case through the navigation property of both', async () => {
  const account = await platform.create('accounts', { name: 'Contoso' });
  const id = await platform.create('incidents', {
    title: 'Task',
    'customerid_account@odata.bind': `/accounts(${account})`,
    Incident_Tasks: [{ subject: 'Call back' }],
  });
  const path = `tasks?$select=subject&$filter=regardingobjectid_incident_task/incidentid eq ${id}`;
  const { body } = await platform.call('GET', path);
  expect(body.value.map((row: { subject: string }) => row.subject)).toEqual(['Call back']);
});
