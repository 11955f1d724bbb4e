/**
 * PreValidation of what was asked runs before its transaction and before privileges are checked; of a message sent inside
 * a transaction it takes part in that one.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/event-framework#event-execution-pipeline
 */
import type { MessageCall, Step } from '../../../../../emulator/dataverse/index.ts';
import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';

let platform: TestDataverse;
beforeAll(async () => {
  platform = await aDataverse();
  platform.dataverse.addUser({ email: 'nobody@contoso.example', fullName: 'Nobody', roles: [] });
});
afterAll(() => platform.close());

const registered: (() => void)[] = [];
afterEach(() => {
  for (const remove of registered.splice(0)) remove();
  platform.database.exec('delete from account; delete from contact');
});
const register = (step: Omit<Step, 'name'>) =>
  void registered.push(platform.dataverse.registerStep({ name: 'Test', ...step }));
const ofAccounts = (message: string, stage: Step['stage'], run: Step['run']) =>
  register({ message, table: 'account', stage, run });

/** A step of PreValidation that leaves a contact behind, named after what was asked. */
const leaveNote = (message: string, nameOf: (call: MessageCall) => string = () => message) =>
  ofAccounts(message, 10, async (call, organization) => {
    await organization.create('contact', { lastname: nameOf(call) });
  });

const refuse = (message: string, when: (call: MessageCall) => boolean = () => true) =>
  ofAccounts(message, 40, async (call) => {
    if (when(call)) throw new Error('No.');
  });

const notes = async () =>
  (
    (await platform.call('GET', 'contacts?$select=lastname&$orderby=lastname')).body.value as { lastname: string }[]
  ).map(({ lastname }) => lastname);

const asked: readonly [string, string, (id: string) => readonly [string, string, object?]][] = [
  ['a create', 'Create', () => ['POST', 'accounts', { name: 'asked' }]],
  [
    'a create with nested rows',
    'Create',
    () => ['POST', 'accounts', { name: 'asked', contact_customer_accounts: [{ lastname: 'nested' }] }],
  ],
  ['an upsert that creates', 'Create', () => ['PATCH', `accounts(${noRow})`, { name: 'asked' }]],
  ['an update', 'Update', (id) => ['PATCH', `accounts(${id})`, { name: 'asked' }]],
  ['an update of one property', 'Update', (id) => ['PUT', `accounts(${id})/name`, { value: 'asked' }]],
  ['a delete', 'Delete', (id) => ['DELETE', `accounts(${id})`]],
];
const noRow = '11111111-1111-4111-8111-111111111111';

test.each(asked)('what PreValidation of %s wrote stays when it is refused later', async (_what, message, ask) => {
  const id = await platform.create('accounts', { name: 'before' });
  leaveNote(message);
  refuse(message);
  const [method, path, body] = ask(id);
  const { refusal } = await platform.call(method, path, body === undefined ? {} : { body });
  expect([refusal, await notes()]).toEqual(['400 0x80040265', [message]]);
  const accounts = (await platform.call('GET', 'accounts?$select=name')).body.value as { name: string }[];
  expect(accounts.map(({ name }) => name)).toEqual(['before']);
});

test('what PreValidation of an action wrote stays when its main operation fails', async () => {
  register({
    message: 'SetAutoNumberSeed',
    stage: 10,
    run: async (_call, organization) => void (await organization.create('contact', { lastname: 'before the action' })),
  });
  const body = { EntityName: 'account', AttributeName: 'nothing', Value: 1 };
  expect((await platform.call('POST', 'SetAutoNumberSeed', { body })).status).toBe(400);
  expect(await notes()).toEqual(['before the action']);
});

test('it runs before privileges are checked', async () => {
  leaveNote('Create');
  const { refusal } = await platform.call('POST', 'accounts', { as: 'nobody@contoso.example', body: { name: 'x' } });
  expect([refusal, await notes()]).toEqual(['403 0x80040220', ['Create']]);
});

test('a version that does not match is found after it, in the transaction', async () => {
  const id = await platform.create('accounts', { name: 'versioned' });
  leaveNote('Update');
  const headers = { 'If-Match': 'W/"1"' };
  const { status } = await platform.call('PATCH', `accounts(${id})`, { headers, body: { name: 'x' } });
  expect([status, await notes()]).toEqual([412, ['Update']]);
});

