import { limits } from '../../../../emulator/dual-write/limits.ts';
import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

let there: TestPlatform;
const map = 'accounts - Customers V3';
const day = 24 * 60 * 60_000;

beforeAll(async () => {
  there = await aPlatform();
}, 120_000);
afterAll(() => there.close());
/** The map runs, nothing waits, and finance and operations takes what it is given. */
afterEach(async () => {
  const { faultRules, financeOperations, outbox } = there.platform;
  faultRules.remove();
  await financeOperations.command('allow-credit-limit', { company: 'usmf', customerAccount: 'US-001' });
  there.platform.database.run('delete from "emulator$dual_write_queue"');
  if ((await detail()).status === 'Paused') await act('resume');
  await there.quiet();
  await act('alerts', { settings: [] });
  if ((await detail()).status === 'Running') await act('stop');
  await act('start');
  mailsBefore = outbox.list().length;
});
let mailsBefore = 0;
const mails = () => there.platform.outbox.list().slice(0, there.platform.outbox.list().length - mailsBefore);

const act = (verb: string, given: object = {}) =>
  there.platform.dualWrite.act(map, verb, given as Record<string, unknown>) as Promise<{
    status: string;
    retried?: number;
  }>;
const detail = () => there.platform.dualWrite.map(map);
const customer = (account: string) => `CustomersV3(dataAreaId='usmf',CustomerAccount='${account}')?cross-company=true`;
const customerRow = async (account: string) => (await there.financeOperations('GET', customer(account))).body;
const patchCustomer = (account: string, body: object) => there.financeOperations('PATCH', customer(account), { body });
const accountOf = async (number: string) =>
  (await there.dataverse('GET', `accounts?$filter=accountnumber eq '${number}'`)).body.value[0];
const patchAccount = async (number: string, body: object) =>
  there.dataverse('PATCH', `accounts(${(await accountOf(number)).accountid})`, { body });
const down = () =>
  there.platform.faultRules.add({
    id: 'down',
    where: 'finance-operations',
    match: { method: 'PATCH' },
    effect: { status: 503 },
    when: 'before',
  });

// finance-operations reference, section 5.3 "Map states".
test('a paused map queues changes of both sides, and saves do not need the other side', async () => {
  expect((await act('pause')).status).toBe('Paused');
  down();
  expect((await patchAccount('US-001', { creditlimit: 1001 })).status).toBe(204);
  there.platform.faultRules.remove();
  expect((await patchCustomer('US-002', { SalesMemo: 'From there' })).status).toBe(204);
  expect((await customerRow('US-001')).CreditLimit).not.toBe(1001);
  expect((await accountOf('US-002')).description).not.toBe('From there');
  const { queued, status } = await detail();
  expect(status).toBe('Paused');
  expect(queued.map(({ from, key }) => `${from} ${key}`)).toEqual([
    'dataverse usmf|US-001',
    'finance-operations usmf|US-002',
  ]);
  await act('resume');
  await there.quiet();
  expect((await detail()).status).toBe('Running');
  expect((await customerRow('US-001')).CreditLimit).toBe(1001);
  expect((await accountOf('US-002')).description).toBe('From there');
});

test('the replay keeps the full sequence: A, B, C is written as B, then C', async () => {
  await act('pause');
  for (const creditlimit of [10, 20, 30]) await patchAccount('US-001', { creditlimit });
  const written: unknown[] = [];
  there.platform.financeOperations.beforeCommit(async (changes) => {
    for (const { after } of changes) written.push(after?.['CreditLimit']);
  });
  await act('resume');
  await there.quiet();
  expect(written).toEqual([10, 20, 30]);
});

test('changes made while it catches up are written after those before them', async () => {
  await act('pause');
  for (let value = 1; value <= 20; value++) await patchAccount('US-001', { creditlimit: value });
  await act('resume');
  await patchAccount('US-001', { creditlimit: 999 });
  await there.quiet();
  expect((await customerRow('US-001')).CreditLimit).toBe(999);
});

