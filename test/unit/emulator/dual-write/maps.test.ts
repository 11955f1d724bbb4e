import { readMaps } from '../../../../emulator/first-party.ts';
import type { MapDefinition } from '../../../../emulator/dual-write/index.ts';
import { problemsOf } from '../../../../emulator/dual-write/validate-map.ts';
import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
}, 120_000);
afterAll(() => there.close());

const name = 'accounts - Customers V3';
const groups = 'msdyn_customergroups - Customer groups';
const act = (map: string, verb: string, given: object = {}) =>
  there.platform.dualWrite.act(map, verb, given as Record<string, unknown>);
const rowsOf = async (filter: string) =>
  (await there.dataverse('GET', `msdyn_dualwriteentitymaps?$filter=${encodeURIComponent(filter)}`)).body.value;

// finance-operations reference, section 5.4 "Where things are stored".
describe('the maps that come with the platform', () => {
  const shipped = readMaps();

  test.each(shipped.map((map) => [`${map.displayName} ${map.version}`, map] as const))(
    '%s is a row of Dataverse',
    async (_title, map) => {
      const [row] = await rowsOf(`msdyn_displayname eq '${map.displayName}' and msdyn_version eq '${map.version}'`);
      expect(row.msdyn_name).toBe(`${map.publisher}_[${map.displayName}]`);
      expect(JSON.parse(row.msdyn_mapping)).toEqual(map.mapping);
      expect(JSON.parse(row.msdyn_properties)).toMatchObject({ IsDualWriteProject: true });
    },
  );

  test.each(shipped.map((map) => [`${map.displayName} ${map.version}`, map] as const))(
    '%s has nothing wrong with it',
    (_title, map) => {
      const { dataverse, financeOperations } = there.platform;
      expect(problemsOf(map, dataverse.metadata, financeOperations.entities, true)).toEqual([]);
    },
  );
});

