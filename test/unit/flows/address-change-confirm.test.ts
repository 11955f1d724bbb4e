import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  connectorsFrom,
  runFlow,
  type ConnectorCall,
  type ConnectorResult,
} from '../../../emulator/flow-runtime/index.ts';
import { createClock } from '../../../emulator/kernel/index.ts';

const definition = readFileSync(join(__dirname, '../../../flows/address-change-confirm/definition.json'), 'utf8');
const scope = 'Legal entities in scope (fno_LegalEntities)';
const [confirmed, differing, notFound] = [715000000, 715000001, 715000002];
const yes = 'OData.Community.Display.V1.FormattedValue';

const account = {
  accountid: '11111111-0000-0000-0000-000000000001',
  accountnumber: 'US-001',
  _msdyn_company_value: '22222222-0000-0000-0000-000000000001',
  modifiedon: '2026-03-01T10:00:00Z',
  versionnumber: 4711,
  address1_line1: '12 Harbour Road',
  address1_city: 'Seattle',
  address1_stateorprovince: 'WA',
  address1_postalcode: '98101',
  address1_country: 'US',
  address2_line1: 'PO Box 7',
  address2_city: 'Portland',
};

const customer = {
  mserp_customeraccount: 'US-001',
  mserp_deliveryaddressstreet: '12 Harbour Road',
  mserp_deliveryaddresscity: 'Seattle',
  mserp_deliveryaddressstate: 'WA',
  mserp_deliveryaddresszipcode: '98101',
  mserp_deliveryaddresscountryregionisocode: 'US',
  mserp_deliveryaddressvalidfrom: '2026-03-01T10:00:02Z',
  mserp_invoiceaddressstreet: 'PO Box 7',
  mserp_invoiceaddresscity: 'Portland',
  mserp_invoiceaddressvalidfrom: '2025-01-01T00:00:00Z',
};

/** A dated address; the numbers of its two choices differ from what they mean, as they may on any environment. */
function version(role: 'delivery' | 'invoice', effective: string, street: string, city = 'Olympia') {
  const isDelivery = role === 'delivery';
  return {
    mserp_effective: effective,
    mserp_isroledelivery: 7,
    [`mserp_isroledelivery@${yes}`]: isDelivery ? 'Yes' : 'No',
    mserp_isroleinvoice: 7,
    [`mserp_isroleinvoice@${yes}`]: isDelivery ? 'No' : 'Yes',
    mserp_addressstreet: street,
    mserp_addresscity: city,
    mserp_addressstate: 'WA',
    mserp_addresszipcode: '98501',
    mserp_addresscountyid: null,
    mserp_addresscountryregionisocode: 'US',
  };
}

interface World {
  readonly row?: object;
  readonly company?: string;
  readonly customers?: readonly object[];
  readonly versions?: readonly object[];
  readonly existing?: readonly object[];
  readonly create?: ConnectorResult;
  readonly inScope?: string;
}

const reply = (body: unknown, statusCode = 200) => ({ statusCode, headers: {}, body }) as ConnectorResult;

/** Whole numbers are bigints to the flow runtime. */
const plain = (parameters: ConnectorCall['parameters']) =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  );

