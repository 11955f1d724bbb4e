import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  connectorsFrom,
  runFlow,
  type ConnectorCall,
  type ConnectorResult,
} from '../../../emulator/flow-runtime/index.ts';
import { createClock } from '../../../emulator/kernel/index.ts';

const definition = readFileSync(join(__dirname, '../../../flows/data-event-receive/definition.json'), 'utf8');
const formatted = 'OData.Community.Display.V1.FormattedValue';
const id = '00004c03-0000-0000-6d28-014105000000';
const [inReview, waiting, applied, proposed, confirmed] = [1, 715000001, 715000002, 715000003, 2];
const [logged, told, ours, proven] = [715000000, 715000001, 715000002, 715000003];

const row = {
  mserp_custcustomerv3entityid: id,
  mserp_customeraccount: 'US-001',
  mserp_dataareaid: 'usmf',
  mserp_creditlimit: 5000,
  // Choices of virtual tables have other numbers on every environment.
  mserp_onholdstatus: 200000007,
  [`mserp_onholdstatus@${formatted}`]: 'No',
  mserp_deliveryaddressvalidfrom: '2025-01-01T00:00:00Z',
  mserp_invoiceaddressvalidfrom: '2024-01-01T00:00:00Z',
};
const stateOf = (limit: number, hold = 'No') => `${limit}|${hold}|2025-01-01T00:00:00Z|2024-01-01T00:00:00Z`;

interface Request {
  readonly statuscode: number;
  readonly fno_currentlimit?: number;
}
interface World {
  /** What finance and operations holds now, whatever the event says. */
  readonly now?: object;
  /** The state of the data event logged last. */
  readonly last?: string;
  readonly requests?: readonly Request[];
  readonly customers?: readonly object[];
  readonly answers?: Partial<Record<'log' | 'update', ConnectorResult>>;
  readonly trigger?: object;
}

const reply = (body: unknown, statusCode = 200) => ({ statusCode, headers: {}, body }) as ConnectorResult;
const plain = (parameters: ConnectorCall['parameters']) =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  );

async function receive({ now = row, last, requests = [], ...world }: World = {}) {
  const calls: ConnectorCall[] = [];
  const recording = (answer: ConnectorResult) => async (call: ConnectorCall) => {
    calls.push({ ...call, parameters: plain(call.parameters) });
    return answer;
  };
  const customer = {
    accountid: 'a1',
    fno_account_creditlimitrequest: requests.map((one, place) => ({ fno_creditlimitrequestid: `r${place}`, ...one })),
    fno_account_eventlog:
      last === undefined ? [] : [{ fno_eventid: `usmf/US-001/4/${last}`, fno_controlnumber: '0000000000000000004' }],
  };
  const run = await runFlow(definition, {
    trigger: world.trigger ?? { mserp_custcustomerv3entityid: id, SdkMessage: 'OnExternalUpdated' },
    clock: createClock(() => Date.parse('2026-03-01T10:00:00Z')),
    connectors: connectorsFrom({
      shared_commondataserviceforapps: {
        GetItem: recording(reply(now)),
        ListRecords: recording(reply({ value: world.customers ?? [customer] })),
        CreateRecord: recording(world.answers?.log ?? reply({}, 201)),
        UpdateOnlyRecord: recording(world.answers?.update ?? reply({})),
      },
    }),
  });
  const of = (operation: string) => calls.filter((call) => call.operation === operation).map((call) => call.parameters);
  return { run, calls, logs: of('CreateRecord'), updates: of('UpdateOnlyRecord') };
}

test('the first change of a customer is logged, as finance and operations holds it now', async () => {
  const { run, logs, updates, calls } = await receive();
  expect([run.status, updates]).toEqual(['Succeeded', []]);
  expect(calls[0]!.parameters).toMatchObject({ entityName: 'mserp_custcustomerv3entities', recordId: id });
  const { 'item/fno_payload': payload, ...event } = logs[0]!;
  expect(event).toEqual({
    entityName: 'fno_eventlogs',
    'item/fno_name': 'US-001',
    'item/fno_eventid': `usmf/US-001/1/${stateOf(5000)}`,
    'item/fno_kind': 715000001,
    'item/fno_event': 715000003,
    'item/fno_businesseventid': 'CustCustomerV3Entity OnExternalUpdated',
    'item/fno_controlnumber': '0000000000000000001',
    'item/fno_company': 'usmf',
    'item/fno_accountnumber': 'US-001',
    'item/fno_AccountId@odata.bind': 'accounts(a1)',
    'item/fno_RequestId@odata.bind': null,
    'item/fno_amount': 5000,
    'item/fno_detail': '',
    'item/fno_occurredon': '2026-03-01T10:00:00Z',
    'item/fno_receivedon': '2026-03-01T10:00:00Z',
    'item/fno_outcome': logged,
  });
  expect(JSON.parse(String(payload))).toEqual(row);
});

test('the next change has the next number and says what was before', async () => {
  const { logs } = await receive({ last: stateOf(2000, 'All') });
  expect(logs[0]).toMatchObject({
    'item/fno_eventid': `usmf/US-001/5/${stateOf(5000)}`,
    'item/fno_controlnumber': '0000000000000000005',
    'item/fno_detail': '2000 → 5000 All → No',
  });
});