describe('a version a maker saves', () => {
  const copy = (change: (map: MapDefinition['mapping']) => void, of = name) => {
    const mapping = JSON.parse(
      JSON.stringify(readMaps().find((map) => map.displayName === of)!.mapping),
    ) as MapDefinition['mapping'];
    change(mapping);
    return mapping;
  };
  const leg = (mapping: MapDefinition['mapping']) =>
    mapping.legs[0] as {
      -readonly [K in keyof MapDefinition['mapping']['legs'][number]]: MapDefinition['mapping']['legs'][number][K];
    };

  test('needs the map to be stopped, a publisher and a version that is not there', async () => {
    await expect(act(groups, 'save', { publisher: 'Contoso', version: '1.0.0.9' })).rejects.toMatchObject({
      wire: { status: 409 },
    });
    await act(groups, 'stop');
    await expect(act(groups, 'save', { publisher: 'Contoso' })).rejects.toThrow(/version/);
    await expect(act(groups, 'save', { version: '1.0.0.9' })).rejects.toThrow(/publisher/);
    await expect(act(groups, 'save', { publisher: 'Contoso', version: '1.0.0.0' })).rejects.toThrow(/there already/);
  });

  test('becomes a row, and runs when it is started', async () => {
    const mapping = copy((map) => {
      leg(map).reversedSourceFilter = "startswith(msdyn_groupid,'Z')";
    }, groups);
    await act(groups, 'save', { publisher: 'Contoso', version: '1.0.0.9', mapping });
    const [row] = await rowsOf("msdyn_version eq '1.0.0.9'");
    expect(row).toMatchObject({ msdyn_name: `Contoso_[${groups}]`, msdyn_displayname: groups });
    expect(await act(groups, 'start', { version: '1.0.0.9' })).toMatchObject({ status: 'Running', version: '1.0.0.9' });
    const [company] = (await there.dataverse('GET', "cdm_companies?$filter=cdm_companycode eq 'usmf'")).body.value;
    const bound = { 'msdyn_company@odata.bind': `cdm_companies(${company.cdm_companyid})` };
    for (const msdyn_groupid of ['Z1', 'A1'])
      expect(
        (await there.dataverse('POST', 'msdyn_customergroups', { body: { msdyn_groupid, ...bound } })).status,
      ).toBe(204);
    const { value } = (await there.financeOperations('GET', 'CustomerGroups?cross-company=true')).body;
    const ids = value.map(({ CustomerGroupId }: { CustomerGroupId: string }) => CustomerGroupId);
    expect(ids).toContain('Z1');
    expect(ids).not.toContain('A1');
  });

  test('that somebody has written as a row runs too, even as JSON text inside JSON', async () => {
    const mapping = copy(() => {}, groups);
    const body = {
      msdyn_name: `Fabrikam_[${groups}]`,
      msdyn_displayname: groups,
      msdyn_version: '9.9.9.9',
      msdyn_mapping: JSON.stringify(JSON.stringify(mapping)),
      msdyn_properties: '{}',
    };
    await there.dataverse('POST', 'msdyn_dualwriteentitymaps', { body });
    await act(groups, 'stop');
    expect(await act(groups, 'start', { version: '9.9.9.9' })).toMatchObject({ status: 'Running' });
  });

  // Section 5.5: codes DIPV1000 to DIPV1031.
  test.each<[string, (mapping: MapDefinition['mapping']) => void]>([
    ['DIPV1018', (map) => (leg(map).sourceSchema = 'Nothing')],
    ['DIPV1020', (map) => (leg(map).destinationSchema = 'nothings')],
    ['DIPV1002', (map) => (leg(map).destinationSchema = 'tasks')],
    ['DIPV1003', (map) => (leg(map).destinationSchema = 'tasks')],
    [
      'DIPV1014',
      (map) =>
        (leg(map).fieldMappings = leg(map).fieldMappings.filter(
          ({ destinationField }) => destinationField !== 'accountnumber',
        )),
    ],
    [
      'DIPV1004',
      (map) =>
        (leg(map).fieldMappings = leg(map).fieldMappings.map((one) =>
          one.destinationField === 'accountnumber' ? { ...one, syncDirection: 1 } : one,
        )),
    ],
    ['DIPV1012', (map) => (leg(map).reversedSourceFilter = 'nothing eq 3')],
    ['DIPV1012', (map) => (leg(map).reversedSourceFilter = 'customertypecode eq')],
    ['DIPV1012', (map) => (leg(map).sourceFilter = '((Nested.Field == 1))')],
    ['DIPV1011', (map) => (leg(map).fieldMappings = [...leg(map).fieldMappings, added('CREDITRATING', 'createdon')])],
    ['DIPV1021', (map) => (leg(map).fieldMappings = [...leg(map).fieldMappings, added('', 'fax')])],
    ['DIPV1022', (map) => (leg(map).fieldMappings = [...leg(map).fieldMappings, added('NOSUCHFIELD', 'sic')])],
    ['DIPV1023', (map) => (leg(map).fieldMappings = [...leg(map).fieldMappings, added('CREDITLIMIT', 'revenue')])],
    ['DIPV1024', (map) => (leg(map).fieldMappings = [...leg(map).fieldMappings, added('CREDITRATING', '')])],
    ['DIPV1025', (map) => (leg(map).fieldMappings = [...leg(map).fieldMappings, added('SALESMEMO', 'nosuchcolumn')])],
    ['DIPV1026', (map) => (leg(map).fieldMappings = [...leg(map).fieldMappings, added('ADDRESSCITY', 'description')])],
    ['DIPV1030', (map) => (leg(map).fieldMappings = [...leg(map).fieldMappings, added('ADDRESSCITY', 'revenue')])],
  ])('is refused with %s', async (code, change) => {
    if ((await there.platform.dualWrite.map(name)).status === 'Running') await act(name, 'stop');
    const mapping = copy(change);
    const refused = act(name, 'save', { publisher: 'Contoso', version: '2.0.0.0', mapping });
    await expect(refused).rejects.toMatchObject({ wire: { status: 400, code: 'InvalidTableMap' } });
    await expect(refused).rejects.toThrow(code);
    expect(await rowsOf("msdyn_version eq '2.0.0.0'")).toEqual([]);
  });
  test.each<[string, string, (mapping: MapDefinition['mapping']) => void]>([
    ['DIPV1019', name, (map) => (leg(map).destinationSchema = 'mserp_custcustomerv3entities')],
    [
      'DIPV1010',
      name,
      (map) =>
        (leg(map).fieldMappings = leg(map).fieldMappings.filter(
          ({ sourceField }) => sourceField !== 'CUSTOMERGROUPID',
        )),
    ],
    [
      'DIPV1015',
      'msdyn_partypostaladdresses - CDS Party postal address locations',
      (map) =>
        (leg(map).fieldMappings = leg(map).fieldMappings.map((one) =>
          one.sourceField === 'PARTYNUMBER' ? { ...one, destinationField: 'msdyn_partyid' } : one,
        )),
    ],
  ])('has the mistake %s', (code, of, change) => {
    const { dataverse, financeOperations } = there.platform;
    const shipped = readMaps().find((map) => map.displayName === of)!;
    const problems = (mapping: MapDefinition['mapping']) =>
      problemsOf({ ...shipped, mapping }, dataverse.metadata, financeOperations.entities, true).join(' ');
    expect(problems(shipped.mapping)).toBe('');
    expect(problems(copy(change, of))).toContain(code);
  });
  test('is refused by name when a leg leads to somewhere else than Dataverse', async () => {
    const mapping = copy(() => {});
    const further = { ...mapping.legs[0]!, sourceEnvironmentType: 'CRM', destinationEnvironmentType: 'SQL' };
    const refused = act(name, 'save', {
      publisher: 'Contoso',
      version: '2.0.0.0',
      mapping: { ...mapping, rightEnvironmentType: 'SQL', legs: [...mapping.legs, further] },
    });
    await expect(refused).rejects.toMatchObject({ wire: { status: 501 } });
    await expect(refused).rejects.toThrow("from 'CRM' to 'SQL'");
  });
  test('is refused without a leg, and says which leg is wrong', async () => {
    const mapping = copy(() => {});
    const save = (legs: readonly unknown[]) =>
      act(name, 'save', { publisher: 'Contoso', version: '2.0.0.0', mapping: { ...mapping, legs } });
    await expect(save([])).rejects.toThrow('DIPV1018: The map has no leg.');
    const [first] = mapping.legs;
    await expect(save([first, { ...first, reversedSourceFilter: 'nothing eq 3' }])).rejects.toThrow(
      /DIPV1012: [^\n]*\(leg 002\)/,
    );
  });
  const added = (sourceField: string, destinationField: string) =>
    ({ sourceField, destinationField, syncDirection: 3, valueTransforms: [] }) as const;
});

