import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

const customers = 'mserp_custcustomerv3entities';
const catalogue = 'mserp_financeandoperationsentities';
let there: TestPlatform;

/** Makes tables visible, or reads their metadata again, in this order. */
async function generate(...names: string[]): Promise<void> {
  for (const name of names) {
    const { body } = await there.dataverse('GET', `${catalogue}?$filter=mserp_physicalname eq '${name}'`);
    const row = body.value[0];
    const wanted = row.mserp_hasbeengenerated ? { mserp_refresh: true } : { mserp_hasbeengenerated: true };
    await there.dataverse('PATCH', `${catalogue}(${row.mserp_financeandoperationsentityid})`, { body: wanted });
    there.platform.clock.advance(1000);
    await there.quiet();
  }
}

beforeAll(async () => {
  there = await aPlatform({ customers: 120 });
  // Parents first: a relation is generated when both of its tables are there.
  await generate(
    'CustCustomerGroupEntity',
    'CustCustomerV3Entity',
    'CustomerPostalAddressEntity',
    'CDSPostalAddressHistoryV2Entity',
  );
});
afterAll(() => there.close());

/** Requests finance and operations answers while `work` runs. */
async function requests(work: () => Promise<unknown>): Promise<string[]> {
  const { trace } = there.platform;
  const last = trace.since(0).at(-1)?.sequence ?? 0;
  await work();
  return trace
    .since(last)
    .filter(({ service }) => service === 'finance-operations')
    .map(({ method, url }) => `${method} ${url.split('?')[0]}`);
}
const read = (path: string, as?: string) => there.dataverse('GET', path, { as });
const column = async (table: string, name: string) =>
  (await read(`EntityDefinitions(LogicalName='${table}')?$expand=Attributes($filter=LogicalName eq '${name}')`)).body
    .Attributes[0];

// finance-operations reference, "Naming" and "Data types" (entity-modeling).
describe('the metadata of a generated table', () => {
  it.each([
    ['mserp_cdspostaladdresshistoryv2entity', 'mserp_latitude', { AttributeType: 'Decimal', Precision: 6 }],
    [
      'mserp_cdspostaladdresshistoryv2entity',
      'mserp_validfrom',
      { AttributeType: 'DateTime', ExternalName: 'ValidFrom' },
    ],
    ['mserp_cdspostaladdresshistoryv2entity', 'mserp_street', { AttributeType: 'String', ExternalName: 'Street' }],
    ['mserp_cdspostaladdresshistoryv2entity', 'mserp_primaryfield', { AttributeType: 'String', MaxLength: 255 }],
    ['mserp_custcustomergroupentity', 'mserp_dataareaid', { AttributeType: 'String', ExternalName: 'dataAreaId' }],
    ['mserp_custcustomergroupentity', 'mserp_dataareaid_id', { AttributeType: 'Lookup', Targets: ['cdm_company'] }],
    [
      'mserp_custcustomerv3entity',
      'mserp_fk_custcustomergroupentity_id',
      { AttributeType: 'Lookup', Targets: ['mserp_custcustomergroupentity'] },
    ],
  ])('has %s.%s', async (table, name, expected) => {
    expect(await column(table, name)).toMatchObject(expected);
  });

  it('has names made of the AOT name, and a set of their plural', async () => {
    const { body } = await read("EntityDefinitions(LogicalName='mserp_custcustomergroupentity')");
    expect(body).toMatchObject({
      EntitySetName: 'mserp_custcustomergroupentities',
      PrimaryIdAttribute: 'mserp_custcustomergroupentityid',
      PrimaryNameAttribute: 'mserp_primaryfield',
      ExternalName: 'CustCustomerGroupEntity',
      TableType: 'Virtual',
    });
  });

  it('has a relationship mserp_FK_<entity>_<relation> for each relation both tables of are there', async () => {
    const { body } = await read(
      "EntityDefinitions(LogicalName='mserp_custcustomerv3entity')/ManyToOneRelationships?$select=SchemaName,ReferencedEntity",
    );
    expect(body.value).toContainEqual(
      expect.objectContaining({
        SchemaName: 'mserp_FK_CustCustomerV3Entity_CustomerGroup',
        ReferencedEntity: 'mserp_custcustomergroupentity',
      }),
    );
  });
});

