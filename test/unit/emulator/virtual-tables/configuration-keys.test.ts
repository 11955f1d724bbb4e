import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, 2.8 "Paging over temporary tables", 2.9 "Config key off", 8 item 18.
const set = 'mserp_credmancreditlimitcustgroupentities';
const groups = 'CustomerCreditGroups';
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
});
afterAll(() => there.close());

const switchKey = (enabled: boolean, dataEntity = 'CredManCreditLimitCustGroupEntity') =>
  there.platform.financeOperations.command('switch-configuration-key', { dataEntity, enabled });
const listed = () => there.dataverse('GET', `${set}?$select=mserp_creditlimitid`);

test('a virtual table over temporary tables is not read in pages, and row by row it holds nothing; others are read', async () => {
  const before = (await listed()).body.value as Record<string, string>[];
  expect(before.length).toBeGreaterThan(0);
  await switchKey(false);
  for (const query of ['', '?$top=1', "?$filter=mserp_creditlimitid eq 'x'"]) {
    const { status, body } = await there.dataverse('GET', set + query);
    expect([query, status, body.error.message]).toEqual([
      query,
      400,
      'Paging is not supported for queries with temporary tables.',
    ]);
  }
  const row = `${set}(${before[0]!['mserp_credmancreditlimitcustgroupentityid']})`;
  expect((await there.dataverse('GET', row)).status).toBe(404);
  const fresh = { mserp_creditlimitid: 'CG-NEW', mserp_currencycode: 'USD' };
  expect((await there.dataverse('POST', set, { body: fresh })).status).toBeGreaterThanOrEqual(400);
  expect((await there.dataverse('GET', 'mserp_custcustomerv3entities?$top=1')).status).toBe(200);
  const metadata = async () =>
    (
      await there.platform.handleFinanceOperations({
        method: 'GET',
        url: "/metadata/PublicEntities('CustomerCreditGroup')",
        headers: {},
        body: Buffer.alloc(0),
      })
    ).body.toString();
  expect(JSON.parse(await metadata()).ConfigurationEnabled).toBe(false);
  await switchKey(true);
  expect(JSON.parse(await metadata()).ConfigurationEnabled).toBe(true);
  expect((await listed()).body.value).toEqual(before);
});

test('with a data event on it, its rows cannot be written', async () => {
  const description = async () =>
    (await there.financeOperations('GET', `${groups}('CG-T')`)).body.Description as string;
  // Logic of finance and operations goes on to write them.
  const write = (text: string) =>
    there.platform.financeOperations
      .command('set-credit-group', { company: 'usmf', customerAccount: 'US-001', group: 'CG-T', description: text })
      .then(
        () => 'written',
        (error: Error) => error.message,
      );
  expect(await write('at first')).toBe('written');
  await switchKey(false);
  expect(await write('nobody listens')).toBe('written');
  const registration = {
    name: 'x',
    entityname: 'mserp_credmancreditlimitcustgroupentity',
    message: 3,
    scope: 4,
    url: `${there.receiver}/x`,
  };
  expect((await there.dataverse('POST', 'callbackregistrations', { body: registration })).status).toBe(204);
  expect(await write('somebody does')).toMatch(
    /^Cannot execute a data definition language command on .* \(CredManCreditLimitCustGroupEntity\)\.$/,
  );
  await switchKey(true);
  expect(await description()).toBe('nobody listens');
  expect(await write('again')).toBe('written');
  await there.quiet();
  expect(there.received).toHaveLength(1);
});

test('there is no key behind a data entity there is not', async () => {
  await expect(switchKey(false, 'Nothing')).rejects.toThrow(/no data entity 'Nothing'/);
});