// Section 5.7: default >> customertypecode 3; value maps; 5.5: one way and both ways.
describe('transforms', () => {
  test('values are mapped both ways, and defaults fill what has no source', async () => {
    const key = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
    if ((await there.platform.dualWrite.map(name)).status !== 'Running')
      await act(name, 'start', { version: '1.0.0.4' });
    await there.financeOperations('PATCH', key, { body: { OnHoldStatus: 'Payment', IsOneTimeCustomer: 'Yes' } });
    const account = async () =>
      (await there.dataverse('GET', "accounts?$filter=accountnumber eq 'US-001'")).body.value[0];
    expect(await account()).toMatchObject({
      msdyn_onholdstatus: 806380003,
      msdyn_onetimecustomer: true,
      customertypecode: 3,
    });
    const { accountid } = await account();
    await there.dataverse('PATCH', `accounts(${accountid})`, {
      body: { msdyn_onholdstatus: 806380002, msdyn_onetimecustomer: false },
    });
    const { body } = await there.financeOperations('GET', key);
    expect(body).toMatchObject({ OnHoldStatus: 'All', IsOneTimeCustomer: 'No', PartyType: 'Organization' });
  });
});

test('the related maps of a map are those whose tables it looks things up in; they can be started with it', async () => {
  if ((await there.platform.dualWrite.map(name)).status === 'Running') await act(name, 'stop');
  await act('transactioncurrencies - Currencies', 'stop');
  const { related } = await there.platform.dualWrite.map(name);
  expect(related.map((one) => one.name)).toEqual(
    expect.arrayContaining([groups, 'transactioncurrencies - Currencies']),
  );
  await act(name, 'start', { version: '1.0.0.4', related: true });
  expect((await there.platform.dualWrite.map('transactioncurrencies - Currencies')).status).toBe('Running');
});

test.each([
  ['nothing - Nothing', 'start', 'unknownMap'],
  [name, 'explode', 'unknownVerb'],
])('%s takes no %s', async (map, verb, fault) => {
  await expect(act(map, verb)).rejects.toMatchObject({ name: fault });
});
