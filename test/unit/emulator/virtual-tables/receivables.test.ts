import { aPlatform, type TestAnswer, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, 2.4 (keys), 2.5 (types), 2.6 (relations), 2.8 (queries), 2.10 (security), 2.12 (entities).
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform({ customers: 5 });
});
afterAll(() => there.close());

const read = (path: string, as?: string) => there.dataverse('GET', path, { as });
const rowsOf = async (path: string) => (await read(path)).body.value as Record<string, any>[]; // eslint-disable-line @typescript-eslint/no-explicit-any -- the test knows the columns
const us001 = "mserp_accountnum eq 'US-001' and mserp_dataareaid eq 'usmf'";

async function requests(work: () => Promise<unknown>): Promise<string[]> {
  const { trace } = there.platform;
  const last = trace.since(0).at(-1)?.sequence ?? 0;
  await work();
  const asked = trace.since(last).filter(({ service }) => service === 'finance-operations');
  return asked.map(({ method, url }) => `${method} ${url.split('?')[0]}`);
}

test('open transactions: decimals, days at midnight, an empty day as null', async () => {
  const rows = await rowsOf(
    `mserp_custtransbientities?$filter=${us001} and mserp_closed eq null&$orderby=mserp_duedate&$select=mserp_amountmst,mserp_settleamountmst,mserp_duedate,mserp_closed,mserp_currencycode,mserp_transtype`,
  );
  expect(rows.map((row) => row['mserp_amountmst'])).toEqual([240, 180.5, 415.25, 388]);
  for (const row of rows) {
    expect(row['mserp_duedate']).toMatch(/^\d{4}-\d\d-\d\dT00:00:00Z$/);
    expect([row['mserp_closed'], row['mserp_currencycode'], row['mserp_settleamountmst']]).toEqual([null, 'USD', 0]);
  }
});

test('a choice is found by the external name of its option', async () => {
  const { body } = await read("GlobalOptionSetDefinitions(Name='mserp_ledgertranstype')");
  const payment = body.Options.find((one: { ExternalValue: string }) => one.ExternalValue === 'Payment').Value;
  const rows = await rowsOf(
    `mserp_custtransbientities?$filter=${us001} and mserp_transtype eq ${payment}&$select=mserp_amountmst`,
  );
  expect(rows).toHaveLength(36);
  expect(rows.every((row) => row['mserp_amountmst'] < 0)).toBe(true);
});

test('days are compared as days, whatever the time of finance and operations', async () => {
  const [first] = await rowsOf(
    `mserp_custtransopenentities?$filter=${us001}&$orderby=mserp_duedate&$top=1&$select=mserp_duedate`,
  );
  const due = first!['mserp_duedate'];
  const count = async (operator: string) =>
    (
      await rowsOf(
        `mserp_custtransopenentities?$filter=${us001} and mserp_duedate ${operator} ${due}&$select=mserp_duedate`,
      )
    ).length;
  expect([await count('eq'), await count('lt'), await count('le'), await count('gt')]).toEqual([1, 0, 1, 3]);
});

test('the company is a code and a lookup, and can be filtered by both', async () => {
  const [company] = await rowsOf("cdm_companies?$filter=cdm_companycode eq 'demf'");
  const filter = `_mserp_dataareaid_id_value eq ${company!['cdm_companyid']}`;
  const rows = await rowsOf(
    `mserp_credmancustbalancestatentities?$filter=${filter}&$select=mserp_dataareaid,_mserp_dataareaid_id_value`,
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows)
    expect([row['mserp_dataareaid'], row['_mserp_dataareaid_id_value']]).toEqual(['demf', company!['cdm_companyid']]);
});

test('the customer behind fifty transactions costs one request more', async () => {
  let rows: Record<string, unknown>[] = [];
  const asked = await requests(async () => {
    rows = await rowsOf(
      'mserp_custtransbientities?$top=50&$select=mserp_accountnum,_mserp_fk_custcustomerv3entity_id_value',
    );
  });
  expect(asked).toEqual(['GET /data/CustTransBiEntities', 'GET /data/CustomersV3']);
  expect(rows).toHaveLength(50);
  const id = String(rows[0]!['_mserp_fk_custcustomerv3entity_id_value']);
  expect(
    (await read(`mserp_custcustomerv3entities(${id})?$select=mserp_customeraccount`)).body.mserp_customeraccount,
  ).toBe(rows[0]!['mserp_accountnum']);
});

