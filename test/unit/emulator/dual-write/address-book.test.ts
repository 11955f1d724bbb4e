import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, section 5.8 "Party and global address book"; what an account's first two addresses do is in
// test/scenarios/address-change.test.ts.
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
  await there.platform.dualWrite.useGeneration('B');
}, 180_000);
afterAll(() => there.close());

const list = async (query: string) => (await there.dataverse('GET', encodeURI(query))).body.value;
const one = async (query: string) => (await list(query))[0];
const post = async (set: string, body: object) => {
  const { status, body: answer } = await there.dataverse('POST', set, {
    body,
    headers: { prefer: 'return=representation' },
  });
  return { status, row: answer, message: answer?.error?.message as string | undefined };
};
const rows = async (set: string, filter: string) =>
  (await there.financeOperations('GET', `${set}?cross-company=true&$filter=${encodeURIComponent(filter)}`)).body.value;
const account = (number = 'US-001') => one(`accounts?$filter=accountnumber eq '${number}'&$expand=msdyn_partyid`);
const elm = { line1: '7 Elm Court', city: 'Tacoma', stateorprovince: 'WA', postalcode: '98402', country: 'US' };
const partyNumber = async (number = 'US-001') => (await account(number)).msdyn_partyid.msdyn_partynumber;

async function aContact() {
  const { row: party, message: refusal } = await post('msdyn_parties', {
    ...{ msdyn_partytype: 192350001, msdyn_firstname: 'Nat', msdyn_lastname: 'Jones', msdyn_namealias: 'Jones' },
  });
  const { row, message } = await post('contacts', {
    ...{ firstname: 'Nat', lastname: 'Jones' },
    'msdyn_partyid@odata.bind': `msdyn_parties(${party.msdyn_partyid})`,
  });
  expect([refusal, message]).toEqual([undefined, undefined]);
  return { contact: row, party };
}

describe('one more address of an account', () => {
  test('is a location of its party in finance and operations, Business unless it says otherwise', async () => {
    const { accountid } = await account();
    const bind = { 'parentid_account@odata.bind': `accounts(${accountid})` };
    expect((await post('customeraddresses', { ...elm, ...bind, name: 'Yard' })).status).toBe(201);
    const PartyNumber = await partyNumber();
    const found = await rows('PartyLocationPostalAddressesV2', `PartyNumber eq '${PartyNumber}'`);
    expect(found).toContainEqual(
      expect.objectContaining({ Street: '7 Elm Court', Roles: 'Business', IsPrimary: 'No' }),
    );
    const roles = { ...elm, ...bind, line1: '8 Elm Court', msdyn_postaladdressroles: 'Invoice;Service' };
    expect((await post('customeraddresses', roles)).status).toBe(201);
    expect(await rows('PartyLocationPostalAddressesV2', `PartyNumber eq '${PartyNumber}'`)).toContainEqual(
      expect.objectContaining({ Street: '8 Elm Court', Roles: 'Invoice;Service', IsRoleInvoice: 'Yes' }),
    );
  });

  test('comes from finance and operations with its location, and follows it', async () => {
    const PartyNumber = await partyNumber('US-002');
    for (const [set, body] of [
      ['CDSPostalAddressLocations', { LocationId: 'L-77', Description: 'Depot' }],
      ['CDSPostalAddressHistoryV2', { LocationId: 'L-77', Street: '1 Depot', CountryRegionId: 'USA' }],
      ['CDSPartyPostalAddressLocations', { LocationId: 'L-77', PartyNumber, Purpose: 'Home' }],
    ] as const)
      expect((await there.financeOperations('POST', set, { body })).status).toBe(201);
    const { accountid } = await account('US-002');
    const address = () =>
      one(`customeraddresses?$filter=_parentid_value eq ${accountid} and msdyn_locationid eq 'L-77'`);
    expect(await address()).toMatchObject({ line1: '1 Depot', msdyn_postaladdressroles: 'Home', addressnumber: 3 });
    const [version] = await rows('CDSPostalAddressHistoryV2', "LocationId eq 'L-77'");
    const key = `PartyLocationPostalAddressesV2(PartyNumber='${PartyNumber}',LocationId='L-77',ValidFrom=${version.ValidFrom})`;
    expect((await there.financeOperations('PATCH', key, { body: { Street: '2 Depot' } })).status).toBe(204);
    expect(await address()).toMatchObject({ line1: '2 Depot' });
  });

  // Section 5.10 "Address key clash" and 8.5: the key is location and parent, so that two parents may share a location.
  test('clashes with one of the same location and parent, in the documented words', async () => {
    const PartyNumber = await partyNumber('US-002');
    const { accountid } = await account('US-002');
    await post('msdyn_postaladdresscollections', { msdyn_location: 'L-78' });
    await there.platform.database.transaction(() =>
      there.platform.dataverse.organization.create('customeraddress', {
        ...{ parentid: { table: 'account', id: accountid }, msdyn_locationid: 'L-78', country: 'US' },
      }),
    );
    const body = { LocationId: 'L-78', PartyNumber, Purpose: 'Home' };
    const refused = await there.financeOperations('POST', 'CDSPartyPostalAddressLocations', { body });
    expect(refused.status).toBe(400);
    expect(refused.body.error.innererror.message).toContain(
      'Unable to write data to entity msdyn_partypostaladdresses. Writes to DirPartyPostalAddressLocationCDSEntity failed with error message Request failed with status code BadRequest and CDS error code : 0x80040265 response message: An error occurred in plugin. A record that has the attribute values Location ID already exists.',
    );
    const PartyOfAnother = await partyNumber('US-003');
    const shared = { ...body, LocationId: 'L-77', PartyNumber: PartyOfAnother };
    expect((await there.financeOperations('POST', 'CDSPartyPostalAddressLocations', { body: shared })).status).toBe(
      201,
    );
  });

  test('without a party is refused', async () => {
    const { row } = await post('accounts', { name: 'A prospect' });
    const bind = { 'parentid_account@odata.bind': `accounts(${row.accountid})` };
    for (const body of [elm, { ...elm, ...bind }])
      expect(await post('customeraddresses', body)).toMatchObject({
        status: 400,
        message: expect.stringMatching(
          /^You cannot create a new customer address from here\. Please use the Account\/Contact form/,
        ),
      });
  });
});

