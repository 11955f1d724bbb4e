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

test('a virtual table over temporary tables is not read in pages, though row by row; others are', async () => {
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
  expect((await there.dataverse('GET', row)).status).toBe(200);
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
  const [group] = (await there.financeOperations('GET', groups)).body.value;
  const path = `${groups}('${group.CreditLimitId}')`;
  const write = async (Description: string) => {
    const { status, body } = await there.financeOperations('PATCH', path, { body: { Description } });
    return status === 204 ? 204 : `${status} ${body.error.innererror.message}`;
  };
  await switchKey(false);
  expect(await write('nobody listens')).toBe(204);
  const registration = {
    name: 'x',
    entityname: 'mserp_credmancreditlimitcustgroupentity',
    message: 3,
    scope: 4,
    url: `${there.receiver}/x`,
  };
  expect((await there.dataverse('POST', 'callbackregistrations', { body: registration })).status).toBe(204);
  expect(await write('somebody does')).toMatch(
    /^400 .*Cannot execute a data definition language command on .* \(CredManCreditLimitCustGroupEntity\)\.$/,
  );
  expect((await there.financeOperations('GET', path)).body.Description).toBe('nobody listens');
  await switchKey(true);
  expect(await write('again')).toBe(204);
  await there.quiet();
  expect(there.received).toHaveLength(1);
});

test('there is no key behind a data entity there is not', async () => {
  await expect(switchKey(false, 'Nothing')).rejects.toThrow(/no data entity 'Nothing'/);
});
