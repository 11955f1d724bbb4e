import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  connectorsFrom,
  runFlow,
  type ConnectorCall,
  type ConnectorResult,
} from '../../../emulator/flow-runtime/index.ts';
import { createClock } from '../../../emulator/kernel/index.ts';

const folder = join(__dirname, '../../../flows/business-event-receive');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const definitionOf = (name: string) => readFileSync(join(folder, name), 'utf8');

/** The envelope as finance and operations sends it, its members in the order of the alphabet. */
const invoice = {
  BusinessEventId: 'SalesInvoicePostedBusinessEvent',
  BusinessEventLegalEntity: 'USMF',
  ContextRecordSubject: '',
  ControlNumber: 5637611083,
  EventId: '3C47A4CD-6EDC-4319-B893-3F862EED65FD',
  EventTime: '/Date(1672408275000)/',
  EventTimeIso8601: '2022-12-30T13:51:15.2942742Z',
  InitiatingUserAADObjectId: '{410A2690-5EC2-42EE-9F2A-E75B4E324930}',
  InvoiceAccount: 'US-001',
  InvoiceAmountInAccountingCurrency: 1250.5,
  InvoiceDate: '/Date(1672358400000)/',
  InvoiceDueDate: '/Date(1674950400000)/',
  InvoiceId: 'CIV-000123',
  InvoiceTaxAmount: 0,
  LegalEntity: 'USMF',
  MajorVersion: 0,
  MinorVersion: 0,
  ParentContextRecordSubjects: [],
  SalesOrderId: '000812',
};
const { InvoiceAccount: _account, InvoiceId: _id, InvoiceAmountInAccountingCurrency: _amount, ...envelope } = invoice;
const payment = {
  ...envelope,
  BusinessEventId: 'CustomerPaymentPostedBusinessEvent',
  CustomerAccount: 'US-001',
  PaymentAmountInAccountingCurrency: 99.9,
  PaymentReference: 'PAY-7',
};
const collection = {
  ...envelope,
  BusinessEventId: 'CollectionStatusUpdatedBusinessEvent',
  CustomerAccount: 'US-001',
  InvoiceId: 'CIV-000123',
  Status: 'PromiseToPay',
};

const customer = (requests: readonly string[] = ['r1']) => ({
  accountid: 'a1',
  fno_account_creditlimitrequest: requests.map((id) => ({ fno_creditlimitrequestid: id })),
});
const reply = (body: unknown, statusCode = 200) => ({ statusCode, headers: {}, body }) as ConnectorResult;
const taken = reply({ error: { code: '0x80060892', message: 'A record with the same value already exists.' } }, 412);

interface World {
  readonly file?: string;
  readonly event?: unknown;
  readonly customers?: readonly object[];
  /** Events of the customer logged meanwhile that happened later. */
  readonly newer?: readonly object[];
  readonly log?: ConnectorResult;
  readonly tell?: ConnectorResult;
  readonly parameters?: Record<string, string>;
}

/** Whole numbers are bigints to the flow runtime. */
const plain = (parameters: ConnectorCall['parameters']) =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  );

async function receive({ file = 'invoice-posted.json', event = invoice, ...world }: World = {}) {
  const calls: ConnectorCall[] = [];
  const recording = (answer: ConnectorResult) => async (call: ConnectorCall) => {
    calls.push({ ...call, parameters: plain(call.parameters) });
    return answer;
  };
  const run = await runFlow(definitionOf(file), {
    trigger: event as object,
    clock: createClock(() => Date.parse('2022-12-30T13:52:00Z')),
    parameters: world.parameters ?? {},
    connectors: connectorsFrom({
      shared_commondataserviceforapps: {
        ListRecords: async (call) =>
          recording(
            reply({
              value:
                call.parameters['entityName'] === 'accounts' ? (world.customers ?? [customer()]) : (world.newer ?? []),
            }),
          )(call),
        CreateRecord: recording(world.log ?? reply({}, 201)),
        UpdateOnlyRecord: recording(world.tell ?? reply({})),
      },
    }),
  });
  const of = (operation: string) => calls.filter((call) => call.operation === operation).map((call) => call.parameters);
  const finds = of('ListRecords').filter((call) => call['entityName'] === 'accounts');
  return { run, calls, finds, logs: of('CreateRecord'), tells: of('UpdateOnlyRecord') };
}