// "The external name of this relationship uses the naming convention FK_<relation name>"; columns have those of their fields.
describe('the external name of a lookup', () => {
  it.each([
    ['generated', 'mserp_custcustomerv3entity', 'mserp_fk_custcustomergroupentity_id', 'FK_CustomerGroup'],
    ['shipped', 'mserp_custtransopenentity', 'mserp_fk_custcustomerv3entity_id', 'FK_Customer'],
    ['shipped', 'mserp_custagingentity', 'mserp_fk_custcustomerv3entity_id', 'FK_Customer'],
  ])('that was %s (%s.%s) is that of its relationship', async (_how, table, name, externalName) => {
    expect(await column(table, name)).toMatchObject({ ExternalName: externalName });
    const lookup = `EntityDefinitions(LogicalName='${table}')/Attributes/Microsoft.Dynamics.CRM.LookupAttributeMetadata`;
    const { body } = await read(`${lookup}?$select=LogicalName,ExternalName&$filter=LogicalName eq '${name}'`);
    expect(body.value).toEqual([expect.objectContaining({ ExternalName: externalName })]);
  });
});

describe('rows', () => {
  it('come in one request a page, never one a row', async () => {
    const select = 'mserp_customeraccount,mserp_creditlimit,_mserp_dataareaid_id_value';
    let page: Awaited<ReturnType<typeof read>> | undefined;
    const asked = await requests(async () => {
      page = await there.dataverse('GET', `${customers}?$select=${select}&$count=true`, {
        headers: { prefer: 'odata.maxpagesize=50' },
      });
    });
    expect(page!.body.value).toHaveLength(50);
    expect(asked).toEqual(['GET /data/CustomersV3']);
  });

  it('cost one request more for each lookup to another virtual table that is read', async () => {
    const lookup = '_mserp_fk_custcustomergroupentity_id_value';
    let rows: Record<string, string>[] = [];
    const asked = await requests(async () => {
      rows = (await read(`${customers}?$select=mserp_customergroupid,mserp_dataareaid,${lookup}&$top=50`)).body.value;
    });
    expect(rows).toHaveLength(50);
    expect(asked).toEqual(['GET /data/CustomersV3', 'GET /data/CustomerGroups']);
    const [first] = rows;
    const { body: group } = await read(`mserp_custcustomergroupentities(${first![lookup]})`);
    expect([group.mserp_customergroupid, group.mserp_dataareaid]).toEqual([
      first!['mserp_customergroupid'],
      first!['mserp_dataareaid'],
    ]);
  });

  it('are found by what a lookup points at: the fields behind it are compared', async () => {
    const filter = "mserp_customergroupid eq '10' and mserp_dataareaid eq 'usmf'";
    const group = (await read(`mserp_custcustomergroupentities?$filter=${filter}`)).body.value[0];
    const id = group.mserp_custcustomergroupentityid;
    const count = async (condition: string) =>
      (await read(`${customers}?$select=mserp_customeraccount&$filter=${condition}&$count=true`)).body['@odata.count'];
    expect(await count(`_mserp_fk_custcustomergroupentity_id_value eq ${id}`)).toBe(await count(filter));
    expect(await count('_mserp_fk_custcustomergroupentity_id_value eq 00000000-0000-0000-0000-000000000001')).toBe(0);
  });

  it('read a date of 1900 as null, and are written with it', async () => {
    const { body } = await read('mserp_cdspostaladdresshistoryv2entities?$top=1');
    expect(body.value[0].mserp_validfrom).not.toBeNull();
    const find = `${customers}?$filter=mserp_customeraccount eq 'US-001'`;
    const before = (await read(find)).body.value[0];
    const row = `${customers}(${before.mserp_custcustomerv3entityid})`;
    const set = (value: string | null) =>
      there.dataverse('PATCH', row, { body: { mserp_credmanlastreviewdate: value } });
    expect((await set('2025-03-04')).status).toBe(204);
    expect((await read(row)).body.mserp_credmanlastreviewdate).toMatch(/^2025-03-04/);
    expect((await set(null)).status).toBe(204);
    expect((await read(row)).body.mserp_credmanlastreviewdate).toBeNull();
    const fields = await there.financeOperations(
      'GET',
      "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true",
    );
    expect(fields.body.CredManLastReviewDate).toBe('1900-01-01T00:00:00Z');
  });

  it('are read again once after each write', async () => {
    const { body } = await read(`${customers}?$select=mserp_customeraccount&$filter=mserp_customeraccount eq 'US-001'`);
    const row = `${customers}(${body.value[0].mserp_custcustomerv3entityid})`;
    const asked = await requests(() => there.dataverse('PATCH', row, { body: { mserp_creditlimit: 4321 } }));
    // Found by its id, written, read with all columns, and what its lookup points at.
    expect(asked).toEqual([
      'GET /data/CustomersV3',
      `PATCH /data/CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')`,
      'GET /data/CustomersV3',
      'GET /data/CustomerGroups',
    ]);
  });
});

