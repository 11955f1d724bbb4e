import { writeZip } from '../../../../packaging/index.ts';
import type { EntityField } from '../../../../emulator/finance-operations/contract.ts';
import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';
import { aSolution } from '../../../support/solution-builder.ts';

const set = 'mserp_financeandoperationsentities';
const groups = 'CustCustomerGroupEntity';
/** Data entities whose virtual tables come with the platform. */
const shipped = [
  'CredManCreditLimitAdvancedEntity',
  'CredManCreditLimitCustGroupEntity',
  'CredManCreditLimitCustGroupLineEntity',
  'CredManCustBalanceStatEntity',
  'CredManParametersEntity',
  'CustAgingEntity',
  'CustCustomerV3Entity',
  'CustomerChangeProposalFieldEnablementEntity',
  'CustomerParametersEntity',
  'CustomerPaymentJournalHeaderEntity',
  'CustomerPaymentJournalLineEntity',
  'CustomerPostalAddressEntity',
  'CustTransBiEntity',
  'CustTransOpenEntity',
  'DirPartyLocationPostalAddressV2Entity',
  'OMLegalEntity',
  'SalesInvoiceHeaderV2Entity',
  'SalesOrderHeaderV2Entity',
];
let there: TestPlatform;

beforeAll(async () => {
  there = await aPlatform();
}, 180_000);
afterAll(() => there.close());

const rowOf = async (name: string) =>
  (await there.dataverse('GET', `${set}?$filter=mserp_physicalname eq '${name}'`)).body.value[0];
const change = async (name: string, body: object, as?: string) =>
  there.dataverse('PATCH', `${set}(${(await rowOf(name)).mserp_financeandoperationsentityid})`, { body, as });
const pass = async () => {
  there.platform.clock.advance(1000);
  await there.quiet();
};
const show = async (name: string) => {
  expect((await change(name, { mserp_hasbeengenerated: true })).status).toBe(204);
  await pass();
};

// finance-operations reference, "Catalog table" (enable-virtual-entities, admin-reference).
describe('the catalogue', () => {
  it('lists every data entity, and says which are visible', async () => {
    const { body } = await there.dataverse('GET', `${set}?$orderby=mserp_physicalname&$count=true`);
    expect(body['@odata.count']).toBe(there.platform.financeOperations.entities.size);
    const visible = body.value.filter((row: { mserp_hasbeengenerated: boolean }) => row.mserp_hasbeengenerated);
    expect(visible.map((row: { mserp_physicalname: string }) => row.mserp_physicalname)).toEqual(shipped);
    expect(body.value[0].mserp_financeandoperationsentityid).toMatch(/^00002893-0000-0000-[0-9a-f]{4}-[0-9a-f]{12}$/);
  });

  it.each([
    [`contains(mserp_physicalname,'postaladdress')`, 5],
    ['mserp_hasbeengenerated eq true', shipped.length],
    [`mserp_physicalname eq 'CurrencyEntity' or startswith(mserp_physicalname,'OML')`, 2],
    [`not contains(mserp_physicalname,'Entity')`, 0],
  ])('is filtered by %s', async (filter, count) => {
    const { body } = await there.dataverse('GET', `${set}?$select=mserp_physicalname&$filter=${filter}`);
    expect(body.value).toHaveLength(count);
  });

  it('gives its rows by id, in pages, and none for another id', async () => {
    const { mserp_financeandoperationsentityid: id } = await rowOf(groups);
    expect((await there.dataverse('GET', `${set}(${id})`)).body.mserp_physicalname).toBe(groups);
    expect((await there.dataverse('GET', `${set}(00002893-0000-0000-0000-000000000000)`)).status).toBe(404);
    const page = await there.dataverse('GET', `${set}?$orderby=mserp_physicalname`, {
      headers: { prefer: 'odata.maxpagesize=3' },
    });
    expect(page.body.value).toHaveLength(3);
    expect(page.body['@odata.nextLink']).toBeDefined();
  });

  it('takes no new rows, gives none up, and keeps their names', async () => {
    const body = { mserp_physicalname: 'Other' };
    const { mserp_financeandoperationsentityid: id } = await rowOf(groups);
    expect((await there.dataverse('POST', set, { body })).status).toBe(400);
    expect((await there.dataverse('DELETE', `${set}(${id})`)).status).toBe(400);
    expect((await change(groups, body)).status).toBe(400);
  });

  it('is changed by those who may write it', async () => {
    const answer = await change(groups, { mserp_hasbeengenerated: true }, 'norole@fnoconnect.example');
    expect(answer.status).toBe(403);
  });
});

