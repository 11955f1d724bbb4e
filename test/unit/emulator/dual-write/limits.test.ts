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
