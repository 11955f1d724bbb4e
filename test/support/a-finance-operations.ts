import { createFinanceOperations, type FinanceOperations } from '../../emulator/finance-operations/index.ts';
import { createClock, request, type Clock } from '../../emulator/kernel/index.ts';
import { openDatabase } from '../../emulator/storage/index.ts';

/** Finance and operations alone: no Dataverse, no sockets. */
export interface TestFinanceOperations {
  readonly service: FinanceOperations;
  readonly clock: Clock;
  /** OData, below `/data/`, as the administrator unless `as` names a user. */
  call(method: string, path: string, body?: object | string, options?: CallOptions): Promise<Answer>;
  /** Rows of a set that the filter finds. */
  rows(set: string, filter?: string): Promise<Row[]>;
  /** Business events that were raised and committed, in order. */
  readonly raised: { readonly id: string; readonly legalEntity: string; readonly fields: Record<string, unknown> }[];
  close(): void;
}

interface CallOptions {
  readonly as?: string;
  readonly headers?: Record<string, string>;
}

export type Row = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they asked for
interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly text: string;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they asked for
}

/** `usmf` (USD) and `demf` (EUR), three customers of `usmf` and one of `demf`; the time is the noon of 2026-03-01. */
export async function aFinanceOperations({ serviceProtection = false } = {}): Promise<TestFinanceOperations> {
  const database = openDatabase(':memory:');
  const start = Date.parse('2026-03-01T12:00:00Z');
  const clock = createClock(() => start);
  const service = createFinanceOperations({
    database,
    clock,
    strictAuth: false,
    serviceProtection,
    log: (text) => {
      throw new Error(text);
    },
  });
  const raised: TestFinanceOperations['raised'] = [];
  service.businessEvents.onRaised(({ businessEventId: id, legalEntity, fields }) =>
    database.afterCommit(() => void raised.push({ id, legalEntity, fields: { ...fields } })),
  );
  const test: TestFinanceOperations = {
    service,
    clock,
    raised,
    async call(method, path, body, { as, headers = {} } = {}) {
      const url = path.startsWith('/') ? path : `/data/${path}`;
      const sent = { ...headers, ...(as === undefined ? {} : { authorization: `Bearer ${as}` }) };
      const plain = request(method, url.replaceAll(' ', '%20'), sent, typeof body === 'object' ? body : undefined);
      const response = await service.handle(typeof body === 'string' ? { ...plain, body: Buffer.from(body) } : plain);
      const text = response.body.toString();
      const isJson = /json/.test(String(response.headers['Content-Type'] ?? ''));
      return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
    },
    async rows(set, filter) {
      const query = filter === undefined ? '' : `&$filter=${encodeURIComponent(filter)}`;
      const { status, body, text } = await test.call('GET', `${set}?cross-company=true${query}`);
      if (status !== 200) throw new Error(text);
      return body.value;
    },
    close() {
      clock.stop();
      database.close();
    },
  };
  await fill(test);
  return test;
}

async function fill({ call, service }: TestFinanceOperations): Promise<void> {
  const post = async (set: string, row: object) => {
    const { status, text } = await call('POST', `${set}?cross-company=true`, row);
    if (status !== 201) throw new Error(`POST ${set}: ${text}`);
  };
  for (const CurrencyCode of ['USD', 'EUR']) await post('Currencies', { CurrencyCode, Name: CurrencyCode });
  await post('ExchangeRateTypes', { Name: 'Default' });
  const rate = { RateTypeName: 'Default', FromCurrency: 'EUR', ToCurrency: 'USD' };
  await post('ExchangeRates', { ...rate, StartDate: '2020-01-01', Rate: 1.1 });
  await post('ExchangeRates', { ...rate, StartDate: '2026-02-01', Rate: 1.2 });
  for (const [company, currency] of [
    ['usmf', 'USD'],
    ['demf', 'EUR'],
  ] as const) {
    await post('LegalEntities', { LegalEntityId: company, Name: company });
    await service.command('set-accounting-currency', { company, currency });
    await post('PaymentTerms', { dataAreaId: company, Name: 'Net30', NumberOfDays: 30 });
    await post('CustomerGroups', { dataAreaId: company, CustomerGroupId: '10', Description: 'Wholesale' });
  }
  const customer = { CustomerGroupId: '10', CreditLimit: 2000, PaymentTerms: 'Net30' };
  for (const account of ['US-001', 'US-002'])
    await post('CustomersV3', {
      ...customer,
      dataAreaId: 'usmf',
      CustomerAccount: account,
      OrganizationName: account,
      SalesCurrencyCode: 'USD',
    });
  await post('CustomersV3', {
    ...customer,
    dataAreaId: 'usmf',
    CustomerAccount: 'US-004',
    OrganizationName: 'Atlantique',
    SalesCurrencyCode: 'EUR',
  });
  await post('CustomersV3', {
    ...customer,
    dataAreaId: 'demf',
    CustomerAccount: 'DE-001',
    OrganizationName: 'Nordlicht',
    SalesCurrencyCode: 'EUR',
  });
  await service.command('add-user', { email: 'us@example.com', defaultCompany: 'usmf', companies: ['usmf'] });
  await service.command('add-user', { email: 'both@example.com', defaultCompany: 'demf', companies: ['usmf', 'demf'] });
}
