import type { EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { publishedFields } from './fields.ts';
import { requireCustomer } from './receivables-entities.ts';
import { currencyTable } from './reference-entities.ts';
import { storedEntity } from './stored-entity.ts';

const notNegative = (value: unknown) => {
  if (Number(value) < 0) throw refused("The value in field 'Credit limit' cannot be negative.");
};

/** Limits that take the place of a customer's own between two dates. */
export const temporaryCreditLimits = storedEntity({
  name: 'CredManCreditLimitAdvancedEntity',
  set: 'TemporaryCreditLimits',
  label: 'Temporary credit limits',
  id: 0x2e01,
  ...publishedFields('CredManCreditLimitAdvancedEntity'),
  relations: [
    {
      name: 'Customer',
      to: 'CustCustomerV3Entity',
      fields: { CustAccount: 'CustomerAccount', CustAccountDataArea: 'dataAreaId' },
    },
  ],
  defaults: (values, store) => ({
    CreditLimitId: String(values['CreditLimitId'] || store.nextNumber('CreditLimit', '')),
    CustAccountDataArea: String(values['CustAccountDataArea'] ?? '').toLowerCase(),
  }),
  validate(after, before, store) {
    requireCustomer(after['CustAccountDataArea'], after['CustAccount'], store);
    notNegative(after['CreditMax']);
    if (String(after['FromDate']) > String(after['ToDate']))
      throw refused("The value in field 'To date' must not be before the value in field 'From date'.");
    if (before === undefined) requireNoOverlap(after, store);
  },
});

/** Decided: two temporary limits of a customer do not overlap. */
function requireNoOverlap(after: EntityRow, store: EntityStore): void {
  const others = store.find(temporaryCreditLimits.shape, {
    CustAccount: String(after['CustAccount']),
    CustAccountDataArea: String(after['CustAccountDataArea']),
  });
  const isBeside = (other: EntityRow) =>
    String(other['ToDate']) < String(after['FromDate']) || String(other['FromDate']) > String(after['ToDate']);
  if (others.every(isBeside)) return;
  throw refused(`Customer ${String(after['CustAccount'])} has a temporary credit limit for these dates already.`);
}

export const creditGroups = storedEntity({
  name: 'CredManCreditLimitCustGroupEntity',
  set: 'CustomerCreditGroups',
  label: 'Customer credit groups',
  id: 0x2e02,
  ...publishedFields('CredManCreditLimitCustGroupEntity'),
  validate(after, _before, store) {
    notNegative(after['CreditMax']);
    if (store.read(currencyTable, { CurrencyCode: after['CurrencyCode']! }) === undefined)
      throw refused(
        `The value '${String(after['CurrencyCode'])}' in field 'Currency' is not found in the related table 'Currencies'.`,
      );
  },
});

export const creditGroupLines = storedEntity({
  name: 'CredManCreditLimitCustGroupLineEntity',
  set: 'CustomerCreditGroupLines',
  label: 'Customer credit group lines',
  id: 0x2e03,
  ...publishedFields('CredManCreditLimitCustGroupLineEntity'),
  relations: [
    {
      name: 'CustomerCreditGroup',
      to: 'CredManCreditLimitCustGroupEntity',
      fields: { CreditLimitId: 'CreditLimitId' },
      inverse: 'CustomerCreditGroupLines',
    },
    {
      name: 'Customer',
      to: 'CustCustomerV3Entity',
      fields: { CustAccount: 'CustomerAccount', Company: 'dataAreaId' },
    },
  ],
  defaults: (values) => ({ Company: String(values['Company'] ?? '').toLowerCase() }),
  validate(after, _before, store) {
    requireCustomer(after['Company'], after['CustAccount'], store);
    if (store.read(creditGroups.shape, { CreditLimitId: after['CreditLimitId']! }) === undefined)
      throw refused(
        `The value '${String(after['CreditLimitId'])}' in field 'Credit limit ID' is not found in the related table 'Customer credit groups'.`,
      );
  },
});

export const creditParameters = storedEntity({
  name: 'CredManParametersEntity',
  set: 'CreditManagementParameters',
  label: 'Credit management parameters',
  id: 0x2e04,
  ...publishedFields('CredManParametersEntity'),
});

/** Differs: some of the parameters only; the others have no effect here. */
export const customerParameters = storedEntity({
  name: 'CustomerParametersEntity',
  set: 'CustomerParameters',
  label: 'Customer parameters',
  id: 0x2e05,
  ...publishedFields('CustomerParametersEntity'),
});

/** Decided: AOT name. Which fields of a customer need approval. */
export const changeProposalFields = storedEntity({
  name: 'CustomerChangeProposalFieldEnablementEntity',
  set: 'CustomerChangeProposalFieldEnablements',
  label: 'Customer change proposal field enablements',
  id: 0x2e06,
  ...publishedFields('CustomerChangeProposalFieldEnablementEntity'),
});
