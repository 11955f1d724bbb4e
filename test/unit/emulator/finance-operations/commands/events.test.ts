import { businessEventPayload } from '../../../../../emulator/events/business-event-payload.ts';
import { businessEvents } from '../../../../../emulator/finance-operations/business-events/catalogue.ts';
import { commandNames } from '../../../../../emulator/finance-operations/commands/index.ts';
import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, 3.2 "Payload" and 3.3 "Events relevant to customers" (business events: application events).
let there: TestFinanceOperations;
beforeEach(async () => {
  there = await aFinanceOperations();
});
afterEach(() => there.close());

const us001 = { company: 'usmf', customerAccount: 'US-001' };
const run = (name: string, parameters: object = us001) =>
  there.service.command(name, parameters as Record<string, unknown>) as Promise<Record<string, string>>;
const customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
const dated = { date: '2026-02-15' };

/** Members of the contract as they are sent: the payload without what every event has. */
function sent(): { id: string; company: string; members: Record<string, unknown> }[] {
  return there.raised.map(({ id, legalEntity, fields }) => {
    const definition = businessEvents.get(id)!;
    const envelope = { eventId: '', controlNumber: 1, time: new Date(0), legalEntity, userId: undefined };
    const payload = businessEventPayload(definition, fields as never, envelope);
    const members = Object.fromEntries(Object.keys(definition.contract).map((name) => [name, payload[name]]));
    return { id, company: String(payload['BusinessEventLegalEntity']), members };
  });
}
const jsonDate = (day: string) => `/Date(${Date.parse(day)})/`;
const guid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

interface Case {
  /** Commands, and what else, that go before and whose events are not looked at. */
  readonly before?: () => Promise<unknown>;
  readonly act: () => Promise<unknown>;
  /** Events in order; none when empty. */
  readonly raises: readonly { readonly id: string; readonly company?: string; readonly members: object }[];
}

const invoiced = (amount = 1200, more: object = {}) =>
  run('post-invoice', { ...us001, amount, taxAmount: 200, invoiceDate: '2026-02-01', ...more });
const paid = (amount = 300) => run('receive-payment', { ...us001, amount, ...dated, reference: 'R-1', settle: false });
const anApplication = { clientId: '11111111-2222-4333-8444-555555555555', name: 'Mine', user: 'us@example.com' };
const aGrant = { role: 'Collections manager', privilege: 'BusinessEventsCatalogView' };
const anAlert = (rule: object) => run('create-alert-rule', { name: 'Watch', entity: 'CustomersV3', ...rule });
const proposed = async () => {
  await run('propose-credit-limit');
  await there.call('PATCH', customer, { CreditLimit: 5000 });
};
const proposal = (Status: string) => ({
  id: 'Workflow_CustTableChangeProposal_000001',
  members: {
    LegalEntity: 'USMF',
    Status,
    WorkflowDocument: 'Proposed change of customer US-001',
    WorkflowInstanceId: guid,
  },
});

