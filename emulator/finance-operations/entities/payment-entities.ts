import type { EntityField, EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import type { EntityDefinition } from './entity.ts';
import { readFields } from './fields.ts';
import { storedEntity, type Stored } from './stored-entity.ts';

/** Set-up of payments and tax that customers and vendors name: kept by company and name. */
const setUp = (given: Omit<Stored, 'key' | 'fields'>, key: string, ...fields: readonly string[]): EntityDefinition =>
  storedEntity({ ...given, key: ['dataAreaId', key], fields: readFields('dataAreaId', key, ...fields) });

/** @throws Fault when a field that is not empty names no row of the entity */
export function requireRow(
  field: Pick<EntityField, 'name'> & { readonly label: string },
  to: Pick<EntityDefinition, 'shape' | 'key' | 'label'>,
  row: EntityRow,
  store: EntityStore,
): void {
  const value = String(row[field.name] ?? '');
  if (value === '') return;
  const [company, name] = to.key;
  if (store.read(to.shape, { [company!]: row['dataAreaId']!, [name!]: value }, [name!]) === undefined)
    throw refused(`The value '${value}' in field '${field.label}' is not found in the related table '${to.label}'.`);
}

/** @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/customer-mapping */
export const paymentDays = setUp(
  { name: 'PaymentDayCDSEntity', set: 'PaymentDaysCds', label: 'Payment days CDS', id: 0x1a11 },
  'Name',
  'Description',
);

export const paymentSchedules = setUp(
  { name: 'PaymentScheduleEntity', set: 'PaymentSchedules', label: 'Payment schedule', id: 0x1a12 },
  'Name',
  'Description',
  'AllocationMethod:PaymSchedBy',
  'PaymentFrequencyUnits:PeriodUnit',
  'PaymentFrequency:i32',
  'NumberOfPayments:i32',
  'FixedPaymentAmount:dec',
  'MinimumPaymentAmount:dec',
  'SalesTaxAllocationMethod:PaymSchedTaxDistribution',
  'Notes',
);

export const paymentTerms = setUp(
  {
    ...{ name: 'PaymentTermEntity', set: 'PaymentTerms', label: 'Terms of payment', id: 0x1a13 },
    validate(row, _before, store) {
      requireRow({ name: 'PaymentDayName', label: 'Payment day' }, paymentDays, row, store);
      requireRow({ name: 'PaymentScheduleName', label: 'Payment schedule' }, paymentSchedules, row, store);
    },
  },
  'Name',
  'Description',
  'NumberOfMonths:i32',
  'NumberOfDays:i32',
  'CutoffDayOfMonth:i32',
  'AdditionalMonthsForCutoffDate:i32',
  'IsCashPayment:NoYes',
  'IsCertifiedCompanyCheck:NoYes',
  'IsDefaultPaymentTerm:NoYes',
  'CreditCardPaymentType:CreditCardPaymentType',
  'CreditCardCreditCheckType:CreditCardCreditCheck',
  'PaymentMethodType:NetCurrent',
  'PaymentDayName',
  'PaymentScheduleName',
);

export const customerPaymentMethods = setUp(
  {
    name: 'CustomerPaymentMethodEntity',
    set: 'CustomerPaymentMethods',
    label: 'Customer payment method',
    id: 0x1a14,
  },
  'Name',
  'Description',
  'AccountType:LedgerJournalACType',
  'PaymentType:CustPaymentType',
  'PaymentStatus:CustVendPaymStatus',
  'SumByPeriod:PaymSumBy',
  'BillOfExchangeDraftType:TypeOfDraft',
  'DiscountGracePeriodDays:i32',
  'LastFileNumber:i32',
  'LastFileNumberToday:i32',
  'BridgingPostingEnabled:NoYes',
  'IsSepa:NoYes',
  'CreateAndDrawBillOfExchangeDuringInvoicePosting:NoYes',
  'EnablePostdatedCheckClearingPosting:NoYes',
  'DirectDebit:NoYes',
);

export const taxGroups = setUp(
  { name: 'TaxGroupEntity', set: 'TaxGroups', label: 'Sales tax groups', id: 0x1a15 },
  'TaxGroupCode',
  'Description',
);
