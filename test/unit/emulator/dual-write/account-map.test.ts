import { readMaps } from '../../../../emulator/first-party.ts';
import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, section 5.7 "Customers V3 ↔ accounts": field, direction, column; = both ways, > to Dataverse,
// < to finance and operations; twice or crossed with a transform.
const both = `
CUSTOMERACCOUNT = accountnumber
CREDITLIMIT = creditlimit
SALESCURRENCYCODE = transactioncurrencyid.isocurrencycode
SALESMEMO = description
CREDITLIMITISMANDATORY >< msdyn_creditlimitismandatory
CREDITRATING = msdyn_creditrating
CUSTOMERGROUPID = msdyn_customergroupid.msdyn_groupid
IDENTIFICATIONNUMBER = msdyn_identificationnumber
INVOICEACCOUNT = msdyn_billingaccount.accountnumber
ISONETIMECUSTOMER >< msdyn_onetimecustomer
ONHOLDSTATUS >< msdyn_onholdstatus
PARTYCOUNTRY = msdyn_partycountry
PARTYSTATE = msdyn_partystateprovince
PAYMENTDAY = msdyn_paymentday.msdyn_name
PAYMENTMETHOD = msdyn_customerpaymentmethod.msdyn_name
PAYMENTSCHEDULE = msdyn_paymentschedule.msdyn_name
PAYMENTTERMS = msdyn_paymentterm.msdyn_name
PAYMENTTERMSBASEDAYS = msdyn_paymenttermsbasedays
TAXEXEMPTNUMBER = msdyn_taxexemptnumber
VENDORACCOUNT = msdyn_vendor.msdyn_vendoraccountnumber
 >> customertypecode
PARTYTYPE << `;
const address = (side: string, prefix: string) => `
${side}ADDRESSSTREET = ${prefix}_line1
${side}ADDRESSCITY = ${prefix}_city
${side}ADDRESSSTATE = ${prefix}_stateorprovince
${side}ADDRESSZIPCODE = ${prefix}_postalcode
${side}ADDRESSCOUNTY = ${prefix}_county
${side}ADDRESSCOUNTRYREGIONISOCODE = ${prefix}_country
${side}ADDRESSLATITUDE > ${prefix}_latitude
${side}ADDRESSLONGITUDE > ${prefix}_longitude`;
const generationA = `${both}
PARTYNUMBER = msdyn_partynumber
CONTACTPERSONID = primarycontactid.msdyn_contactpersonid
ORGANIZATIONNAME = name
ORGANIZATIONNUMBEROFEMPLOYEES = numberofemployees${address('INVOICE', 'address2')}${address('DELIVERY', 'address1')}
 >> address1_addresstypecode
INVOICEADDRESS >< msdyn_invoiceaddress
PRIMARYCONTACTEMAIL = emailaddress1
PRIMARYCONTACTFAX = fax
PRIMARYCONTACTPHONE = telephone1
PRIMARYCONTACTTWITTER = primarytwitterid
PRIMARYCONTACTURL = websiteurl
PRIMARYCONTACTEMAILDESCRIPTION = msdyn_emailaddress1description
PRIMARYCONTACTFAXDESCRIPTION = msdyn_faxdescription
PRIMARYCONTACTFAXEXTENSION = msdyn_faxextension
PRIMARYCONTACTPHONEDESCRIPTION = msdyn_telephone1description
PRIMARYCONTACTPHONEEXTENSION = msdyn_telephone1extension
PRIMARYCONTACTFACEBOOK = msdyn_primaryfacebookid
PRIMARYCONTACTFACEBOOKDESCRIPTION = msdyn_primaryfacebookdescription
PRIMARYCONTACTLINKEDIN = msdyn_primarylinkedinid
PRIMARYCONTACTLINKEDINDESCRIPTION = msdyn_primarylinkedindescrption
PRIMARYCONTACTTWITTERDESCRIPTION = msdyn_primarytwitteriddescription
PRIMARYCONTACTURLDESCRIPTION = msdyn_websiteurldescription
LANGUAGEID << `;
const generationB = `${both}
PARTYNUMBER = msdyn_partyid.msdyn_partynumber
CONTACTPERSONID = msdyn_primarycontact.msdyn_contactforpartynumber
SALESTAXGROUP = msdyn_salestaxgroup.msdyn_name`;

const name = 'accounts - Customers V3';
const mapOf = (version: string) =>
  readMaps().find((one) => one.displayName === name && one.version === version)!.mapping.legs[0]!;
const listed = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .sort();
const arrows = { 1: '>', 2: '<', 3: '=' } as const;

test.each([
  ['1.0.0.4', generationA],
  ['1.0.0.5', generationB],
])('the account map %s has the published pairs, with their directions and transforms', (version, published) => {
  const { fieldMappings, sourceFilter, reversedSourceFilter } = mapOf(version);
  const pairs = fieldMappings.map(({ sourceField, destinationField, syncDirection, valueTransforms }) => {
    const arrow = arrows[syncDirection];
    const shown = valueTransforms.length === 0 ? arrow : arrow === '=' ? '><' : arrow + arrow;
    return `${sourceField} ${shown} ${destinationField}`;
  });
  expect(pairs.sort()).toEqual(listed(published));
  expect([sourceFilter, reversedSourceFilter]).toEqual(['((PartyType == "Organization"))', 'customertypecode eq 3']);
});

