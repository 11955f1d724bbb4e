import type { EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { publishedFields } from './fields.ts';
import { partyTable } from './base-tables.ts';
import { noDate } from './entity.ts';
import { requireCurrency, requireCustomer } from './receivables-entities.ts';
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

const isPercent = (value: unknown) => Number(value) >= 0 && Number(value) <= 100;

/**
 * Insurance policies and guarantees of a customer, which raise the credit limit.
 *
 * Decided: the insurer or guarantor is named by the number of a party; types of both, and of coverage, are not looked up.
 *
 * @see https://learn.microsoft.com/dynamics365/finance/accounts-receivable/cm-add-credit-mgmt-information-customer
 */
export const guarantees = storedEntity({
  name: 'CredManCustGuaranteeInsuranceEntity',
  set: 'CreditManagementCustomerGuaranteeInsurances',
  label: 'Insurance and guarantees',
  id: 0x2e07,
  ...publishedFields('CredManCustGuaranteeInsuranceEntity'),
  relations: [
    {
      name: 'Customer',
      to: 'CustCustomerV3Entity',
      fields: { CustAccount: 'CustomerAccount', dataAreaId: 'dataAreaId' },
    },
  ],
  validate(after, _before, store) {
    requireCustomer(after['dataAreaId'], after['CustAccount'], store);
    if (after['CurrencyCode'] !== '') requireCurrency(after['CurrencyCode'], store);
    if (Number(after['Value']) < 0) throw refused("The value in field 'Value' cannot be negative.");
    if (!isPercent(after['IncreaseCreditLimitPercent']))
      throw refused("The value in field 'Update credit limit' must be between 0 and 100.");
    if (after['GuaranteeInsurance'] === 'Guarantee' && after['InsuranceCoverageType'] !== '')
      throw refused("Field 'Policy coverage type' must be empty for a guarantee.");
    const PartyNumber = String(after['GuarantorInsurer']);
    if (PartyNumber !== '' && store.read(partyTable, { PartyNumber }) === undefined)
      throw refused(
        `The value '${PartyNumber}' in field 'Insurer/Guarantor' is not found in the related table 'Global address book'.`,
      );
    if (after['ValidTo'] !== noDate && String(after['ValidFrom']) > String(after['ValidTo']))
      throw refused("The value in field 'Expiration' must not be before the value in field 'Effective'.");
  },
});

/** Credit standings of customers, and the hold each means. */
export const accountStatuses = storedEntity({
  name: 'CredManAccountStatusEntity',
  set: 'CreditManagementAccountStatuses',
  label: 'Account statuses',
  id: 0x2e08,
  ...publishedFields('CredManAccountStatusEntity'),
});

export const creditGroups = storedEntity({
  name: 'CredManCreditLimitCustGroupEntity',
  set: 'CustomerCreditGroups',
  label: 'Customer credit groups',
  id: 0x2e02,
  ...publishedFields('CredManCreditLimitCustGroupEntity'),
  validate(after, _before, store) {
    notNegative(after['CreditMax']);
    requireCurrency(after['CurrencyCode'], store);
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
