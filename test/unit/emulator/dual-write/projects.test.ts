import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, 5.3 and 5.4: `DualWriteProjectConfigurations`, two rows for each map that is started.
let there: TestPlatform;
const map = 'accounts - Customers V3';
beforeAll(async () => {
  there = await aPlatform();
}, 120_000);
afterAll(() => there.close());

const act = (verb: string, given: object = {}) =>
  there.platform.dualWrite.act(map, verb, given as Record<string, unknown>);
const projects = async (filter = "InternalEntityName eq 'Customers V3' and ExternalEntityName eq 'accounts'") =>
  (
    await there.financeOperations(
      'GET',
      `DualWriteProjectConfigurations?$filter=${encodeURIComponent(filter)}&$orderby=ProjectName`,
    )
  ).body.value;
const partitions = async () =>
  (
    await there.financeOperations(
      'GET',
      `DualWriteProjectPartitionMappings?$filter=${encodeURIComponent(`ProjectName eq '${map}'`)}&$orderby=ExternalCompanyName`,
    )
  ).body.value.map((row: Record<string, string>) => [row['ExternalCompanyName'], row['InternalCompanyName']]);

test('a map that runs has two rows, one of them for deletions, with its sides, key, filter and fields', async () => {
  const [written, deleted] = await projects();
  expect(written).toMatchObject({
    ProjectName: map,
    ExternalLogicalEntityName: 'account',
    ExternalEnvironmentUrl: there.origin,
    Status: 'Enabled',
    AsyncMode: 'None',
    IntegrationKey: 'accountnumber,msdyn_company.cdm_companycode',
    QueryFilterExpression: '((PartyType == "Organization"))',
    IsDelete: 'No',
    IsDebugMode: 'No',
  });
  expect(JSON.parse(written.FieldMap)).toMatchObject({ accountnumber: 'CUSTOMERACCOUNT', creditlimit: 'CREDITLIMIT' });
  expect(deleted).toMatchObject({ ProjectName: `${map} Delete`, IsDelete: 'Yes', Status: 'Enabled' });
});

test('a pause is queueing, a map that is stopped has no rows', async () => {
  const statuses = async () => (await projects()).map((row: Record<string, string>) => row['Status']);
  await act('pause');
  expect(await statuses()).toEqual(['Queueing', 'Queueing']);
  await act('resume');
  await there.quiet();
  expect(await statuses()).toEqual(['Enabled', 'Enabled']);
  await act('stop');
  expect(await statuses()).toEqual([]);
  await act('start');
  expect(await statuses()).toEqual(['Enabled', 'Enabled']);
});

test('company pairs are those enabled for dual-write; a map without companies has none', async () => {
  const before = await partitions();
  expect(before).toEqual([
    ['demf', 'demf'],
    ['usmf', 'usmf'],
  ]);
  const body = { cdm_companycode: 'frsi', cdm_name: 'Contoso France', cdm_isenabledfordualwrite: true };
  expect((await there.dataverse('POST', 'cdm_companies', { body })).status).toBe(204);
  expect(await partitions()).toContainEqual(['frsi', 'frsi']);
  const [currencies] = await projects("ExternalEntityName eq 'transactioncurrencies'");
  expect(currencies).toMatchObject({ PartitionMap: '{}', IntegrationKey: 'isocurrencycode' });
});

// What an administrator may put right: dual-write-troubleshooting-live-sync; what follows is in error-texts.test.ts.
test('the address and the debug mode may be written, and nothing else; no row is made by hand', async () => {
  const key = `DualWriteProjectConfigurations('${encodeURIComponent(map)}')`;
  expect((await there.financeOperations('PATCH', key, { body: { IsDebugMode: 'Yes' } })).status).toBe(204);
  expect((await projects())[0].IsDebugMode).toBe('Yes');
  const other = await there.financeOperations('PATCH', key, { body: { Status: 'Disabled' } });
  expect([other.status, other.body.error.innererror.message]).toEqual([
    400,
    expect.stringContaining("'Status' is set"),
  ]);
  const made = await there.financeOperations('POST', 'DualWriteProjectConfigurations', {
    body: { ProjectName: 'Mine' },
  });
  expect([made.status, made.body.error.message]).toEqual([405, expect.stringContaining('DualWriteProject')]);
});
