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

// finance-operations reference, 5.1 (enums) and 5.4: `DualWriteAsyncLogs`, `DualWriteAsyncRefErrorLogs`.
describe('what waits in finance and operations', () => {
  const rows = async (set: string) => (await there.financeOperations('GET', `${set}?cross-company=true`)).body.value;
  const change = (CreditLimit: number) => there.financeOperations('PATCH', key, { body: { CreditLimit } });
  const dataverseIsDown = (times: number) =>
    there.platform.dataverse.registerStep({
      ...{ name: 'Refuses', message: 'Update', table: 'account', stage: 20 },
      run: async () => {
        if (times-- > 0) throw new Error('Not now.');
      },
    });

  test('is in the log of its reason, then gone', async () => {
    await act('pause');
    expect((await change(501)).status).toBe(204);
    expect(await rows('DualWriteAsyncLogs')).toMatchObject([
      {
        ...{ dataAreaId: 'usmf', UniqueEntityName: 'CustCustomerV3Entity', IsInsert: 'No' },
        ...{ EnqueueReasonCode: 'ResumeSync', SyncExecutionId: map },
      },
    ]);
    await act('resume');
    await there.quiet();
    expect(await rows('DualWriteAsyncLogs')).toEqual([]);
    expect((await account()).creditlimit).toBe(501);
  });

  test('is in the log of errors when it was refused, with its kind, until it is retried', async () => {
    await setAsync(true);
    dataverseIsDown(2);
    expect((await change(502)).status).toBe(204);
    await there.quiet();
    expect(await rows('DualWriteAsyncLogs')).toEqual([]);
    const [failed] = await rows('DualWriteAsyncRefErrorLogs');
    expect(failed).toMatchObject({
      ...{ UniqueEntityName: 'CustCustomerV3Entity', MarkForRetry: 'No', dataAreaId: 'usmf' },
      ...{ SynchErrorType: expect.stringMatching(/^(System|Application)Failure$/) },
      DVErrorLogReference: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(failed.SourceKey).toBe((await detail()).failed[0]!.sequence);
    expect(failed.EntityRefRecId).toBeGreaterThan(0);
    await act('retry');
    await there.quiet();
    expect(await rows('DualWriteAsyncRefErrorLogs')).toMatchObject([{ SourceKey: failed.SourceKey }]);
    await act('retry');
    await there.quiet();
    expect(await rows('DualWriteAsyncRefErrorLogs')).toEqual([]);
    expect((await account()).creditlimit).toBe(502);
  });

  test('is forgotten with a map that is stopped; nobody writes the logs by hand', async () => {
    dataverseIsDown(1);
    await change(503);
    await there.quiet();
    expect(await rows('DualWriteAsyncRefErrorLogs')).toHaveLength(1);
    await act('stop');
    expect(await rows('DualWriteAsyncRefErrorLogs')).toEqual([]);
    const made = await there.financeOperations('POST', 'DualWriteAsyncLogs', { body: { RowId: 1 } });
    expect(made.status).toBe(405);
  });
});
