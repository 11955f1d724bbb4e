import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, "Solutions and tables that appear in Dataverse": the requests are those of the functions named.
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
}, 180_000);
afterAll(() => there.close());

const annotated = { Prefer: 'odata.include-annotations=*', Accept: 'application/json;odata.metadata=minimal' };
const get = (path: string, as?: string) => there.dataverse('GET', path, { headers: annotated, as });
const versions = async () =>
  JSON.parse((await get('msprov_getfnoversiondetails')).body.Response) as { value: string }[];
const queue = (payload: string, as?: string) =>
  there.dataverse('POST', 'msprov_queuefnoinstallorupdate', { body: { payload }, as });
const history = async () => (await get('msprov_operationhistories')).body.value as Record<string, unknown>[];
const details = async () => (await get('msprov_getfinopsapplicationdetails')).body;
const pass = async (minutes: number) => {
  there.platform.clock.advance(minutes * 60_000);
  await there.quiet();
};

describe('what clients of the provisioning app ask for', () => {
  // Get-UdeEnvironment.
  it('is the version, state and type of the environment', async () => {
    expect(await details()).toMatchObject({
      applicationversion: expect.stringMatching(/^10\.0\.\d+\.\d+$/),
      platformversion: expect.any(String),
      finopsenvironmentstate: 'Running',
      applicationdeploymenttype: 'Sandbox',
    });
  });

  // Get-PpacD365PlatformUpdate sorts by `value` and shows its first seven characters as the platform.
  it('is which versions it may be updated to', async () => {
    const found = await versions();
    expect(found.length).toBeGreaterThan(1);
    for (const { value } of found) expect(value).toMatch(/^10\.0\.\d\d\.\d+$/);
    expect(found.map(({ value }) => value)).not.toContain((await details()).applicationversion);
  });

  // Invoke-PpacD365PlatformUpdate puts its whole row into the payload; Get-PpacD365OperationHistory reads it again.
  it('is an update, which is in the history, and ends an hour later with the new version', async () => {
    const [next, last] = await versions();
    const admin = 'admin@fnoconnect.example';
    const text = `ApplicationVersion=@{EnvironmentId=env; Version=${next!.value}; Platform=${next!.value.slice(0, 7)}}`;
    expect((await queue(text, admin)).status).toBe(204);
    const [operation] = await history();
    const properties = JSON.parse(String(operation!['msprov_operationproperties'])) as Record<string, string>;
    expect(properties['Payload']!.split('|')[0]!.split('=')[1]).toBe(next!.value);
    expect(operation).toMatchObject({
      msprov_name: expect.any(String),
      msprov_description: expect.stringContaining(next!.value),
      msprov_correlationid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      msprov_operationhistoryid: expect.any(String),
      '_createdby_value@OData.Community.Display.V1.FormattedValue': 'Alex Admin',
      'msprov_startedon@OData.Community.Display.V1.FormattedValue': expect.any(String),
      'statuscode@OData.Community.Display.V1.FormattedValue': 'Running',
      'statecode@OData.Community.Display.V1.FormattedValue': 'Active',
      versionnumber: expect.any(Number),
    });
    expect((await details()).finopsenvironmentstate).toBe('Updating');
    const second = await queue(`ApplicationVersion=${last!.value}`);
    expect([second.status, second.body.error.message]).toEqual([400, expect.stringContaining('under way')]);
    await pass(59);
    expect((await details()).finopsenvironmentstate).toBe('Updating');
    await pass(1);
    expect(await details()).toMatchObject({
      applicationversion: next!.value,
      finopsenvironmentstate: 'Running',
    });
    expect((await versions()).map(({ value }) => value)).toEqual([last!.value]);
    const states = (await history()).map((row) => row['statuscode@OData.Community.Display.V1.FormattedValue']);
    expect(new Set(states)).toEqual(new Set(['Succeeded']));
  });

  it('refuses a version there is not', async () => {
    const { status, body } = await queue('ApplicationVersion=1.2.3.4');
    expect([status, body.error.message]).toEqual([400, expect.stringContaining('names no version')]);
  });

  // Get-UdeEnvironmentPackage and Get-UdeEnvironmentModule.
  it('is which packages were deployed, and modules', async () => {
    const before = (await get('msprov_fnopackages')).body.value.length;
    await there.platform.financeOperations.command('deploy-package', {});
    await there.quiet();
    const { value } = (await get('msprov_fnopackages')).body;
    expect(value).toHaveLength(before + 1);
    const shown = 'OData.Community.Display.V1.FormattedValue';
    expect(value.at(-1)).toMatchObject({
      msprov_name: expect.any(String),
      msprov_fnopackageid: expect.any(String),
      [`_createdby_value@${shown}`]: 'SYSTEM',
      [`_modifiedby_value@${shown}`]: 'SYSTEM',
      [`msprov_packagetype@${shown}`]: 'Deployable package',
      [`msprov_buildtype@${shown}`]: 'Release',
      [`msprov_dbsyncoptions@${shown}`]: 'Full',
      [`statuscode@${shown}`]: 'Active',
    });
    expect((await get('msprov_fnomodules')).body.value).toEqual([]);
  });
});

