import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, section 7 "F&O OData endpoint" (odata, services-home-page).
let there: TestFinanceOperations;
beforeAll(async () => {
  there = await aFinanceOperations();
  for (const [amount, invoiceDate] of [
    [100, '2026-01-01'],
    [250, '2026-02-01'],
  ] as const)
    await there.service.command('post-invoice', { company: 'usmf', customerAccount: 'US-001', amount, invoiceDate });
  await there.service.command('receive-payment', { company: 'usmf', customerAccount: 'US-001', amount: 30 });
});
afterAll(() => there.close());

const get = (path: string, as?: string) => there.call('GET', path, undefined, as === undefined ? {} : { as });
const accounts = async (filter: string) =>
  (await there.rows('CustomersV3', filter)).map(({ CustomerAccount }) => CustomerAccount);

describe('companies', () => {
  test('a user sees the default company, and with cross-company those permitted', async () => {
    const of = async (query: string, as: string) => [
      ...new Set(
        (await get(`CustomersV3${query}`, as)).body.value.map((row: { dataAreaId: string }) => row.dataAreaId),
      ),
    ];
    expect(await of('', 'us@example.com')).toEqual(['usmf']);
    expect(await of('?cross-company=true', 'us@example.com')).toEqual(['usmf']);
    expect(await of('', 'both@example.com')).toEqual(['demf']);
    expect(await of('?cross-company=true', 'both@example.com')).toEqual(['demf', 'usmf']);
    expect(await of("?cross-company=true&$filter=dataAreaId eq 'usmf'", 'both@example.com')).toEqual(['usmf']);
  });

  test('a row of another company is not to be had without cross-company', async () => {
    const path = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')";
    expect((await get(path, 'both@example.com')).status).toBe(404);
    expect((await get(`${path}?cross-company=true`, 'both@example.com')).status).toBe(200);
  });
});

describe('$filter', () => {
  test.each([
    ["CustomerAccount eq 'US*'", ['US-001', 'US-002', 'US-004']],
    ["CustomerAccount eq '*01'", ['DE-001', 'US-001']],
    ["CustomerAccount ne '*0*1'", ['US-002', 'US-004']],
    ["OnHoldStatus eq Microsoft.Dynamics.DataEntities.CustVendorBlocked'No'", ['DE-001', 'US-001', 'US-002', 'US-004']],
    ["OnHoldStatus ne 'No'", []],
    ['CreditLimit mul 2 eq 4000 and not (CreditLimit add 1 lt 2000)', ['DE-001', 'US-001', 'US-002', 'US-004']],
    ['CreditLimit sub 1999 gt 1', []],
    ['CreditLimit div 2 eq 1000 and CreditLimit mod 3 eq 2', ['DE-001', 'US-001', 'US-002', 'US-004']],
    ["CreditLimit ge 2000 and CreditLimit le 2000 and CustomerAccount lt 'US-002'", ['DE-001', 'US-001']],
    ["CreditLimit divby 3 gt 666.6 and SalesCurrencyCode eq 'EUR'", ['DE-001', 'US-004']],
    ["(SalesCurrencyCode eq 'EUR' or CustomerAccount eq 'us-002') and dataAreaId eq 'usmf'", ['US-002', 'US-004']],
  ])('%s', async (filter, expected) => {
    expect(await accounts(filter)).toEqual(expected);
  });

  test.each([
    "OnHoldStatus gt 'No'",
    "OnHoldStatus eq 'Perhaps'",
    "OnHoldStatus eq Microsoft.Dynamics.DataEntities.NoYes'No'",
    "CustomerAccount in ('US-001')",
    "OnHoldStatus has Microsoft.Dynamics.DataEntities.CustVendorBlocked'No'",
    "Nothing eq 'x'",
    'CustomerAccount add 1 eq 2',
    'CreditLimit eq',
  ])('%s is refused', async (filter) => {
    expect((await get(`CustomersV3?$filter=${encodeURIComponent(filter)}`)).status).toBe(400);
  });

  test('days are compared as days', async () => {
    expect(await there.rows('CustTransactions', 'TransDate eq 2026-01-01T00:00:00Z')).toHaveLength(1);
    expect(await there.rows('CustTransactions', 'TransDate lt 2026-02-01T12:00:00Z')).toHaveLength(1);
    expect(
      await there.rows('CustTransactions', 'Closed eq 1900-01-01T00:00:00Z and AmountMST sub SettleAmountMST gt 100'),
    ).toHaveLength(1);
  });
});

