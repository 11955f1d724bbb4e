import { enums } from '../enums.ts';
import type { EntityRow } from '../contract.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { touchCustomers, writeRoleAddress, type AddressRole } from '../rules/addresses.ts';
import { withAccountStatus } from '../rules/account-status.ts';
import { requireNoDependents } from '../rules/dependents.ts';
import { primaryContactsOf, writePrimaryContacts } from '../rules/electronic-addresses.ts';
import { requireReferences } from '../rules/references.ts';
import { requireNoProposal, withoutProposed } from '../rules/change-proposals.ts';
import { withCreditLimit } from '../rules/credit-limit.ts';
import { partyTable } from './base-tables.ts';
import {
  addressField,
  addressSuffixes,
  customerFields,
  customerTable,
  ownFields,
  partyFields,
  type AddressPrefix,
} from './customer-table.ts';
import { defineEntity, emptyValue, endOfTime, usualTimeZone } from './entity.ts';
import { newParty } from './new-party.ts';
import { columnShape } from './entity.ts';
import { timeState } from '../row-versions/untracked.ts';

const isText = (name: string) => columnShape(customerFields.find((field) => field.name === name)!).type === 'text';
const both = (source: string, column: string, name: string) => [
  `${source}."${column}" as "${name}"`,
  ...(isText(name) ? [`${source}."${column}__folded" as "${name}__folded"`] : []),
];

/** Alias of the address a prefix shows. */
const sources: Record<AddressPrefix, string> = { DeliveryAddress: 'da', InvoiceAddress: 'ia', Address: 'pa' };

function column(name: string): string[] {
  const party = partyFields[name];
  if (party !== undefined) return both('p', party, name);
  const address = addressField(name);
  if (address === undefined) return both('c', name, name);
  const alias = sources[address.prefix];
  return address.column === 'TimeZone' ? timeZone(alias, name) : both(alias, address.column, name);
}

const timeZone = (alias: string, name: string) => [
  `coalesce(${alias}."TimeZone", '${usualTimeZone}') as "${name}"`,
  `coalesce(${alias}."TimeZone__folded", '${usualTimeZone.toLowerCase()}') as "${name}__folded"`,
];

/**
 * The address in force at the party's location with this role.
 *
 * Decided: of several the primary one, else the first that got it.
 */
const join = (alias: string, role: string) => `
  left join "fno$partylocation" ${alias}l on ${alias}l."PartyNumber" = c."PartyNumber" and ${alias}l."LocationId" = (
    select one."LocationId" from "fno$partylocation" one where one."PartyNumber" = c."PartyNumber" and one."${role}" = 'Yes'
    order by one."IsPrimary" = 'Yes' desc, one."RecId" limit 1)
  left join "fno$postaladdress" ${alias} on ${alias}."LocationId" = ${alias}l."LocationId" and ${alias}."ValidTo" = '${endOfTime}'`;

const view = `create view if not exists "fno$CustCustomerV3Entity" as select c."RecId" as "RecId", ${customerFields.flatMap((field) => column(field.name)).join(', ')}
  from "fno$customer" c left join "fno$party" p on p."PartyNumber" = c."PartyNumber"${join('da', 'IsRoleDelivery')}${join('ia', 'IsRoleInvoice')}${join('pa', 'IsPrimary')}`;