test('a step of it sees nothing that another request has not committed', async () => {
  const id = await platform.create('accounts', { name: 'committed' });
  const seen: unknown[] = [];
  ofAccounts('Update', 10, async (_call, organization) => {
    seen.push((await organization.retrieve('account', id, ['name']))?.['name']);
  });
  let go!: () => void;
  const mayGo = new Promise<void>((done) => (go = done));
  const open = platform.database.transaction(async () => {
    platform.database.run('update account set name = ? where accountid = ?', ['half done', id]);
    await mayGo;
    throw new Error('Undone.');
  });
  const update = platform.call('PATCH', `accounts(${id})`, { body: { description: 'x' } });
  await new Promise(setImmediate);
  go();
  await expect(open).rejects.toThrow('Undone.');
  expect((await update).status).toBe(204);
  expect(seen).toEqual(['committed']);
});

/** Requests as parts of one batch, or of one change set in it. */
function batch(requests: readonly { method: string; path: string; body: object }[], isChangeSet: boolean) {
  const parts = requests.map(
    ({ method, path, body }, index) =>
      `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: ${index + 1}\r\n\r\n` +
      `${method} /api/data/v9.2/${path} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}\r\n`,
  );
  const joined = (boundary: string) => `${parts.map((part) => `--${boundary}\r\n${part}`).join('')}--${boundary}--\r\n`;
  const body = isChangeSet
    ? `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${joined('c')}--b--\r\n`
    : joined('b');
  const headers = { 'Content-Type': 'multipart/mixed; boundary=b' };
  return platform.call('POST', '$batch', { headers, body });
}
const two = ['first', 'second'].map((name) => ({ method: 'POST', path: 'accounts', body: { name } }));
const nameOf = ({ target }: MessageCall) => String(target['name']);

test('a request of a batch outside of a change set is one of its own', async () => {
  leaveNote('Create', nameOf);
  refuse('Create', (call) => nameOf(call) === 'second');
  await batch(two, false);
  expect(await notes()).toEqual(['first', 'second']);
});

test('in a change set it takes part in the transaction of the set', async () => {
  leaveNote('Create', nameOf);
  refuse('Create', (call) => nameOf(call) === 'second');
  expect((await batch(two, true)).text).toContain('0x80040265');
  expect(await notes()).toEqual([]);
});

test('of a row among several it takes part in the transaction of all', async () => {
  leaveNote('Create', nameOf);
  refuse('Create', (call) => nameOf(call) === 'second');
  const Targets = two.map(({ body }) => ({ '@odata.type': 'Microsoft.Dynamics.CRM.account', ...body }));
  const { refusal } = await platform.call('POST', 'accounts/Microsoft.Dynamics.CRM.CreateMultiple', {
    body: { Targets },
  });
  expect([refusal, await notes()]).toEqual(['400 0x80040265', []]);
});

test('of a nested row it takes part in the transaction of the row that was asked for', async () => {
  const inside: [string, boolean][] = [];
  for (const table of ['account', 'contact'])
    register({
      ...{ message: 'Create', table, stage: 10 },
      run: async () => void inside.push([table, platform.database.inTransaction()]),
    });
  await platform.create('accounts', {
    name: 'asked',
    primarycontactid: { lastname: 'parent' },
    contact_customer_accounts: [{ lastname: 'child' }],
  });
  expect(inside).toEqual([
    ['account', false],
    ['contact', true],
    ['contact', true],
  ]);
});

test('of a message sent by a step inside the transaction it takes part in that one', async () => {
  const id = await platform.create('accounts', { name: 'before' });
  leaveNote('Update');
  ofAccounts('Create', 20, async (_call, organization) => organization.update('account', id, { name: 'changed' }));
  refuse('Create');
  await platform.call('POST', 'accounts', { body: { name: 'asked' } });
  expect(await notes()).toEqual([]);
});

test('what it puts into the row is written, and shared variables reach the later stages', async () => {
  ofAccounts('Create', 10, async ({ target, shared }) => {
    target['description'] = 'from stage 10';
    shared.set('note', 'kept');
  });
  const seen: unknown[] = [];
  ofAccounts('Create', 40, async ({ shared }) => void seen.push(shared.get('note')));
  const id = await platform.create('accounts', { name: 'asked' });
  const row = await platform.call('GET', `accounts(${id})?$select=description`);
  expect([row.body.description, seen]).toEqual(['from stage 10', ['kept']]);
});