test('a duplicate, and a change of anything that is not looked at, is no news', async () => {
  const { run, logs, updates } = await receive({
    last: stateOf(5000),
    requests: [{ statuscode: inReview, fno_currentlimit: 2000 }],
  });
  expect([run.status, logs, updates]).toEqual(['Succeeded', [], []]);
});

test('an event that came late changes nothing: what holds now counts, not what it says', async () => {
  const { logs } = await receive({
    last: stateOf(5000),
    trigger: { mserp_custcustomerv3entityid: id, mserp_creditlimit: 2000, SdkMessage: 'OnExternalUpdated' },
  });
  expect(logs).toEqual([]);
});

test('a proposed request is confirmed once its limit holds, and the event says so', async () => {
  const { run, logs, updates } = await receive({ last: stateOf(2000), requests: [{ statuscode: proposed }] });
  expect(run.status).toBe('Succeeded');
  expect(updates).toMatchObject([
    { entityName: 'fno_creditlimitrequests', recordId: 'r0', 'item/statecode': 1, 'item/statuscode': confirmed },
  ]);
  expect(logs[0]).toMatchObject({
    'item/fno_outcome': proven,
    'item/fno_RequestId@odata.bind': 'fno_creditlimitrequests(r0)',
  });
});

test('a proposed request is confirmed also when its event was logged by a run that ended in between', async () => {
  const { updates } = await receive({ last: stateOf(5000), requests: [{ statuscode: proposed }] });
  expect(updates).toHaveLength(1);
});

test('requests are asked for by the limit that holds: no other proposal can be confirmed', async () => {
  const { calls } = await receive();
  const [find] = calls.filter((call) => call.operation === 'ListRecords');
  expect(find!.parameters['$expand']).toBe(
    'fno_account_creditlimitrequest($select=fno_creditlimitrequestid,statuscode,fno_currentlimit;$filter=statuscode eq 1 or statuscode eq 715000001 or (fno_requestedlimit eq 5000 and (statuscode eq 2 or statuscode eq 715000002 or statuscode eq 715000003));$orderby=statuscode desc)' +
      ',fno_account_eventlog($select=fno_eventid,fno_controlnumber;$filter=fno_kind eq 715000001;$orderby=fno_controlnumber desc;$top=1)',
  );
});

test.each([applied, confirmed])(
  'the echo of our own write (request %i) is told from a foreign change',
  async (statuscode) => {
    const { logs, updates } = await receive({ last: stateOf(2000), requests: [{ statuscode }] });
    expect(updates).toEqual([]);
    expect(logs[0]).toMatchObject({
      'item/fno_outcome': ours,
      'item/fno_RequestId@odata.bind': 'fno_creditlimitrequests(r0)',
    });
  },
);

test('another change of a customer whose limit we once set is not ours', async () => {
  const { logs } = await receive({ last: stateOf(5000, 'All'), requests: [{ statuscode: confirmed }] });
  expect(logs[0]).toMatchObject({ 'item/fno_outcome': logged, 'item/fno_RequestId@odata.bind': null });
});

test.each([inReview, waiting])(
  'a limit changed by somebody else is told to the request (%i) that is looked at',
  async (statuscode) => {
    const { logs, updates } = await receive({
      last: stateOf(2000),
      requests: [{ statuscode, fno_currentlimit: 2000 }],
    });
    expect(updates).toEqual([
      {
        entityName: 'fno_creditlimitrequests',
        recordId: 'r0',
        'item/fno_newactivity': true,
        'item/fno_newactivityon': '2026-03-01T10:00:00Z',
      },
    ]);
    expect(logs[0]).toMatchObject({
      'item/fno_outcome': told,
      'item/fno_RequestId@odata.bind': 'fno_creditlimitrequests(r0)',
    });
  },
);

test('a request that knows the limit already is left alone', async () => {
  const { logs, updates } = await receive({ requests: [{ statuscode: inReview, fno_currentlimit: 5000 }] });
  expect(updates).toEqual([]);
  expect(logs[0]).toMatchObject({ 'item/fno_outcome': logged });
});

test('a customer that is no account is passed over', async () => {
  const { run, logs } = await receive({ customers: [] });
  expect([run.status, logs]).toEqual(['Succeeded', []]);
});

test('a change another run has logged in the meantime counts as logged', async () => {
  const { run } = await receive({ answers: { log: reply({ error: { code: '0x80060892', message: 'There.' } }, 412) } });
  expect(run.status).toBe('Succeeded');
});

test('a failure fails the run and says what to do', async () => {
  const failed = reply({ error: { code: '0x80040220', message: 'Missing privilege' } }, 403);
  const log = await receive({ answers: { log: failed } });
  expect(log.run.status).toBe('Failed');
  expect(log.run.error?.message).toContain('US-001 in usmf was not logged: Missing privilege');
  const update = await receive({
    last: stateOf(2000),
    requests: [{ statuscode: proposed }],
    answers: { update: failed },
  });
  expect(update.run.status).toBe('Failed');
  expect(update.run.error?.message).toMatch(/was not taken in: .*Resubmit this run/);
  expect(update.logs).toEqual([]);
});

test('the four columns it looks at, and the two that name the customer, are all that is read', async () => {
  const { calls } = await receive();
  expect(calls.map((call) => call.operation)).toEqual(['GetItem', 'ListRecords', 'CreateRecord']);
  const columns = String(calls[0]!.parameters['$select']).split(',');
  expect(columns).toHaveLength(6);
  expect(columns.filter((column) => definition.split(column).length < 3)).toEqual([]);
});