test('deletions are queued and replayed too', async () => {
  await there.financeOperations('POST', 'CustomersV3?cross-company=true', {
    body: {
      ...{ dataAreaId: 'usmf', CustomerAccount: 'US-960', OrganizationName: 'Gone soon' },
      ...{ CustomerGroupId: '10', SalesCurrencyCode: 'USD' },
    },
  });
  await act('pause');
  const { accountid } = await accountOf('US-960');
  expect((await there.dataverse('DELETE', `accounts(${accountid})`)).status).toBe(204);
  expect((await there.financeOperations('GET', customer('US-960'))).status).toBe(200);
  await act('resume');
  await there.quiet();
  expect((await there.financeOperations('GET', customer('US-960'))).status).toBe(404);
});

describe('a change that fails when the map is resumed', () => {
  let limit = 50;
  beforeEach(async () => {
    await act('pause');
    limit += 1;
    await patchAccount('US-001', { creditlimit: limit });
    await patchAccount('US-002', { description: 'sixty' });
    await there.platform.financeOperations.command('refuse-credit-limit', {
      company: 'usmf',
      customerAccount: 'US-001',
    });
    await act('resume');
    await there.quiet();
  });

  test('stays under catch-up errors with its message; the others are written and the map runs', async () => {
    const { status, failed, catchUpErrors } = await detail();
    expect([status, catchUpErrors]).toEqual(['Running', 1]);
    expect(failed).toMatchObject([{ key: 'usmf|US-001', retryStatus: 'Failed' }]);
    expect(failed[0]!.error).toMatch(/Write failed for entity Customers V3/);
    expect((await customerRow('US-002')).SalesMemo).toBe('sixty');
  });

  test('is retried', async () => {
    await there.platform.financeOperations.command('allow-credit-limit', {
      company: 'usmf',
      customerAccount: 'US-001',
    });
    const { failed } = await detail();
    expect((await act('retry', { sequences: [failed[0]!.sequence] })).retried).toBe(1);
    await there.quiet();
    expect((await customerRow('US-001')).CreditLimit).toBe(limit);
    expect(await detail()).toMatchObject({ status: 'Running', catchUpErrors: 0 });
  });

  test('is purged after a day', async () => {
    there.platform.clock.advance(limits.catchUpErrorMs + 1000);
    expect(await detail()).toMatchObject({ failed: [] });
  });

  test('can be deleted', async () => {
    const { failed } = await detail();
    await act('discard', { sequences: [failed[0]!.sequence] });
    expect((await detail()).failed).toEqual([]);
  });
});

describe('a pause that reaches a limit blocks further writes until it is resumed', () => {
  test('after seven days', async () => {
    await act('pause');
    there.platform.clock.advance(7 * day - 60_000);
    expect((await patchAccount('US-001', { creditlimit: 1 })).status).toBe(204);
    there.platform.clock.advance(2 * 60_000);
    const { status, body } = await patchAccount('US-001', { creditlimit: 2 });
    expect([status, body.error.message]).toEqual([400, expect.stringContaining('a pause lasts 7 days at most')]);
    expect((await patchCustomer('US-001', { CreditLimit: 3 })).status).toBe(400);
    await act('resume');
    await there.quiet();
    expect((await patchAccount('US-001', { creditlimit: 4 })).status).toBe(204);
  });

  test('after one gigabyte', async () => {
    await act('pause');
    await patchAccount('US-001', { creditlimit: 1 });
    there.platform.database.run('update "emulator$dual_write_queue" set bytes = ?', [limits.queueBytes]);
    const { status, body } = await patchAccount('US-001', { creditlimit: 2 });
    expect([status, body.error.message]).toEqual([400, expect.stringContaining('1 GB at most')]);
  });
});

