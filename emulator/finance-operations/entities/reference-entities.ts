import type { EntityField } from '../contract.ts';
import { enums } from '../enums.ts';
import { refused } from '../faults.ts';
import { defineEntity, emptyValue, refuseWrite, type EntityDefinition } from './entity.ts';

interface Simple {
  readonly name: string;
  readonly set: string;
  readonly label: string;
  readonly id: number;
  readonly key: readonly string[];
  readonly fields: readonly EntityField[];
}

/** An entity that is stored as it is: rows go in, change and go out without rules beyond their key. */
function simple(given: Simple): EntityDefinition {
  const storedAs = `fno$${given.name}`;
  const entity: EntityDefinition = defineEntity({
    ...given,
    storedAs,
    writer: {
      insert(values, store, log) {
        const empty = given.key.find((name) => values[name] === undefined || values[name] === '');
        if (empty !== undefined) throw refused(`Field '${empty}' must be filled in.`);
        const key = Object.fromEntries(given.key.map((name) => [name, values[name]!]));
        if (store.read(entity.shape, key) !== undefined)
          throw refused(`Cannot create a record in ${given.label}. The record already exists.`);
        log.touch(given.name, key);
        store.insert(
          entity.shape,
          Object.fromEntries(given.fields.map((field) => [field.name, values[field.name] ?? emptyValue(field, enums)])),
        );
      },
      update(before, values, store, log) {
        log.touch(given.name, before);
        store.update(entity.shape, before, values);
      },
      delete: () => refuseWrite(entity, 'DELETE'),
    },
  });
  return entity;
}

const text = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'string' }));
const yesNo = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'enum', enumType: 'NoYes' }));

export const currencies = simple({
  name: 'CurrencyEntity',
  set: 'Currencies',
  label: 'Currencies',
  id: 0x1a01,
  key: ['CurrencyCode'],
  fields: text('CurrencyCode', 'Name', 'Symbol'),
});

export const legalEntities = simple({
  name: 'OMLegalEntity',
  set: 'LegalEntities',
  label: 'Legal entities',
  id: 0x1a02,
  key: ['LegalEntityId'],
  fields: text(
    'LegalEntityId',
    'Name',
    'NameAlias',
    'LanguageId',
    'CompanyCountry',
    'PartyNumber',
    'AddressCity',
    'AddressCountryRegionId',
    'AddressState',
    'AddressStreet',
    'AddressZipCode',
  ),
});

export const customerGroups = simple({
  name: 'CustCustomerGroupEntity',
  set: 'CustomerGroups',
  label: 'Customer groups',
  id: 0x1a03,
  key: ['dataAreaId', 'CustomerGroupId'],
  fields: [
    ...text(
      'dataAreaId',
      'CustomerGroupId',
      'Description',
      'PaymentTermId',
      'ClearingPeriodPaymentTermName',
      'TaxGroupId',
      'WriteOffReason',
      'CustomerAccountNumberSequence',
      'DefaultDimensionDisplayValue',
    ),
    ...yesNo('IsSalesTaxIncludedInPrice'),
  ],
});

export const currencyTable = currencies.shape;
export const customerGroupTable = customerGroups.shape;
