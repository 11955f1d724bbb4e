import type { EntityRow } from '../contract.ts';
import { noDate } from '../entities/entity.ts';
import { custSettlementTable, custTransTable } from '../entities/ledger-tables.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { notEmulated } from '../../kernel/index.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { day, round, toAccountingCurrency } from './amounts.ts';

export interface NewTransaction {
  readonly company: string;
  /** The invoice account: who owes. */
  readonly account: string;
  readonly orderAccount?: string;
  readonly type: 'Sales' | 'Cust' | 'Payment' | 'WriteOff';
  readonly voucher: string;
  readonly invoice?: string;
  /** Positive: the customer owes it; negative: the customer has paid it. */
  readonly amount: number;
  readonly currency: string;
  readonly date: string;
  readonly dueDate?: string;
  readonly text: string;
  readonly paymentTerms?: string;
  readonly paymentMethod?: string;
  readonly reference?: string;
}

const texts = ['LastSettleVoucher', 'LastSettleAccountNum', 'LastSettleCompany', 'CompanyBankAccountId'] as const;

/** Everything a transaction shows in. */
export function touchTransaction(dataAreaId: string, RecId: number, work: UnitOfWork): void {
  for (const entity of ['CustTransEntity', 'CustTransOpenEntity']) work.touch(entity, { dataAreaId, SysRecId: RecId });
  work.touch('CustTransBiEntity', { dataAreaId, SourceKey: RecId });
}

/** Writes a transaction into the ledger, open as it is. */
export function postTransaction(given: NewTransaction, store: EntityStore, work: UnitOfWork): EntityRow {
  const date = day(given.date);
  const { amount: AmountMST, rate } = toAccountingCurrency(store, given.company, given.amount, given.currency, date);
  const RecId = store.nextRecId();
  touchTransaction(given.company, RecId, work);
  const row: EntityRow = {
    ...Object.fromEntries(texts.map((name) => [name, ''])),
    RecId,
    dataAreaId: given.company,
    AccountNum: given.account,
    OrderAccount: given.orderAccount ?? given.account,
    TransType: given.type,
    Invoice: given.invoice ?? '',
    Voucher: given.voucher,
    CurrencyCode: given.currency,
    Txt: given.text,
    PaymMode: given.paymentMethod ?? '',
    PaymReference: given.reference ?? '',
    PaymTermId: given.paymentTerms ?? '',
    PostingProfile: 'Gen',
    SysCreatedBy: work.user ?? '',
    AmountCur: round(given.amount),
    AmountMST,
    SettleAmountCur: 0,
    SettleAmountMST: 0,
    ExchRate: round(rate * 100_000) / 1000,
    ExchAdjustment: 0,
    TransDate: date,
    DueDate: day(given.dueDate ?? given.date),
    DocumentDate: date,
    Closed: noDate,
    LastSettleDate: noDate,
    CreatedOn: store.now(),
  };
  store.insert(custTransTable, row);
  return row;
}

export const remaining = (row: EntityRow): number => round(Number(row['AmountCur']) - Number(row['SettleAmountCur']));
const remainingAccounting = (row: EntityRow) => round(Number(row['AmountMST']) - Number(row['SettleAmountMST']));

/** Open transactions of a customer, the one due first at the front. */
export function openTransactions(store: EntityStore, company: string, account: string): EntityRow[] {
  return store
    .find(custTransTable, { dataAreaId: company, AccountNum: account, Closed: noDate })
    .sort((a, b) =>
      `${String(a['DueDate'])}${String(a['RecId'])}`.localeCompare(`${String(b['DueDate'])}${String(b['RecId'])}`),
    );
}

/** @throws Fault when the company has no such transaction of the customer */
export function findTransaction(
  store: EntityStore,
  company: string,
  account: string,
  by: { readonly Invoice: string } | { readonly Voucher: string },
): EntityRow {
  const found = store.find(custTransTable, { dataAreaId: company, AccountNum: account, ...by });
  const [what, value] = Object.entries(by)[0] as [string, string];
  const row = found.find((one) => what !== 'Invoice' || Number(one['AmountCur']) > 0);
  if (row !== undefined) return row;
  throw refused(`Customer ${account} has no transaction with ${what.toLowerCase()} '${value}' in '${company}'.`);
}

