import type { MapDefinition } from '../../../../emulator/dual-write/index.ts';
import { readMaps } from '../../../../emulator/first-party.ts';
import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// Paths as the published maps write them: `msdyn_model.msdyn_manufacturer.msdyn_manufacturer_id` beside `msdyn_model.msdyn_model_id`.
let there: TestPlatform;
const name = 'msdyn_customergroups - Customer groups';

beforeAll(async () => {
  there = await aPlatform();
  const { mapping } = readMaps().find((map) => map.displayName === name)!;
  const [leg] = mapping.legs;
  const added = {
    sourceField: 'ACCOUNTINGCURRENCYEXCHANGERATETYPE',
    destinationField: 'msdyn_paymenttermid.msdyn_paymentdayname.msdyn_name',
    destinationLookupFieldRelatedEntity: 'msdyn_paymentterms',
    syncDirection: 3 as const,
    valueTransforms: [],
  };
  const changed: MapDefinition['mapping'] = {
    ...mapping,
    legs: [{ ...leg!, fieldMappings: [...leg!.fieldMappings, added] }],
  };
  await there.platform.dualWrite.act(name, 'stop', {});
  await there.platform.dualWrite.act(name, 'save', { publisher: 'Contoso', version: '1.0.0.9', mapping: changed });
  await there.platform.dualWrite.act(name, 'start', { version: '1.0.0.9' });
}, 120_000);
afterAll(() => there.close());

const key = "CustomerGroups(dataAreaId='usmf',CustomerGroupId='10')?cross-company=true";
const change = (PaymentTermId: string, day: string) =>
  there.financeOperations('PATCH', key, { body: { PaymentTermId, AccountingCurrencyExchangeRateType: day } });
const group = async () => {
  const query = "msdyn_customergroups?$filter=msdyn_groupid eq '10' and msdyn_company/cdm_companycode eq 'usmf'";
  return (await there.dataverse('GET', `${query}&$expand=msdyn_paymenttermid($select=msdyn_name)`)).body.value[0];
};

test('a row is found by all the values that name it together', async () => {
  expect((await change('CM+15', '15th')).status).toBe(204);
  expect((await group()).msdyn_paymenttermid).toMatchObject({ msdyn_name: 'CM+15' });
});

test('when no row has them all, nothing is written, and the values are named', async () => {
  const { status, body } = await change('Net30', '15th');
  expect(status).toBeGreaterThanOrEqual(400);
  expect(JSON.stringify(body)).toContain('Unable to lookup msdyn_paymentterms with values {Net30, 15th}.');
  expect((await group()).msdyn_paymenttermid).toMatchObject({ msdyn_name: 'CM+15' });
});

test('the value at the end of the path goes to finance and operations; empty when the path ends before it', async () => {
  const sent = async (term: string) => {
    const query = `msdyn_paymentterms?$filter=msdyn_name eq '${encodeURIComponent(term)}' and msdyn_company/cdm_companycode eq 'usmf'`;
    const [{ msdyn_paymenttermid: id }] = (await there.dataverse('GET', query)).body.value;
    const body = { 'msdyn_paymenttermid@odata.bind': `msdyn_paymentterms(${id})` };
    const { msdyn_customergroupid } = await group();
    expect((await there.dataverse('PATCH', `msdyn_customergroups(${msdyn_customergroupid})`, { body })).status).toBe(
      204,
    );
    const { PaymentTermId, AccountingCurrencyExchangeRateType } = (await there.financeOperations('GET', key)).body;
    return [PaymentTermId, AccountingCurrencyExchangeRateType];
  };
  expect(await sent('Net10')).toEqual(['Net10', '']);
  expect(await sent('CM+15')).toEqual(['CM+15', '15th']);
});

test('a map that leads through a column that is not there is refused', async () => {
  const { mapping } = readMaps().find((map) => map.displayName === name)!;
  const [leg] = mapping.legs;
  const fieldMappings = leg!.fieldMappings.map((one) =>
    one.sourceField === 'PAYMENTTERMID' ? { ...one, destinationField: 'msdyn_paymenttermid.nothing.msdyn_name' } : one,
  );
  await there.platform.dualWrite.act(name, 'stop', {});
  const given = {
    publisher: 'Contoso',
    version: '1.0.0.10',
    mapping: { ...mapping, legs: [{ ...leg, fieldMappings }] },
  };
  await expect(there.platform.dualWrite.act(name, 'save', given)).rejects.toThrow('DIPV1025');
});
