import { admin, norole, startTestEmulator, type TestEmulator } from '../support/emulator.ts';

let emulator: TestEmulator;
beforeAll(async () => void (emulator = await startTestEmulator()), 300_000);
afterAll(() => emulator?.stop());
beforeEach(async () => {
  await emulator.console('POST', '/reset');
  await emulator.console('DELETE', '/faults');
});

const customerKey = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
const newShipping = {
  address1_line1: '12 Harbour Road',
  address1_city: 'Seattle',
  address1_stateorprovince: 'WA',
  address1_postalcode: '98101',
  address1_country: 'US',
};
const newBilling = {
  address2_line1: 'PO Box 7',
  address2_city: 'Portland',
  address2_stateorprovince: 'OR',
  address2_postalcode: '97201',
  address2_country: 'US',
};

async function accountId(number = 'US-001'): Promise<string> {
  const { body } = await emulator.dataverse('GET', `accounts?$select=accountid&$filter=accountnumber eq '${number}'`, {
    as: admin,
  });
  expect(body.value).toHaveLength(1);
  return body.value[0].accountid;
}

async function account(id: string) {
  const columns =
    'name,address1_line1,address1_city,address1_postalcode,address1_stateorprovince,address1_country,address2_line1,address2_city';
  return (await emulator.dataverse('GET', `accounts(${id})?$select=${columns}`, { as: admin })).body;
}

const customer = async (key = customerKey) => (await emulator.financeOperations('GET', key, { as: admin })).body;

async function confirmations(id: string) {
  await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
  const { body } = await emulator.dataverse(
    'GET',
    `fno_addresschanges?$filter=_fno_accountid_value eq ${id}&$orderby=createdon`,
    { as: admin },
  );
  return body.value;
}

describe('generation A: addresses travel in the account map', () => {
  test('a saved billing and shipping address is in finance and operations when the save returns', async () => {
    const id = await accountId();
    const saved = await emulator.dataverse('PATCH', `accounts(${id})`, { body: { ...newShipping, ...newBilling } });
    expect([saved.status, saved.text]).toEqual([204, '']);
    expect(await customer()).toMatchObject({
      DeliveryAddressStreet: '12 Harbour Road',
      DeliveryAddressCity: 'Seattle',
      DeliveryAddressState: 'WA',
      DeliveryAddressZipCode: '98101',
      InvoiceAddressStreet: 'PO Box 7',
      InvoiceAddressCity: 'Portland',
    });
  });

  test('an address changed in finance and operations is in Dataverse when that save returns', async () => {
    const changed = await emulator.financeOperations('PATCH', customerKey, {
      as: admin,
      body: { DeliveryAddressStreet: '9 Mill Lane', DeliveryAddressCity: 'Tacoma' },
    });
    expect(changed.status).toBeLessThan(300);
    expect(await account(await accountId())).toMatchObject({ address1_line1: '9 Mill Lane', address1_city: 'Tacoma' });
  });

  test('the virtual row shows the new address, read as the same user', async () => {
    await emulator.dataverse('PATCH', `accounts(${await accountId()})`, { body: newShipping });
    const path =
      "mserp_custcustomerv3entities?$select=mserp_deliveryaddressstreet,mserp_deliveryaddresscity&$filter=mserp_customeraccount eq 'US-001' and mserp_dataareaid eq 'usmf'";
    const { status, body } = await emulator.dataverse('GET', path);
    expect(status).toBe(200);
    expect(body.value).toMatchObject([
      { mserp_deliveryaddressstreet: '12 Harbour Road', mserp_deliveryaddresscity: 'Seattle' },
    ]);
  });

  test.each([
    ['a country it does not know', 'US-001', { ...newShipping, address1_country: 'XX' }, /XX/],
    ['a customer closed for editing', 'US-005', newShipping, /closed for editing/i],
  ])('a refusal (%s) fails the save in its words and changes neither side', async (_why, number, change, words) => {
    const id = await accountId(number);
    const key = customerKey.replace('US-001', number);
    const before = [await account(id), await customer(key)];
    const { status, body } = await emulator.dataverse('PATCH', `accounts(${id})`, { body: change });
    expect(status).toBe(400);
    expect(body.error.code).toMatch(/^0x8/);
    expect(body.error.message).toContain(
      '"RecordError0":"Write failed for entity Customers V3 with unknown exception - ',
    );
    expect(body.error.message).toMatch(words);
    expect([await account(id), await customer(key)]).toEqual(before);
    expect(await confirmations(id)).toEqual([]);
  });

  test('finance and operations out of reach fails the save with the transport error and changes nothing', async () => {
    const id = await accountId();
    const before = await account(id);
    await emulator.console('POST', '/faults', { where: 'finance-operations', effect: { drop: true } });
    const { status, body } = await emulator.dataverse('PATCH', `accounts(${id})`, { body: newShipping });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body.error.message).toContain('An unexpected error occurred from ISV code. (ErrorType = ClientError)');
    expect(body.error.message).toContain('failed to process entity account - (');
    await emulator.console('DELETE', '/faults');
    expect(await account(id)).toEqual(before);
    expect((await emulator.dataverse('PATCH', `accounts(${id})`, { body: newShipping })).status).toBe(204);
  });
});