// finance-operations reference, "Relationships": CDSVirtualEntitySyntheticRelationshipAttribute.
describe('a synthetic relation to a native table', () => {
  const lookup = '_mserp_account_id_value';
  beforeAll(async () => {
    const fields = { CustomerAccount: 'accountnumber', dataAreaId: 'msdyn_company' };
    Object.assign(there.platform.financeOperations.entities.get('CustCustomerV3Entity')!, {
      syntheticRelations: [{ name: 'Account', label: 'Account', nativeTable: 'account', fields }],
    });
    await generate('CustCustomerV3Entity');
  });

  it('is a lookup whose rows are found by their alternate key, without another request', async () => {
    let rows: Record<string, string>[] = [];
    const asked = await requests(async () => {
      rows = (await read(`${customers}?$select=mserp_customeraccount,${lookup}&$top=20`)).body.value;
    });
    expect(asked).toEqual(['GET /data/CustomersV3']);
    for (const row of rows.slice(0, 3)) {
      const { body } = await read(`accounts(${row[lookup]})?$select=accountnumber`);
      expect(body.accountnumber).toBe(row['mserp_customeraccount']);
    }
  });

  it('is filtered by the id of the native row', async () => {
    const [account] = (await read("accounts?$filter=accountnumber eq 'US-002'")).body.value;
    const { body } = await read(`${customers}?$select=mserp_customeraccount&$filter=${lookup} eq ${account.accountid}`);
    expect(body.value.map((row: Record<string, string>) => row['mserp_customeraccount'])).toEqual(['US-002']);
    expect((await read(`${customers}?$filter=${lookup} eq 00000000-0000-0000-0000-000000000001`)).body.value).toEqual(
      [],
    );
  });
});

// finance-operations reference, "Errors" and "Security".
describe('what finance and operations does not give', () => {
  const fault = (effect: object) =>
    there.platform.faultRules.add({ id: 'x', where: 'finance-operations', when: 'before', effect, times: 1 });
  const failure = async (path: string, as?: string) => {
    const { status, body } = await read(path, as);
    return `${status} ${body.error.message}`;
  };
  const token = 'A token was obtained to call Finance and Operations, but';

  it.each([
    [{ status: 429 }, `${token} Finance and Operations returned an error of type 429.`],
    [{ status: 500 }, `${token} Finance and Operations returned an error of type InternalServerError.`],
    [{ status: 401 }, `${token} the call was rejected by Finance and Operations as not authorized.`],
  ])('is said in the words of the provider: %j', async (effect, words) => {
    fault(effect);
    expect(await failure(`${customers}?$top=1`)).toContain(words);
  });

  it.each([
    [
      `${customers}?fetchXml=<fetch><entity name="mserp_custcustomerv3entity"><link-entity name="account" from="accountnumber" to="mserp_customeraccount" /></entity></fetch>`,
    ],
    [`${customers}?$filter=mserp_onholdstatus eq null`],
  ])('is refused before it is asked for: %s', async (path) => {
    const { status, body } = await read(path);
    expect([status, body.error.code]).toEqual([400, '0x80044822']);
  });

  it('is the last message of the infolog when a write is refused', async () => {
    const { body } = await read(`${customers}?$filter=mserp_customeraccount eq 'US-002'`);
    const path = `${customers}(${body.value[0].mserp_custcustomerv3entityid})`;
    const answer = await there.dataverse('PATCH', path, { body: { mserp_creditlimit: 99_999 } });
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain('cannot be changed because changes require approval');
  });

  it('is what the roles of the caller in finance and operations do not open', async () => {
    const as = 'admin@fnoconnect.example';
    const user = { email: as, defaultCompany: 'usmf', companies: ['usmf', 'demf'] };
    const { body } = await read(`${customers}?$filter=mserp_customeraccount eq 'US-001'`);
    const path = `${customers}(${body.value[0].mserp_custcustomerv3entityid})`;
    const write = async () => {
      const answer = await there.dataverse('PATCH', path, { as, body: { mserp_salesmemo: 'by a role' } });
      return `${answer.status} ${answer.body?.error?.message ?? ''}`;
    };
    await there.platform.financeOperations.command('add-user', { ...user, roles: ['Sales representative'] });
    expect(await write()).toContain(`${token} the call was rejected by Finance and Operations as not authorized.`);
    expect((await read(path, as)).status).toBe(200);
    await there.platform.financeOperations.command('add-user', { ...user, roles: ['System user'] });
    expect(await failure(path, as)).toContain('as not authorized');
    await there.platform.financeOperations.command('add-user', { ...user, roles: ['Customer service representative'] });
    expect(await write()).toBe('204 ');
    await there.platform.financeOperations.command('add-user', user);
  });
});
