import { applicationId } from '../../../../emulator/dual-write/application-user.ts';
import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, section 5.10 "Error texts to reproduce": each by the situation the documents give it.
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
}, 120_000);
afterAll(() => there.close());

const map = 'accounts - Customers V3';
const customer = (account: string) => `CustomersV3(dataAreaId='usmf',CustomerAccount='${account}')?cross-company=true`;
const newCustomer = (CustomerAccount: string, more: object = {}) =>
  there.financeOperations('POST', 'CustomersV3?cross-company=true', {
    body: {
      ...{ dataAreaId: 'usmf', CustomerAccount, OrganizationName: CustomerAccount },
      ...{ CustomerGroupId: '10', SalesCurrencyCode: 'USD', ...more },
    },
  });
const setLimit = (CreditLimit: number) =>
  there.financeOperations('PATCH', customer('US-001'), { body: { CreditLimit } });
const infolog = ({ body }: { readonly body: { error: { innererror?: { message: string }; message: string } } }) =>
  body.error.innererror?.message ?? body.error.message;
const one = async (query: string) => (await there.dataverse('GET', encodeURI(query))).body.value[0];
const project = (name: string) => `DualWriteProjectConfigurations('${encodeURIComponent(name)}')`;
const restart = async () => {
  await there.platform.dualWrite.act(map, 'stop', {});
  await there.platform.dualWrite.act(map, 'start', {});
};

describe('the application user of dual-write', () => {
  const user = async () =>
    `systemusers(${(await one(`systemusers?$filter=applicationid eq ${applicationId}`)).systemuserid})`;

  test('is who writes rows of finance and operations to Dataverse', async () => {
    expect((await newCustomer('US-801')).status).toBe(201);
    const { _createdby_value } = await one(
      "accounts?$select=accountnumber,_createdby_value&$filter=accountnumber eq 'US-801'",
    );
    expect(await user()).toBe(`systemusers(${_createdby_value})`);
  });

  test('that is disabled: 403, 0x80072560, and nothing is saved on either side', async () => {
    const before = await one("accounts?$filter=accountnumber eq 'US-001'");
    await there.dataverse('PATCH', await user(), { body: { isdisabled: true } });
    const refused = await setLimit(6_001);
    await there.dataverse('PATCH', await user(), { body: { isdisabled: false } });
    expect(refused.status).toBe(400);
    expect(infolog(refused)).toContain(
      '[{"error":{"code":"0x80072560","message":"The user is not a member of the organization."}}], The remote server returned an error: (403) Forbidden.',
    );
    expect(infolog(refused)).toContain(
      'Unable to write data to entity accounts. Writes to CustCustomerV3Entity failed',
    );
    expect(await one("accounts?$filter=accountnumber eq 'US-001'")).toEqual(before);
    expect((await setLimit(6_002)).status).toBe(204);
  });

  test('without its role may not write', async () => {
    const role = await one("roles?$filter=name eq 'System Administrator'");
    const pair = `${await user()}/systemuserroles_association`;
    await there.dataverse('DELETE', `${pair}(${role.roleid})/$ref`);
    const refused = await setLimit(6_003);
    const id = `${there.origin}/api/data/v9.2/roles(${role.roleid})`;
    expect((await there.dataverse('POST', `${pair}/$ref`, { body: { '@odata.id': id } })).status).toBe(204);
    expect(infolog(refused)).toMatch(
      /Forbidden and CDS error code : 0x80040220 .* is missing prvWriteAccount privilege/,
    );
    expect((await setLimit(6_004)).status).toBe(204);
  });

  test('is made in a store that had none, and the teams of its companies get the role they need', async () => {
    const team = await one("teams?$filter=name eq 'usmf Dual Write'");
    const role = await one("roles?$filter=name eq 'System Administrator'");
    await there.dataverse('DELETE', `teams(${team.teamid})/teamroles_association(${role.roleid})/$ref`);
    await there.dataverse('PATCH', await user(), { body: { applicationid: null } });
    expect((await newCustomer('US-804')).status).toBe(400);
    await there.platform.dualWrite.install();
    expect((await newCustomer('US-804')).status).toBe(201);
  });
});

// Section 5.6 and 8.13: the default owning team needs a role.
test('a default owning team without a role: Bad Request', async () => {
  const team = await one("teams?$filter=name eq 'usmf Dual Write'&$expand=teamroles_association($select=name)");
  expect(team.teamroles_association.map(({ name }: { name: string }) => name)).toEqual(['System Administrator']);
  const role = await one("roles?$filter=name eq 'System Administrator'");
  const pair = `teams(${team.teamid})/teamroles_association`;
  await there.dataverse('DELETE', `${pair}(${role.roleid})/$ref`);
  const refused = await newCustomer('US-802');
  const id = `${there.origin}/api/data/v9.2/roles(${role.roleid})`;
  expect((await there.dataverse('POST', `${pair}/$ref`, { body: { '@odata.id': id } })).status).toBe(204);
  expect(infolog(refused)).toMatch(/status code BadRequest and CDS error code : 0x80040220 .*missing prvReadAccount/);
  expect((await there.financeOperations('GET', customer('US-802'))).status).toBe(404);
  expect((await newCustomer('US-802')).status).toBe(201);
});

