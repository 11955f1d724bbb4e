import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, 8 item 12: `doUpdate`, set-based operations and `skipBusinessEvents(true)` are invisible to dual-write
// and to events ("Best practices for custom dual-write", custom-best-practices).
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
  const registration = {
    ...{ name: 'x', entityname: 'mserp_custcustomerv3entity', message: 3, scope: 4 },
    url: `${there.receiver}/changed`,
  };
  expect((await there.dataverse('POST', 'callbackregistrations', { body: registration })).status).toBe(204);
}, 120_000);
afterAll(() => there.close());

const path = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
const job = (by: string, field: string, value: string) =>
  there.platform.financeOperations.command('run-update-job', {
    ...{ company: 'usmf', customerAccount: 'US-001' },
    ...{ field, value, by },
  });
const customer = async () => (await there.financeOperations('GET', path)).body;
const account = async () =>
  (await there.dataverse('GET', "accounts?$select=creditlimit,description&$filter=accountnumber eq 'US-001'")).body
    .value[0];

test.each(['doUpdate', 'update_recordset', 'skipBusinessEvents'])(
  '%s writes the row; Dataverse and those who listen to events do not hear of it',
  async (by) => {
    const { creditlimit, description } = await account();
    const before = there.received.length;
    expect(await job(by, 'CreditLimit', '4321')).toMatchObject({ updated: 1 });
    await job(by, 'SalesMemo', by);
    await there.quiet();
    expect(await customer()).toMatchObject({ CreditLimit: 4321, SalesMemo: by });
    expect(await account()).toMatchObject({ creditlimit, description });
    expect(there.received).toHaveLength(before);
    await job(by, 'CreditLimit', '2000');
  },
);

test('update is heard of, with what was written past it before', async () => {
  await job('doUpdate', 'CreditLimit', '2222');
  await job('update', 'SalesMemo', 'told');
  await there.quiet();
  expect(await account()).toMatchObject({ description: 'told', creditlimit: 2222 });
  expect(there.received).toHaveLength(1);
});

test('the rules of a customer hold for update and skipBusinessEvents, not for what writes the table', async () => {
  for (const by of ['update', 'skipBusinessEvents'])
    await expect(job(by, 'CustomerGroupId', 'none')).rejects.toThrow(/'none' in field 'Customer group' is not found/);
  await job('doUpdate', 'CustomerGroupId', 'none');
  expect((await customer()).CustomerGroupId).toBe('none');
});

test.each([
  ['OnHoldStatus', 'Perhaps', /'OnHoldStatus' is one of No, Invoice/],
  ['CreditLimit', 'much', /'CreditLimit' is a number, not 'much'/],
  ['PartyNumber', 'x', /'field' is one of/],
])('%s is not %s', async (field, value, words) => {
  await expect(job('doUpdate', field, value)).rejects.toThrow(words);
});