// Section 5.3: Running offers Stop and Pause, Paused offers Run, Initializing and Resuming none.
test.each([
  ['Running', ['stop', 'pause'], ['start', 'resume', 're-run', 'skip-initial-write', 'save']],
  ['Paused', ['resume'], ['stop', 'pause', 'start', 'initial-write', 'save']],
  ['Not running', ['start', 'initial-write', 'save'], ['stop', 'pause', 'resume', 'retry']],
])(
  'in the status %s other actions than %j are refused with 409 and nothing changes',
  async (status, _allowed, refused) => {
    if (status === 'Paused') await act('pause');
    if (status === 'Not running') await act('stop');
    for (const verb of refused) {
      await expect(act(verb)).rejects.toMatchObject({ wire: { status: 409, code: 'WrongState' } });
      expect((await detail()).status).toBe(status);
    }
  },
);

test('a stopped map carries nothing, keeps no queue, and its runtime row is gone', async () => {
  const runtime = async () =>
    (await there.dataverse('GET', "msdyn_dualwriteruntimeconfigs?$filter=msdyn_internalentityname eq 'account'")).body
      .value;
  expect(await runtime()).toHaveLength(1);
  expect(JSON.parse((await runtime())[0].msdyn_unsecure).EntityMapVersion).toEqual({
    Major: 1,
    Minor: 0,
    Build: 0,
    Revision: 4,
  });
  await act('stop');
  expect(await runtime()).toEqual([]);
  await patchAccount('US-001', { creditlimit: 4444 });
  expect((await customerRow('US-001')).CreditLimit).not.toBe(4444);
  await act('start');
  expect(await runtime()).toHaveLength(1);
});

// Section 5.3: alerts, e.g. 10 application errors within 15 minutes → e-mail and optionally Pause or Stop.
describe('alert settings', () => {
  const setting = {
    name: 'Trouble',
    errorType: 'Application error',
    count: 3,
    minutes: 15,
    emails: 'a@contoso.example, b@contoso.example',
    action: 'Pause',
  };
  const failOnce = async () => {
    expect((await patchAccount('US-001', { creditlimit: Math.random() * 1000 })).status).toBe(400);
    await there.quiet();
  };
  beforeEach(async () => {
    await act('alerts', { settings: [setting] });
    await there.platform.financeOperations.command('refuse-credit-limit', {
      company: 'usmf',
      customerAccount: 'US-001',
    });
  });

  test('take effect when the map is started again', async () => {
    for (let time = 0; time < 4; time++) await failOnce();
    expect((await detail()).status).toBe('Running');
    expect(mails()).toEqual([]);
  });

  test('tell by e-mail and pause the map when the threshold is reached; changes are queued from then on', async () => {
    await act('stop');
    await act('start');
    await failOnce();
    await failOnce();
    expect((await detail()).status).toBe('Running');
    await failOnce();
    expect((await detail()).status).toBe('Paused');
    expect(mails()).toMatchObject([
      { channel: 'mail', to: ['a@contoso.example', 'b@contoso.example'], subject: expect.stringContaining('Trouble') },
    ]);
    expect((await patchAccount('US-001', { creditlimit: 1 })).status).toBe(204);
    expect((await detail()).activities[0]!.what).toBe('Paused by the alert "Trouble"');
  });

  test('count the errors of their time only', async () => {
    await act('stop');
    await act('start');
    await failOnce();
    await failOnce();
    there.platform.clock.advance(16 * 60_000);
    await failOnce();
    expect((await detail()).status).toBe('Running');
  });

  test.each([
    [{ ...setting, count: 0 }, /count/],
    [{ ...setting, errorType: 'Any' }, /errorType/],
    [{ ...setting, emails: 'nobody' }, /no e-mail address/],
    [{ ...setting, action: 'Explode' }, /action/],
    [{ ...setting, name: ' ' }, /name/],
  ])('%# are refused with what is wrong', async (settings, message) => {
    await expect(act('alerts', { settings: [settings] })).rejects.toThrow(message);
    expect((await detail()).alerts).toMatchObject([{ name: 'Trouble', count: 3 }]);
  });
});