test('there is one receiver an event, and they differ in nothing but the event', () => {
  expect(files).toEqual([
    'collection-status.json',
    'free-text-invoice-posted.json',
    'invoice-posted.json',
    'payment-posted.json',
  ]);
  const bodies = files.map((file) => {
    const { properties } = JSON.parse(definitionOf(file)) as {
      properties: { definition: { actions: object; triggers: object } };
    };
    return JSON.stringify(properties.definition.actions).replace(/"item\/fno_event":\d+/, '');
  });
  expect(new Set(bodies).size).toBe(1);
});

test('an invoice is logged once with all that is known of it, and the open request is told', async () => {
  const { run, logs, tells } = await receive();
  expect(run.status).toBe('Succeeded');
  expect(logs).toHaveLength(1);
  const { 'item/fno_payload': payload, ...logged } = logs[0]!;
  expect(logged).toEqual({
    entityName: 'fno_eventlogs',
    'item/fno_name': 'CIV-000123 US-001',
    'item/fno_eventid': '3C47A4CD-6EDC-4319-B893-3F862EED65FD',
    'item/fno_kind': 715000000,
    'item/fno_event': 715000000,
    'item/fno_businesseventid': 'SalesInvoicePostedBusinessEvent',
    'item/fno_controlnumber': '0000000005637611083',
    'item/fno_company': 'usmf',
    'item/fno_accountnumber': 'US-001',
    'item/fno_AccountId@odata.bind': 'accounts(a1)',
    'item/fno_RequestId@odata.bind': 'fno_creditlimitrequests(r1)',
    'item/fno_reference': 'CIV-000123',
    'item/fno_amount': 1250.5,
    'item/fno_detail': '',
    'item/fno_occurredon': '2022-12-30T13:51:15Z',
    'item/fno_receivedon': '2022-12-30T13:52:00Z',
    'item/fno_outcome': 715000001,
  });
  expect(JSON.parse(String(payload))).toEqual(invoice);
  expect(tells).toEqual([
    {
      entityName: 'fno_creditlimitrequests',
      recordId: 'r1',
      'item/fno_newactivity': true,
      'item/fno_newactivityon': '2022-12-30T13:51:15Z',
    },
  ]);
});

test('a body that comes as text is read too', async () => {
  const { run, logs } = await receive({ event: JSON.stringify(invoice) });
  expect([run.status, logs[0]!['item/fno_accountnumber']]).toEqual(['Succeeded', 'US-001']);
});

test.each([
  ['payment-posted.json', payment, { event: 715000001, reference: 'PAY-7', amount: 99.9, detail: '' }],
  [
    'collection-status.json',
    collection,
    { event: 715000002, reference: 'CIV-000123', amount: null, detail: 'PromiseToPay' },
  ],
])('%s says what happened', async (file, event, { event: kind, reference, amount, detail }) => {
  const { run, logs, tells } = await receive({ file, event });
  expect(run.status).toBe('Succeeded');
  expect(logs[0]).toMatchObject({
    'item/fno_event': kind,
    'item/fno_reference': reference,
    'item/fno_amount': amount,
    'item/fno_detail': detail,
    'item/fno_accountnumber': 'US-001',
  });
  expect(tells).toHaveLength(1);
});

test('only requests that wait for a decision and know of nothing as new are asked for', async () => {
  const { finds } = await receive();
  expect(finds).toHaveLength(1);
  expect(finds[0]).toMatchObject({
    entityName: 'accounts',
    $select: 'accountid',
    $filter: "accountnumber eq 'US-001' and msdyn_company/cdm_companycode eq 'usmf'",
    $expand:
      'fno_account_creditlimitrequest($select=fno_creditlimitrequestid;$filter=(statuscode eq 1 or statuscode eq 715000001) and createdon le 2022-12-30T13:51:15Z and (fno_newactivityon eq null or fno_newactivityon lt 2022-12-30T13:51:15Z))',
    $top: 1,
  });
});