export const customersV3 = defineEntity({
  name: 'CustCustomerV3Entity',
  set: 'CustomersV3',
  label: 'Customers V3',
  id: 0x0000_2ac1,
  key: ['dataAreaId', 'CustomerAccount'],
  fields: customerFields,
  storedAs: 'fno$CustCustomerV3Entity',
  untracked: timeState('LogisticsPostalAddress'),
  view,
  relations: [
    {
      name: 'CustomerGroup',
      to: 'CustCustomerGroupEntity',
      fields: { CustomerGroupId: 'CustomerGroupId', dataAreaId: 'dataAreaId' },
    },
  ],
  writer: {
    insert(values, store, log) {
      const account = String(values['CustomerAccount'] || store.nextNumber('Customer', 'C'));
      const key = { dataAreaId: values['dataAreaId']!, CustomerAccount: account };
      if (store.read(customerTable, key) !== undefined)
        throw refused(
          `Cannot create a record in Customers (CustTable). Customer account: ${account}. The record already exists.`,
        );
      log.touch('CustCustomerV3Entity', key);
      const partyNumber = partyFor(values, store, log);
      const given = withAccountStatus(key, values, store);
      const own = Object.fromEntries(
        ownFields.map((field) => [field.name, given[field.name] ?? emptyValue(field, enums)]),
      );
      const row: EntityRow = {
        ...own,
        ...(values['PartyNumber'] ? primaryContactsOf(partyNumber, store) : {}),
        ...key,
        PartyNumber: partyNumber,
        InvoiceAccount: String(own['InvoiceAccount'] ?? ''),
      };
      requireReferences(row, store);
      store.insert(customerTable, row);
      // What a new customer leaves empty is not taken from a party that was there before.
      writePrimaryContacts(partyNumber, withoutEmpty(values), store, log);
      writeAddresses(partyNumber, values, store, log);
    },
    update(before, given, store, log) {
      const key = { dataAreaId: before['dataAreaId']!, CustomerAccount: before['CustomerAccount']! };
      log.touch('CustCustomerV3Entity', key, before);
      const values = withoutProposed(key, before, given, store, log);
      const own = Object.fromEntries(
        Object.entries(values).filter(
          ([name]) =>
            customerTable.columns.has(name) &&
            name !== 'dataAreaId' &&
            name !== 'CustomerAccount' &&
            name !== 'PartyNumber',
        ),
      );
      const changed = withCreditLimit(key, before, withAccountStatus(before, own, store), store);
      requireReferences({ ...before, ...changed }, store);
      const differing = Object.fromEntries(Object.entries(changed).filter(([name, value]) => value !== before[name]));
      if (Object.keys(differing).length > 0) store.update(customerTable, key, differing);
      const partyNumber = String(before['PartyNumber']);
      updateParty(partyNumber, values, store, log);
      writePrimaryContacts(partyNumber, differing, store, log);
      writeAddresses(partyNumber, values, store, log);
    },
    delete(before, store, log) {
      const key = { dataAreaId: before['dataAreaId']!, CustomerAccount: before['CustomerAccount']! };
      requireNoDependents('CustCustomerV3Entity', key, store);
      requireNoProposal(key, store);
      log.touch('CustCustomerV3Entity', key);
      store.remove(customerTable, key);
    },
  },
});

const withoutEmpty = (values: EntityRow): EntityRow =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

/** The party a new customer belongs to: the one named, or a new one of its name. */
function partyFor(values: EntityRow, store: EntityStore, log: UnitOfWork): string {
  const named = String(values['PartyNumber'] ?? '');
  if (named !== '') {
    if (store.read(partyTable, { PartyNumber: named }) === undefined)
      throw refused(`Party record not found for party type '${String(values['PartyType'] ?? 'Organization')}'`);
    updateParty(named, values, store, log);
    return named;
  }
  if (!values[values['PartyType'] === 'Person' ? 'PersonLastName' : 'OrganizationName'])
    throw refused("Field 'Name' must be filled in.");
  return newParty(partyValues(values), store, log);
}

function partyValues(values: EntityRow): EntityRow {
  return Object.fromEntries(
    Object.entries(partyFields).flatMap(([name, column]) =>
      values[name] === undefined || values[name] === null ? [] : [[column, values[name]]],
    ),
  );
}

function updateParty(partyNumber: string, values: EntityRow, store: EntityStore, log: UnitOfWork): void {
  const given = partyValues(values);
  if (Object.keys(given).length === 0) return;
  const before = store.read(partyTable, { PartyNumber: partyNumber });
  if (before === undefined) return;
  if (given['PartyType'] !== undefined && given['PartyType'] !== before['PartyType']) {
    throw refused(
      `Cannot update a party's type from 'Dir${String(before['PartyType'])}' to 'Dir${String(given['PartyType'])}', a delete of the existing party followed by an insert with the new type should be performed instead.`,
    );
  }
  const changed = Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== before[name]));
  if (Object.keys(changed).length === 0) return;
  log.touch('DirPartyCDSEntity', { PartyNumber: partyNumber });
  touchCustomers(partyNumber, store, log);
  store.update(partyTable, { PartyNumber: partyNumber }, changed);
}

function writeAddresses(partyNumber: string, values: EntityRow, store: EntityStore, log: UnitOfWork): void {
  for (const role of ['Delivery', 'Invoice'] as AddressRole[]) {
    const given = Object.entries(addressSuffixes).flatMap(([suffix, column]) => {
      const value = values[`${role}Address${suffix}`];
      return value === undefined || value === null || ['LocationId', 'ValidFrom', 'ValidTo'].includes(column)
        ? []
        : [[column, value] as const];
    });
    if (given.length > 0) writeRoleAddress(partyNumber, role, Object.fromEntries(given), store, log);
  }
}
