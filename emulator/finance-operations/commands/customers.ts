import { customerRuleTable, userTable } from '../entities/base-tables.ts';
import { customersV3 } from '../entities/customers-v3.ts';
import { ledgers } from '../entities/ledgers.ts';
import { newRow } from '../entities/stored-entity.ts';
import { enums } from '../enums.ts';
import { faults } from '../faults.ts';
import { roles } from '../security/roles.ts';
import { addressEditingClosed } from '../rules/addresses.ts';
import { company, customerKey, ofCustomer, type Command } from './command.ts';
import { userLanguages, usualLanguage } from '../infolog/in-language.ts';

const addressParts = {
  street: 'Street',
  city: 'City',
  state: 'State',
  zipCode: 'ZipCode',
  county: 'County',
  country: 'CountryRegionId',
} as const;

export const customerCommands: readonly Command[] = [
  {
    name: 'change-address',
    label: 'Change an address of a customer',
    parameters: [
      ...ofCustomer,
      { name: 'role', label: 'Address', kind: 'choice', choices: ['Delivery', 'Invoice'], isRequired: true },
      { name: 'street', label: 'Street', kind: 'text' },
      { name: 'city', label: 'City', kind: 'text' },
      { name: 'state', label: 'State', kind: 'text' },
      { name: 'zipCode', label: 'ZIP/postal code', kind: 'text' },
      { name: 'county', label: 'County', kind: 'text' },
      { name: 'country', label: 'Country/region', kind: 'text' },
    ],
    run(call) {
      const { values, store, work } = call;
      const before = store.read(customersV3.shape, customerKey(call))!;
      const given = Object.entries(addressParts).flatMap(([name, part]) =>
        values.has(name) ? [[`${values.text('role')}Address${part}`, values.text(name)]] : [],
      );
      if (given.length === 0) throw faults.badCommand('The command needs a part of the address to change.');
      customersV3.writer.update!(before, Object.fromEntries(given), store, work);
    },
  },
  {
    name: 'put-on-hold',
    label: 'Put a customer on hold, or release it',
    parameters: [
      ...ofCustomer,
      { name: 'hold', label: 'Hold', kind: 'choice', choices: enums['CustVendorBlocked']!, isRequired: true },
    ],
    run(call) {
      const before = call.store.read(customersV3.shape, customerKey(call))!;
      customersV3.writer.update!(before, { OnHoldStatus: call.values.text('hold') }, call.store, call.work);
    },
  },
  {
    name: 'close-address-editing',
    label: 'Close the addresses of a customer for editing',
    parameters: ofCustomer,
    run(call) {
      const row = { ...customerKey(call), Rule: addressEditingClosed };
      if (call.store.read(customerRuleTable, row) === undefined) call.store.insert(customerRuleTable, row);
    },
  },
  {
    name: 'open-address-editing',
    label: 'Open the addresses of a customer for editing',
    parameters: ofCustomer,
    run: (call) => call.store.remove(customerRuleTable, { ...customerKey(call), Rule: addressEditingClosed }),
  },
  {
    name: 'set-accounting-currency',
    label: 'Set the accounting currency of a legal entity',
    parameters: [company, { name: 'currency', label: 'Currency', kind: 'text', isRequired: true }],
    run({ values, store, work }) {
      const key = { LegalEntityId: values.text('company') };
      const currency = values.text('currency');
      const given = { AccountingCurrency: currency, ReportingCurrency: currency };
      work.touch(ledgers.name, key);
      if (store.read(ledgers.shape, key) === undefined)
        store.insert(
          ledgers.shape,
          newRow(ledgers, { ...key, Name: key.LegalEntityId, ExchangeRateType: 'Default', ...given }),
        );
      else store.update(ledgers.shape, key, given);
    },
  },
  {
    name: 'add-user',
    label: 'Add a user',
    parameters: [
      { name: 'email', label: 'E-mail', kind: 'text', isRequired: true },
      { name: 'defaultCompany', label: 'Company', kind: 'company', isRequired: true },
      { name: 'companies', label: 'Companies', kind: 'texts', isRequired: true },
      { name: 'roles', label: 'Security roles (none: system administrator)', kind: 'texts' },
      { name: 'language', label: 'Language of messages', kind: 'choice', choices: userLanguages },
    ],
    run({ values, store }) {
      const unknown = values.texts('roles').find((name) => roles[name] === undefined);
      if (unknown !== undefined)
        throw faults.badCommand(`There is no security role '${unknown}'. There are ${Object.keys(roles).join(', ')}.`);
      const row = {
        Email: values.text('email').toLowerCase(),
        DefaultCompany: values.text('defaultCompany'),
        Companies: values.texts('companies').join(',').toLowerCase(),
        Roles: values.texts('roles').join(','),
        Language: values.optional('language') ?? usualLanguage,
      };
      if (store.read(userTable, row) === undefined) store.insert(userTable, row);
      else store.update(userTable, row, row);
    },
  },
];
