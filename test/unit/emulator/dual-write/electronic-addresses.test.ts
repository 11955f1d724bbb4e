import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, section 5.8: "Party contacts V3 → msdyn_partyelectronicaddresses" (1.0.0.0) and the plug-in step
// `PartyElectronicAddressSync`. 8.2: what changes in an underlying table reaches those who show it.
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
  await there.platform.dualWrite.useGeneration('B');
}, 180_000);
afterAll(() => there.close());

const map = 'msdyn_partyelectronicaddresses - Party contacts V3';
const one = async (query: string) => (await there.dataverse('GET', encodeURI(query))).body.value[0];
const account = (number: string) => one(`accounts?$filter=accountnumber eq '${number}'&$expand=msdyn_partyid`);
const numberOf = async (customer: string): Promise<string> => (await account(customer)).msdyn_partyid.msdyn_partynumber;
const contacts = async (PartyNumber: string, type: string) =>
  (
    await there.financeOperations(
      'GET',
      `PartyContactsV3?$filter=${encodeURIComponent(`PartyNumber eq '${PartyNumber}'`)}`,
    )
  ).body.value.filter((row: { Type: string }) => row.Type === type);
const keyOf = ({ PartyNumber, ElectronicAddressId }: Record<string, string>) =>
  `PartyContactsV3(PartyNumber='${PartyNumber}',ElectronicAddressId='${ElectronicAddressId}')`;
const change = async (customer: string, body: object) =>
  there.dataverse('PATCH', `accounts(${(await account(customer)).accountid})`, { body });
const addresses = async (customer: string) => {
  const { _msdyn_partyid_value: party } = await account(customer);
  const query = `msdyn_partyelectronicaddresses?$filter=_msdyn_partyid_value eq ${party}&$orderby=createdon`;
  return (await there.dataverse('GET', encodeURI(query))).body.value;
};

test('the map is the documented one, and runs with the others of its generation', async () => {
  const { version, status } = (await there.platform.dualWrite.maps()).find(({ name }) => name === map)!;
  expect([version, status]).toEqual(['1.0.0.0', 'Running']);
});

test('an e-mail that is changed at the party in finance and operations is that of the account', async () => {
  const PartyNumber = await numberOf('US-001');
  const body = { PartyNumber, Type: 'Email', Locator: 'first@one.example', IsPrimary: 'Yes', Description: 'Office' };
  const made = await there.financeOperations('POST', 'PartyContactsV3', { body });
  expect(made.status).toBe(201);
  expect(await account('US-001')).toMatchObject({
    ...{ emailaddress1: 'first@one.example', msdyn_emailaddress1description: 'Office' },
  });
  const changed = { body: { Locator: 'second@one.example' } };
  expect((await there.financeOperations('PATCH', keyOf(made.body), changed)).status).toBe(204);
  expect((await account('US-001')).emailaddress1).toBe('second@one.example');
});

test('an e-mail that is changed at the account is that of the party and its customer in finance and operations', async () => {
  expect((await change('US-001', { emailaddress1: 'third@one.example' })).status).toBe(204);
  const emails = await contacts(await numberOf('US-001'), 'Email');
  expect(emails.filter(({ IsPrimary }: { IsPrimary: string }) => IsPrimary === 'Yes')).toMatchObject([
    { Locator: 'third@one.example', Description: 'Office' },
  ]);
  const customer = `CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true`;
  expect((await there.financeOperations('GET', customer)).body.PrimaryContactEmail).toBe('third@one.example');
});

test('every kind travels with its extension and description; one that is emptied goes on both sides', async () => {
  const given = {
    ...{ telephone1: '555-1', msdyn_telephone1extension: '12', fax: '555-2', msdyn_faxdescription: 'Back room' },
    ...{ websiteurl: 'https://one.example', primarytwitterid: '@one', msdyn_primaryfacebookid: 'one.fb' },
    ...{ msdyn_primarylinkedinid: 'one-in' },
  };
  expect((await change('US-002', given)).status).toBe(204);
  const PartyNumber = await numberOf('US-002');
  for (const [type, row] of Object.entries({
    Phone: { Locator: '555-1', LocatorExtension: '12' },
    Fax: { Locator: '555-2', Description: 'Back room' },
    URL: { Locator: 'https://one.example' },
    Twitter: { Locator: '@one' },
    Facebook: { Locator: 'one.fb' },
    LinkedIn: { Locator: 'one-in' },
  }))
    expect(await contacts(PartyNumber, type)).toMatchObject([{ ...row, IsPrimary: 'Yes' }]);
  expect((await change('US-002', { fax: null })).status).toBe(204);
  expect(await contacts(PartyNumber, 'Fax')).toEqual([]);
  const [phone] = await contacts(PartyNumber, 'Phone');
  expect((await there.financeOperations('DELETE', keyOf(phone))).status).toBe(204);
  expect((await account('US-002')).telephone1).toBeNull();
});

