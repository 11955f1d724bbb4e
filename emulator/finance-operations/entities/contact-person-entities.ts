import type { EntityField, EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { associatedWith, requirePartyOf } from '../rules/contact-for.ts';
import { partyTable } from './base-tables.ts';
import { cdsFields, commonFields, contactPersonTable, isOwn, personFields } from './contact-person-table.ts';
import { defineEntity, type EntityDefinition } from './entity.ts';
import { entityView, type Source } from './entity-view.ts';
import { readFields } from './fields.ts';
import { newParty } from './new-party.ts';
import { newRow } from './stored-entity.ts';
import { innerJoin } from '../row-versions/untracked.ts';

/** The contact person a row of either data entity is of. */
const keyOf = (row: EntityRow): EntityRow => ({
  dataAreaId: row['dataAreaId']!,
  ContactPersonId: row['ContactPersonId']!,
});

function touch(contact: EntityRow, work: UnitOfWork): void {
  work.touch('smmContactPersonCDSV2Entity', contact);
  work.touch('smmContactPersonV2Entity', keyOf(contact));
}

const partyValues = (values: EntityRow): EntityRow =>
  Object.fromEntries(
    Object.entries(personFields).flatMap(([name, column]) =>
      values[name] === undefined || values[name] === null ? [] : [[column, values[name]]],
    ),
  );

function insertContact(values: EntityRow, store: EntityStore, work: UnitOfWork): void {
  const ContactPersonId = String(values['ContactPersonId'] || store.nextNumber('ContactPerson', '0'));
  const given: EntityRow = { ...values, ContactPersonId };
  if (store.read(contactPersonTable, keyOf(given)) !== undefined)
    throw refused(
      `Cannot create a record in Contacts (ContactPerson). Contact ID: ${ContactPersonId}. The record already exists.`,
    );
  const row: EntityRow = { ...newRow(contactPersons, given), ...given };
  requirePartyOf(row, store);
  const contact = { ...row, ContactPersonPartyNumber: partyFor(row, store, work) };
  touch(contact, work);
  store.insert(contactPersonTable, ownColumns(contact));
}

/** The party of a new contact person: the one named, which has to be a person, or a new one of its name. */
function partyFor(contact: EntityRow, store: EntityStore, work: UnitOfWork): string {
  const named = String(contact['ContactPersonPartyNumber'] ?? '');
  const person = { PartyType: 'Person', NameAlias: String(contact['LastName'] ?? '').slice(0, 20) };
  if (named === '') {
    if (!contact['FirstName'] && !contact['LastName']) throw refused("Field 'Name' must be filled in.");
    return newParty({ ...person, ...partyValues(contact) }, store, work);
  }
  const party = store.read(partyTable, { PartyNumber: named });
  if (party?.['PartyType'] !== 'Person') throw refused(`Party record not found for party type 'Person'`);
  changePerson(named, contact, store, work);
  return named;
}

function changePerson(PartyNumber: string, values: EntityRow, store: EntityStore, work: UnitOfWork): void {
  const before = store.read(partyTable, { PartyNumber });
  const changed = Object.entries(partyValues(values)).filter(([name, value]) => value !== before?.[name]);
  if (before === undefined || changed.length === 0) return;
  work.touch('DirPartyCDSEntity', { PartyNumber });
  store.update(partyTable, { PartyNumber }, Object.fromEntries(changed));
}

const ownColumns = (values: EntityRow): EntityRow =>
  Object.fromEntries(
    Object.entries(values).filter(([name]) => contactPersonTable.columns.has(name) && name !== 'RecId'),
  );

function updateContact(before: EntityRow, values: EntityRow, store: EntityStore, work: UnitOfWork): void {
  const contact = { ...store.read(contactPersonTable, keyOf(before))!, ...keyOf(before) };
  touch(contact, work);
  const { dataAreaId: _company, ContactPersonId: _id, ContactPersonPartyNumber: _party, ...own } = ownColumns(values);
  requirePartyOf({ ...contact, ...own }, store);
  changePerson(String(contact['ContactPersonPartyNumber']), values, store, work);
  if (Object.keys(own).length > 0) store.update(contactPersonTable, keyOf(before), own);
}

function deleteContact(before: EntityRow, store: EntityStore, work: UnitOfWork): void {
  touch({ ...store.read(contactPersonTable, keyOf(before))!, ...keyOf(before) }, work);
  store.remove(contactPersonTable, keyOf(before));
}

const contact = (...names: string[]) => Object.fromEntries(names.map((name): [string, Source] => [name, ['c', name]]));
const person = Object.fromEntries(
  Object.entries(personFields).map(([name, column]): [string, Source] => [name, ['p', column]]),
);
const namesOf = (fields: readonly EntityField[]) => fields.filter(isOwn).map(({ name }) => name);
const fromPerson = '"fno$contactperson" c join "fno$party" p on p."PartyNumber" = c."ContactPersonPartyNumber"';

/** Contact persons of customers and vendors by their party and whom they are for: the side of *CDS Contacts V2*. */
export const cdsContactPersons: EntityDefinition = defineEntity({
  ...{ name: 'smmContactPersonCDSV2Entity', set: 'CDSContactPersonsV2', label: 'CDS Contacts V2', id: 0x1a18 },
  key: ['dataAreaId', 'ContactPersonPartyNumber', 'AssociatedContactType', 'AssociatedContactNumber'],
  fields: [...cdsFields, ...commonFields],
  storedAs: 'fno$smmContactPersonCDSV2Entity',
  untracked: innerJoin('DirPerson'),
  view: entityView(
    'fno$smmContactPersonCDSV2Entity',
    [...cdsFields, ...commonFields],
    { ...contact(...namesOf(cdsFields), ...namesOf(commonFields)), ...person },
    'c."RecId"',
    fromPerson,
  ),
  writer: { insert: insertContact, update: updateContact, delete: deleteContact },
});

const associatedParty = `coalesce((select k."PartyNumber" from "fno$customer" k where c."AssociatedContactType" = 'Customer' and k."dataAreaId" = c."dataAreaId" and k."CustomerAccount" = c."AssociatedContactNumber"), (select v."VendorPartyNumber" from "fno$VendVendorV2Entity" v where c."AssociatedContactType" = 'Vendor' and v."dataAreaId" = c."dataAreaId" and v."VendorAccountNumber" = c."AssociatedContactNumber"), '')`;
const v2Fields = readFields(
  'dataAreaId',
  'ContactPersonId',
  'ContactPersonPartyNumber',
  'AssociatedPartyNumber',
  ...Object.keys(personFields),
);

/** Contact persons by their number: the side of *Contacts V2*, which the party and global address book uses. */
export const contactPersons: EntityDefinition = defineEntity({
  ...{ name: 'smmContactPersonV2Entity', set: 'ContactsV2', label: 'Contacts V2', id: 0x1a19 },
  key: ['dataAreaId', 'ContactPersonId'],
  fields: [...v2Fields, ...commonFields],
  storedAs: 'fno$smmContactPersonV2Entity',
  untracked: innerJoin('DirPerson'),
  view: entityView(
    'fno$smmContactPersonV2Entity',
    [...v2Fields, ...commonFields],
    {
      ...contact('dataAreaId', 'ContactPersonId', 'ContactPersonPartyNumber', ...namesOf(commonFields)),
      ...person,
      AssociatedPartyNumber: associatedParty,
    },
    'c."RecId"',
    fromPerson,
  ),
  writer: {
    insert({ AssociatedPartyNumber, ...values }, store, work) {
      const associated = associatedWith(String(values['dataAreaId']), String(AssociatedPartyNumber ?? ''), store);
      insertContact({ ...values, ...associated }, store, work);
    },
    update: (before, values, store, work) => {
      const { AssociatedPartyNumber: _party, ...rest } = values;
      updateContact(before, rest, store, work);
    },
    delete: deleteContact,
  },
});
