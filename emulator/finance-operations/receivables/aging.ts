import type { EntityRow } from '../contract.ts';
import { noDate } from '../entities/entity.ts';
import { custTransTable } from '../entities/ledger-tables.ts';
import { custAging } from '../entities/receivables-entities.ts';
import { newRow } from '../entities/stored-entity.ts';
import { partyTable } from '../entities/base-tables.ts';
import { customerTable } from '../entities/customer-table.ts';
import type { EntityStore } from '../entity-store.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { accountingCurrency, day, daysBetween, round } from './amounts.ts';

/** Decided: the one aging period definition: days past due, six periods. */
const definition = '30_60_90_180';
const periods: readonly { readonly label: string; readonly upTo: number }[] = [
  { label: 'Not due', upTo: 0 },
  { label: '1 - 30', upTo: 30 },
  { label: '31 - 60', upTo: 60 },
  { label: '61 - 90', upTo: 90 },
  { label: '91 - 180', upTo: 180 },
  { label: '181 and over', upTo: Number.POSITIVE_INFINITY },
];

/** Takes the aging snapshot of a company: what each customer owes, by how long it is due. */
export function ageBalances(company: string, on: string, store: EntityStore, work: UnitOfWork): number {
  const currency = accountingCurrency(store, company);
  const before = new Map(
    store.find(custAging.shape, { dataAreaId: company }).map((row) => [String(row['CustAccount']), row]),
  );
  const open = groupByAccount(store.find(custTransTable, { dataAreaId: company, Closed: noDate }));
  const payments = groupByAccount(store.find(custTransTable, { dataAreaId: company, TransType: 'Payment' }));
  for (const account of new Set([...open.keys(), ...payments.keys()])) {
    const row = agedRow(open.get(account) ?? [], lastPayment(payments.get(account) ?? []), on);
    const key = { dataAreaId: company, AgingPeriodDefinition: definition, CustAccount: account, Company: company };
    work.touch(custAging.name, key);
    const values = { ...row, CustName: nameOf(company, account, store), MSTCurrency: currency };
    if (before.has(account)) store.update(custAging.shape, key, values);
    else store.insert(custAging.shape, newRow(custAging, { ...key, ...values }));
  }
  return open.size;
}

function agedRow(open: readonly EntityRow[], last: EntityRow | undefined, on: string): EntityRow {
  const amounts = periods.map(() => 0);
  for (const row of open) {
    const late = daysBetween(String(row['DueDate']), on);
    const place = periods.findIndex(({ upTo }) => late <= upTo);
    amounts[place] = round(amounts[place]! + Number(row['AmountMST']) - Number(row['SettleAmountMST']));
  }
  return {
    AgedBy: 'DueDate',
    AgingDate: day(on),
    ...Object.fromEntries(
      periods.flatMap(({ label }, index) => [
        [`AgingPeriod${index + 1}`, amounts[index]!],
        [`AgingPeriod${index + 1}ReportingCurrency`, amounts[index]!],
        [`AgingPeriodLabel${index + 1}`, label],
      ]),
    ),
    FirstNonzeroBalancePeriod: amounts.findIndex((amount) => amount !== 0) + 1,
    LastPaymentAmount: last === undefined ? 0 : Math.abs(Number(last['AmountMST'])),
    LastPaymentDate: last === undefined ? noDate : last['TransDate']!,
    NumOpenInvoices: open.filter((row) => Number(row['AmountCur']) > 0).length,
    SumOfAmountDueMst: round(amounts.reduce((sum, amount) => sum + amount, 0)),
  };
}

export function groupByAccount(rows: readonly EntityRow[]): Map<string, EntityRow[]> {
  const groups = new Map<string, EntityRow[]>();
  for (const row of rows) {
    const account = String(row['AccountNum']);
    const group = groups.get(account);
    if (group === undefined) groups.set(account, [row]);
    else group.push(row);
  }
  return groups;
}

const lastPayment = (payments: readonly EntityRow[]) =>
  payments.reduce<EntityRow | undefined>(
    (last, row) => (last === undefined || String(row['TransDate']) >= String(last['TransDate']) ? row : last),
    undefined,
  );

function nameOf(dataAreaId: string, CustomerAccount: string, store: EntityStore): string {
  const customer = store.read(customerTable, { dataAreaId, CustomerAccount });
  const party = customer && store.read(partyTable, { PartyNumber: customer['PartyNumber']! });
  return String(party?.['OrganizationName'] ?? '');
}
