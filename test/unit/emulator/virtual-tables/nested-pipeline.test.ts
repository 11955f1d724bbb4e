import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, 8 item 28: inside another plug-in pipeline the platform refuses writes to virtual tables ("nested
// pipeline"). 2.1: no transaction spans a virtual and a native row.
const set = 'mserp_credmancreditlimitcustgroupentities';
const table = 'mserp_credmancreditlimitcustgroupentity';
const refusal = 'Writing a virtual table inside a change set or another save';
let there: TestPlatform;
let id: string;
const undo: (() => void)[] = [];
beforeAll(async () => {
  there = await aPlatform();
  id = (await there.dataverse('GET', `${set}?$top=1`)).body.value[0][`${table}id`];
}, 120_000);
afterEach(() => {
  for (const remove of undo.splice(0)) remove();
});
afterAll(() => there.close());

const limit = async () => (await there.dataverse('GET', `${set}(${id})?$select=mserp_creditmax`)).body.mserp_creditmax;
const contacts = async (lastname: string) =>
  (await there.dataverse('GET', `contacts?$select=lastname&$filter=lastname eq '${lastname}'`)).body.value;
const create = (lastname: string) => there.dataverse('POST', 'contacts', { body: { lastname } });
const account = async () =>
  (await there.dataverse('GET', "accounts?$select=creditlimit&$filter=accountnumber eq 'US-001'")).body.value[0];

type Step = Parameters<TestPlatform['platform']['dataverse']['registerStep']>[0];
const plugIn = (step: Partial<Step>, write: Step['run']) =>
  undo.push(
    there.platform.dataverse.registerStep({
      name: 'Contoso.Plugins.Nested',
      message: 'Create',
      table: 'contact',
      stage: 40,
      ...step,
      run: write,
    }),
  );
const writing =
  (mserp_creditmax: number): Step['run'] =>
  (_call, organization) =>
    organization.update(table, id, { mserp_creditmax });

test.each([20, 40] as const)(
  'a plug-in at stage %d does not write a virtual row; the save is undone',
  async (stage) => {
    const before = await limit();
    plugIn({ stage }, writing(before + 1));
    const last = there.platform.trace.since(0).at(-1)!.sequence;
    const { status, body } = await create(`Stage ${stage}`);
    expect([status, body.error.message]).toEqual([501, expect.stringContaining(refusal)]);
    expect(there.platform.trace.since(last).filter(({ service }) => service === 'finance-operations')).toEqual([]);
    expect([await contacts(`Stage ${stage}`), await limit()]).toEqual([[], before]);
  },
);

test.each<[string, Step['run']]>([
  [
    'create',
    (_call, organization) => organization.create(table, { mserp_creditlimitid: 'NESTED' }).then(() => undefined),
  ],
  ['delete', (_call, organization) => organization.delete(table, id)],
])('nor does it %s one', async (verb, write) => {
  plugIn({}, write);
  const { status, body } = await create(`Nested ${verb}`);
  expect([status, body.error.message]).toEqual([501, expect.stringContaining(refusal)]);
  expect(await contacts(`Nested ${verb}`)).toEqual([]);
  expect((await there.dataverse('GET', `${set}(${id})`)).status).toBe(200);
});

test('a save that dual-write carries is undone on both sides', async () => {
  const { accountid, creditlimit } = await account();
  const path = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
  const limitThere = async () => (await there.financeOperations('GET', path)).body.CreditLimit;
  const before = [await limitThere(), await limit()];
  plugIn({ message: 'Update', table: 'account', rank: 1_000_000 }, writing(1));
  const body = { creditlimit: Number(creditlimit) + 111 };
  const answer = await there.dataverse('PATCH', `accounts(${accountid})`, { body });
  expect([answer.status, answer.body.error.message]).toEqual([501, expect.stringContaining(refusal)]);
  expect((await account()).creditlimit).toBe(creditlimit);
  expect([await limitThere(), await limit()]).toEqual(before);
});

test('an asynchronous step writes it, after the save', async () => {
  const before = await limit();
  plugIn({ isAsync: true }, writing(before + 1));
  expect((await create('Later')).status).toBe(204);
  await there.quiet();
  expect([(await contacts('Later')).length, await limit()]).toEqual([1, before + 1]);
});