test('pages in an order with equals give each row once', async () => {
  const seen: string[] = [];
  let path: string | undefined =
    `mserp_custtransbientities?$filter=mserp_dataareaid eq 'usmf'&$orderby=mserp_currencycode&$select=mserp_voucher`;
  while (path !== undefined) {
    const answer: TestAnswer = await there.dataverse('GET', path, { headers: { prefer: 'odata.maxpagesize=70' } });
    seen.push(...answer.body['value'].map((row: Record<string, string>) => row['mserp_custtransbientityid']!));
    path = (answer.body['@odata.nextLink'] as string | undefined)?.replace(/^.*\/api\/data\/v9\.2\//, '');
  }
  expect(seen.length).toBeGreaterThan(140);
  expect(new Set(seen).size).toBe(seen.length);
});

test('every shipped table gives rows to a user with an F&O user, and none to one without', async () => {
  const sets = [
    ...['mserp_custtransbientities', 'mserp_custtransopenentities', 'mserp_custagingentities'],
    ...[
      'mserp_credmancustbalancestatentities',
      'mserp_salesinvoiceheaderv2entities',
      'mserp_salesorderheaderv2entities',
    ],
    ...['mserp_customerpaymentjournalheaderentities', 'mserp_customerpaymentjournallineentities'],
    ...['mserp_credmancreditlimitadvancedentities', 'mserp_credmancreditlimitcustgroupentities'],
    ...['mserp_credmancreditlimitcustgrouplineentities', 'mserp_credmanparametersentities'],
    ...['mserp_customerparametersentities', 'mserp_customerchangeproposalfieldenablemententities'],
    ...[
      'mserp_omlegalentities',
      'mserp_dirpartylocationpostaladdressv2entities',
      'mserp_customerpostaladdressentities',
    ],
  ];
  const admin = 'admin@fnoconnect.example';
  for (const set of sets) {
    const { status, body } = await read(`${set}?$top=1`, admin);
    expect([set, status, body.value?.length]).toEqual([set, 200, 1]);
  }
  const without = (await read('systemusers?$select=internalemailaddress')).body.value.find(
    (row: { internalemailaddress: string }) => row.internalemailaddress === 'norole@fnoconnect.example',
  );
  expect(without).toBeDefined();
  expect((await read(`${sets[0]}?$top=1`, 'norole@fnoconnect.example')).status).toBeGreaterThanOrEqual(400);
});

test('a temporary limit is created, changed and deleted through its virtual table, its key of five parts included', async () => {
  const set = 'mserp_credmancreditlimitadvancedentities';
  const created = await there.dataverse('POST', set, {
    headers: { prefer: 'return=representation' },
    body: {
      mserp_custaccount: 'US-002',
      mserp_custaccountdataarea: 'usmf',
      mserp_creditlimitid: 'T-1',
      mserp_fromdate: '2030-01-01',
      mserp_todate: '2030-01-31',
      mserp_creditmax: 777,
    },
  });
  expect(created.body).toMatchObject({ mserp_creditmax: 777, mserp_fromdate: '2030-01-01T00:00:00Z' });
  const row = `${set}(${created.body.mserp_credmancreditlimitadvancedentityid})`;
  expect((await there.dataverse('PATCH', row, { body: { mserp_creditmax: 888 } })).status).toBe(204);
  expect((await read(row)).body.mserp_creditmax).toBe(888);
  expect((await there.dataverse('DELETE', row)).status).toBe(204);
  expect((await read(row)).status).toBe(404);
});

test('a row whose key has an enum is changed', async () => {
  const set = 'mserp_customerchangeproposalfieldenablemententities';
  const [row] = await rowsOf(`${set}?$filter=mserp_dataareaid eq 'demf'`);
  const { body } = await read("GlobalOptionSetDefinitions(Name='mserp_noyes')");
  const no = body.Options.find((one: { ExternalValue: string }) => one.ExternalValue === 'No').Value;
  const path = `${set}(${row!['mserp_customerchangeproposalfieldenablemententityid']})`;
  expect((await there.dataverse('PATCH', path, { body: { mserp_isenabled: no } })).status).toBe(204);
  expect((await read(path)).body.mserp_isenabled).toBe(no);
});

test('what business logic writes is refused in the words of finance and operations', async () => {
  const answer = await there.dataverse('POST', 'mserp_custtransbientities', { body: { mserp_accountnum: 'US-001' } });
  expect([answer.status, answer.body.error.message]).toEqual([
    400,
    expect.stringContaining("'CustTransBiEntities' is read-only"),
  ]);
});

test('names of data entities and hostile text stay what they are', async () => {
  const odd = `'; drop table x; -- <b>*&%</b>`;
  const filter = encodeURIComponent(`mserp_accountnum eq '${odd.replaceAll("'", "''")}'`);
  expect((await read(`mserp_custtransbientities?$filter=${filter}`)).body.value).toEqual([]);
});

test('the currency trap can be seen: the limit is in dollars, the customer buys in euro', async () => {
  const [customer] = await rowsOf(
    "mserp_custcustomerv3entities?$filter=mserp_customeraccount eq 'US-004'&$select=mserp_creditlimit,mserp_salescurrencycode",
  );
  const [open] = await rowsOf(
    "mserp_custtransbientities?$filter=mserp_accountnum eq 'US-004' and mserp_closed eq null&$select=mserp_amountcur,mserp_amountmst,mserp_currencycode",
  );
  expect(customer).toMatchObject({ mserp_creditlimit: 40_000, mserp_salescurrencycode: 'EUR' });
  expect(open).toMatchObject({ mserp_amountcur: 1850, mserp_amountmst: 1998, mserp_currencycode: 'EUR' });
});
