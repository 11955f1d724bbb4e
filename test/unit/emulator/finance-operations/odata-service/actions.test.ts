import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, section 7 "Actions" (odata: adding actions on OData entities), 3.3 "Work items can be completed".
let there: TestFinanceOperations;
beforeEach(async () => {
  there = await aFinanceOperations();
});
afterEach(() => there.close());

const namespace = 'Microsoft.Dynamics.DataEntities.';
const act = (set: string, action: string, body?: object) => there.call('POST', `${set}/${namespace}${action}`, body);

describe('an action of a set', () => {
  test.each(['GetApplicationVersion', 'GetApplicationBuildVersion', 'GetPlatformBuildVersion'])(
    '%s tells a version',
    async (name) => {
      const { status, body } = await act('DataManagementEntities', name, {});
      expect(status).toBe(200);
      expect(body).toEqual({
        '@odata.context': expect.stringMatching(/\/data\/\$metadata#Edm\.String$/),
        value: expect.stringMatching(/^\d+(\.\d+){3}$/),
      });
    },
  );

  test('may be called with no body; only posted; by its name alone', async () => {
    expect((await act('DataManagementEntities', 'GetApplicationVersion')).status).toBe(200);
    expect((await there.call('GET', `DataManagementEntities/${namespace}GetApplicationVersion`)).status).toBe(405);
    expect((await there.call('POST', 'DataManagementEntities/GetApplicationVersion', {})).status).toBe(200);
  });

  test('is refused by name where there is none such', async () => {
    const other = await act('CustomersV3', 'GetApplicationVersion', {});
    expect([other.status, other.body.error.message]).toEqual([
      501,
      expect.stringMatching(/'\/Microsoft\.Dynamics\.DataEntities\.GetApplicationVersion' below 'CustomersV3'/),
    ]);
    const bound = "DataManagementEntities(EntityName='Customers V3')";
    expect((await there.call('POST', `${bound}/${namespace}GetApplicationVersion`, {})).status).toBe(501);
    expect((await there.call('POST', `${namespace}GetApplicationVersion`, {})).status).toBe(404);
  });

  test.each([
    ['{"workflowWorkItemInstanceId":5}', /cannot be read as Edm\.Guid/],
    ['{}', /'workflowWorkItemInstanceId' .* is missing/],
    ['{"workflowWorkItemInstanceId":"x","more":1}', /'more' .* is not a valid parameter for the operation 'validate'/],
    ['[]', /not a JSON object/],
    ['{', /not valid JSON/],
  ])('reads its parameters: %s', async (body, message) => {
    const answer = await there.call('POST', `WorkflowWorkItems/${namespace}validate`, body);
    expect([answer.status, answer.body.error.message]).toEqual([400, expect.stringMatching(message)]);
  });
});

describe('work items of a proposed change', () => {
  const customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
  const limit = async () => (await there.call('GET', customer)).body.CreditLimit;
  const complete = (outcome: string, id: string) =>
    act('WorkflowWorkItems', 'complete', { workflowWorkItemInstanceId: id, outcome, comment: 'by a flow' });
  const isValid = async (id: string) =>
    (await act('WorkflowWorkItems', 'validate', { workflowWorkItemInstanceId: id })).body.value;

  /** @returns the work item that is told in the event */
  async function propose(CreditLimit: number): Promise<string> {
    await there.service.command('propose-credit-limit', { company: 'usmf', customerAccount: 'US-001' });
    await there.call('PATCH', customer, { CreditLimit });
    return String(there.raised.at(-1)!.fields['WorkflowWorkItemInstanceId']);
  }

  test('a flow looks whether one waits, and responds with the outcome', async () => {
    const id = await propose(5000);
    expect(await isValid(id)).toBe(true);
    const [item] = await there.rows('WorkflowWorkItems');
    expect(item).toMatchObject({ Id: id, Status: 'Pending', CompanyId: 'usmf', WorkflowWorkItemName: 'Approval' });
    expect((await complete('Approve', id)).status).toBe(204);
    expect(await limit()).toBe(5000);
    expect(await isValid(id)).toBe(false);
    expect(there.raised.at(-1)).toMatchObject({
      id: 'Workflow_CustTableChangeProposal_000001',
      fields: { Status: 'Completed', WorkflowInstanceId: item!.CorrelationId },
    });
    expect(await there.rows('WorkflowWorkItems', "Status eq 'Pending'")).toEqual([]);
  });

  test('a rejection leaves the customer as it is', async () => {
    const id = await propose(5000);
    expect((await complete('reject', id.toUpperCase())).status).toBe(204);
    expect(await limit()).toBe(2000);
    expect(there.service.changeProposals()).toEqual([]);
  });

  test('is responded to once, and with a response it has', async () => {
    const id = await propose(5000);
    const wrong = await complete('Perhaps', id);
    expect(wrong.body.error.innererror.message).toMatch(/'Perhaps' is none of the responses Approve, Reject/);
    expect(await isValid(id)).toBe(true);
    await complete('Approve', id);
    const again = await complete('Reject', id);
    expect([again.status, again.body.error.innererror.message]).toEqual([
      400,
      expect.stringMatching(/does not wait for a response/),
    ]);
    expect(await limit()).toBe(5000);
  });

  test('a newer proposal ends the one that waits, and its work item', async () => {
    const first = await propose(5000);
    const second = await propose(6000);
    expect([await isValid(first), await isValid(second)]).toEqual([false, true]);
    expect(there.raised.filter(({ fields }) => fields['Status'] === 'Canceled')).toHaveLength(1);
  });

  test('the command of the console ends it, too', async () => {
    const id = await propose(5000);
    await there.service.command('approve-change-proposal', { company: 'usmf', customerAccount: 'US-001' });
    expect(await isValid(id)).toBe(false);
  });
});

describe('the metadata document and the metadata service', () => {
  test('list every action with what it is bound to, its parameters and its result', async () => {
    const { text } = await there.call('GET', '$metadata');
    expect(text).toContain(
      '<Action Name="complete" IsBound="true"><Parameter Name="WorkflowWorkItem" Type="Collection(Microsoft.Dynamics.DataEntities.WorkflowWorkItem)" />' +
        '<Parameter Name="workflowWorkItemInstanceId" Type="Edm.Guid" /><Parameter Name="outcome" Type="Edm.String" /><Parameter Name="comment" Type="Edm.String" /></Action>',
    );
    expect(text).toMatch(/<Action Name="validate".*<ReturnType Type="Edm\.Boolean" \/><\/Action>/);
    const { body } = await there.call('GET', "/metadata/PublicEntities('DataManagementEntity')");
    expect(body.Actions).toContainEqual({
      Name: 'GetApplicationVersion',
      BindingKind: 'BoundToEntitySet',
      Parameters: [
        {
          Name: 'DataManagementEntity',
          Type: { TypeName: 'Microsoft.Dynamics.DataEntities.DataManagementEntity', IsCollection: true },
        },
      ],
      ReturnType: { TypeName: 'Edm.String', IsCollection: false },
      FieldLookup: null,
    });
  });

  test('every action that is listed answers, and every navigation property leads somewhere', async () => {
    const { body } = await there.call('GET', '/metadata/PublicEntities');
    for (const { EntitySetName, Actions } of body.value)
      for (const { Name } of Actions) {
        const { status, text } = await act(EntitySetName, Name, {});
        expect([Name, status === 404 || status === 501 ? text : 'answered']).toEqual([Name, 'answered']);
      }
    await there.service.command('post-invoice', { company: 'usmf', customerAccount: 'US-001', amount: 10 });
    for (const { EntitySetName, NavigationProperties } of body.value) {
      const [row] = (await there.call('GET', `${EntitySetName}/$ref?cross-company=true&$top=1`)).body.value;
      for (const { Name, Cardinality } of row === undefined ? [] : NavigationProperties) {
        const path = `${row['@odata.id'].replace(/^.*?\/data\//, '')}/${Name}?cross-company=true`;
        const { status, body: found } = await there.call('GET', path);
        expect([path, status, Array.isArray(found?.value)]).toEqual([
          path,
          status === 204 ? 204 : 200,
          Cardinality === 'Multiple',
        ]);
      }
    }
  });

  test('the list of data entities has each by its label', async () => {
    const rows = await there.rows('DataManagementEntities', "TargetName eq 'CustCustomerV3Entity'");
    expect(rows).toMatchObject([
      { EntityName: 'Customers V3', EntityKey: 'dataAreaId,CustomerAccount', IsShared: 'No' },
    ]);
  });
});