test.each(['1.0.0.4', '1.0.0.5'])('on hold of map %s has six values, none for PurchOrder', (version) => {
  const pair = mapOf(version).fieldMappings.find(({ sourceField }) => sourceField === 'ONHOLDSTATUS')!;
  const [transform] = pair.valueTransforms as unknown as readonly [{ valueMap: Record<string, string> }];
  expect(transform.valueMap).toEqual({
    ...{ no: '806380000', invoice: '806380001', all: '806380002' },
    ...{ payment: '806380003', requisition: '806380004', never: '806380005' },
  });
});

describe('every mapped column of an account', () => {
  let there: TestPlatform;
  beforeAll(async () => {
    there = await aPlatform();
  }, 120_000);
  afterAll(() => there.close());

  const key = `CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true`;
  const account = async () =>
    (await there.dataverse('GET', "accounts?$filter=accountnumber eq 'US-001'")).body.value[0];
  const patchAccount = async (body: object) =>
    there.dataverse('PATCH', `accounts(${(await account()).accountid})`, { body });
  const customer = async () => (await there.financeOperations('GET', key)).body;

  /** Column, what is written to it, the field of the other side and what it holds then; and another value of the field. */
  const columns: readonly (readonly [string, unknown, string, unknown, unknown, unknown])[] = [
    ['creditlimit', 4100.5, 'CreditLimit', 4100.5, 4200, 4200],
    ['description', 'a memo', 'SalesMemo', 'a memo', 'another', 'another'],
    ['msdyn_creditlimitismandatory', true, 'CreditLimitIsMandatory', 'Yes', 'No', false],
    ['msdyn_creditrating', 'Good', 'CreditRating', 'Good', 'Poor', 'Poor'],
    ['msdyn_identificationnumber', 'ID-1', 'IdentificationNumber', 'ID-1', 'ID-2', 'ID-2'],
    ['msdyn_onetimecustomer', true, 'IsOneTimeCustomer', 'Yes', 'No', false],
    ['msdyn_onholdstatus', 806380001, 'OnHoldStatus', 'Invoice', 'No', 806380000],
    ['msdyn_paymenttermsbasedays', 14, 'PaymentTermsBaseDays', 14, 21, 21],
    ['msdyn_taxexemptnumber', 'TX-1', 'TaxExemptNumber', 'TX-1', 'TX-2', 'TX-2'],
    ['name', 'Harbor A', 'OrganizationName', 'Harbor A', 'Harbor B', 'Harbor B'],
    ['numberofemployees', 12, 'OrganizationNumberOfEmployees', 12, 13, 13],
    ['address1_line1', '1 One', 'DeliveryAddressStreet', '1 One', '2 Two', '2 Two'],
    ['address2_city', 'Seattle', 'InvoiceAddressCity', 'Seattle', 'Tacoma', 'Tacoma'],
    ['emailaddress1', 'a@b.example', 'PrimaryContactEmail', 'a@b.example', 'c@d.example', 'c@d.example'],
    ['telephone1', '555-1', 'PrimaryContactPhone', '555-1', '555-2', '555-2'],
    ['fax', '555-3', 'PrimaryContactFax', '555-3', '555-4', '555-4'],
    [
      'websiteurl',
      'https://a.example',
      'PrimaryContactURL',
      'https://a.example',
      'https://b.example',
      'https://b.example',
    ],
  ];

  test.each(columns)('%s travels both ways', async (column, written, field, held, back, shown) => {
    expect((await patchAccount({ [column]: written })).status).toBe(204);
    expect((await customer())[field]).toEqual(held);
    const changed = await there.financeOperations('PATCH', key, { body: { [field]: back } });
    expect([changed.status, changed.body]).toEqual([204, undefined]);
    expect((await account())[column]).toEqual(shown);
  });

  // Section 5.7 "Currency trap": the number is copied, whatever the currencies are.
  test('a limit is the same number on both sides, in whatever currency', async () => {
    const [row] = (
      await there.dataverse('GET', "accounts?$filter=accountnumber eq 'US-004'&$expand=transactioncurrencyid")
    ).body.value;
    expect(row.transactioncurrencyid.isocurrencycode).toBe('EUR');
    expect((await there.dataverse('PATCH', `accounts(${row.accountid})`, { body: { creditlimit: 777 } })).status).toBe(
      204,
    );
    const { body } = await there.financeOperations(
      'GET',
      `CustomersV3(dataAreaId='usmf',CustomerAccount='US-004')?cross-company=true`,
    );
    expect(body.CreditLimit).toBe(777);
  });

  // 8.8 "Account never syncs": what it lacks on the other side is named.
  test('an account that lacks what finance and operations needs is refused in its words', async () => {
    const { _msdyn_company_value: company, transactioncurrencyid: _none } = await account();
    const body = {
      ...{ name: 'No group', accountnumber: 'US-985', customertypecode: 3 },
      'msdyn_company@odata.bind': `cdm_companies(${company})`,
    };
    const { status, body: answer } = await there.dataverse('POST', 'accounts', { body });
    expect([status, answer.error.message]).toEqual([400, expect.stringContaining("Field 'Customer group'")]);
  });
});
