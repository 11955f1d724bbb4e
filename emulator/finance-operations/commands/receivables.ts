import { custTransTable } from '../entities/ledger-tables.ts';
import { legalEntities } from '../entities/reference-entities.ts';
import { enums } from '../enums.ts';
import { faults } from '../faults.ts';
import { ageBalances } from '../receivables/aging.ts';
import { setCollectionStatus } from '../receivables/collections.ts';
import { updateStatistics } from '../receivables/credit.ts';
import { postInvoice } from '../receivables/invoices.ts';
import { findTransaction, remaining, settle } from '../receivables/ledger.ts';
import { postPackingSlip } from '../receivables/packing-slips.ts';
import { postPaymentJournal, receivePayment } from '../receivables/payments.ts';
import { writeOff } from '../receivables/write-off.ts';
import { company, customerKey, dayOf, ofCustomer, told, type Command, type CommandCall } from './command.ts';

const invoice = { name: 'invoice', label: 'Invoice', kind: 'text', isRequired: true } as const;
const date = { name: 'date', label: 'Date', kind: 'date' } as const;
const onlyCompany = { ...company, isRequired: false };

/** The company given, or every one that has a ledger. */
const companies = ({ values, store }: CommandCall): string[] => {
  const one = values.optional('company');
  const all = store.find(legalEntities.shape, {}).map((row) => String(row['LegalEntityId']));
  if (one !== undefined && !all.includes(one)) throw faults.badCommand(`There is no legal entity '${one}'.`);
  return one === undefined ? all : [one];
};

/** What the infolog warned of; nothing when it did not. */
const warned = (warnings: readonly string[]) => (warnings.length === 0 ? {} : { warnings });