describe('making a table visible', () => {
  it('goes on after the answer, one at a time', async () => {
    expect((await there.dataverse('GET', 'mserp_custcustomergroupentities')).status).toBe(404);
    expect((await change(groups, { mserp_hasbeengenerated: true })).status).toBe(204);
    const other = await change('CurrencyEntity', { mserp_hasbeengenerated: true });
    expect([other.status, other.body.error.code]).toEqual([400, '0x80071151']);
    expect((await rowOf(groups)).mserp_hasbeengenerated).toBe(false);
    await pass();
    expect((await rowOf(groups)).mserp_hasbeengenerated).toBe(true);
    const { body } = await there.dataverse('GET', "mserp_custcustomergroupentities?$filter=mserp_dataareaid eq 'usmf'");
    expect(body.value.length).toBeGreaterThan(0);
    await show('OMLegalEntity');
    expect((await there.dataverse('GET', 'mserp_omlegalentities?$select=mserp_legalentityid')).body.value).toHaveLength(
      2,
    );
  });

  it('gives the role of every licensed user the privileges', async () => {
    const [role] = (await there.dataverse('GET', "roles?$filter=name eq 'Finance and Operations Basic User'")).body
      .value;
    const privileges = (await there.dataverse('GET', `roleprivilegescollection?$filter=roleid eq ${role.roleid}`)).body
      .value;
    const [read] = (await there.dataverse('GET', "privileges?$filter=name eq 'prvReadmserp_custcustomergroupentity'"))
      .body.value;
    expect(privileges.map((row: { privilegeid: string }) => row.privilegeid)).toContain(read.privilegeid);
  });

  // 2.5: labels are fetched for the languages that are installed; one that is missing shows its id.
  it('has labels in each language, and their ids where finance and operations has none', async () => {
    const table = "EntityDefinitions(LogicalName='mserp_custcustomergroupentity')";
    const column = `${table}/Attributes(LogicalName='mserp_description')`;
    const texts = (label: { LocalizedLabels: { Label: string; LanguageCode: number }[] }) =>
      Object.fromEntries(label.LocalizedLabels.map(({ Label, LanguageCode }) => [LanguageCode, Label]));
    expect(texts((await there.dataverse('GET', column)).body.DisplayName)).toEqual({
      1033: 'Description',
      1031: '@CustCustomerGroupEntity:Description',
    });
    expect(texts((await there.dataverse('GET', table)).body.DisplayName)).toEqual({
      1033: 'Customer groups (mserp)',
      1031: '@CustCustomerGroupEntity (mserp)',
    });
    const label = "/metadata/Labels(Id='@CustCustomerGroupEntity:Description',Language='en-us')";
    const { body } = await there.platform.handleFinanceOperations({
      ...{ method: 'GET', url: label, headers: {}, body: Buffer.alloc(0) },
    });
    expect(JSON.parse(body.toString()).Value).toBe('Description');
  });

  it('brings a view', async () => {
    const { body } = await there.dataverse(
      'GET',
      "savedqueries?$filter=returnedtypecode eq 'mserp_custcustomergroupentity' and querytype eq 0",
    );
    const { body: rows } = await there.dataverse(
      'GET',
      `mserp_custcustomergroupentities?savedQuery=${body.value[0].savedqueryid}`,
    );
    expect(rows.value.length).toBeGreaterThan(0);
  });

  // "If you don't add fields in the quick find view for the entity, the search box doesn't work."
  it('brings a quick find view without columns, to which makers add some', async () => {
    const views = "savedqueries?$filter=returnedtypecode eq 'mserp_custcustomergroupentity' and querytype eq 4";
    const view = async () => (await there.dataverse('GET', views)).body.value[0];
    const { savedqueryid, isquickfindquery, fetchxml } = await view();
    expect([isquickfindquery, fetchxml]).toEqual([true, expect.not.stringContaining('isquickfindfields')]);
    const find =
      '<filter type="or" isquickfindfields="1"><condition attribute="mserp_description" operator="like" value="{0}" /></filter>';
    const body = { fetchxml: fetchxml.replace('</entity>', `${find}</entity>`) };
    expect((await there.dataverse('PATCH', `savedqueries(${savedqueryid})`, { body })).status).toBe(204);
    expect((await view()).fetchxml).toContain('isquickfindfields');
  });

  it('ends with clearing it, and what was visible is after a restart', async () => {
    await show('CurrencyEntity');
    expect((await there.dataverse('GET', 'mserp_currencyentities')).status).toBe(200);
    expect(await change('CurrencyEntity', { mserp_hasbeengenerated: false })).toEqual({ status: 204, body: undefined });
    expect((await there.dataverse('GET', 'mserp_currencyentities')).status).toBe(404);
    await there.platform.load();
    expect((await rowOf('CurrencyEntity')).mserp_hasbeengenerated).toBe(false);
    expect((await rowOf(groups)).mserp_hasbeengenerated).toBe(true);
    await show('CurrencyEntity');
    await there.platform.load();
    expect((await there.dataverse('GET', 'mserp_currencyentities')).status).toBe(200);
  });

  // 2.2: `mserp_refresh` re-reads the metadata; nothing else does.
  it('lacks a field that came later, until it is refreshed', async () => {
    const entity = there.platform.financeOperations.entities.get(groups)!;
    const fields = entity.fields as Map<string, EntityField>;
    fields.set('AddedLater', { name: 'AddedLater', type: 'string', maxLength: 20 });
    const column = async () =>
      (
        await there.dataverse(
          'GET',
          "EntityDefinitions(LogicalName='mserp_custcustomergroupentity')/Attributes(LogicalName='mserp_addedlater')",
        )
      ).status;
    expect(await column()).toBe(404);
    await there.platform.load();
    await change(groups, { mserp_hasbeengenerated: true });
    await pass();
    expect(await column()).toBe(404);
    expect((await change(groups, { mserp_refresh: true })).status).toBe(204);
    expect(await column()).toBe(404);
    await pass();
    expect(await column()).toBe(200);
    fields.delete('AddedLater');
  });

  it('switches change tracking', async () => {
    await change(groups, { mserp_changetrackingenabled: true });
    await pass();
    expect((await rowOf(groups)).mserp_changetrackingenabled).toBe(true);
    const { body } = await there.dataverse('GET', "EntityDefinitions(LogicalName='mserp_custcustomergroupentity')");
    expect(body.ChangeTrackingEnabled).toBe(true);
    const answer = await there.dataverse('GET', 'mserp_omlegalentities', {
      headers: { prefer: 'odata.track-changes' },
    });
    expect([answer.status, answer.body.error.code]).toEqual([400, '0x80072491']);
  });
});

