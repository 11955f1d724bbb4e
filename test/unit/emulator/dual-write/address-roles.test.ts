import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, section 5.8: "CDS Address roles → msdyn_addressroles" (1.0.0.0).
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
  await there.platform.dualWrite.useGeneration('B');
}, 300_000);
afterAll(() => there.close());

const roles = async (filter: string) =>
  (await there.dataverse('GET', encodeURI(`msdyn_addressroles?$filter=${filter}`))).body.value;
const purpose = async (Name: string) => there.financeOperations('GET', `CDSAddressRoles('${Name}')`);

test('the purposes of the system are there from the first write, with their types', async () => {
  expect(await roles("msdyn_name eq 'Delivery'")).toMatchObject([
    { msdyn_type: 192350002, msdyn_ispostaladdressrole: true, msdyn_iselectronicaddressrole: true },
  ]);
  expect(await roles('msdyn_type gt 192350000')).toHaveLength(14);
});

test('a purpose that is made on one side is on the other, and goes with it', async () => {
  const body = { Name: 'Showroom', IsPostalAddress: 'Yes', IsContactInfo: 'No' };
  expect((await there.financeOperations('POST', 'CDSAddressRoles', { body })).status).toBe(201);
  expect(await roles("msdyn_name eq 'Showroom'")).toMatchObject([
    { msdyn_type: 192350000, msdyn_ispostaladdressrole: true, msdyn_iselectronicaddressrole: false },
  ]);
  const made = { msdyn_name: 'Workshop', msdyn_iselectronicaddressrole: true, msdyn_ispostaladdressrole: false };
  expect((await there.dataverse('POST', 'msdyn_addressroles', { body: made })).status).toBe(204);
  expect((await purpose('Workshop')).body).toMatchObject({ Type: 'None', IsContactInfo: 'Yes', IsPostalAddress: 'No' });
  const [{ msdyn_addressroleid: id }] = await roles("msdyn_name eq 'Workshop'");
  expect((await there.dataverse('DELETE', `msdyn_addressroles(${id})`)).status).toBe(204);
  expect((await purpose('Workshop')).status).toBe(404);
});

test('one of the system stays, on both sides', async () => {
  const [{ msdyn_addressroleid: id }] = await roles("msdyn_name eq 'Invoice'");
  const refused = await there.dataverse('DELETE', `msdyn_addressroles(${id})`);
  expect([refused.status, refused.body.error.message]).toEqual([
    400,
    expect.stringContaining('The purpose Invoice is one of the system and cannot be deleted.'),
  ]);
  expect(await roles("msdyn_name eq 'Invoice'")).toHaveLength(1);
});
