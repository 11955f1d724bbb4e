import { quoted } from '../shared/odata-text';
import { textOf, type Row, type RowReader } from '../shared/rows';
import { dayOf, historyOf, monthBefore, monthsShown, numberOf, transactionFrom } from './history';
import type { Customer, Day, Exposure, History, TemporaryLimit } from './model';

/** Whose figures: what rows of finance and operations carry. */
export interface Whose {
  readonly account: string;
  /** Lower case. */
  readonly company: string;
}

const formatted = '@OData.Community.Display.V1.FormattedValue';
/** As many rows as one page of a virtual table has. */
export const mostTransactions = 5000;

const ofCustomer = ({ account, company }: Whose, accountColumn: string, companyColumn = 'mserp_dataareaid') =>
  `${accountColumn} eq ${quoted(account)} and ${companyColumn} eq ${quoted(company)}`;

async function first(reader: RowReader, table: string, query: string): Promise<Row | undefined> {
  return (await reader.retrieveMultipleRecords(table, `${query}&$top=1`)).entities[0];
}

/** @returns undefined where finance and operations has no such customer */
export async function readCustomer(whose: Whose, reader: RowReader): Promise<Customer | undefined> {
  const columns =
    'mserp_creditlimit,mserp_salescurrencycode,mserp_onholdstatus,mserp_invoiceaccount,mserp_paymentterms' +
    ',mserp_credmancustunlimitedcredit,mserp_credmancreditlimitexpirydate';
  const query = `?$select=${columns}&$filter=${ofCustomer(whose, 'mserp_customeraccount')}`;
  const row = await first(reader, 'mserp_custcustomerv3entity', query);
  if (row === undefined) return undefined;
  const invoiceAccount = textOf(row, 'mserp_invoiceaccount');
  return {
    limit: numberOf(row, 'mserp_creditlimit'),
    salesCurrency: textOf(row, 'mserp_salescurrencycode'),
    onHold: textOf(row, `mserp_onholdstatus${formatted}`),
    isUnlimited: textOf(row, `mserp_credmancustunlimitedcredit${formatted}`),
    limitExpires: dayOf(row, 'mserp_credmancreditlimitexpirydate'),
    invoiceAccount: invoiceAccount === whose.account ? '' : invoiceAccount,
    paymentTerms: textOf(row, 'mserp_paymentterms'),
  };
}

/** Open transactions whatever their age, and all of the last months, in one request. */
export async function readHistory(whose: Whose, today: Day, reader: RowReader): Promise<History> {
  const columns = 'mserp_transdate,mserp_duedate,mserp_amountmst,mserp_settleamountmst,mserp_closed,mserp_invoice';
  const since = monthBefore(today, monthsShown - 1);
  const filter = `${ofCustomer(whose, 'mserp_accountnum')} and (mserp_closed eq null or mserp_transdate ge ${since})`;
  const answer = await reader.retrieveMultipleRecords(
    'mserp_custtransbientity',
    `?$select=${columns}&$filter=${filter}`,
    mostTransactions,
  );
  const rows = answer.entities.map(transactionFrom);
  return historyOf(rows, today, rows.length >= mostTransactions);
}

/** @returns undefined where the statistics were never updated */
export async function readExposure(whose: Whose, reader: RowReader): Promise<Exposure | undefined> {
  const filter = ofCustomer(whose, 'mserp_custaccount');
  const query = `?$select=mserp_balance,mserp_exposure,mserp_balancedate&$filter=${filter}&$orderby=mserp_balancedate desc`;
  const row = await first(reader, 'mserp_credmancustbalancestatentity', query);
  if (row === undefined) return undefined;
  return {
    balance: numberOf(row, 'mserp_balance'),
    exposure: numberOf(row, 'mserp_exposure'),
    on: dayOf(row, 'mserp_balancedate'),
  };
}

/** Those in force today, and those to come. */
export async function readTemporaryLimits(whose: Whose, today: Day, reader: RowReader): Promise<TemporaryLimit[]> {
  const filter = `${ofCustomer(whose, 'mserp_custaccount', 'mserp_custaccountdataarea')} and mserp_todate ge ${today}`;
  const query = `?$select=mserp_creditmax,mserp_fromdate,mserp_todate&$filter=${filter}&$orderby=mserp_fromdate asc`;
  const { entities } = await reader.retrieveMultipleRecords('mserp_credmancreditlimitadvancedentity', query, 5);
  return entities.map((row) => {
    const from = dayOf(row, 'mserp_fromdate');
    return {
      limit: numberOf(row, 'mserp_creditmax'),
      from,
      to: dayOf(row, 'mserp_todate'),
      isInForce: from <= today,
    };
  });
}

/** The credit group the customer is in; undefined for none. Its limit is another table's. */
export async function readGroup(whose: Whose, reader: RowReader): Promise<string | undefined> {
  const filter = ofCustomer(whose, 'mserp_custaccount', 'mserp_company');
  const row = await first(
    reader,
    'mserp_credmancreditlimitcustgrouplineentity',
    `?$select=mserp_creditlimitid&$filter=${filter}`,
  );
  return row === undefined ? undefined : textOf(row, 'mserp_creditlimitid');
}

export interface GroupLimit {
  readonly limit: number;
  readonly currency: string;
}

export async function readGroupLimit(group: string, reader: RowReader): Promise<GroupLimit | undefined> {
  const query = `?$select=mserp_creditmax,mserp_currencycode&$filter=mserp_creditlimitid eq ${quoted(group)}`;
  const row = await first(reader, 'mserp_credmancreditlimitcustgroupentity', query);
  return row && { limit: numberOf(row, 'mserp_creditmax'), currency: textOf(row, 'mserp_currencycode') };
}

/**
 * The accounting currency of the company, which a credit limit is kept in: that of its aging snapshot, of whichever customer.
 *
 * @returns empty where the company has none
 */
export async function readAccountingCurrency(company: string, reader: RowReader): Promise<string> {
  const query = `?$select=mserp_mstcurrency&$filter=mserp_dataareaid eq ${quoted(company)}`;
  const row = await first(reader, 'mserp_custagingentity', query);
  return row === undefined ? '' : textOf(row, 'mserp_mstcurrency');
}