/**
 * Settles two transactions against each other, as far as both are open or as far as `most` says.
 *
 * Decided: each side is settled at its own exchange rate; the difference is the settlement's exchange adjustment.
 *
 * @returns what was settled, above 0
 */
export function settle(
  one: EntityRow,
  other: EntityRow,
  on: string,
  store: EntityStore,
  work: UnitOfWork,
  most = Number.POSITIVE_INFINITY,
): number {
  if (one['CurrencyCode'] !== other['CurrencyCode'])
    throw notEmulated(
      'Settlement of transactions in different currencies',
      'Settle transactions of the same currency.',
    );
  if (Math.sign(remaining(one)) * Math.sign(remaining(other)) !== -1)
    throw refused(
      `The transactions ${String(one['Voucher'])} and ${String(other['Voucher'])} cannot be settled: one has to be open in debit, the other in credit.`,
    );
  const amount = Math.min(Math.abs(remaining(one)), Math.abs(remaining(other)), most);
  const voucher = store.nextNumber(`SettleVoucher:${String(one['dataAreaId'])}`, 'SET-');
  const group = store.nextRecId();
  const shares = [one, other].map((row) => shareOf(row, amount));
  const adjustment = round(-(shares[0]!.accounting + shares[1]!.accounting));
  [one, other].forEach((row, index) => {
    const offset = index === 0 ? other : one;
    const share = { ...shares[index]!, adjustment: index === 0 ? adjustment : 0 };
    writeSettlement({ row, offset, share, voucher, group, on: day(on) }, store, work);
  });
  return amount;
}

interface Share {
  readonly amount: number;
  readonly accounting: number;
  readonly adjustment?: number;
}

/** What settling an amount takes of a transaction; the last of it takes what is left, so that nothing remains of rounding. */
function shareOf(row: EntityRow, amount: number): Share {
  const open = remaining(row);
  const part = round(Math.sign(open) * amount);
  const accounting =
    part === open ? remainingAccounting(row) : round((part * Number(row['AmountMST'])) / Number(row['AmountCur']));
  return { amount: part, accounting };
}

interface Settling {
  readonly row: EntityRow;
  readonly offset: EntityRow;
  readonly share: Share;
  readonly voucher: string;
  readonly group: number;
  readonly on: string;
}

function writeSettlement({ row, offset, share, voucher, group, on }: Settling, store: EntityStore, work: UnitOfWork) {
  const dataAreaId = String(row['dataAreaId']);
  const RecId = Number(row['RecId']);
  touchTransaction(dataAreaId, RecId, work);
  const SettleAmountCur = round(Number(row['SettleAmountCur']) + share.amount);
  const isClosed = SettleAmountCur === Number(row['AmountCur']);
  store.update(
    custTransTable,
    { dataAreaId, RecId },
    {
      SettleAmountCur,
      SettleAmountMST: round(Number(row['SettleAmountMST']) + share.accounting),
      ExchAdjustment: round(Number(row['ExchAdjustment']) + (share.adjustment ?? 0)),
      Closed: isClosed ? on : noDate,
      LastSettleDate: on,
      LastSettleVoucher: String(offset['Voucher']),
      LastSettleAccountNum: String(offset['AccountNum']),
      LastSettleCompany: dataAreaId,
    },
  );
  const settlement = store.nextRecId();
  work.touch('CustSettlementBiEntity', { dataAreaId, SourceKey: settlement });
  store.insert(custSettlementTable, {
    RecId: settlement,
    dataAreaId,
    AccountNum: row['AccountNum']!,
    TransType: row['TransType']!,
    TransRecId: RecId,
    OffsetRecid: offset['RecId']!,
    OffsetAccountNum: offset['AccountNum']!,
    OffsetTransVoucher: offset['Voucher']!,
    SettlementVoucher: voucher,
    SettlementGroup: group,
    SettleAmountCur: share.amount,
    SettleAmountMST: share.accounting,
    ExchAdjustment: share.adjustment ?? 0,
    TransDate: on,
    DueDate: row['DueDate']!,
    ClosedDate: isClosed ? on : noDate,
    CreatedOn: store.now(),
    SysCreatedBy: work.user ?? '',
  });
}