test('addresses of a contact are those of its party: Business, Invoice and Delivery', async () => {
  const { contact, party } = await aContact();
  for (const [number, purpose] of [
    [1, 'Business'],
    [2, 'Invoice'],
    [3, 'Delivery'],
  ] as const) {
    const { customeraddressid } = await one(
      `customeraddresses?$filter=_parentid_value eq ${contact.contactid} and addressnumber eq ${number}`,
    );
    const body = { ...elm, line1: `${number} Elm Court` };
    expect((await there.dataverse('PATCH', `customeraddresses(${customeraddressid})`, { body })).status).toBe(204);
    const found = await rows('PartyLocationPostalAddressesV2', `PartyNumber eq '${party.msdyn_partynumber}'`);
    expect(found).toContainEqual(expect.objectContaining({ Street: `${number} Elm Court`, Roles: purpose }));
  }
});

test('a party has one primary address: another one that is marked takes its place on both sides', async () => {
  const { accountid } = await account();
  const PartyNumber = await partyNumber();
  const bind = { 'parentid_account@odata.bind': `accounts(${accountid})` };
  const { row } = await post('customeraddresses', { ...elm, ...bind, line1: '9 Elm Court' });
  const path = `customeraddresses(${row.customeraddressid})`;
  expect((await there.dataverse('PATCH', path, { body: { msdyn_isprimary: true } })).status).toBe(204);
  const { msdyn_locationid } = (await there.dataverse('GET', path)).body;
  const primary = await rows('CDSPartyPostalAddressLocations', `PartyNumber eq '${PartyNumber}'`);
  expect(primary.filter(({ IsPrimary }: { IsPrimary: string }) => IsPrimary === 'Yes')).toMatchObject([
    { LocationId: msdyn_locationid },
  ]);
  const links = await list(
    `msdyn_partypostaladdresses?$filter=msdyn_isprimary eq true and msdyn_partyid/msdyn_partynumber eq '${PartyNumber}'&$expand=msdyn_postaladdresscollectionid`,
  );
  expect(links.map((link: any) => link.msdyn_postaladdresscollectionid.msdyn_location)).toEqual([msdyn_locationid]); // eslint-disable-line @typescript-eslint/no-explicit-any -- a row
});

