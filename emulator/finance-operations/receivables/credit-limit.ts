import type { EntityRow } from '../contract.ts';
import { creditParameters, guarantees, temporaryCreditLimits } from '../entities/credit-entities.ts';
import { noDate } from '../entities/entity.ts';
import type { EntityStore } from '../entity-store.ts';
import { accountingCurrency, day, exchangeRate, round } from './amounts.ts';

/** A customer's *Total credit limit* on a day, in the accounting currency of the company. */
export interface TotalLimit {
  readonly amount: number;
  /** The limit is 0 and has not expired: nothing is limited, unless a limit is mandatory. */
  readonly isNone: boolean;
}

/**
 * The total credit limit of a customer: a temporary limit in force takes the place of the customer's own, and insurance policies
 * and guarantees are added.
 *
 * Decided: a limit that has expired is one of 0 that holds.
 *
 * @see https://learn.microsoft.com/dynamics365/finance/accounts-receivable/cm-add-credit-mgmt-information-customer
 */
export function totalLimit(customer: EntityRow, on: string, store: EntityStore): TotalLimit {
  const temporary = temporaryLimit(customer, on, store);
  const hasExpired = temporary === undefined && isExpired(customer, on, store);
  const base = hasExpired ? 0 : Number(temporary ?? customer['CreditLimit']);
  return { amount: round(base + guaranteed(customer, on, store)), isNone: base === 0 && !hasExpired };
}

function temporaryLimit(customer: EntityRow, on: string, store: EntityStore): unknown {
  const CustAccount = String(customer['CustomerAccount']);
  const of = { CustAccount, CustAccountDataArea: String(customer['dataAreaId']) };
  const isInForce = (row: EntityRow) => String(row['FromDate']) <= day(on) && day(on) <= String(row['ToDate']);
  return store.find(temporaryCreditLimits.shape, of).find(isInForce)?.['CreditMax'];
}

/** A limit without an expiration date never expires, or is taken for expired: *Allow credit limit with no expiration date*. */
function isExpired(customer: EntityRow, on: string, store: EntityStore): boolean {
  const expires = String(customer['CredManCreditLimitExpiryDate'] ?? noDate);
  if (expires !== noDate) return expires.slice(0, 10) < on.slice(0, 10);
  const parameters = store.read(creditParameters.shape, { dataAreaId: customer['dataAreaId']! });
  return parameters?.['AllowBlankCreditLimitExpiryDate'] === 'No';
}

/** *Insurance and guarantees*: what those in force add to a limit; less than 0 where one counts in the exposure. */
function guaranteed(customer: EntityRow, on: string, store: EntityStore): number {
  const dataAreaId = String(customer['dataAreaId']);
  const today = on.slice(0, 10);
  const isInForce = ({ ValidFrom, ValidTo }: EntityRow) =>
    String(ValidFrom).slice(0, 10) <= today && (ValidTo === noDate || today <= String(ValidTo).slice(0, 10));
  return store
    .find(guarantees.shape, { dataAreaId, CustAccount: String(customer['CustomerAccount']) })
    .filter(isInForce)
    .reduce((sum, row) => sum + addedBy(row, dataAreaId, on, store), 0);
}

/**
 * The part of a policy's value that raises the limit; *Included in exposure* takes its full value off.
 *
 * Decided: as the documented example has it, 100,000 + 50,000 × 50 % – 50,000; the sentence before it can be read otherwise.
 */
function addedBy(row: EntityRow, company: string, on: string, store: EntityStore): number {
  const own = accountingCurrency(store, company);
  const currency = String(row['CurrencyCode'] || own);
  const value = Number(row['Value']) * exchangeRate(store, currency, own, on, limitRateType(company, store));
  const raised = (value * Number(row['IncreaseCreditLimitPercent'])) / 100;
  return row['IncludeInExposure'] === 'Yes' ? raised - value : raised;
}

/** Type of the rates limits are converted with; undefined for the default one. */
export const limitRateType = (company: string, store: EntityStore): string | undefined =>
  String(store.read(creditParameters.shape, { dataAreaId: company })?.['CreditLimitExchRateTypeName'] ?? '') ||
  undefined;