describe('generation B: addresses travel through the party and global address book', () => {
  beforeEach(() => emulator.console('POST', '/dual-write/address-generation', { use: 'B' }));

  async function addressRow(id: string, number: 1 | 2): Promise<string> {
    const { body } = await emulator.dataverse(
      'GET',
      `customeraddresses?$select=customeraddressid&$filter=_parentid_value eq ${id} and addressnumber eq ${number}`,
    );
    return body.value[0].customeraddressid;
  }

  test('an address saved through customeraddress is in the party address rows when the save returns', async () => {
    const id = await accountId();
    const saved = await emulator.dataverse('PATCH', `customeraddresses(${await addressRow(id, 1)})`, {
      body: { line1: '12 Harbour Road', city: 'Seattle', stateorprovince: 'WA', postalcode: '98101', country: 'US' },
    });
    expect([saved.status, saved.text]).toEqual([204, '']);
    const { PartyNumber, DeliveryAddressStreet } = await customer();
    expect(DeliveryAddressStreet).toBe('12 Harbour Road');
    const rows = await emulator.financeOperations(
      'GET',
      `PartyLocationPostalAddressesV2?$filter=PartyNumber eq '${PartyNumber}'`,
      { as: admin },
    );
    expect(rows.body.value).toContainEqual(
      expect.objectContaining({ Street: '12 Harbour Road', City: 'Seattle', IsRoleDelivery: 'Yes' }),
    );
    expect(await account(id)).toMatchObject({ address1_line1: '12 Harbour Road', address1_city: 'Seattle' });
  });

  test('an address changed in finance and operations is in Dataverse when that save returns', async () => {
    const changed = await emulator.financeOperations('PATCH', customerKey, {
      as: admin,
      body: { InvoiceAddressStreet: '1 Bank Street' },
    });
    expect(changed.status).toBeLessThan(300);
    expect(await account(await accountId())).toMatchObject({ address2_line1: '1 Bank Street' });
  });

  test('a party address changed in finance and operations is in Dataverse when that save returns', async () => {
    const { PartyNumber } = await customer();
    const rows = await emulator.financeOperations(
      'GET',
      `PartyLocationPostalAddressesV2?$filter=PartyNumber eq '${PartyNumber}' and IsRoleDelivery eq Microsoft.Dynamics.DataEntities.NoYes'Yes'`,
      { as: admin },
    );
    const [row] = rows.body.value;
    const key = `PartyLocationPostalAddressesV2(PartyNumber='${PartyNumber}',LocationId='${row.LocationId}',ValidFrom=${row.ValidFrom})`;
    const changed = await emulator.financeOperations('PATCH', key, { as: admin, body: { Street: '3 Party Street' } });
    expect([changed.status, changed.text]).toEqual([204, '']);
    expect(await account(await accountId())).toMatchObject({ address1_line1: '3 Party Street' });
    expect((await customer()).DeliveryAddressStreet).toBe('3 Party Street');
  });

  test('finance and operations out of reach fails the save and changes nothing', async () => {
    const id = await accountId();
    const before = await account(id);
    await emulator.console('POST', '/faults', { where: 'finance-operations', effect: { drop: true } });
    const { status, body } = await emulator.dataverse('PATCH', `customeraddresses(${await addressRow(id, 1)})`, {
      body: { line1: '12 Harbour Road' },
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body.error.message).toContain('An unexpected error occurred from ISV code. (ErrorType = ClientError)');
    await emulator.console('DELETE', '/faults');
    expect(await account(id)).toEqual(before);
  });

  test('a refusal changes neither side', async () => {
    const id = await accountId('US-005');
    const before = await account(id);
    const { status, body } = await emulator.dataverse('PATCH', `customeraddresses(${await addressRow(id, 1)})`, {
      body: { line1: 'Elsewhere' },
    });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/closed for editing/i);
    expect(await account(id)).toEqual(before);
  });
});

