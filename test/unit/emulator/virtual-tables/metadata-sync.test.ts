import type { EntityField } from '../../../../emulator/finance-operations/contract.ts';
import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, 2.2 "Catalog table": Auto Refresh, Auto Create; 8 item 29.
const minute = 60_000;
const catalogue = 'mserp_financeandoperationsentities';
let there: TestPlatform;
beforeEach(async () => {
  there = await aPlatform();
});
afterEach(() => there.close());

const deploy = (autoCreate: string[] = []) =>
  there.platform.financeOperations.command('deploy-package', { autoCreate });
const pass = async (minutes: number) => {
  there.platform.clock.advance(minutes * minute);
  await there.quiet();
};
const status = (entity: string) =>
  there.platform.financeOperations.metadataSync.statuses().find((one) => one.entity === entity);
const job = (name: string) => there.platform.financeOperations.metadataSync.jobs().find((one) => one.name === name)!;
const hasColumn = (name: string) =>
  there.platform.dataverse.metadata.table('mserp_custcustomerv3entity')!.columns.has(name);
/** A field that a new package brings. */
function addField(): () => void {
  const fields = there.platform.financeOperations.entities.get('CustCustomerV3Entity')!.fields as Map<
    string,
    EntityField
  >;
  fields.set('AddedLater', { name: 'AddedLater', type: 'string', maxLength: 20 });
  return () => void fields.delete('AddedLater');
}

test('30 minutes after a deployment visible tables have the fields that came with it', async () => {
  const restore = addField();
  await deploy();
  await pass(29);
  expect([hasColumn('mserp_addedlater'), status('CustCustomerV3Entity')]).toEqual([false, undefined]);
  await pass(1);
  expect(hasColumn('mserp_addedlater')).toBe(true);
  expect(status('CustCustomerV3Entity')).toEqual({
    entity: 'CustCustomerV3Entity',
    lastRefreshTime: expect.stringMatching(/^\d{4}-/),
    failureMessage: '',
    isTransientFailure: false,
    refreshNeeded: false,
  });
  expect(job('CDSVirtualEntityRefreshBatch')).toMatchObject({ status: 'Ended', retries: 0 });
  // What had nothing new is left alone.
  expect(there.platform.financeOperations.metadataSync.statuses()).toHaveLength(1);
  restore();
});

test('90 minutes after it, entities with Dataverse.AutoCreate have their tables; no table is deleted', async () => {
  await deploy(['CurrencyEntity', 'CustCustomerV3Entity']);
  await pass(89);
  expect((await there.dataverse('GET', 'mserp_currencyentities')).status).toBe(404);
  await pass(1);
  expect((await there.dataverse('GET', 'mserp_currencyentities?$top=1')).status).toBe(200);
  expect(status('CurrencyEntity')).toMatchObject({ failureMessage: '', refreshNeeded: false });
  expect(job('CDSVirtualEntityAutoCreateBatch').status).toBe('Ended');
  await deploy();
  await pass(90);
  expect((await there.dataverse('GET', 'mserp_currencyentities?$top=1')).status).toBe(200);
});

test('while another table is being made it fails for the moment, and is tried again', async () => {
  const { clock } = there.platform;
  const deployed = clock.now().getTime();
  await deploy(['CurrencyEntity']);
  const filter = "mserp_physicalname eq 'CustCustomerGroupEntity'";
  const [row] = (await there.dataverse('GET', `${catalogue}?$filter=${filter}`)).body.value;
  await pass(80);
  const path = `${catalogue}(${row.mserp_financeandoperationsentityid})`;
  await there.dataverse('PATCH', path, { body: { mserp_hasbeengenerated: true } });
  // The batch comes due while the generation by hand, which takes a second of the clock, is under way.
  clock.set(new Date(deployed + 90 * minute + 5000));
  await there.quiet();
  expect(status('CurrencyEntity')).toEqual({
    entity: 'CurrencyEntity',
    lastRefreshTime: null,
    failureMessage: expect.stringMatching(/^0x80071151 Cannot start the requested operation \[EntityCustomization\]/),
    isTransientFailure: true,
    refreshNeeded: true,
  });
  await pass(1);
  await pass(4);
  expect(status('CurrencyEntity')).toMatchObject({ failureMessage: '', isTransientFailure: false });
  expect(job('CDSVirtualEntityAutoCreateBatch')).toMatchObject({ status: 'Ended', retries: 1 });
});

test('after three retries it is left to somebody, and done by the next deployment', async () => {
  await deploy(['CurrencyEntity']);
  await there.platform.link.act('delete');
  await pass(90);
  for (const retries of [1, 2, 3]) {
    expect(job('CDSVirtualEntityAutoCreateBatch')).toMatchObject({ status: 'Waiting', retries });
    expect(status('CurrencyEntity')).toMatchObject({ isTransientFailure: false, refreshNeeded: true });
    await pass(5);
  }
  expect(job('CDSVirtualEntityAutoCreateBatch').status).toBe('Error');
  expect(status('CurrencyEntity')).toMatchObject({
    failureMessage: "0x80048d0b Dataverse instance isn't integrated with finance and operations.",
    refreshNeeded: false,
  });
  await pass(60);
  expect(status('CurrencyEntity')!.refreshNeeded).toBe(false);
  await there.platform.link.act('start');
  await pass(75);
  await deploy(['CurrencyEntity']);
  await pass(90);
  expect(status('CurrencyEntity')).toMatchObject({ failureMessage: '', refreshNeeded: false });
});

test('a package names data entities there are', async () => {
  await expect(deploy(['Nothing'])).rejects.toThrow(/no data entity 'Nothing'/);
});
