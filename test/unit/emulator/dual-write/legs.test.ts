import { readMaps } from '../../../../emulator/first-party.ts';
import type { MapDefinition } from '../../../../emulator/dual-write/index.ts';
import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, section 5.5: the mapping of a map holds `legs[]`, each with its schemas, filters and pairs.
jest.setTimeout(60_000);

const map = 'setup - Customer setup';
const legOf = (displayName: string) =>
  readMaps().find((one) => one.displayName === displayName)!.mapping
    .legs[0] as MapDefinition['mapping']['legs'][number];

/** A group looks up its terms, which a later leg of the map carries; currencies belong to no company. */
const legs = [
  { ...legOf('msdyn_customergroups - Customer groups'), reversedSourceFilter: "startswith(msdyn_groupid,'Z')" },
  { ...legOf('msdyn_paymentterms - Terms of payment'), id: '002', sourceFilter: '((Name like "Z*"))' },
  { ...legOf('transactioncurrencies - Currencies'), id: '003' },
];
const parts = [
  'msdyn_customergroups - Customer groups',
  'msdyn_paymentterms - Terms of payment',
  'transactioncurrencies - Currencies',
];

let there: TestPlatform;
let company: string;
beforeAll(async () => {
  there = await aPlatform();
  for (const one of parts) await act('stop', {}, one);
  const body = {
    msdyn_name: `Contoso_[${map}]`,
    msdyn_displayname: map,
    msdyn_version: '1.0.0.0',
    msdyn_mapping: JSON.stringify({ name: map, leftEnvironmentType: 'AX', centerEnvironmentType: 'CRM', legs }),
    msdyn_properties: '{}',
  };
  expect((await there.dataverse('POST', 'msdyn_dualwriteentitymaps', { body })).status).toBe(204);
  const [usmf] = (await there.dataverse('GET', "cdm_companies?$filter=cdm_companycode eq 'usmf'")).body.value;
  company = `cdm_companies(${usmf.cdm_companyid})`;
  await act('start');
}, 120_000);
afterAll(() => there.close());

const act = (verb: string, given: object = {}, name = map) =>
  there.platform.dualWrite.act(name, verb, given as Record<string, unknown>);
const detail = () => there.platform.dualWrite.map(map);
const ofUsmf = (row: object) => ({ dataAreaId: 'usmf', ...row });
const addTo = (set: string, row: object) => there.financeOperations('POST', `${set}?cross-company=true`, { body: row });
const addRow = (set: string, row: object) =>
  there.dataverse('POST', set, { body: { 'msdyn_company@odata.bind': company, ...row } });
const groupIn = async (id: string) =>
  (
    await there.dataverse(
      'GET',
      `msdyn_customergroups?$filter=msdyn_groupid eq '${id}'&$expand=msdyn_paymenttermid($select=msdyn_name)`,
    )
  ).body.value[0];
const groupThere = async (id: string) =>
  there.financeOperations('GET', `CustomerGroups(dataAreaId='usmf',CustomerGroupId='${id}')?cross-company=true`);
const termsIn = async (name: string) =>
  (await there.dataverse('GET', `msdyn_paymentterms?$filter=msdyn_name eq '${name}'`)).body.value;

test('rows of every leg travel live, both ways, by the filters of their own leg', async () => {
  expect((await addTo('PaymentTerms', ofUsmf({ Name: 'Z30', Description: 'Thirty' }))).status).toBe(201);
  expect((await addTo('PaymentTerms', ofUsmf({ Name: 'A30', Description: 'Not mapped' }))).status).toBe(201);
  expect(await termsIn('Z30')).toHaveLength(1);
  expect(await termsIn('A30')).toEqual([]);
  await addTo('CustomerGroups', ofUsmf({ CustomerGroupId: 'Q1', Description: 'Group', PaymentTermId: 'Z30' }));
  expect(await groupIn('Q1')).toMatchObject({ msdyn_description: 'Group', msdyn_paymenttermid: { msdyn_name: 'Z30' } });
  expect((await addRow('msdyn_customergroups', { msdyn_groupid: 'Z1' })).status).toBe(204);
  expect((await addRow('msdyn_customergroups', { msdyn_groupid: 'A1' })).status).toBe(204);
  expect((await groupThere('Z1')).status).toBe(200);
  expect((await groupThere('A1')).status).toBe(404);
});

test('a runtime row for each leg tells that it runs with Dataverse as a source, and goes when the map stops', async () => {
  const tables = async () =>
    (await there.dataverse('GET', `msdyn_dualwriteruntimeconfigs?$filter=msdyn_name eq 'Contoso_[${map}]'`)).body.value
      .map((row: Record<string, string>) => row['msdyn_internalentityname'])
      .sort();
  expect(await tables()).toEqual(['msdyn_customergroup', 'msdyn_paymentterm', 'transactioncurrency']);
  await act('stop');
  expect(await tables()).toEqual([]);
  await act('start');
});