describe('a project that leads', () => {
  afterEach(restart);
  const lead = async (ExternalEnvironmentUrl: string) =>
    expect((await there.financeOperations('PATCH', project(map), { body: { ExternalEnvironmentUrl } })).status).toBe(
      204,
    );

  test('nowhere: no payload can be made, and the answer of the framework says so', async () => {
    await lead('');
    const refused = await setLimit(6_005);
    expect(refused.status).toBe(400);
    expect(JSON.parse(infolog(refused).replace(/^.*?Infolog: Error: /s, ''))).toEqual({
      entityName: 'CustCustomerV3Entity',
      executionStatus: 2,
      fieldResponses: [],
      recordResponses: [
        {
          errorMessage: 'Unable to generate payload for entity CustCustomerV3Entity',
          logDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/),
          verboseError: 'Payload creation failed with error Invalid URI: The URI is empty.',
        },
      ],
      isErrorCountUpdated: true,
    });
    await restart();
    expect((await setLimit(6_006)).status).toBe(204);
  });

  test('to what is no address', async () => {
    await lead('contoso');
    expect(infolog(await setLimit(6_007))).toContain('Invalid URI: The format of the URI could not be determined.');
  });

  test('to another environment: Unable to sync', async () => {
    await lead('https://other.crm.dynamics.com');
    expect(infolog(await setLimit(6_008))).toContain(
      'Infolog: Error: Cannot save the changes to the database. Unit of Work can not commit transaction. Unable to write data to entity accounts. Writes to CustCustomerV3Entity failed with error message Unable to sync with entity accounts.',
    );
  });

  test('and is deleted: finance and operations sends nothing until the map is started again', async () => {
    expect((await there.financeOperations('DELETE', project(map))).status).toBe(204);
    expect((await setLimit(6_009)).status).toBe(204);
    expect((await one("accounts?$filter=accountnumber eq 'US-001'")).creditlimit).not.toBe(6_009);
    await restart();
    await setLimit(6_010);
    expect((await one("accounts?$filter=accountnumber eq 'US-001'")).creditlimit).toBe(6_010);
  });
});

describe('an environment that was copied', () => {
  const other = '11111111-2222-4333-8444-555555555555';
  const leftover = {
    msdyn_name: 'Microsoft_[accounts - Customers V3]',
    msdyn_internalentityname: 'account',
    msdyn_externalentityname: 'Customers V3',
    msdyn_unsecure: JSON.stringify({ OrganizationId: other }),
  };

  test('saves nothing of a table with a row left over, until all rows are deleted and maps are started again', async () => {
    expect((await there.dataverse('POST', 'msdyn_dualwriteruntimeconfigs', { body: leftover })).status).toBe(204);
    const { accountid } = await one("accounts?$filter=accountnumber eq 'US-001'");
    const save = () => there.dataverse('PATCH', `accounts(${accountid})`, { body: { creditlimit: 6_011 } });
    const { organizationid } = await one('organizations?$select=organizationid');
    const { status, body } = await save();
    expect(status).toBe(500);
    expect(body.error.message).toContain(
      `PreCommmitPlugin: System.Exception: SecureConfig Organization (${other}) does not match actual CRM Organization (${organizationid}).`,
    );
    const rows = (await there.dataverse('GET', 'msdyn_dualwriteruntimeconfigs')).body.value;
    for (const { msdyn_dualwriteruntimeconfigid: id } of rows)
      expect((await there.dataverse('DELETE', `msdyn_dualwriteruntimeconfigs(${id})`)).status).toBe(204);
    expect((await save()).status).toBe(204);
  });
});

describe('parties', () => {
  test('a party that is not there, in both directions', async () => {
    const refused = await newCustomer('US-803', { PartyNumber: 'nobody' });
    expect(infolog(refused)).toContain("Party record not found for party type 'Organization'");
    const company = await one("cdm_companies?$filter=cdm_companycode eq 'usmf'");
    const body = {
      ...{ name: 'Of nobody', accountnumber: 'US-803', customertypecode: 3, msdyn_partynumber: 'nobody' },
      'msdyn_company@odata.bind': `cdm_companies(${company.cdm_companyid})`,
    };
    const saved = await there.dataverse('POST', 'accounts', { body });
    expect([saved.status, saved.body.error.message]).toEqual([
      400,
      '{"RecordError0":"Write failed for entity Customers V3 with unknown exception - Party record not found for party type \'Organization\'"}',
    ]);
    expect(await one("accounts?$filter=accountnumber eq 'US-803'")).toBeUndefined();
  });

  test('of another type', async () => {
    const refused = await there.financeOperations('PATCH', customer('US-001'), { body: { PartyType: 'Person' } });
    expect(infolog(refused)).toContain(
      "Cannot update a party's type from 'DirOrganization' to 'DirPerson', a delete of the existing party followed by an insert with the new type should be performed instead.",
    );
  });
});