/** Runs the flow for one changed account against stand-ins of what it reads and writes. */
async function confirm({ row = account, company = 'USMF', customers = [customer], ...world }: World = {}) {
  const calls: ConnectorCall[] = [];
  const lists: Record<string, readonly object[]> = {
    mserp_custcustomerv3entities: customers,
    mserp_customerpostaladdressentities: world.versions ?? [
      version('delivery', '2026-03-01T10:00:02Z', '12 Harbour Road', 'Seattle'),
      version('delivery', '2025-06-01T00:00:00Z', '1 Old Street'),
      version('invoice', '2025-01-01T00:00:00Z', 'PO Box 7', 'Portland'),
      version('delivery', '2024-06-01T00:00:00Z', 'Older Still'),
    ],
    fno_addresschanges: world.existing ?? [],
  };
  const recording = (answer: (call: ConnectorCall) => ConnectorResult) => async (call: ConnectorCall) => {
    calls.push({ ...call, parameters: plain(call.parameters) });
    return answer(call);
  };
  const run = await runFlow(definition, {
    trigger: row,
    clock: createClock(() => Date.parse('2026-03-01T10:00:42Z')),
    parameters: world.inScope === undefined ? {} : { [scope]: world.inScope },
    connectors: connectorsFrom({
      shared_commondataserviceforapps: {
        GetItem: recording(() => reply({ cdm_companycode: company })),
        ListRecords: recording((call) => reply({ value: lists[String(call.parameters['entityName'])] })),
        CreateRecord: recording(() => world.create ?? reply({}, 201)),
      },
    }),
  });
  const writes = calls.filter((call) => call.operation === 'CreateRecord').map((call) => call.parameters);
  return { run, calls, writes };
}

const address = (street: string, city: string, state = '', postalCode = '', county = '', country = '') => ({
  street,
  city,
  state,
  postalCode,
  county,
  country,
});
const billing = address('PO Box 7', 'Portland');
const shipping = address('12 Harbour Road', 'Seattle', 'WA', '98101', '', 'US');
const json = (value: unknown) => JSON.parse(String(value)) as unknown;

test('an address both sides agree on is confirmed, with before, after and the seconds it took', async () => {
  const { run, writes } = await confirm();
  expect(run.status).toBe('Succeeded');
  expect(writes).toHaveLength(1);
  expect(writes[0]).toMatchObject({
    entityName: 'fno_addresschanges',
    'item/fno_name': 'US-001 2026-03-01 10:00:00',
    'item/fno_AccountId@odata.bind': `accounts(${account.accountid})`,
    'item/fno_company': 'usmf',
    'item/fno_outcome': confirmed,
    'item/fno_seconds': 42,
    'item/fno_changedon': account.modifiedon,
    'item/fno_changekey': 'usmf/US-001/2026-03-01T10:00:02Z/2025-01-01T00:00:00Z',
  });
  const held = { shipping, billing };
  expect(json(writes[0]!['item/fno_before'])).toEqual({
    shipping: address('1 Old Street', 'Olympia', 'WA', '98501', '', 'US'),
    billing,
  });
  expect(json(writes[0]!['item/fno_after'])).toEqual(held);
  expect(json(writes[0]!['item/fno_financeoperations'])).toEqual(held);
});

test('a version that begins in the future is not taken for the address before', async () => {
  const versions = [
    version('delivery', '2027-01-01T00:00:00Z', 'Not Yet'),
    version('delivery', '2026-03-01T10:00:02Z', '12 Harbour Road', 'Seattle'),
    version('delivery', '2025-06-01T00:00:00Z', '1 Old Street'),
  ];
  const { writes } = await confirm({ versions });
  expect(json(writes[0]!['item/fno_before'])).toMatchObject({ shipping: { street: '1 Old Street' } });
});

test('a first address has nothing before it but what is held', async () => {
  const { run, writes } = await confirm({ versions: [] });
  expect(run.status).toBe('Succeeded');
  expect(json(writes[0]!['item/fno_before'])).toEqual({ shipping, billing });
});

test('an address finance and operations holds otherwise is differing, and named by the version of the row', async () => {
  const { writes } = await confirm({ customers: [{ ...customer, mserp_deliveryaddresscity: 'Tacoma' }] });
  expect(writes).toHaveLength(1);
  expect(writes[0]).toMatchObject({ 'item/fno_outcome': differing, 'item/fno_changekey': `${account.accountid}/4711` });
  expect(json(writes[0]!['item/fno_financeoperations'])).toMatchObject({ shipping: { city: 'Tacoma' } });
});

test.each(['street', 'city', 'state', 'zipcode', 'county', 'countryregionisocode'])(
  'the %s of either address counts',
  async (part) => {
    for (const role of ['delivery', 'invoice']) {
      const { writes } = await confirm({ customers: [{ ...customer, [`mserp_${role}address${part}`]: 'another' }] });
      expect(writes.map((write) => write['item/fno_outcome'])).toEqual([differing]);
    }
  },
);