// "Importing a solution that depends on a not-yet-generated table makes it visible automatically."
describe('a solution that needs a virtual table', () => {
  const dependency = (table: string) =>
    `<MissingDependency><Required type="1" schemaName="${table}" displayName="x" solution="MicrosoftOperationsERPVE (2.8.7.0)" /><Dependent type="60" displayName="x" schemaName="x" /></MissingDependency>`;

  it('makes it visible when it is imported, and keeps it from being cleared while it holds it', async () => {
    const zip = await writeZip(
      aSolution([], {
        dependencies: dependency('mserp_dirpartycdsentity'),
        roots: '<RootComponent type="1" schemaName="mserp_dirpartycdsentity" behavior="2" />',
      }),
    );
    await there.platform.dataverse.importSolution(zip);
    expect((await there.dataverse('GET', 'mserp_dirpartycdsentities?$top=1')).body.value).toHaveLength(1);
    const answer = await change('DirPartyCDSEntity', { mserp_hasbeengenerated: false });
    expect([answer.status, answer.body.error.code]).toEqual([400, '0x8004F01D']);
  });

  it('is refused as ever when there is no such data entity', async () => {
    const zip = await writeZip(aSolution([], { name: 'Other', dependencies: dependency('mserp_nothing') }));
    await expect(there.platform.dataverse.importSolution(zip)).rejects.toThrow('mserp_nothing');
  });
});
