import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, 2.7 "OData actions" (entity-modeling).
const catalogue = 'mserp_financeandoperationsentities';
const customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
  await there.platform.financeOperations.command('propose-credit-limit', {
    company: 'usmf',
    customerAccount: 'US-001',
  });
  const { catalogue: tables } = there.platform.virtualTables;
  await tables.show(['WorkflowWorkItemEntity', 'DataManagementEntityEntity', 'BusinessEventsCatalogEntity']);
});
afterAll(() => there.close());

const post = (message: string, body: object, as?: string) => there.dataverse('POST', message, { body, as });

/** Proposes a new limit. @returns the id of the work item that waits for a response */
async function propose(CreditLimit: number): Promise<string> {
  await there.financeOperations('PATCH', customer, { body: { CreditLimit } });
  const { body } = await there.financeOperations('GET', "WorkflowWorkItems?$filter=Status eq 'Pending'");
  return body.value[0].Id;
}

test('an action is a message: its parameters, its result, and what it does', async () => {
  const workflowWorkItemInstanceId = await propose(77_777);
  const validate = () => post('mserp_WorkflowWorkItemEntity_validate', { workflowWorkItemInstanceId });
  expect([(await validate()).status, (await validate()).body.Result]).toEqual([200, true]);
  const complete = { workflowWorkItemInstanceId, outcome: 'Approve' };
  expect((await post('mserp_WorkflowWorkItemEntity_complete', complete)).status).toBe(204);
  expect((await validate()).body.Result).toBe(false);
  expect((await there.financeOperations('GET', customer)).body.CreditLimit).toBe(77_777);
});

test('it runs as the calling user, and is refused in the words of finance and operations', async () => {
  const workflowWorkItemInstanceId = await propose(88_888);
  const complete = (as: string, outcome = 'Approve') =>
    post('mserp_WorkflowWorkItemEntity_complete', { workflowWorkItemInstanceId, outcome }, as);
  const user = { email: 'service@fnoconnect.example', defaultCompany: 'usmf', companies: ['usmf'] };
  await there.platform.financeOperations.command('add-user', { ...user, roles: ['System user'] });
  expect((await complete(user.email)).body.error.message).toMatch(
    /rejected by Finance and Operations as not authorized/,
  );
  const wrong = await complete('admin@fnoconnect.example', 'Perhaps');
  expect([wrong.status, wrong.body.error.message]).toEqual([
    400,
    expect.stringMatching(/'Perhaps' is none of the responses/),
  ]);
  expect((await post('mserp_WorkflowWorkItemEntity_complete', { outcome: 'Approve' })).status).toBe(400);
  expect((await complete('admin@fnoconnect.example', 'Reject')).status).toBe(204);
});

test('the metadata document has it; one that answers rows or a collection is no message', async () => {
  const text = String((await there.dataverse('GET', '$metadata')).body);
  expect(text).toMatch(/<Action Name="mserp_WorkflowWorkItemEntity_validate"/);
  expect(text).toMatch(/<Action Name="mserp_DataManagementEntityEntity_GetApplicationVersion"/);
  const { entities } = there.platform.financeOperations;
  const answersRows = [...entities.values()].flatMap(({ name, actions }) =>
    actions
      .filter(({ returns }) => returns?.type === 'rows' || returns?.isCollection)
      .map((one) => `mserp_${name}_${one.name}`),
  );
  expect(answersRows).not.toEqual([]);
  expect(answersRows.filter((name) => text.includes(name))).toEqual([]);
  for (const name of answersRows) expect((await post(name, {})).status).toBe(404);
});

test('it comes and goes with the virtual table', async () => {
  const version = () => post('mserp_DataManagementEntityEntity_GetApplicationVersion', {});
  expect((await version()).body.Result).toMatch(/^\d+(\.\d+){3}$/);
  const filter = "mserp_physicalname eq 'DataManagementEntityEntity'";
  const [row] = (await there.dataverse('GET', `${catalogue}?$filter=${filter}`)).body.value;
  const hide = { mserp_hasbeengenerated: false };
  const path = `${catalogue}(${row.mserp_financeandoperationsentityid})`;
  expect((await there.dataverse('PATCH', path, { body: hide })).status).toBe(204);
  expect((await version()).status).toBe(404);
});

test('an action of a row is bound to the virtual table', async () => {
  const seen: unknown[] = [];
  const entity = there.platform.financeOperations.entities.get('CustCustomerGroupEntity')!;
  Object.assign(entity, {
    actions: [
      {
        name: 'touch',
        binding: 'row',
        parameters: [
          { name: 'count', type: 'int' },
          { name: 'on', type: 'utcDateTime' },
          { name: 'note', type: 'string' },
        ],
        returns: { type: 'string' },
        run: ({ values, row }: { values: object; row: Record<string, unknown> }) => {
          seen.push(values);
          return String(row['CustomerGroupId']);
        },
      },
    ],
  });
  await there.platform.virtualTables.catalogue.show(['CustCustomerGroupEntity']);
  const set = 'mserp_custcustomergroupentities';
  const [group] = (await there.dataverse('GET', `${set}?$top=1`)).body.value;
  const path = `${set}(${group.mserp_custcustomergroupentityid})/Microsoft.Dynamics.CRM.mserp_CustCustomerGroupEntity_touch`;
  const { status, body } = await post(path, { count: 3, on: '2026-01-02T03:04:05Z' });
  expect([status, body.Result]).toEqual([200, group.mserp_customergroupid]);
  expect(seen).toEqual([{ count: 3, on: '2026-01-02T03:04:05Z', note: '' }]);
});
