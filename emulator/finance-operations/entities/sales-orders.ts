import type { EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { totalLimit } from '../receivables/credit-limit.ts';
import { orderIn, ordersEntity } from '../receivables/orders.ts';
import { checkCreditLimit } from '../rules/credit-check.ts';
import { publishedFields } from './fields.ts';
import { customerBy, requireCurrency, requireCustomer } from './receivables-entities.ts';
import { storedEntity } from './stored-entity.ts';

export const salesOrders = storedEntity({
  name: ordersEntity,
  set: 'SalesOrderHeadersV2',
  label: 'Sales order headers V2',
  id: 0x2d07,
  ...publishedFields('SalesOrderHeaderV2Entity'),
  relations: [customerBy('OrderingCustomerAccountNumber')],
  defaults(values, store) {
    const customer = requireCustomer(values['dataAreaId'], values['OrderingCustomerAccountNumber'], store);
    return {
      SalesOrderNumber: String(values['SalesOrderNumber'] || store.nextNumber('SalesOrder', '')),
      InvoiceCustomerAccountNumber: String(
        values['InvoiceCustomerAccountNumber'] || customer['InvoiceAccount'] || customer['CustomerAccount'],
      ),
      CurrencyCode: String(values['CurrencyCode'] || customer['SalesCurrencyCode']),
      ...orderIn('Backorder'),
      OrderCreationDateTime: store.now(),
      PaymentTermsName: String(values['PaymentTermsName'] ?? customer['PaymentTerms'] ?? ''),
    };
  },
  validate(order, before, store) {
    requireCurrency(order['CurrencyCode'], store);
    requireCustomer(order['dataAreaId'], order['InvoiceCustomerAccountNumber'], store);
    if (before === undefined) {
      const customer = requireCustomer(order['dataAreaId'], order['OrderingCustomerAccountNumber'], store);
      if (customer['OnHoldStatus'] === 'All')
        throw refused(`Customer ${String(customer['CustomerAccount'])} is on hold for All.`);
      requireSomeLimit(order, store);
    } else if (states.some((name) => order[name] !== before[name]))
      throw refused("Field 'Status' cannot be changed; it follows from posting.");
    if (isRaised(order, before)) checkOrder(order, store);
  },
  validateDelete({ SalesOrderNumber, SalesOrderStatus }) {
    if (SalesOrderStatus === 'Delivered' || SalesOrderStatus === 'Invoiced')
      throw refused(`Sales order ${String(SalesOrderNumber)} is ${SalesOrderStatus} and cannot be deleted.`);
  },
});

/** A mandatory credit limit of 0 takes no orders; the limit is one of whom the invoice goes to. */
function requireSomeLimit(order: EntityRow, store: EntityStore): void {
  const customer = requireCustomer(order['dataAreaId'], order['InvoiceCustomerAccountNumber'], store);
  if (customer['CreditLimitIsMandatory'] === 'Yes' && totalLimit(customer, store.now(), store).amount <= 0)
    throw refused(`Customer ${String(customer['CustomerAccount'])} has a mandatory credit limit of 0.`);
}

const states = ['SalesOrderStatus', 'SalesOrderProcessingStatus'];

/** An order is checked when it comes through a service, and when its total grows. */
const isRaised = (order: EntityRow, before: EntityRow | undefined) =>
  order['SalesOrderStatus'] === 'Backorder' &&
  Number(order['OrderTotalAmount']) > Number(before?.['OrderTotalAmount'] ?? 0);

/** A warning does not throw: whoever comes through a service is not told of it. */
const checkOrder = (order: EntityRow, store: EntityStore) =>
  checkCreditLimit(
    {
      kind: 'salesOrder',
      company: String(order['dataAreaId']),
      account: String(order['InvoiceCustomerAccountNumber']),
      salesOrder: String(order['SalesOrderNumber']),
      amount: Number(order['OrderTotalAmount']),
      currency: String(order['CurrencyCode']),
      on: store.now(),
    },
    store,
  );
