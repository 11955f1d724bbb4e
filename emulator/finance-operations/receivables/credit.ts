import type { EntityRow } from '../contract.ts';
import { customerTable } from '../entities/customer-table.ts';
import { noDate } from '../entities/entity.ts';
import { custTransTable } from '../entities/ledger-tables.ts';
import { custBalanceStats, requireCustomer } from '../entities/receivables-entities.ts';
import { newRow } from '../entities/stored-entity.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { groupByAccount } from './aging.ts';
import { accountingCurrency, day, exchangeRate, round } from './amounts.ts';
import { limitRateType, totalLimit } from './credit-limit.ts';
import { orderAmount, ordersIn } from './orders.ts';

/**
 * Updates credit management's statistics of a day: what customers owe, and what they owe with the orders not yet invoiced.
 *
 * Decided: the exposure counts every order that is neither invoiced nor canceled, at its total.
 */
export function updateStatistics(company: string, on: string, store: EntityStore, work: UnitOfWork): number {
  const open = groupByAccount(store.find(custTransTable, { dataAreaId: company, Closed: noDate }));
  const orders = ordersIn(company, ['Backorder', 'Delivered'], store);
  const BalanceDate = day(on);
  const customers = store.find(customerTable, { dataAreaId: company });
  for (const customer of customers) {
    const account = String(customer['CustomerAccount']);
    const Balance = round(
      (open.get(account) ?? []).reduce(
        (sum, row) => sum + Number(row['AmountMST']) - Number(row['SettleAmountMST']),
        0,
      ),
    );
    const ordered = orders
      .filter((order) => order['InvoiceCustomerAccountNumber'] === account)
      .map((order) => orderAmount(order, on, store));
    const key = { dataAreaId: company, CustAccount: account, BalanceDate };
    work.touch(custBalanceStats.name, key);
    const values = {
      Balance,
      Exposure: round(Balance + ordered.reduce((sum, amount) => sum + amount, 0)),
      CreditLimit: totalLimit(customer, on, store).amount,
    };
    if (store.read(custBalanceStats.shape, key) !== undefined) store.update(custBalanceStats.shape, key, values);
    else store.insert(custBalanceStats.shape, newRow(custBalanceStats, { ...key, ...values }));
  }
  return customers.length;
}

/** What moves with a limit: its date, and the same limit in the customer's currency (as far as there is a rate of the type of credit limits). */
export function limitValues(customer: EntityRow, CreditLimit: number, store: EntityStore): EntityRow {
  const now = store.now();
  return {
    CreditLimit,
    CredManCreditLimitDate: day(now),
    CredManCustCreditMaxAlt: inSalesCurrency(customer, CreditLimit, now, store),
  };
}

function inSalesCurrency(customer: EntityRow, limit: number, on: string, store: EntityStore): number {
  try {
    const company = String(customer['dataAreaId']);
    const own = accountingCurrency(store, company);
    const type = limitRateType(company, store);
    return round(limit * exchangeRate(store, own, String(customer['SalesCurrencyCode']), on, type));
  } catch {
    return 0;
  }
}

/** Posts a credit limit adjustment: the way a limit changes when it cannot be edited. @throws Fault with the infolog's words */
export function adjustLimit(
  { company, account, limit }: { company: string; account: string; limit: number },
  store: EntityStore,
  work: UnitOfWork,
): void {
  const customer = requireCustomer(company, account, store);
  if (!(limit >= 0)) throw refused("The value in field 'Credit limit' cannot be negative.");
  const key = { dataAreaId: company, CustomerAccount: account };
  work.touch('CustCustomerV3Entity', key);
  store.update(customerTable, key, limitValues(customer, limit, store));
  work.raise('Workflow_CredManCreditLimitAdjustment_000001', company, {
    LegalEntity: company.toUpperCase(),
    Status: 'Completed',
    WorkflowDocument: `Credit limit adjustment of customer ${account}`,
    WorkflowInstanceId: store.newGuid(),
  });
}