test('without an open request the event is logged, and that is all', async () => {
  const { run, logs, tells } = await receive({ customers: [customer([])] });
  expect([run.status, tells]).toEqual(['Succeeded', []]);
  expect(logs[0]).toMatchObject({ 'item/fno_outcome': 715000000, 'item/fno_RequestId@odata.bind': null });
});

test('a customer Dataverse does not know is logged as such', async () => {
  const { run, logs, tells } = await receive({ customers: [] });
  expect([run.status, tells]).toEqual(['Succeeded', []]);
  expect(logs[0]).toMatchObject({
    'item/fno_outcome': 715000004,
    'item/fno_AccountId@odata.bind': null,
    'item/fno_accountnumber': 'US-001',
  });
});

test('all open requests of the customer are told', async () => {
  const { tells } = await receive({ customers: [customer(['r1', 'r2'])] });
  expect(tells.map((tell) => tell['recordId'])).toEqual(['r1', 'r2']);
});

test('an event that is logged already is told all the same: the run before may have ended in between', async () => {
  const { run, tells } = await receive({ log: taken });
  expect([run.status, tells.length]).toEqual(['Succeeded', 1]);
});

test('any other failure to log fails the run, names the event and tells nobody', async () => {
  const words = 'Principal user is missing prvCreatefno_eventlog privilege';
  const { run, tells } = await receive({ log: reply({ error: { code: '0x80040220', message: words } }, 403) });
  expect([run.status, run.error?.code, tells]).toEqual(['Failed', '0x80040220', []]);
  expect(run.error?.message).toContain('3C47A4CD-6EDC-4319-B893-3F862EED65FD of US-001 in usmf');
  expect(run.error?.message).toContain(words);
});

test('a request that cannot be told fails the run in words that say what to do', async () => {
  const { run } = await receive({ tell: reply({ error: { code: '0x80040217', message: 'Gone' } }, 404) });
  expect(run.status).toBe('Failed');
  expect(run.error?.message).toMatch(/was not taken in: .*Resubmit this run/);
});

test('an event that was overtaken while it was told leaves the moment of the newer one', async () => {
  const { tells, calls } = await receive({ newer: [{ fno_occurredon: '2022-12-30T13:51:40Z' }] });
  expect(tells.map((tell) => tell['item/fno_newactivityon'])).toEqual(['2022-12-30T13:51:15Z', '2022-12-30T13:51:40Z']);
  const look = calls.find(
    (call) => call.parameters['entityName'] === 'fno_eventlogs' && call.operation === 'ListRecords',
  );
  expect(look!.parameters['$filter']).toBe(
    "fno_kind eq 715000000 and fno_company eq 'usmf' and fno_accountnumber eq 'US-001' and fno_controlnumber gt '0000000005637611083'",
  );
});

test('quotes in an account number stay inside the filter', async () => {
  const { finds } = await receive({ event: { ...invoice, InvoiceAccount: "O'Neil' or 1 eq 1" } });
  expect(finds[0]!['$filter']).toBe(
    "accountnumber eq 'O''Neil'' or 1 eq 1' and msdyn_company/cdm_companycode eq 'usmf'",
  );
});

test('a control number beyond what a double holds keeps its digits', async () => {
  const text = JSON.stringify(invoice).replace('5637611083', '9223372036854775807');
  const { logs } = await receive({ event: text });
  expect(logs[0]!['item/fno_controlnumber']).toBe('9223372036854775807');
});

test('amounts and accounts stay out of the history of runs', async () => {
  for (const file of files) {
    const { properties } = JSON.parse(definitionOf(file)) as {
      properties: {
        definition: {
          triggers: Record<string, { runtimeConfiguration: object }>;
          actions: Record<string, { runtimeConfiguration?: object }>;
        };
      };
    };
    const [trigger] = Object.values(properties.definition.triggers);
    expect(trigger!.runtimeConfiguration).toEqual({ secureData: { properties: ['outputs'] } });
    expect(properties.definition.actions['Event']!.runtimeConfiguration).toEqual({
      secureData: { properties: ['inputs', 'outputs'] },
    });
  }
});
