import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, section 5.1 "Asynchronous mode"; dual-write-async.md.
let there: TestPlatform;
const map = 'accounts - Customers V3';
const act = (verb: string, given: object = {}) =>
  there.platform.dualWrite.act(map, verb, given as Record<string, unknown>);
const setAsync = async (on: boolean) => {
  await act('stop');
  await act('async', { on });
  await act('start');
};
beforeAll(async () => {
  there = await aPlatform();
  await setAsync(true);
}, 120_000);
afterAll(() => there.close());

const key = `CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true`;
const limit = async () => (await there.financeOperations('GET', key)).body.CreditLimit;
const account = async () => (await there.dataverse('GET', "accounts?$filter=accountnumber eq 'US-001'")).body.value[0];
const save = async (creditlimit: number) =>
  there.dataverse('PATCH', `accounts(${(await account()).accountid})`, { body: { creditlimit } });
const detail = () => there.platform.dualWrite.map(map);

test('a save does not wait for the other side, which has it soon after, in order, both ways', async () => {
  there.platform.faultRules.add({
    ...{ id: 'down', where: 'finance-operations', match: { method: 'PATCH' }, when: 'before' },
    effect: { status: 503 },
    times: 1,
  });
  for (const value of [11, 12, 13]) expect((await save(value)).status).toBe(204);
  await there.quiet();
  expect(await limit()).toBe(13);
  expect(await detail()).toMatchObject({ status: 'Running', catchUpErrors: 1 });
  expect((await there.financeOperations('PATCH', key, { body: { CreditLimit: 14 } })).status).toBe(204);
  await there.quiet();
  expect((await account()).creditlimit).toBe(14);
});

test('what the other side refuses does not undo the save, and can be retried', async () => {
  const { financeOperations } = there.platform;
  const us001 = { company: 'usmf', customerAccount: 'US-001' };
  await act('discard', { sequences: (await detail()).failed.map(({ sequence }) => sequence) });
  await financeOperations.command('refuse-credit-limit', us001);
  expect((await save(99)).status).toBe(204);
  await there.quiet();
  expect((await account()).creditlimit).toBe(99);
  const [failed] = (await detail()).failed;
  expect(failed!.error).toMatch(/Write failed for entity Customers V3/);
  await financeOperations.command('allow-credit-limit', us001);
  await act('retry');
  await there.quiet();
  expect(await limit()).toBe(99);
});

test('its project says RequiredAsync; the mode is changed while the map is stopped', async () => {
  const mode = async () =>
    (await there.financeOperations('GET', `DualWriteProjectConfigurations('${encodeURIComponent(map)}')`)).body
      .AsyncMode;
  expect(await mode()).toBe('RequiredAsync');
  await expect(act('async', { on: false })).rejects.toMatchObject({ wire: { status: 409 } });
  await act('stop');
  await expect(act('async', { on: 'yes' })).rejects.toThrow('on is true for asynchronous mode');
  await act('start');
  await setAsync(false);
  expect(await mode()).toBe('None');
  expect((await save(100)).status).toBe(204);
  expect(await limit()).toBe(100);
});