describe('$expand', () => {
  test('a relation, one level', async () => {
    const { body } = await get('CustTransOpens?$expand=CustTransaction&$orderby=DueDate&$select=AmountMST');
    expect(body.value).toMatchObject([
      { AmountMST: 70, CustTransaction: { AmountMST: 100, SettleAmountMST: 30 } },
      { AmountMST: 250, CustTransaction: { AmountMST: 250 } },
    ]);
    expect(Object.keys(body.value[0]).sort()).toEqual(['@odata.etag', 'AmountMST', 'CustTransaction']);
  });

  test('back to many, with $select inside', async () => {
    const [header] = await there.rows('CustomerPaymentJournalHeaders');
    const path = `CustomerPaymentJournalHeaders(dataAreaId='usmf',JournalBatchNumber='${header!.JournalBatchNumber}')`;
    const { body } = await get(`${path}?$expand=CustomerPaymentJournalLines($select=CreditAmount)`);
    expect(body.CustomerPaymentJournalLines.map(({ CreditAmount }: { CreditAmount: number }) => CreditAmount)).toEqual([
      30,
    ]);
  });

  test('of the customer behind each transaction, read at once', async () => {
    const { body } = await get('CustTransactions?cross-company=true&$expand=Customer($select=CustomerAccount)');
    expect(body.value.map((row: { Customer: { CustomerAccount: string } }) => row.Customer.CustomerAccount)).toEqual([
      'US-001',
      'US-001',
      'US-001',
    ]);
  });

  test.each([
    'Nothing',
    'CustTransaction($expand=CustDispute)',
    'CustTransaction($filter=AmountMST gt 1)',
    'CustTransaction($select=Nothing)',
  ])('%s is refused', async (expand) => {
    expect((await get(`CustTransOpens?$expand=${expand}`)).status).toBe(400);
  });
});

describe('single rows and properties', () => {
  const row = "CustomersV3(dataAreaId='usmf',CustomerAccount='us-001')";
  test('a key is the same in any case; $select narrows', async () => {
    const { body } = await get(`${row}?$select=CreditLimit`);
    expect(body).toEqual({
      '@odata.context': expect.any(String),
      '@odata.etag': expect.any(String),
      CreditLimit: 2000,
    });
  });
  test('a property and its raw value', async () => {
    expect((await get(`${row}/CreditLimit`)).body.value).toBe(2000);
    expect((await get(`${row}/CreditLimit/$value`)).text).toBe('2000');
  });
  test('what is neither is refused by name', async () => {
    expect((await get(`${row}/Microsoft.Dynamics.DataEntities.doSomething`)).status).toBe(501);
    expect((await get("CustomersV3('usmf')")).status).toBe(400);
    expect((await get('Nothing')).status).toBe(404);
  });
});

