import type { EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { day, eventDate } from './amounts.ts';
import { findTransaction, postTransaction, remaining, settle } from './ledger.ts';

/** Writes off what is open of an invoice. @throws Fault with the infolog's words */
export function writeOff(
  { company, account, invoice, on }: { company: string; account: string; invoice: string; on: string },
  store: EntityStore,
  work: UnitOfWork,
): EntityRow {
  const row = findTransaction(store, company, account, { Invoice: invoice });
  const open = remaining(row);
  if (open <= 0) throw refused(`Invoice ${invoice} has nothing open to be written off.`);
  const written = postTransaction(
    {
      company,
      account,
      type: 'WriteOff',
      voucher: store.nextNumber(`WriteOffVoucher:${company}`, 'WOF-'),
      amount: -open,
      currency: String(row['CurrencyCode']),
      date: day(on),
      text: `Write-off of invoice ${invoice}`,
    },
    store,
    work,
  );
  settle(row, written, on, store, work);
  work.raise('CustTransWrittenOffBusinessEvent', company, {
    CustomerAccount: account,
    InvoiceId: invoice,
    LegalEntity: company.toUpperCase(),
    Voucher: String(written['Voucher']),
    WriteOffAmountInAccountingCurrency: Math.abs(Number(written['AmountMST'])),
    WriteOffDate: eventDate(written['TransDate']),
  });
  return written;
}
