import { limits } from '../../../../emulator/dual-write/limits.ts';
import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

jest.setTimeout(300_000);

// finance-operations reference, section 5.2 "Live-sync limits".
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform({ customers: 0 });
}, 180_000);
afterAll(() => there.close());

const party = '000001001';
const other = '000001002';
const rename = (OrganizationName: string, of = party) =>
  there.financeOperations('PATCH', `CDSParties(PartyNumber='${of}')`, { body: { OrganizationName } });
const add = async (set: string, body: object) => {
  const answer = await there.financeOperations('POST', `${set}?cross-company=true`, { body });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
};
/** More customers of one party: its name is in all of them, so that a new one changes all in one transaction. */
const addCustomer = (dataAreaId: string, CustomerAccount: string, PartyNumber = party) =>
  add('CustomersV3', {
    ...{ dataAreaId, CustomerAccount, PartyNumber },
    ...{ CustomerGroupId: '10', SalesCurrencyCode: 'USD' },
  });
const names = async () => {
  const { value } = (await there.financeOperations('GET', 'CustomersV3?cross-company=true&$select=OrganizationName'))
    .body;
  return new Set(value.map((row: { OrganizationName: string }) => row.OrganizationName));
};
const act = (verb: string) => there.platform.dualWrite.act('accounts - Customers V3', verb, {});

test('a transaction of finance and operations carries 1,000 records and no more', async () => {
  await act('stop');
  await there.platform.database.transaction(async () => {
    for (let number = 1; number < 1_000; number++) await addCustomer('usmf', `LR-${number}`);
  });
  await act('start');
  expect((await rename('A thousand')).status).toBe(204);
  await addCustomer('usmf', 'LR-1000');
  const refused = await rename('One too many');
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.body)).toContain('Writes to CustCustomerV3Entity failed with error message');
  expect(JSON.stringify(refused.body)).toContain('1001 records; dual-write takes 1000 in one');
  expect(await names()).not.toContain('One too many');
});

test('a transaction of finance and operations carries 250 legal entities and no more', async () => {
  await act('stop');
  const code = (number: number) => `l${String(number).padStart(3, '0')}`;
  const addLegalEntity = async (LegalEntityId: string) => {
    await add('LegalEntities', { LegalEntityId, Name: LegalEntityId });
    await add('CustomerGroups', { dataAreaId: LegalEntityId, CustomerGroupId: '10', Description: 'All' });
    await addCustomer(LegalEntityId, 'LE-1', other);
  };
  for (let number = 1; number < 250; number++) await addLegalEntity(code(number));
  await act('start');
  // Its own customer in usmf is the 250th.
  expect((await rename('Everywhere', other)).status).toBe(204);
  await addLegalEntity(code(250));
  const refused = await rename('Too many places', other);
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.body)).toContain('251 legal entities; dual-write takes 250 in one');
  expect(await names()).not.toContain('Too many places');
});

const organization = () => there.platform.dataverse.organization;
/** Accounts with this number, in the order of their companies. */
const accountsOf = (accountnumber: string) =>
  organization().retrieveMultiple({
    ...{ table: 'account', columns: ['accountid', 'description', 'msdyn_company'], joins: [], order: [] },
    filter: { kind: 'compare', left: { column: 'accountnumber' }, operator: 'eq', right: accountnumber },
  });
const describeAll = async (description: string) => {
  for (const { accountid } of await accountsOf('LE-1'))
    await organization().update('account', String(accountid), { description });
};
const memos = async () => {
  const query = "CustomersV3?cross-company=true&$select=SalesMemo&$filter=CustomerAccount eq 'LE-1'";
  const { value } = (await there.financeOperations('GET', query)).body;
  return [...new Set(value.map((row: { SalesMemo: string }) => row.SalesMemo))];
};

/** Their customers of this number, and what those look up, reach Dataverse once the companies are enabled. */
async function enableCompanies(): Promise<void> {
  const companies = await organization().retrieveMultiple({
    ...{ table: 'cdm_company', columns: ['cdm_companyid', 'cdm_companycode'], joins: [], order: [] },
    filter: { kind: 'like', left: { column: 'cdm_companycode' }, pattern: 'l%' },
  });
  for (const { cdm_companyid, cdm_companycode } of companies) {
    await organization().update('cdm_company', String(cdm_companyid), { cdm_isenabledfordualwrite: true });
    const company = String(cdm_companycode).toLowerCase();
    const change = async (path: string, body: object) =>
      expect((await there.financeOperations('PATCH', `${path}?cross-company=true`, { body })).status).toBe(204);
    await change(`CustomerGroups(dataAreaId='${company}',CustomerGroupId='10')`, { Description: 'Everybody' });
    if (company !== 'l250')
      await change(`CustomersV3(dataAreaId='${company}',CustomerAccount='LE-1')`, { SalesMemo: 'first' });
  }
}

test('a transaction of Dataverse carries 250 legal entities and no more', async () => {
  await enableCompanies();
  const accounts = await accountsOf('LE-1');
  expect(accounts).toHaveLength(249);
  const [first] = await accountsOf('US-001');
  const accountid = String(first!['accountid']);
  expect(accounts.map((one) => one['msdyn_company'])).not.toContainEqual(first!['msdyn_company']);
  const save = (description: string) =>
    there.platform.database.transaction(async () => {
      await describeAll(description);
      await organization().update('account', accountid, { description });
    });
  await save('250 of them');
  expect(await memos()).toEqual(['250 of them', '']);
  const [{ cdm_companyid: id }] = (await organization().retrieveMultiple({
    ...{ table: 'cdm_company', columns: ['cdm_companyid'], joins: [], order: [] },
    filter: { kind: 'compare', left: { column: 'cdm_companycode' }, operator: 'eq', right: 'l250' },
  })) as [{ cdm_companyid: string }];
  const oneMore = there.platform.database.transaction(async () => {
    await save('251 of them');
    await organization().create('account', {
      ...{ name: 'One more', accountnumber: 'LE-2', customertypecode: 3 },
      msdyn_company: { table: 'cdm_company', id },
    });
  });
  await expect(oneMore).rejects.toThrow('The transaction holds 251 legal entities; dual-write takes 250 in one.');
  // Both sides are as they were.
  expect(await memos()).toEqual(['250 of them', '']);
  expect(new Set((await accountsOf('LE-1')).map(({ description }) => description))).toEqual(new Set(['250 of them']));
});

test('a transaction of Dataverse carries a payload of 116.85 MB and no more, all its rows together', async () => {
  expect(limits.payloadBytes).toBe(Math.floor(116.85 * 1024 * 1024));
  const trial = jest.replaceProperty(limits as { payloadBytes: number }, 'payloadBytes', 20_000);
  try {
    const save = (description: string, rows: number) =>
      there.platform.database.transaction(async () => {
        for (const { accountid } of (await accountsOf('LE-1')).slice(0, rows))
          await organization().update('account', String(accountid), { description });
      });
    await save('one is small', 1);
    await save('one by itself, again and again', 1);
    await expect(save('too many', 249)).rejects.toMatchObject({
      message: 'Message size exceeded when sending context to Sandbox.',
      wire: { code: '0x80040216', status: 400 },
    });
  } finally {
    trial.restore();
  }
  expect(await memos()).not.toContain('too many');
  expect((await accountsOf('LE-1')).map(({ description }) => description)).not.toContain('too many');
});
