import { admin, startTestEmulator, type TestEmulator } from '../support/emulator.ts';

// finance-operations reference, sections 5.7 to 5.9: the maps of both address generations, contacts and reference data.
let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startTestEmulator(['--customers', '20']);
}, 300_000);
afterAll(() => emulator.stop());

interface Compared {
  readonly map: string;
  readonly same: number;
  readonly counts: Record<string, { rows: number; why: Record<string, number> }>;
  readonly rows: readonly { key: string; kind: string; why: string; message: string | null; columns: unknown }[];
}
const compare = async (): Promise<Compared[]> => (await emulator.console('GET', '/dual-write/reconciliation')).value;

/** Rows a running map should hold alike and does not: what its filters leave out is none of them. */
const differing = (maps: readonly Compared[]) =>
  maps.flatMap(({ map, rows }) =>
    rows.filter(({ why }) => why !== 'filter' && why !== 'company').map((row) => ({ map, ...row })),
  );

const customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
const account = async () => {
  const query = 'accounts?$select=name,description&$expand=primarycontactid($select=lastname,msdyn_partynumber)';
  return (await emulator.dataverse('GET', `${query}&$filter=accountnumber eq 'US-001'`, { as: admin })).body.value[0];
};

test('a fresh environment reconciles without a difference, contacts and reference data included', async () => {
  const maps = await compare();
  expect(differing(maps)).toEqual([]);
  const same = Object.fromEntries(maps.map((one) => [one.map, one.same]));
  expect(same).toMatchObject({
    'accounts - Customers V3': 26,
    'contacts - CDS Contacts V2': 6,
    'msdyn_paymentterms - Terms of payment': 6,
    'msdyn_vendors - Vendors V2': 1,
  });
});

test('a change that comes from finance and operations leaves the primary contact', async () => {
  const before = await account();
  expect(before.primarycontactid).toMatchObject({ lastname: 'Harbor' });
  expect(before.primarycontactid.msdyn_partynumber).toMatch(/^\d{9}$/);
  const { body } = await emulator.financeOperations('GET', customer, { as: admin });
  expect(body.ContactPersonId).toBe('CON-0001');
  const patched = await emulator.financeOperations('PATCH', customer, { as: admin, body: { SalesMemo: 'Called' } });
  expect(patched.status).toBe(204);
  expect(await account()).toMatchObject({ description: 'Called', primarycontactid: { lastname: 'Harbor' } });
});

test('so it does with addresses in the address book, and back again', async () => {
  for (const generation of ['B', 'A']) {
    await emulator.console('POST', '/dual-write/address-generation', { use: generation });
    expect(differing(await compare())).toEqual([]);
  }
  expect(await account()).toMatchObject({ primarycontactid: { lastname: 'Harbor' } });
}, 120_000);