// "Virtual entity data source: row named Finance and Operations" (admin-reference).
describe('the data source', () => {
  const id = '47c40dcb-35d6-e911-a95e-000d3a110bbd';
  const row = () => there.dataverse('GET', `msdyn_financeandoperationsvirtualentities(${id})`);

  it('is there with the link, and says what it connects to', async () => {
    expect((await row()).body).toMatchObject({
      msdyn_name: 'Finance and Operations',
      msdyn_targeturl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      msdyn_oauthurl: 'https://login.windows.net/',
      msdyn_tenantid: (await there.dataverse('GET', 'RetrieveFinanceAndOperationsIntegrationDetails()')).body.TenantId,
      msdyn_aadapplicationid: '61a0518c-121a-421a-9ad6-f0955a88be43',
      msdyn_aadapplicationsecret: null,
      msdyn_aadresource: '00000015-0000-0000-c000-000000000000',
    });
    expect((await there.dataverse('GET', 'msdyn_financeandoperationsvirtualentities')).body.value).toHaveLength(1);
  });

  it('is that of every virtual table, with its provider', async () => {
    const { body } = await there.dataverse('GET', 'entitydatasources?$expand=entitydataproviderid');
    expect(body.value).toEqual([
      expect.objectContaining({
        name: 'Finance and Operations',
        entityname: 'msdyn_financeandoperationsvirtualentity',
        entitydataproviderid: expect.objectContaining({
          datasourcelogicalname: 'msdyn_financeandoperationsvirtualentity',
        }),
      }),
    ]);
    const [source] = body.value;
    for (const table of ['mserp_custcustomerv3entity', 'mserp_financeandoperationsentity'])
      expect((await there.dataverse('GET', `EntityDefinitions(LogicalName='${table}')`)).body).toMatchObject({
        DataSourceId: source.entitydatasourceid,
        DataProviderId: source.entitydataproviderid.entitydataproviderid,
      });
  });

  it('is there once after a restart', async () => {
    await there.platform.begin();
    expect((await there.dataverse('GET', 'entitydatasources')).body.value).toHaveLength(1);
  });

  it('goes and comes with the link, as the messages do', async () => {
    await there.platform.link.act('delete');
    await there.quiet();
    expect((await row()).status).toBe(404);
    for (const set of ['entitydatasources', 'entitydataproviders'])
      expect((await there.dataverse('GET', set)).body.value).toEqual([]);
    for (const answer of [
      await get('msprov_getfinopsapplicationdetails'),
      await get('msprov_getfnoversiondetails'),
      await queue('ApplicationVersion=10.0.46.2'),
    ])
      expect([answer.status, answer.body.error.code]).toEqual([400, '0x80048d0b']);
    await there.platform.link.act('start', { user: 'admin@fnoconnect.example' });
    await pass(75);
    expect((await row()).status).toBe(200);
    expect((await get('msprov_getfinopsapplicationdetails')).status).toBe(200);
  });
});
