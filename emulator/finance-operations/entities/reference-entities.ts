import type { EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { defineEntity, readOnly } from './entity.ts';
import { entityView } from './entity-view.ts';
import { publishedFields } from './fields.ts';
import { storedEntity } from './stored-entity.ts';

export const currencies = storedEntity({
  name: 'CurrencyEntity',
  set: 'Currencies',
  label: 'Currencies',
  id: 0x1a01,
  key: ['CurrencyCode'],
  fields: ['CurrencyCode', 'Name', 'Symbol'].map((name) => ({ name, type: 'string' })),
});

export const legalEntities = storedEntity({
  name: 'OMLegalEntity',
  set: 'LegalEntities',
  label: 'Legal entities',
  id: 0x1a02,
  ...publishedFields('OMLegalEntity'),
});

const officeAddin = publishedFields('OfficeAddinLegalEntityEntity');

/** Legal entities as clients choose among them. */
export const officeAddinLegalEntities = defineEntity({
  name: 'OfficeAddinLegalEntityEntity',
  set: 'OfficeAddinLegalEntities',
  label: 'Office add-in legal entities',
  id: 0x1a0b,
  ...officeAddin,
  storedAs: 'fno$OfficeAddinLegalEntityEntity',
  view: entityView(
    'fno$OfficeAddinLegalEntityEntity',
    officeAddin.fields,
    { CompanyId: ['l', 'LegalEntityId'], CompanyName: ['l', 'Name'] },
    'l."RecId"',
    '"fno$OMLegalEntity" l',
  ),
  writer: readOnly('OfficeAddinLegalEntities'),
});

export const customerGroups = storedEntity({
  name: 'CustCustomerGroupEntity',
  set: 'CustomerGroups',
  label: 'Customer groups',
  id: 0x1a03,
  ...publishedFields('CustCustomerGroupEntity'),
});

export const exchangeRateTypes = storedEntity({
  name: 'ExchangeRateTypeEntity',
  set: 'ExchangeRateTypes',
  label: 'Exchange rate types',
  id: 0x1a04,
  ...publishedFields('ExchangeRateTypeEntity'),
});

function validateRate(rate: EntityRow, store: EntityStore): void {
  if (store.read(exchangeRateTypes.shape, { Name: rate['RateTypeName']! }) === undefined)
    throw refused(
      `The value '${String(rate['RateTypeName'])}' in field 'Exchange rate type' is not found in the related table 'Exchange rate types'.`,
    );
  for (const code of [rate['FromCurrency'], rate['ToCurrency']])
    if (store.read(currencies.shape, { CurrencyCode: code! }) === undefined)
      throw refused(`The value '${String(code)}' in field 'Currency' is not found in the related table 'Currencies'.`);
  if (Number(rate['Rate']) <= 0) throw refused("The value in field 'Exchange rate' must be greater than 0.");
}

export const exchangeRates = storedEntity({
  name: 'ExchangeRateEntity',
  set: 'ExchangeRates',
  label: 'Exchange rates',
  id: 0x1a05,
  ...publishedFields('ExchangeRateEntity'),
  validate: (rate, _before, store) => validateRate(rate, store),
});

export const currencyTable = currencies.shape;
export const customerGroupTable = customerGroups.shape;