const cases: Readonly<Record<string, Case>> = {
  'post-invoice': {
    act: () => invoiced(),
    raises: [
      {
        id: 'CustFreeTextInvoicePostedBusinessEvent',
        members: {
          InvoiceAccount: 'US-001',
          InvoiceAmountInAccountingCurrency: 1200,
          InvoiceDate: jsonDate('2026-02-01'),
          InvoiceDueDate: jsonDate('2026-03-03'),
          InvoiceId: 'FTI-00001',
          InvoiceTaxAmount: 200,
          LegalEntity: 'USMF',
        },
      },
    ],
  },
  'post-invoice of an order, in another currency': {
    before: () =>
      there.call('POST', 'SalesOrderHeadersV2?cross-company=true', {
        dataAreaId: 'usmf',
        SalesOrderNumber: 'SO-1',
        OrderingCustomerAccountNumber: 'US-004',
        OrderTotalAmount: 100,
      }),
    act: () => invoiced(100, { customerAccount: 'US-004', taxAmount: 10, salesOrder: 'SO-1' }),
    raises: [
      {
        id: 'SalesInvoicePostedBusinessEvent',
        members: {
          InvoiceAccount: 'US-004',
          InvoiceAmountInAccountingCurrency: 120,
          InvoiceDate: jsonDate('2026-02-01'),
          InvoiceDueDate: jsonDate('2026-03-03'),
          InvoiceId: 'CIV-00001',
          InvoiceTaxAmount: 12,
          LegalEntity: 'USMF',
          SalesOrderId: 'SO-1',
        },
      },
    ],
  },
  'post-packing-slip': {
    before: () =>
      there.call('POST', 'SalesOrderHeadersV2?cross-company=true', {
        dataAreaId: 'usmf',
        SalesOrderNumber: 'SO-1',
        OrderingCustomerAccountNumber: 'US-001',
      }),
    act: () => run('post-packing-slip', { company: 'usmf', salesOrder: 'SO-1' }),
    raises: [],
  },
  'receive-payment': {
    act: () => paid(),
    raises: [
      {
        id: 'CustomerPaymentPostedBusinessEvent',
        members: {
          CustomerAccount: 'US-001',
          LegalEntity: 'USMF',
          PaymentAmount: 300,
          PaymentAmountInAccountingCurrency: 300,
          PaymentCurrency: 'USD',
          PaymentDate: jsonDate('2026-02-15'),
          PaymentReference: 'R-1',
          Voucher: expect.any(String),
        },
      },
    ],
  },
  'post-payment-journal': {
    before: async () => {
      const row = { dataAreaId: 'usmf', JournalBatchNumber: 'J1' };
      await there.call('POST', 'CustomerPaymentJournalHeaders?cross-company=true', row);
      for (const CreditAmount of [10, 20])
        await there.call('POST', 'CustomerPaymentJournalLines?cross-company=true', {
          ...row,
          AccountDisplayValue: 'US-001',
          CurrencyCode: 'USD',
          TransactionDate: '2026-02-15',
          CreditAmount,
        });
    },
    act: () => run('post-payment-journal', { company: 'usmf', journal: 'J1' }),
    raises: [10, 20].map((amount) => ({
      id: 'CustomerPaymentPostedBusinessEvent',
      members: {
        CustomerAccount: 'US-001',
        LegalEntity: 'USMF',
        PaymentAmount: amount,
        PaymentAmountInAccountingCurrency: amount,
        PaymentCurrency: 'USD',
        PaymentDate: jsonDate('2026-02-15'),
        PaymentReference: '',
        Voucher: expect.any(String),
      },
    })),
  },
  settle: {
    before: async () => {
      await invoiced();
      await paid();
    },
    act: async () => {
      const [payment] = await there.rows('CustTransactions', "TransType eq 'Payment'");
      return run('settle', { ...us001, invoice: 'FTI-00001', payment: payment!.Voucher });
    },
    raises: [],
  },
  'write-off': {
    before: () => invoiced(),
    act: () => run('write-off', { ...us001, invoice: 'FTI-00001', ...dated }),
    raises: [
      {
        id: 'CustTransWrittenOffBusinessEvent',
        members: {
          CustomerAccount: 'US-001',
          InvoiceId: 'FTI-00001',
          LegalEntity: 'USMF',
          Voucher: expect.any(String),
          WriteOffAmountInAccountingCurrency: 1200,
          WriteOffDate: jsonDate('2026-02-15'),
        },
      },
    ],
  },
  'set-collection-status': {
    before: () => invoiced(),
    act: () =>
      run('set-collection-status', {
        ...us001,
        invoice: 'FTI-00001',
        status: 'PromiseToPay',
        followUpDate: '2026-03-10',
        reason: 'Late',
      }),
    raises: [
      {
        id: 'CollectionStatusUpdatedBusinessEvent',
        members: {
          CustomerAccount: 'US-001',
          FollowUpDate: jsonDate('2026-03-10'),
          InvoiceId: 'FTI-00001',
          LegalEntity: 'USMF',
          ReasonCode: 'Late',
          Status: 'PromiseToPay',
          Voucher: expect.any(String),
        },
      },
    ],
  },
  'run-aging': { before: () => invoiced(), act: () => run('run-aging', { company: 'usmf' }), raises: [] },
  'run-balance-statistics': { act: () => run('run-balance-statistics', { company: 'usmf' }), raises: [] },
  'adjust-credit-limit': {
    act: () => run('adjust-credit-limit', { ...us001, limit: 5000 }),
    raises: [
      {
        id: 'Workflow_CredManCreditLimitAdjustment_000001',
        members: {
          LegalEntity: 'USMF',
          Status: 'Completed',
          WorkflowDocument: 'Credit limit adjustment of customer US-001',
          WorkflowInstanceId: guid,
        },
      },
    ],
  },
  'set-temporary-credit-limit': {
    act: () => run('set-temporary-credit-limit', { ...us001, limit: 1, from: '2026-03-01', to: '2026-03-02' }),
    raises: [],
  },
  'run-update-job': {
    act: () => run('run-update-job', { ...us001, field: 'SalesMemo', value: 'x', by: 'update' }),
    raises: [],
  },
  'set-credit-group': { act: () => run('set-credit-group', { ...us001, group: 'G' }), raises: [] },
  'propose-credit-limit': {
    act: proposed,
    raises: [
      proposal('Submitted'),
      {
        id: 'Workflow_CustTableChangeProposal_000001_Approval_Started',
        members: {
          LegalEntity: 'USMF',
          WorkflowDocument: 'Proposed change of customer US-001',
          WorkflowElementInstanceId: guid,
          WorkflowInstanceId: guid,
        },
      },
      {
        id: 'Workflow_CustTableChangeProposal_000001_Approval_WorkItem',
        members: {
          LegalEntity: 'USMF',
          ResponseOptions: 'Approve,Reject',
          WorkflowDocument: 'Proposed change of customer US-001',
          WorkflowInstanceId: guid,
          WorkflowStepInstruction: '',
          WorkflowUserEmail: '',
          WorkflowWorkItemInstanceId: guid,
          WorkflowWorkItemSubject: 'Proposed change of customer US-001',
        },
      },
    ],
  },
  'approve-change-proposal': {
    before: proposed,
    act: () => run('approve-change-proposal'),
    raises: [proposal('Completed')],
  },
  'reject-change-proposal': {
    before: proposed,
    act: () => run('reject-change-proposal'),
    raises: [proposal('Returned')],
  },
  'refuse-credit-limit': { act: () => run('refuse-credit-limit'), raises: [] },
  'allow-credit-limit': { act: () => run('allow-credit-limit'), raises: [] },
  'change-address': {
    act: () => run('change-address', { ...us001, role: 'Delivery', street: '1 Way', city: 'Bellevue', country: 'USA' }),
    raises: [],
  },
  'put-on-hold': { act: () => run('put-on-hold', { ...us001, hold: 'All' }), raises: [] },
  'close-address-editing': { act: () => run('close-address-editing'), raises: [] },
  'open-address-editing': { act: () => run('open-address-editing'), raises: [] },
  'set-accounting-currency': {
    act: () => run('set-accounting-currency', { company: 'usmf', currency: 'EUR' }),
    raises: [],
  },
  'deploy-package': { act: () => run('deploy-package', {}), raises: [] },
  'switch-configuration-key': {
    act: () => run('switch-configuration-key', { dataEntity: 'CustDisputes', enabled: false }),
    raises: [],
  },
  'untrack-table': {
    before: async () =>
      there.service.dualWriteProjects.record({
        ...{ projects: [], partitions: [], fields: [] },
        entities: ['CustCustomerV3Entity'],
      }),
    act: () => run('untrack-table', { dataEntity: 'CustCustomerV3Entity', table: 'CustTable' }),
    raises: [],
  },
  'rebuild-business-events-catalog': { act: () => run('rebuild-business-events-catalog', {}), raises: [] },
  'grant-role-privilege': { act: () => run('grant-role-privilege', aGrant), raises: [] },
  'revoke-role-privilege': {
    before: () => run('grant-role-privilege', aGrant),
    act: () => run('revoke-role-privilege', aGrant),
    raises: [],
  },
  'turn-business-events-security-feature': {
    act: () => run('turn-business-events-security-feature', { enabled: true }),
    raises: [],
  },
  'turn-business-events-security': {
    before: () => run('turn-business-events-security-feature', { enabled: true }),
    act: () => run('turn-business-events-security', { enabled: true }),
    raises: [],
  },
  'map-business-event-roles': {
    before: () => run('turn-business-events-security-feature', { enabled: true }),
    act: () => run('map-business-event-roles', { event: 'SalesInvoicePostedBusinessEvent', roles: [] }),
    raises: [],
  },
  'set-throttling-priority': {
    act: () => run('set-throttling-priority', { integration: 'us@example.com', priority: 'Low' }),
    raises: [],
  },
  'set-resource-utilization': { act: () => run('set-resource-utilization', { level: 'Normal' }), raises: [] },
  'register-application': { act: () => run('register-application', anApplication), raises: [] },
  'remove-application': {
    before: () => run('register-application', anApplication),
    act: () => run('remove-application', { clientId: anApplication.clientId }),
    raises: [],
  },
  'create-alert-rule': { act: () => anAlert({ event: 'Deleted' }), raises: [] },
  'delete-alert-rule': {
    before: () => anAlert({ event: 'Changed', field: 'CreditLimit' }),
    act: () => run('delete-alert-rule', { name: 'Watch' }),
    raises: [],
  },
  'process-alerts of changes': {
    before: async () => {
      await anAlert({ event: 'Changed', field: 'CreditLimit', company: 'usmf' });
      await there.call('PATCH', customer, { CreditLimit: 2500 });
      await there.call('PATCH', customer, { SalesMemo: 'not watched' });
    },
    act: () => run('process-alerts', { job: 'Change based' }),
    raises: [
      {
        id: 'AlertBusinessEvent',
        members: {
          AlertMessage: "usmf|US-001: CreditLimit has changed from '2000' to '2500'",
          AlertRuleName: 'Watch',
          LegalEntity: 'USMF',
          TriggeredForRecord: 'usmf|US-001',
        },
      },
    ],
  },
  'add-user': {
    act: () => run('add-user', { email: 'x@example.com', defaultCompany: 'usmf', companies: ['usmf'] }),
    raises: [],
  },
};

test.each(Object.entries(cases))('%s', async (_name, { before, act, raises }) => {
  await before?.();
  there.raised.length = 0;
  await act();
  expect(sent()).toEqual(raises.map((event) => ({ company: 'USMF', ...event })));
});

test('every command is looked at', () => {
  expect([...new Set(Object.keys(cases).map((name) => name.split(' ')[0]))].sort()).toEqual([...commandNames].sort());
});
