import type { MessageCall, Step } from '../../../../../emulator/dataverse/index.ts';
import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';

let platform: TestDataverse;
beforeAll(async () => {
  platform = await aDataverse();
});
afterAll(() => platform.close());

/** Registers a step that runs for accounts of this name only. */
function step(name: string, given: Pick<Step, 'message' | 'stage'> & Partial<Step>, run: Step['run']): void {
  const isOf = ({ target, before }: MessageCall) => (target['name'] ?? before?.['name']) === name;
  platform.dataverse.registerStep({
    name: 'Test',
    table: 'account',
    ...given,
    run: async (call, organization) => (isOf(call) ? run(call, organization) : undefined),
  });
}
const namesOf = async (name: string) =>
  (await platform.call('GET', `accounts?$select=name&$filter=name eq '${name}'`)).body.value.length;

test('stages run in platform order, and inside a stage by rank, then by registration', async () => {
  const seen: string[] = [];
  const note = (text: string) => async () => void seen.push(text);
  step('Order', { message: 'Create', stage: 40 }, note('40'));
  step('Order', { message: 'Create', stage: 20, rank: 2 }, note('20 second'));
  step('Order', { message: 'Create', stage: 20, rank: 1 }, note('20 first'));
  step('Order', { message: 'Create', stage: 20, rank: 2 }, note('20 third'));
  step('Order', { message: 'Create', stage: 10 }, note('10'));
  await platform.create('accounts', { name: 'Order' });
  expect(seen).toEqual(['10', '20 first', '20 second', '20 third', '40']);
});

test('PreValidation runs outside the transaction, the others inside, asynchronous steps after the commit', async () => {
  const inside: [string, boolean][] = [];
  const note = (text: string) => async () => void inside.push([text, platform.database.inTransaction()]);
  for (const stage of [10, 20, 40] as const) step('Transaction', { message: 'Create', stage }, note(String(stage)));
  step('Transaction', { message: 'Create', stage: 40, rank: 0, isAsync: true }, note('async'));
  await platform.dataverse.organization.create('account', { name: 'Transaction' });
  await platform.work.quiet(5000);
  expect(inside).toEqual([
    ['10', false],
    ['20', true],
    ['40', true],
    ['async', false],
  ]);
});

test('an asynchronous step reads what was committed, knows its cause, and fails without harm', async () => {
  const seen: unknown[] = [];
  step('Later', { message: 'Create', stage: 20 }, async ({ shared }) => void shared.set('note', 'from stage 20'));
  step('Later', { message: 'Create', stage: 40, isAsync: true }, async ({ id, shared, depth }, organization) => {
    const row = await organization.retrieve('account', id, ['name']);
    await organization.update('account', id, { description: 'later' });
    seen.push(row?.['name'], shared.get('note'), depth);
    throw new Error('Too late.');
  });
  const id = await platform.create('accounts', { name: 'Later' });
  await platform.work.quiet(5000);
  expect(seen).toEqual(['Later', 'from stage 20', 1]);
  expect((await platform.call('GET', `accounts(${id})?$select=description`)).body.description).toBe('later');
});

test('an asynchronous step of a save that is undone never runs', async () => {
  const seen: string[] = [];
  step('Undone', { message: 'Create', stage: 40, rank: 0, isAsync: true }, async () => void seen.push('async'));
  step('Undone', { message: 'Create', stage: 40 }, async () => {
    throw new Error('No.');
  });
  const { refusal } = await platform.call('POST', 'accounts', { body: { name: 'Undone' } });
  await platform.work.quiet(5000);
  expect([refusal, seen, await namesOf('Undone')]).toEqual(['400 0x80040265', [], 0]);
});

test('a loop between messages is cut off at the ninth, whichever messages they are', async () => {
  const depths: number[] = [];
  step('Loop', { message: 'Update', stage: 40 }, async ({ id, depth }, organization) => {
    depths.push(depth);
    await organization.update('account', id, { description: String(depth) });
  });
  const id = await platform.create('accounts', { name: 'Loop' });
  const { refusal } = await platform.call('PATCH', `accounts(${id})`, { body: { description: 'x' } });
  expect([refusal, depths.at(-1)]).toEqual(['400 0x80044182', 8]);
});

test('images: none before a create, none after a delete, the whole row otherwise', async () => {
  const images: [string, boolean, boolean][] = [];
  for (const message of ['Create', 'Update', 'Delete'])
    step(
      'Images',
      { message, stage: 40 },
      async ({ before, after }) =>
        void images.push([message, before?.['name'] === 'Images', after?.['name'] === 'Images']),
    );
  const id = await platform.create('accounts', { name: 'Images' });
  await platform.call('PATCH', `accounts(${id})`, { body: { description: 'x' } });
  await platform.call('DELETE', `accounts(${id})`);
  expect(images).toEqual([
    ['Create', false, true],
    ['Update', true, true],
    ['Delete', true, false],
  ]);
});

test('a step filtered to columns runs when one is sent, changed or not', async () => {
  let runs = 0;
  step('Filter', { message: 'Update', stage: 40, filteringColumns: ['description'] }, async () => void (runs += 1));
  const id = await platform.create('accounts', { name: 'Filter', description: 'same' });
  await platform.call('PATCH', `accounts(${id})`, { body: { telephone1: '1' } });
  expect(runs).toBe(0);
  await platform.call('PATCH', `accounts(${id})`, { body: { description: 'same' } });
  expect(runs).toBe(1);
});

test('a message by name that there is not is refused', async () => {
  await expect(platform.dataverse.organization.execute('Nothing', {})).rejects.toMatchObject({
    wire: { code: '0x8006088a' },
  });
});

test('an update of state and other columns runs the stages inside the transaction twice: the others first', async () => {
  const seen: unknown[] = [];
  platform.dataverse.registerStep({
    name: 'Test',
    message: 'Update',
    table: 'account',
    stage: 10,
    run: async ({ target }) => void (target['description'] === 'closed' && seen.push([10, Object.keys(target).sort()])),
  });
  for (const stage of [20, 40] as const)
    step('Mixed', { message: 'Update', stage }, async ({ target, before, after }) => {
      const state = (row: typeof before) => row?.['statecode'];
      seen.push([stage, Object.keys(target).sort(), state(before), state(after)]);
    });
  const id = await platform.create('accounts', { name: 'Mixed' });
  const body = { description: 'closed', statecode: 1, statuscode: 2 };
  expect((await platform.call('PATCH', `accounts(${id})`, { body })).status).toBe(204);
  const both = ['statecode', 'statuscode'];
  expect(seen).toEqual([
    [10, ['description', ...both]],
    [20, ['description'], 0, undefined],
    [40, ['description'], 0, 0],
    [20, both, 0, undefined],
    [40, both, 0, 1],
  ]);
});

test('a state that does not go with its status undoes the other columns too', async () => {
  const id = await platform.create('accounts', { name: 'Unwritten' });
  const body = { description: 'lost', statecode: 0, statuscode: 2 };
  expect((await platform.call('PATCH', `accounts(${id})`, { body })).refusal).toBe('400 0x80048408');
  expect((await platform.call('GET', `accounts(${id})?$select=description`)).body.description).toBeNull();
});
