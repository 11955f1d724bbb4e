import type { EntityChange } from '../../../../../emulator/finance-operations/contract.ts';
import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, 7: the methods OData calls, in their order ("Open Data Protocol (OData)", validate methods).
let there: TestFinanceOperations;
let changes: EntityChange[];
/** What a commit waits for. */
let gate: Promise<void> | undefined;
beforeEach(async () => {
  there = await aFinanceOperations();
  changes = [];
  gate = undefined;
  there.service.beforeCommit(async (told) => {
    changes.push(...told);
    await gate;
  });
});
afterEach(() => there.close());

const us001 = { company: 'usmf', customerAccount: 'US-001' };
const customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
const group = (id: string) => `CustomerGroups(dataAreaId='usmf',CustomerGroupId='${id}')?cross-company=true`;
const call = async (method: string, path: string, body?: object) => {
  const answer = await there.call(method, path, body);
  const words = answer.body?.error?.innererror?.message ?? answer.body?.error?.message;
  return words === undefined ? answer.status : `${answer.status} ${String(words)}`;
};
const post = (set: string, values: object) =>
  call('POST', `${set}?cross-company=true`, { dataAreaId: 'usmf', ...values });

/** Starts a request whose commit waits, then another one that meets it. @returns what the other one is answered */
async function meanwhile(first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<unknown> {
  let open = (): void => undefined;
  gate = new Promise((resolve) => (open = resolve));
  const running = first();
  while (changes.length === 0) await new Promise(setImmediate);
  const waiting = second();
  await new Promise(setImmediate);
  gate = undefined;
  open();
  await running;
  return waiting;
}

describe('create', () => {
  const order = (values: object) => post('SalesOrderHeadersV2', { OrderingCustomerAccountNumber: 'US-001', ...values });
  const only = async () => (await there.rows('SalesOrderHeadersV2'))[0]!;

  test('clear and initValue: what is not given is empty, or what a new row begins with', async () => {
    expect(await order({})).toBe(201);
    expect(await only()).toMatchObject({
      CustomersOrderReference: '',
      OrderTotalAmount: 0,
      IsExportSale: 'No',
      RequestedReceiptDate: '1900-01-01T00:00:00Z',
      SalesOrderStatus: 'Backorder',
    });
  });

  test('values are set over those, before defaultRow fills in what is left', async () => {
    expect(await order({ CurrencyCode: 'EUR', CustomersOrderReference: 'x' })).toBe(201);
    expect(await only()).toMatchObject({
      CurrencyCode: 'EUR',
      CustomersOrderReference: 'x',
      InvoiceCustomerAccountNumber: 'US-001',
      PaymentTermsName: 'Net30',
    });
  });

  test('validateField comes before defaultRow: the field is refused, not the customer defaults are taken from', async () => {
    const values = { OrderingCustomerAccountNumber: 'XX', CurrencyCode: 'x'.repeat(9) };
    expect(await order(values)).toMatch(/^400 .*'CurrencyCode' is longer than the 3 characters/);
    expect(await order({ ...values, CurrencyCode: 'USD' })).toMatch(/'XX' in field 'Customer account' is not found/);
  });

  test('defaultRow comes before validateWrite: what it fills in is validated', async () => {
    expect(await order({})).toBe(201);
    expect(await order({ CurrencyCode: 'XXX' })).toMatch(/'XXX' in field 'Currency' is not found/);
  });

  test('validateWrite comes before write: a refused row is not there, and nobody hears of it', async () => {
    await order({ CurrencyCode: 'XXX' });
    expect(await there.rows('SalesOrderHeadersV2')).toEqual([]);
    expect(changes).toEqual([]);
    await order({});
    // Both data entities that show orders.
    expect(changes.map(({ kind, entity }) => `${kind} ${entity.set}`)).toEqual([
      'insert SalesOrderHeadersV2',
      'insert CDSSalesOrderHeaders',
    ]);
  });
});

describe('update', () => {
  test('reread: what was written between the read and the update is what stood before, and stays', async () => {
    const patch = (values: object) => () => call('PATCH', customer, values);
    expect(await meanwhile(patch({ SalesMemo: 'first', CreditLimit: 3000 }), patch({ KnownAs: 'second' }))).toBe(204);
    const told = changes.filter(({ entity }) => entity.set === 'CustomersV3');
    expect(told.map(({ before, after }) => [before?.['SalesMemo'], after?.['SalesMemo']])).toEqual([
      ['', 'first'],
      ['first', 'first'],
    ]);
    expect((await there.call('GET', customer)).body).toMatchObject({
      SalesMemo: 'first',
      CreditLimit: 3000,
      KnownAs: 'second',
    });
  });

  test('reread: a row that was deleted meanwhile is not found', async () => {
    await post('CustomerGroups', { CustomerGroupId: '20' });
    changes.length = 0;
    const answer = await meanwhile(
      () => call('DELETE', group('20')),
      () => call('PATCH', group('20'), { Description: 'x' }),
    );
    expect(answer).toMatch(/^404 /);
  });

  test('PUT goes the same way', async () => {
    expect(await call('PUT', customer, { SalesMemo: 'put' })).toBe(204);
    expect((await there.call('GET', customer)).body).toMatchObject({ SalesMemo: 'put', CreditLimit: 2000 });
    expect(await call('PUT', customer, { CustomerGroupId: 'none' })).toMatch(/'none' in field 'Customer group'/);
  });

  test('validateField comes before validateWrite, and both before write', async () => {
    expect(await call('PATCH', customer, { CustomerGroupId: 'none', SalesCurrencyCode: 'x'.repeat(300) })).toMatch(
      /'SalesCurrencyCode' is longer than/,
    );
    expect(await call('PATCH', customer, { CustomerGroupId: 'none', SalesMemo: 'x' })).toMatch(
      /'none' in field 'Customer group' is not found/,
    );
    expect(changes).toEqual([]);
    expect((await there.call('GET', customer)).body.SalesMemo).toBe('');
  });
});

describe('delete', () => {
  const propose = async () => {
    await there.service.command('propose-credit-limit', us001);
    expect(await call('PATCH', customer, { CreditLimit: 9000 })).toBe(204);
  };

  test('reread: a row that was deleted meanwhile is not found', async () => {
    await post('CustomerGroups', { CustomerGroupId: '20' });
    changes.length = 0;
    const remove = () => call('DELETE', group('20'));
    expect(await meanwhile(remove, remove)).toMatch(/^404 /);
    expect(changes.map(({ kind }) => kind)).toEqual(['delete']);
  });

  test('reread: what stands on it since is a reason', async () => {
    await post('CustomerGroups', { CustomerGroupId: '20' });
    changes.length = 0;
    const answer = await meanwhile(
      () => call('PATCH', customer, { CustomerGroupId: '20' }),
      () => call('DELETE', group('20')),
    );
    expect(answer).toMatch(/^400 .*dependent Customers exist/);
  });

  test('checkRestrictedDeleteActions comes before validateDelete', async () => {
    await propose();
    await there.service.command('post-invoice', { ...us001, amount: 10 });
    expect(await call('DELETE', customer)).toMatch(/dependent Customer transactions exist/);
  });

  test('validateDelete comes before delete', async () => {
    await propose();
    changes.length = 0;
    expect(await call('DELETE', customer)).toMatch(/US-001 has proposed changes that wait for approval and cannot be/);
    expect([changes, (await there.call('GET', customer)).status]).toEqual([[], 200]);
    await there.service.command('reject-change-proposal', us001);
    expect(await call('DELETE', customer)).toBe(204);
    expect(changes.at(-1)).toMatchObject({ kind: 'delete', before: { CustomerAccount: 'US-001' } });
    expect((await there.call('GET', customer)).status).toBe(404);
  });

  test('posted documents are not deleted', async () => {
    await there.service.command('receive-payment', { ...us001, amount: 10 });
    const [header] = await there.rows('CustomerPaymentJournalHeaders');
    const key = `dataAreaId='usmf',JournalBatchNumber='${String(header!['JournalBatchNumber'])}'`;
    const posted = /has been posted and cannot be deleted/;
    expect(await call('DELETE', `CustomerPaymentJournalHeaders(${key})?cross-company=true`)).toMatch(posted);
    expect(await call('DELETE', `CustomerPaymentJournalLines(${key},LineNumber=1)?cross-company=true`)).toMatch(posted);
    const order = "SalesOrderHeadersV2(dataAreaId='usmf',SalesOrderNumber='SO-1')?cross-company=true";
    await post('SalesOrderHeadersV2', { OrderingCustomerAccountNumber: 'US-001', SalesOrderNumber: 'SO-1' });
    await there.service.command('post-packing-slip', { company: 'usmf', salesOrder: 'SO-1' });
    expect(await call('DELETE', order)).toMatch(/SO-1 is Delivered and cannot be deleted/);
    await post('SalesOrderHeadersV2', { OrderingCustomerAccountNumber: 'US-001', SalesOrderNumber: 'SO-2' });
    expect(await call('DELETE', order.replace('SO-1', 'SO-2'))).toBe(204);
  });
});