test('a pause queues changes of every leg, and the replay gives each to its own', async () => {
  await act('pause');
  await addTo('PaymentTerms', ofUsmf({ Name: 'Z60', Description: 'Sixty' }));
  await addTo('CustomerGroups', ofUsmf({ CustomerGroupId: 'Q2', Description: 'Later', PaymentTermId: 'Z60' }));
  await addRow('msdyn_customergroups', { msdyn_groupid: 'Z2' });
  expect((await detail()).queued.map(({ leg, key }) => [leg, key])).toEqual([
    [1, '002: usmf|Z60'],
    [0, '001: usmf|Q2'],
    [0, '001: usmf|Z2'],
  ]);
  await act('resume');
  await there.quiet();
  expect(await detail()).toMatchObject({ status: 'Running', queuedRecords: 0, catchUpErrors: 0 });
  expect(await groupIn('Q2')).toMatchObject({ msdyn_paymenttermid: { msdyn_name: 'Z60' } });
  expect((await groupThere('Z2')).status).toBe(200);
});

test('an initial write writes every leg, what is looked up before what looks it up, and counts them together', async () => {
  await act('stop');
  await addTo('CustomerGroups', ofUsmf({ CustomerGroupId: 'Q3', Description: 'First write', PaymentTermId: 'Z90' }));
  await addTo('PaymentTerms', ofUsmf({ Name: 'Z90', Description: 'Ninety' }));
  await addTo('CustomerGroups', ofUsmf({ CustomerGroupId: 'Q3', Description: 'First write', PaymentTermId: 'Z90' }));
  await addTo('Currencies', { CurrencyCode: 'ZZZ', Name: 'Last', Symbol: 'z' });
  await addRow('msdyn_customergroups', { msdyn_groupid: 'Z3' });
  await act('initial-write', { master: 'finance-operations', legalEntities: ['usmf'] });
  await there.quiet();
  const [run] = (await detail()).runs;
  expect(run).toMatchObject({ status: 'Completed', errors: [], plan: { companies: ['usmf', ''] } });
  expect(run!.counts).toMatchObject({
    'finance-operations': { usmf: { created: 2, failed: 0 }, '': { created: 1 } },
    dataverse: { usmf: { created: 1, failed: 0 } },
  });
  expect(await groupIn('Q3')).toMatchObject({ msdyn_paymenttermid: { msdyn_name: 'Z90' } });
  expect((await groupThere('Z3')).status).toBe(200);
  expect(
    (await there.dataverse('GET', "transactioncurrencies?$filter=isocurrencycode eq 'ZZZ'")).body.value,
  ).toHaveLength(1);
});

test('reconciliation compares every leg, and sends rows again by their own', async () => {
  await act('stop');
  await addTo('PaymentTerms', ofUsmf({ Name: 'ZZ1', Description: 'Unseen' }));
  await addTo('CustomerGroups', ofUsmf({ CustomerGroupId: 'Q4', Description: 'Unseen', PaymentTermId: 'ZZ1' }));
  await act('start');
  const report = async () =>
    (await there.platform.dualWrite.reconciliation({ map })).value.map(({ rows }) =>
      rows.filter(({ why }) => why === 'notSent' || why === 'error'),
    );
  const [rows] = await report();
  expect(rows!.map(({ leg, key, kind }) => [leg, key, kind])).toEqual([
    [1, '002: usmf|ZZ1', 'missingInDataverse'],
    [0, '001: usmf|Q4', 'missingInDataverse'],
  ]);
  const sent = await there.platform.dualWrite.resend({ map, rows: rows!.map(({ id }) => id) });
  expect(sent).toMatchObject({ sent: 2, failed: 0 });
  expect(await groupIn('Q4')).toMatchObject({ msdyn_paymenttermid: { msdyn_name: 'ZZ1' } });
});

test('a new version keeps every leg, and can be written and read as a row', async () => {
  await act('stop');
  await act('save', { publisher: 'Fabrikam', version: '1.0.0.1' });
  const [row] = (
    await there.dataverse('GET', "msdyn_dualwriteentitymaps?$filter=msdyn_version eq '1.0.0.1'")
  ).body.value.filter((one: Record<string, string>) => one['msdyn_displayname'] === map);
  expect(JSON.parse(row.msdyn_mapping).legs).toEqual(legs);
  expect(await act('start', { version: '1.0.0.1' })).toMatchObject({ status: 'Running' });
  const shown = await detail();
  expect([shown.financeOperations, shown.dataverse]).toEqual([
    'Customer groups, Terms of payment, Currencies',
    'msdyn_customergroups, msdyn_paymentterms, transactioncurrencies',
  ]);
});