describe('the flow confirms what was saved', () => {
  test('one row with before, after, outcome and seconds', async () => {
    const id = await accountId();
    const old = await account(id);
    await emulator.dataverse('PATCH', `accounts(${id})`, { body: newShipping });
    const [confirmation, ...others] = await confirmations(id);
    expect(others).toEqual([]);
    expect(confirmation).toMatchObject({ fno_outcome: 715000000, fno_company: 'usmf' });
    expect(confirmation.fno_seconds).toBeGreaterThanOrEqual(0);
    expect(JSON.parse(confirmation.fno_before).shipping).toMatchObject({
      street: old.address1_line1,
      city: old.address1_city,
    });
    expect(JSON.parse(confirmation.fno_after).shipping).toMatchObject({ street: '12 Harbour Road', city: 'Seattle' });
  });

  test('delivered twice it still writes one', async () => {
    const id = await accountId();
    await emulator.console('POST', '/faults', { where: 'event-delivery', effect: { duplicate: true } });
    await emulator.dataverse('PATCH', `accounts(${id})`, { body: newShipping });
    expect(await confirmations(id)).toHaveLength(1);
    const runs = await emulator.console('GET', '/flow-runs?flow=address-change-confirm');
    expect(runs.value).toHaveLength(2);
    expect(runs.value.map((run: { status: string }) => run.status)).toEqual(['Succeeded', 'Succeeded']);
  });

  test('a change made in finance and operations is confirmed the same', async () => {
    const id = await accountId();
    await emulator.financeOperations('PATCH', customerKey, {
      as: admin,
      body: { DeliveryAddressStreet: '9 Mill Lane' },
    });
    const [confirmation] = await confirmations(id);
    expect(confirmation).toMatchObject({ fno_outcome: 715000000 });
    expect(JSON.parse(confirmation.fno_after).shipping.street).toBe('9 Mill Lane');
  });
});

describe('who may', () => {
  test.each(['accounts', 'mserp_custcustomerv3entities', 'fno_addresschanges'])(
    'a user without a role gets the privilege error and no data of %s',
    async (set) => {
      const { status, body } = await emulator.dataverse('GET', set, { as: norole });
      expect(status).toBe(403);
      expect(body.error.code).toBe('0x80040220');
      expect(body.value).toBeUndefined();
    },
  );

  test('a user without a role cannot write either', async () => {
    const id = await accountId();
    const before = await account(id);
    const { status, body } = await emulator.dataverse('PATCH', `accounts(${id})`, { as: norole, body: newShipping });
    expect([status, body.error.code]).toEqual([403, '0x80040220']);
    expect(await account(id)).toEqual(before);
  });
});

test('HTML in names and streets travels as text, unchanged, both ways', async () => {
  const id = await accountId();
  const street = `<img src=x onerror=alert(1)> & "5th" 'Ave'`;
  expect(
    (await emulator.dataverse('PATCH', `accounts(${id})`, { body: { name: '<b>Contoso</b>', address1_line1: street } }))
      .status,
  ).toBe(204);
  expect(await account(id)).toMatchObject({ name: '<b>Contoso</b>', address1_line1: street });
  expect(await customer()).toMatchObject({ OrganizationName: '<b>Contoso</b>', DeliveryAddressStreet: street });
});