// Section 5.8 and 8.4: Dataverse knows no dates in force.
test('an address of the future is in Dataverse at once, and edits of it fail', async () => {
  const [link] = await rows(
    'PartyLocationPostalAddressesV2',
    `PartyNumber eq '${await partyNumber('DE-001')}' and IsRoleDelivery eq Microsoft.Dynamics.DataEntities.NoYes'Yes'`,
  );
  const ValidFrom = `${new Date(there.platform.clock.now().getTime() + 10 * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
  const body = { LocationId: link.LocationId, ValidFrom, Street: 'Morgen 1', City: 'Köln', CountryRegionId: 'DEU' };
  expect((await there.financeOperations('POST', 'CDSPostalAddressHistoryV2', { body })).status).toBe(201);
  expect(await account('DE-001')).toMatchObject({ address1_line1: 'Morgen 1' });
  const { accountid } = await account('DE-001');
  const { customeraddressid } = await one(
    `customeraddresses?$filter=_parentid_value eq ${accountid} and addressnumber eq 1`,
  );
  const edit = () =>
    there.dataverse('PATCH', `customeraddresses(${customeraddressid})`, { body: { line1: 'Morgen 2' } });
  const refused = await edit();
  expect([refused.status, refused.body.error.message]).toEqual([400, expect.stringContaining('is not current before')]);
  expect(await account('DE-001')).toMatchObject({ address1_line1: 'Morgen 1' });
  there.platform.clock.advance(11 * 86_400_000);
  expect((await edit()).status).toBe(204);
});

// Section 5.9: Contacts V2 → msdyn_contactforparties takes the place of the two CDS Contacts V2 maps.
test('a contact for a party is a contact person of the customer in finance and operations, and goes with it', async () => {
  const { party, contact } = await aContact();
  const { msdyn_partyid: customer, _msdyn_company_value: company } = await account();
  const made = await post('msdyn_contactforparties', {
    msdyn_employmentprofession: 'Veterinarian',
    'msdyn_contactid@odata.bind': `contacts(${contact.contactid})`,
    'msdyn_contactpartyid@odata.bind': `msdyn_parties(${party.msdyn_partyid})`,
    'msdyn_associatedpartyid@odata.bind': `msdyn_parties(${customer.msdyn_partyid})`,
    'msdyn_associatedcompanyid@odata.bind': `cdm_companies(${company})`,
  });
  expect([made.status, made.message]).toEqual([201, undefined]);
  const own = await one(
    `msdyn_contactforparties?$filter=msdyn_contactforpartyid eq ${made.row.msdyn_contactforpartyid}`,
  );
  expect(own.msdyn_contactforpartynumber).toMatch(/\d/);
  const filter = `ContactPersonId eq '${own.msdyn_contactforpartynumber}'`;
  expect(await rows('ContactsV2', filter)).toMatchObject([
    {
      ...{ dataAreaId: 'usmf', ContactPersonPartyNumber: party.msdyn_partynumber },
      ...{ AssociatedPartyNumber: customer.msdyn_partynumber, EmploymentProfession: 'Veterinarian' },
    },
  ]);
  expect(await rows('CDSContactPersonsV2', filter)).toMatchObject([{ AssociatedContactNumber: 'US-001' }]);
  await there.dataverse('DELETE', `msdyn_contactforparties(${made.row.msdyn_contactforpartyid})`);
  expect(await rows('ContactsV2', filter)).toEqual([]);
});

// Section 5.6: an account of a party is one of a kind in its company.
test('a party has one customer in a company', async () => {
  const { msdyn_partyid: party, _msdyn_company_value: company, accountid } = await account();
  const body = {
    ...{ name: 'Twice', accountnumber: 'US-990', customertypecode: 3 },
    'msdyn_company@odata.bind': `cdm_companies(${company})`,
    'msdyn_partyid@odata.bind': `msdyn_parties(${party.msdyn_partyid})`,
  };
  expect(await post('accounts', body)).toMatchObject({
    status: 400,
    message: 'Party is already used to create an account in the company specified',
  });
  expect((await dataversePatch(`accounts(${accountid})`, { customertypecode: 3 })).status).toBe(204);
});
const dataversePatch = (path: string, body: object) => there.dataverse('PATCH', path, { body });

// Section 5.6 "Number sequences are independent on each side" and 8.9: another seed puts it right.
test('a party number finance and operations has given already is refused until the numbers begin elsewhere', async () => {
  const seed = (Value: number) =>
    there.dataverse('POST', 'SetAutoNumberSeed', {
      body: { EntityName: 'msdyn_party', AttributeName: 'msdyn_partynumber', Value },
    });
  const aParty = () =>
    post('msdyn_parties', { msdyn_partytype: 192350002, msdyn_organizationname: 'New', msdyn_namealias: 'New' });
  const number = Number(await partyNumber());
  await there.platform.dualWrite.act('msdyn_parties - CDS Parties', 'stop', {});
  await there.financeOperations('POST', 'CDSParties', {
    body: { PartyNumber: '600000001', PartyType: 'Organization', OrganizationName: 'There', NameAlias: 'There' },
  });
  await there.platform.dualWrite.act('msdyn_parties - CDS Parties', 'start', {});
  expect(number).toBeLessThan(600_000_001);
  await seed(number);
  expect(await aParty()).toMatchObject({ status: 412, message: expect.stringContaining('msdyn_partynumber') });
  await seed(600_000_002);
  expect(await aParty()).toMatchObject({ status: 201, row: { msdyn_partynumber: '600000002' } });
});

// Section 5.6: the company becomes read-only once a row is saved with it; without one it may be given.
test('a row stays in its company', async () => {
  const { accountid, _msdyn_company_value: company } = await account();
  const other = await one("cdm_companies?$filter=cdm_companycode eq 'demf'");
  const move = (id: string, to: string) =>
    dataversePatch(`accounts(${id})`, { 'msdyn_company@odata.bind': `cdm_companies(${to})` });
  const refused = await move(accountid, other.cdm_companyid);
  expect([refused.status, refused.body.error.message]).toEqual([400, expect.stringContaining('cannot be changed')]);
  expect((await dataversePatch(`accounts(${accountid})`, { 'msdyn_company@odata.bind': null })).status).toBe(400);
  expect((await move(accountid, company)).status).toBe(204);
  const { row } = await post('accounts', { name: 'Nowhere yet' });
  expect((await move(row.accountid, other.cdm_companyid)).status).toBe(204);
  expect((await move(row.accountid, company)).status).toBe(400);
});