test('nothing here and null there are the same', async () => {
  const { writes } = await confirm({
    row: { ...account, address1_county: '', address2_county: null },
    customers: [{ ...customer, mserp_deliveryaddresscounty: null, mserp_invoiceaddresscounty: '' }],
  });
  expect(writes[0]).toMatchObject({ 'item/fno_outcome': confirmed });
});

test('a customer finance and operations does not have is not found', async () => {
  const { run, writes } = await confirm({ customers: [], versions: [] });
  expect(run.status).toBe('Succeeded');
  expect(writes[0]).toMatchObject({
    'item/fno_outcome': notFound,
    'item/fno_financeoperations': '',
    'item/fno_changekey': `${account.accountid}/4711`,
  });
});

test('a change that has its confirmation gets no second one', async () => {
  const { run, calls, writes } = await confirm({ existing: [{ fno_addresschangeid: 'there' }] });
  expect([run.status, writes]).toEqual(['Succeeded', []]);
  expect(calls.map((call) => call.operation)).toEqual(['GetItem', 'ListRecords', 'ListRecords', 'ListRecords']);
});

test('a confirmation another run wrote in the meantime counts as done', async () => {
  const create = reply(
    { error: { code: '0x80060892', message: 'A record that has the attribute values already exists.' } },
    412,
  );
  const { run, writes } = await confirm({ create });
  expect([run.status, writes.length]).toEqual(['Succeeded', 1]);
});

test('any other failure to write fails the run in the words of the platform', async () => {
  const create = reply(
    { error: { code: '0x80040220', message: 'Principal user is missing prvCreatefno_addresschange privilege' } },
    403,
  );
  const { run } = await confirm({ create });
  expect(run.status).toBe('Failed');
  expect(run.error).toEqual({
    code: '0x80040220',
    message: 'Principal user is missing prvCreatefno_addresschange privilege',
  });
});

test('quotes in an account number stay inside the filter', async () => {
  const number = "O'Neil' or 1 eq 1";
  const { run, calls } = await confirm({ row: { ...account, accountnumber: number } });
  expect(run.status).toBe('Succeeded');
  const filters = calls.filter((call) => call.operation === 'ListRecords').map((call) => call.parameters['$filter']);
  const escaped = "O''Neil'' or 1 eq 1";
  expect(filters).toEqual([
    `mserp_customeraccount eq '${escaped}' and mserp_dataareaid eq 'usmf'`,
    `mserp_customeraccountnumber eq '${escaped}' and mserp_dataareaid eq 'usmf'`,
    `fno_changekey eq 'usmf/${escaped}/2026-03-01T10:00:02Z/2025-01-01T00:00:00Z'`,
  ]);
});

test.each(['demf', 'demf, usm', 'usmf2'])('a legal entity outside of %p is passed over', async (inScope) => {
  const { run, calls } = await confirm({ inScope });
  expect(run.status).toBe('Succeeded');
  expect(calls.map((call) => call.operation)).toEqual(['GetItem']);
});

test.each(['*', '', ' * ', 'usmf', 'demf, USMF ,gbsi'])('%p takes the legal entity in', async (inScope) => {
  expect((await confirm({ inScope })).writes).toHaveLength(1);
});

test('no more columns are read than are used', async () => {
  const { calls } = await confirm();
  const lists = calls.filter((call) => call.operation === 'ListRecords');
  expect(lists.map((call) => [call.parameters['entityName'], call.parameters['$top']])).toEqual([
    ['mserp_custcustomerv3entities', 1],
    ['mserp_customerpostaladdressentities', 20],
    ['fno_addresschanges', 1],
  ]);
  // Besides the list itself every column stands in an expression; the account number is the key of the row.
  const read = lists.slice(0, 2).flatMap((call) => String(call.parameters['$select']).split(','));
  const idle = read.filter((column) => definition.split(column).length < 3);
  expect(idle).toEqual([]);
});