export const receivablesCommands: readonly Command[] = [
  {
    name: 'post-invoice',
    label: 'Post an invoice',
    parameters: [
      ...ofCustomer,
      { name: 'amount', label: 'Amount with tax', kind: 'amount', isRequired: true },
      { name: 'taxAmount', label: 'Sales tax', kind: 'amount' },
      { name: 'currency', label: 'Currency', kind: 'text' },
      { name: 'salesOrder', label: 'Sales order (none: free text invoice)', kind: 'text' },
      { name: 'invoiceDate', label: 'Invoice date', kind: 'date' },
      { name: 'dueDate', label: 'Due date', kind: 'date' },
      { name: 'text', label: 'Description', kind: 'text' },
    ],
    run(call) {
      const { values, store, work } = call;
      const { dataAreaId, CustomerAccount } = customerKey(call);
      const { transaction, warnings } = postInvoice(
        {
          company: dataAreaId,
          customerAccount: CustomerAccount,
          amount: values.number('amount'),
          taxAmount: values.optionalNumber('taxAmount'),
          currency: values.optional('currency'),
          invoiceDate: dayOf(call, 'invoiceDate'),
          dueDate: values.optional('dueDate'),
          salesOrder: values.optional('salesOrder'),
          text: values.optional('text'),
        },
        store,
        work,
      );
      return { ...told(transaction), ...warned(warnings) };
    },
  },
  {
    name: 'post-packing-slip',
    label: 'Post the packing slip of a sales order',
    parameters: [
      company,
      { name: 'salesOrder', label: 'Sales order', kind: 'text', isRequired: true },
      { ...date, label: 'Date of the packing slip' },
    ],
    run(call) {
      const { values, store, work } = call;
      const given = { company: values.text('company'), salesOrder: values.text('salesOrder'), on: dayOf(call) };
      return { salesOrder: given.salesOrder, ...warned(postPackingSlip(given, store, work)) };
    },
  },
  {
    name: 'receive-payment',
    label: 'Receive a payment',
    parameters: [
      ...ofCustomer,
      { name: 'amount', label: 'Amount', kind: 'amount', isRequired: true },
      { name: 'currency', label: 'Currency', kind: 'text' },
      { ...invoice, label: 'Invoice (none: the oldest)', isRequired: false },
      { name: 'settle', label: 'Settle', kind: 'yesNo' },
      { name: 'reference', label: 'Payment reference', kind: 'text' },
      { name: 'method', label: 'Method of payment', kind: 'text' },
      date,
    ],
    run(call) {
      const { values, store, work } = call;
      const { dataAreaId, CustomerAccount } = customerKey(call);
      const payment = receivePayment(
        {
          company: dataAreaId,
          customerAccount: CustomerAccount,
          amount: values.number('amount'),
          currency: values.optional('currency'),
          date: dayOf(call),
          invoice: values.optional('invoice'),
          settles: values.isTrue('settle', true),
          reference: values.optional('reference'),
          method: values.optional('method'),
        },
        store,
        work,
      );
      const now = store.read(custTransTable, { dataAreaId, RecId: payment['RecId']! })!;
      return { ...told(payment), notSettled: Math.abs(remaining(now)) };
    },
  },
  {
    name: 'post-payment-journal',
    label: 'Post a payment journal',
    parameters: [company, { name: 'journal', label: 'Journal batch number', kind: 'text', isRequired: true }],
    run: ({ values, store, work }) => ({
      posted: postPaymentJournal(values.text('company'), values.text('journal'), store, work).map(told),
    }),
  },
  {
    name: 'settle',
    label: 'Settle an invoice with a payment',
    parameters: [
      ...ofCustomer,
      invoice,
      { name: 'payment', label: 'Voucher of the payment', kind: 'text', isRequired: true },
      { name: 'amount', label: 'Amount (none: all that is open)', kind: 'amount' },
      date,
    ],
    run(call) {
      const { values, store, work } = call;
      const { dataAreaId, CustomerAccount } = customerKey(call);
      const most = values.optionalNumber('amount');
      if (most !== undefined && !(most > 0)) throw faults.badCommand("The parameter 'amount' must be greater than 0.");
      const one = findTransaction(store, dataAreaId, CustomerAccount, { Invoice: values.text('invoice') });
      const other = findTransaction(store, dataAreaId, CustomerAccount, { Voucher: values.text('payment') });
      return { settled: settle(one, other, dayOf(call), store, work, most) };
    },
  },
  {
    name: 'write-off',
    label: 'Write off an invoice',
    parameters: [...ofCustomer, invoice, date],
    run(call) {
      const { dataAreaId, CustomerAccount } = customerKey(call);
      const given = {
        company: dataAreaId,
        account: CustomerAccount,
        invoice: call.values.text('invoice'),
        on: dayOf(call),
      };
      return told(writeOff(given, call.store, call.work));
    },
  },
  {
    name: 'set-collection-status',
    label: 'Set the collection status of an invoice',
    parameters: [
      ...ofCustomer,
      invoice,
      {
        name: 'status',
        label: 'Status',
        kind: 'choice',
        choices: enums['CustVendDisputeStatus']!,
        isRequired: true,
      },
      { name: 'followUpDate', label: 'Follow up on', kind: 'date' },
      { name: 'reason', label: 'Reason code', kind: 'text' },
      { name: 'note', label: 'Note', kind: 'text' },
    ],
    run(call) {
      const { values, store, work } = call;
      const { dataAreaId, CustomerAccount } = customerKey(call);
      const row = findTransaction(store, dataAreaId, CustomerAccount, { Invoice: values.text('invoice') });
      setCollectionStatus(
        {
          company: dataAreaId,
          transaction: Number(row['RecId']),
          status: values.text('status'),
          followUpDate: values.optional('followUpDate'),
          reasonCode: values.optional('reason'),
          note: values.optional('note'),
        },
        store,
        work,
      );
    },
  },
  {
    name: 'run-aging',
    label: 'Age customer balances',
    parameters: [onlyCompany, date],
    run: (call) => ({
      customers: companies(call).reduce((sum, one) => sum + ageBalances(one, dayOf(call), call.store, call.work), 0),
    }),
  },
  {
    name: 'run-balance-statistics',
    label: 'Update customer balance statistics',
    parameters: [onlyCompany, date],
    run: (call) => ({
      customers: companies(call).reduce(
        (sum, one) => sum + updateStatistics(one, dayOf(call), call.store, call.work),
        0,
      ),
    }),
  },
];
