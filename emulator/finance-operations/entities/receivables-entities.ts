import type { EntityRelation, EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { customerTable } from './customer-table.ts';
import { defineEntity, readOnly } from './entity.ts';
import { publishedFields } from './fields.ts';
import { storedEntity } from './stored-entity.ts';
import { currencyTable } from './reference-entities.ts';

export const customerBy = (field: string, company = 'dataAreaId'): EntityRelation => ({
  name: 'Customer',
  to: 'CustCustomerV3Entity',
  fields: { [field]: 'CustomerAccount', [company]: 'dataAreaId' },
});

/** What posting asks of a customer: a customer has some two hundred columns. */
const asked = [
  ...['dataAreaId', 'CustomerAccount', 'InvoiceAccount', 'PartyNumber', 'ContactPersonId', 'OnHoldStatus'],
  ...['SalesCurrencyCode', 'PaymentTerms', 'PaymentMethod', 'CreditLimit', 'CreditLimitIsMandatory'],
  ...['CredManCustUnlimitedCredit', 'CredManCreditLimitExpiryDate'],
];

/** @throws Fault when the company has no such customer */
export function requireCustomer(dataAreaId: unknown, account: unknown, store: EntityStore): EntityRow {
  const key = { dataAreaId: String(dataAreaId).toLowerCase(), CustomerAccount: String(account) };
  const customer = store.read(customerTable, key, asked);
  if (customer !== undefined) return customer;
  throw refused(
    `The value '${String(account)}' in field 'Customer account' is not found in the related table 'Customers'.`,
  );
}

export const requireCurrency = (code: unknown, store: EntityStore) => {
  if (store.read(currencyTable, { CurrencyCode: String(code) }) === undefined)
    throw refused(`The value '${String(code)}' in field 'Currency' is not found in the related table 'Currencies'.`);
};

/** CustInvoiceJour; written by posting only. */
const invoiceJournal = 'fno$custinvoicejour';

export const salesInvoiceHeaders = defineEntity({
  name: 'SalesInvoiceHeaderV2Entity',
  set: 'SalesInvoiceHeadersV2',
  label: 'Sales invoice headers V2',
  id: 0x2d01,
  ...publishedFields('SalesInvoiceHeaderV2Entity'),
  storedAs: invoiceJournal,
  relations: [customerBy('InvoiceCustomerAccountNumber')],
  writer: readOnly('SalesInvoiceHeadersV2'),
});

/** Decided: AOT name. */
export const salesInvoiceJournalHeaders = defineEntity({
  name: 'SalesInvoiceJournalHeaderEntity',
  set: 'SalesInvoiceJournalHeaders',
  label: 'Sales invoice journal headers',
  id: 0x2d02,
  ...publishedFields('SalesInvoiceJournalHeaderEntity'),
  storedAs: invoiceJournal,
  relations: [customerBy('InvoiceCustomerAccountNumber')],
  writer: readOnly('SalesInvoiceJournalHeaders'),
});

export const paymentJournalHeaders = storedEntity({
  name: 'CustomerPaymentJournalHeaderEntity',
  set: 'CustomerPaymentJournalHeaders',
  label: 'Customer payment journal headers',
  id: 0x2d03,
  ...publishedFields('CustomerPaymentJournalHeaderEntity'),
  defaults: (values, store) => ({
    JournalBatchNumber: String(values['JournalBatchNumber'] || store.nextNumber('Journal', '')),
    JournalName: String(values['JournalName'] || 'CustPay'),
  }),
  validate(after, before) {
    if (before?.['IsPosted'] === 'Yes')
      throw refused(`Journal ${String(after['JournalBatchNumber'])} has been posted and cannot be changed.`);
    if (after['IsPosted'] === 'Yes') throw refused("Field 'Posted' cannot be set; post the journal instead.");
  },
  validateDelete: requireNotPosted,
});

function requireNotPosted({ IsPosted, JournalBatchNumber }: EntityRow): void {
  if (IsPosted === 'Yes') throw refused(`Journal ${String(JournalBatchNumber)} has been posted and cannot be deleted.`);
}

export const paymentJournalLines = storedEntity({
  name: 'CustomerPaymentJournalLineEntity',
  set: 'CustomerPaymentJournalLines',
  label: 'Customer payment journal lines',
  id: 0x2d04,
  ...publishedFields('CustomerPaymentJournalLineEntity'),
  relations: [
    customerBy('AccountDisplayValue'),
    {
      name: 'CustomerPaymentJournalHeader',
      to: 'CustomerPaymentJournalHeaderEntity',
      fields: { JournalBatchNumber: 'JournalBatchNumber', dataAreaId: 'dataAreaId' },
      inverse: 'CustomerPaymentJournalLines',
    },
  ],
  defaults: (values, store) => ({
    AccountType: String(values['AccountType'] ?? 'Cust'),
    LineNumber:
      values['LineNumber'] ??
      store.find(paymentJournalLines.shape, {
        dataAreaId: String(values['dataAreaId']),
        JournalBatchNumber: String(values['JournalBatchNumber']),
      }).length + 1,
  }),
  validate(line, _before, store) {
    const key = { dataAreaId: line['dataAreaId']!, JournalBatchNumber: line['JournalBatchNumber']! };
    const header = store.read(paymentJournalHeaders.shape, key);
    if (header === undefined)
      throw refused(
        `The value '${String(key.JournalBatchNumber)}' in field 'Journal batch number' is not found in the related table 'Ledger journal table'.`,
      );
    if (header['IsPosted'] === 'Yes')
      throw refused(`Journal ${String(key.JournalBatchNumber)} has been posted and cannot be changed.`);
    requireCustomer(line['dataAreaId'], line['AccountDisplayValue'], store);
    requireCurrency(line['CurrencyCode'], store);
    if (Number(line['CreditAmount']) < 0 || Number(line['DebitAmount']) < 0)
      throw refused('The amounts of a journal line cannot be negative.');
    if (Number(line['CreditAmount']) > 0 && Number(line['DebitAmount']) > 0)
      throw refused('A journal line has a debit or a credit amount, not both.');
  },
  validateDelete(line, store) {
    const key = { dataAreaId: line['dataAreaId']!, JournalBatchNumber: line['JournalBatchNumber']! };
    requireNotPosted(store.read(paymentJournalHeaders.shape, key) ?? {});
  },
});

/** The aging snapshot: empty until *Age customer balances* has run. */
export const custAging = defineEntity({
  name: 'CustAgingEntity',
  set: 'CustAgedBalances',
  label: 'Customer aged balances',
  id: 0x2d05,
  ...publishedFields('CustAgingEntity'),
  storedAs: 'fno$CustAgingEntity',
  relations: [customerBy('CustAccount')],
  writer: readOnly('CustAgedBalances'),
});

/** Credit management's statistics: one row a customer and day they were updated. */
export const custBalanceStats = defineEntity({
  name: 'CredManCustBalanceStatEntity',
  set: 'CustBalanceStats',
  label: 'Customer balance statistics',
  id: 0x2d06,
  ...publishedFields('CredManCustBalanceStatEntity'),
  storedAs: 'fno$CredManCustBalanceStatEntity',
  relations: [customerBy('CustAccount')],
  writer: readOnly('CustBalanceStats'),
});