describe('$batch', () => {
  const changeSet = (...requests: readonly (readonly [method: string, path: string, body?: object])[]) =>
    requests
      .map(
        ([method, path, body], index) =>
          `--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: ${index + 1}\r\n\r\n${method} ${path} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${body === undefined ? '' : JSON.stringify(body)}\r\n`,
      )
      .join('') + '--c--\r\n';
  const batch = (text: string, headers: Record<string, string> = {}) =>
    there.call('POST', '$batch', text, { headers: { 'content-type': 'multipart/mixed; boundary=b', ...headers } });
  const set = (text: string) => `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${text}`;
  const read = (path: string) => `--b\r\nContent-Type: application/http\r\n\r\nGET ${path} HTTP/1.1\r\n\r\n\r\n`;
  const group = (id: string) =>
    ['POST', '/data/CustomerGroups?cross-company=true', { dataAreaId: 'usmf', CustomerGroupId: id }] as const;
  const groups = async () =>
    (await there.rows('CustomerGroups', "dataAreaId eq 'usmf'")).map((row) => row.CustomerGroupId);

  test('a change set is written whole', async () => {
    const { status, text } = await batch(`${set(changeSet(group('20'), group('30')))}--b--\r\n`);
    expect([status, text.match(/HTTP\/1\.1 201/g)]).toEqual([200, ['HTTP/1.1 201', 'HTTP/1.1 201']]);
    expect(await groups()).toEqual(['10', '20', '30']);
  });

  test('or not at all, with the one answer of what failed', async () => {
    const { text } = await batch(`${set(changeSet(group('40'), group('20')))}--b--\r\n`);
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400']);
    expect(text).toMatch(/The record already exists/);
    expect(await groups()).toEqual(['10', '20', '30']);
  });

  test('a later request names what an earlier one made', async () => {
    const patch = ['PATCH', '/data/$1?cross-company=true', { Description: 'named' }] as const;
    await batch(`${set(changeSet(group('50'), patch))}--b--\r\n`);
    expect(await there.rows('CustomerGroups', "CustomerGroupId eq '50'")).toMatchObject([{ Description: 'named' }]);
  });

  test('the first failure ends it, unless the client wants the rest', async () => {
    const text = `${read('/data/Nothing')}${read('/data/Currencies?$top=1')}--b--\r\n`;
    expect((await batch(text)).text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404']);
    const answer = await batch(text, { prefer: 'odata.continue-on-error' });
    expect(answer.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200']);
  });

  test('holds 5,000 operations and no more', async () => {
    const many = (count: number) =>
      `${set(changeSet(...Array.from({ length: count }, () => ['DELETE', '/data/Nothing(1)'] as const)))}--b--\r\n`;
    const answer = await batch(many(5001));
    expect([answer.status, answer.body.error.message]).toEqual([
      400,
      expect.stringMatching(/maximum number of '5000'/),
    ]);
    expect((await batch(many(5000))).status).toBe(200);
  });

  test('what is no batch is refused', async () => {
    expect((await there.call('POST', '$batch', 'x', { headers: { 'content-type': 'application/json' } })).status).toBe(
      400,
    );
    expect((await there.call('GET', '$batch')).status).toBe(405);
  });
});

describe('metadata', () => {
  test('$metadata declares every type and enum it names, each once', async () => {
    const { text } = await get('$metadata');
    const declared = [...text.matchAll(/<(?:EnumType|EntityType) Name="(\w+)"/g)].map(([, name]) => name);
    expect(new Set(declared).size).toBe(declared.length);
    const named = [...text.matchAll(/Type="(?:Collection\()?Microsoft\.Dynamics\.DataEntities\.(\w+)/g)].map(
      ([, name]) => name,
    );
    expect(named.filter((name) => !declared.includes(name))).toEqual([]);
    expect(text).toContain('<EntitySet Name="CustomersV3" EntityType="Microsoft.Dynamics.DataEntities.CustomerV3">');
    expect(text).toContain('<Member Name="EndorsementSettled" Value="102" />');
  });

  test('the metadata service knows entities, enums and labels', async () => {
    const [entity] = (await get('/metadata/DataEntities')).body.value.filter(
      (one: { Name: string }) => one.Name === 'CustTransOpenEntity',
    );
    expect(entity).toMatchObject({
      PublicEntityName: 'CustTransOpen',
      PublicCollectionName: 'CustTransOpens',
      IsReadOnly: true,
    });
    const customer = (await get("/metadata/PublicEntities('CustomerV3')")).body;
    expect(customer).toMatchObject({ EntitySetName: 'CustomersV3', IsReadOnly: false });
    expect(customer.Properties.find((one: { Name: string }) => one.Name === 'CreditLimit')).toMatchObject({
      TypeName: 'Edm.Decimal',
      DataType: 'Real',
      IsKey: false,
    });
    expect((await get("/metadata/PublicEnumerations('NoYes')")).body.Members).toMatchObject([
      { Name: 'No', Value: 0 },
      { Name: 'Yes', Value: 1 },
    ]);
    const labels = async (language: string) =>
      (await get(`/metadata/Labels(Id='@CustCustomerV3Entity:CreditLimit',Language='${language}')`)).body.Value;
    expect([await labels('en-us'), await labels('de')]).toEqual(['Credit limit', '@CustCustomerV3Entity:CreditLimit']);
    expect((await get("/metadata/PublicEnumerations('Nothing')")).status).toBe(404);
    expect((await get("/metadata/Labels(Id='@X:Y',Language='en-us')")).status).toBe(404);
  });
});

test('pages have 10,000 rows, and $top counts over all of them', async () => {
  const many = await aFinanceOperations();
  const group = (index: number) => ({ dataAreaId: 'usmf', CustomerGroupId: `G${index}` });
  for (let index = 0; index < 10_001; index++)
    await many.call('POST', 'CustomerGroups?cross-company=true', group(index));
  const first = await many.call('GET', 'CustomerGroups?cross-company=true&$select=CustomerGroupId&$count=true');
  expect([first.body.value.length, first.body['@odata.count']]).toEqual([10_000, 10_003]);
  const next = new URL(first.body['@odata.nextLink']);
  expect((await many.call('GET', next.pathname + next.search)).body.value).toHaveLength(3);
  const top = await many.call('GET', 'CustomerGroups?cross-company=true&$top=10001&$select=CustomerGroupId');
  const rest = new URL(top.body['@odata.nextLink']);
  const last = (await many.call('GET', rest.pathname + rest.search)).body;
  expect([last.value.length, last['@odata.nextLink']]).toEqual([1, undefined]);
  many.close();
}, 60_000);

describe('throttling', () => {
  const limited = () => aFinanceOperations({ serviceProtection: true });
  const as = 'us@example.com';

  test('6,000 requests in 300 seconds a user; Retry-After says how long; others are let in', async () => {
    const service = await limited();
    const ask = (options: Parameters<typeof service.call>[3]) =>
      service.call('GET', 'Currencies/$count', undefined, options);
    for (let count = 0; count < 6000; count++) await ask({ as });
    const refused = await ask({ as });
    expect([refused.status, refused.headers['Retry-After'], refused.body.error.message]).toEqual([
      429,
      '300',
      'Number of requests exeeded the limit of 6000 over the time window of 300 seconds.',
    ]);
    expect((await ask({ as: 'both@example.com' })).status).toBe(200);
    for (const [name, value] of [
      ['x-ms-virtual-entity', '1'],
      ['user-agent', 'azure-logic-apps/1.0'],
    ] as const)
      expect((await ask({ as, headers: { [name]: value } })).status).toBe(200);
    expect((await ask({ as: 'dual-write' })).status).toBe(200);
    service.clock.advance(300_000);
    expect((await ask({ as })).status).toBe(200);
    service.close();
  }, 60_000);

  test('a batch is one request', async () => {
    const service = await limited();
    const parts = Array.from(
      { length: 3 },
      () => '--b\r\nContent-Type: application/http\r\n\r\nGET /data/Currencies HTTP/1.1\r\n\r\n\r\n',
    );
    for (let count = 0; count < 5999; count++) await service.call('GET', 'Currencies/$count', undefined, { as });
    const answer = await service.call('POST', '$batch', `${parts.join('')}--b--\r\n`, {
      as,
      headers: { 'content-type': 'multipart/mixed; boundary=b' },
    });
    expect(answer.text.match(/HTTP\/1\.1 200/g)).toHaveLength(3);
    service.close();
  }, 60_000);

  test('there is none unless it is switched on', async () => {
    for (let count = 0; count < 6001; count++) await there.call('GET', 'Currencies/$count', undefined, { as });
    expect((await get('Currencies', as)).status).toBe(200);
  }, 60_000);
});
