import Decimal from 'decimal.js';
import type { Lookup, Row } from '../../query/index.ts';
import { readRow, type Database, type Shapes } from '../../storage/index.ts';
import type { TableMetadata } from '../metadata/model.ts';

/** The digits of a .NET decimal. */
const Exact = Decimal.clone({ precision: 34 });

/**
 * Currency, exchange rate and base amounts of a row with money: the rate is copied when money or currency is written, and
 * each base amount is the amount divided by it.
 */
export function moneyColumns(
  table: TableMetadata,
  row: Row,
  before: Row | undefined,
  database: Database,
  shapes: Shapes,
): Row {
  const pairs = [...table.columns.values()].filter((column) => column.calculationOf !== undefined);
  if (pairs.length === 0 || !table.columns.has('transactioncurrencyid')) return {};
  const isTouched =
    before === undefined || 'transactioncurrencyid' in row || pairs.some((pair) => pair.calculationOf! in row);
  if (!isTouched) return {};
  const currency =
    ((row['transactioncurrencyid'] ?? before?.['transactioncurrencyid']) as Lookup | null | undefined) ??
    baseCurrency(database);
  if (currency === undefined) return {};
  const currencyRow = readRow(database, shapes('transactioncurrency'), { transactioncurrencyid: currency.id }, [
    'exchangerate',
  ]);
  const rate = new Exact(Number(currencyRow?.['exchangerate'] ?? 1));
  const result: Row = { transactioncurrencyid: currency, exchangerate: rate.toNumber() };
  for (const pair of pairs) {
    const amount = row[pair.calculationOf!] ?? before?.[pair.calculationOf!] ?? null;
    result[pair.logicalName] =
      amount === null
        ? null
        : new Exact(Number(amount)).div(rate).toDecimalPlaces(4, Decimal.ROUND_HALF_EVEN).toNumber();
  }
  return result;
}

function baseCurrency(database: Database): Lookup | undefined {
  const row = database.get('select basecurrencyid from organization limit 1');
  return row?.['basecurrencyid'] ? { table: 'transactioncurrency', id: String(row['basecurrencyid']) } : undefined;
}