test('a party has one primary address of a type on both sides, whoever marks another', async () => {
  const party = (await account('US-003'))._msdyn_partyid_value;
  const post = (body: object) =>
    there.dataverse('POST', 'msdyn_partyelectronicaddresses', {
      body: { 'msdyn_partyid@odata.bind': `msdyn_parties(${party})`, msdyn_type: 192350002, ...body },
    });
  expect((await post({ msdyn_locator: 'a@x.example', msdyn_isprimary: true })).status).toBe(204);
  expect((await post({ msdyn_locator: 'b@x.example', msdyn_isprimary: true })).status).toBe(204);
  const emails = async () =>
    (await contacts(await numberOf('US-003'), 'Email')).map(
      (row: Record<string, string>) => `${row['Locator']} ${row['IsPrimary']}`,
    );
  expect((await emails()).sort()).toEqual(['a@x.example No', 'b@x.example Yes', expect.stringMatching(/ No$/)]);
  expect((await account('US-003')).emailaddress1).toBe('b@x.example');
  const [first] = (await contacts(await numberOf('US-003'), 'Email')).filter(
    ({ Locator }: { Locator: string }) => Locator === 'a@x.example',
  );
  expect((await there.financeOperations('PATCH', keyOf(first), { body: { IsPrimary: 'Yes' } })).status).toBe(204);
  const marked = (await addresses('US-003')).filter(
    (row: Record<string, unknown>) => row['msdyn_isprimary'] === true && row['msdyn_type'] === 192350002,
  );
  expect(marked).toMatchObject([{ msdyn_locator: 'a@x.example' }]);
  expect((await account('US-003')).emailaddress1).toBe('a@x.example');
});

test('a customer that is made in finance and operations is an account of its name and e-mail', async () => {
  const body = {
    ...{ dataAreaId: 'usmf', CustomerAccount: 'US-E01', CustomerGroupId: '10', SalesCurrencyCode: 'USD' },
    ...{ OrganizationName: 'Electra', PrimaryContactEmail: 'office@electra.example' },
  };
  expect((await there.financeOperations('POST', 'CustomersV3?cross-company=true', { body })).status).toBe(201);
  expect(await account('US-E01')).toMatchObject({ name: 'Electra', emailaddress1: 'office@electra.example' });
});

test('an account that is made with an e-mail has it in finance and operations, and one of a party takes the party’s', async () => {
  const { _msdyn_company_value: company, _msdyn_partyid_value: party } = await account('US-E01');
  const [group, currency] = await Promise.all([
    one("msdyn_customergroups?$filter=msdyn_groupid eq '10'"),
    one("transactioncurrencies?$filter=isocurrencycode eq 'USD'"),
  ]);
  const shared = {
    ...{
      customertypecode: 3,
      'transactioncurrencyid@odata.bind': `transactioncurrencies(${currency.transactioncurrencyid})`,
    },
    'msdyn_company@odata.bind': `cdm_companies(${company})`,
    'msdyn_customergroupid@odata.bind': `msdyn_customergroups(${group.msdyn_customergroupid})`,
  };
  const body = { ...shared, name: 'Lumen', accountnumber: 'US-E02', emailaddress1: 'office@lumen.example' };
  expect((await there.dataverse('POST', 'accounts', { body })).body).toBeUndefined();
  expect(await contacts(await numberOf('US-E02'), 'Email')).toMatchObject([{ Locator: 'office@lumen.example' }]);
  const contact = { lastname: 'Contact', 'msdyn_partyid@odata.bind': `msdyn_parties(${party})` };
  expect((await there.dataverse('POST', 'contacts', { body: contact })).body).toBeUndefined();
  expect((await one("contacts?$filter=lastname eq 'Contact'")).emailaddress1).toBe('office@electra.example');
});

test('a refusal fails the save; what came apart is found, and resending puts it right', async () => {
  const refused = await there.dataverse('POST', 'msdyn_partyelectronicaddresses', {
    body: { msdyn_locator: 'nobody@x.example', msdyn_type: 192350002 },
  });
  expect(refused.status).toBe(400);
  expect(refused.body.error.message).toContain('Write failed for entity Party contacts V3 with unknown exception');
  const [row] = (await addresses('US-001')).slice(-1);
  const organization = there.platform.dataverse.organization;
  await there.platform.dualWrite.act(map, 'stop', {});
  const values = { msdyn_locator: 'elsewhere@one.example' };
  await there.platform.database.transaction(() =>
    organization.update('msdyn_partyelectronicaddress', row.msdyn_partyelectronicaddressid, values),
  );
  await there.platform.dualWrite.act(map, 'start', {});
  const [report] = (await there.platform.dualWrite.reconciliation({ map })).value;
  expect(report!.rows).toMatchObject([{ kind: 'different', columns: [{ column: 'msdyn_locator', field: 'Locator' }] }]);
  await there.platform.dualWrite.resend({ map, all: true, from: 'finance-operations' });
  expect((await addresses('US-001')).slice(-1)).toMatchObject([{ msdyn_locator: row.msdyn_locator }]);
});
