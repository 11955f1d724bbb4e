import { refused } from '../faults.ts';
import {
  electronicAddressEntity,
  keepOnePrimaryOfType,
  newElectronicAddressId,
  showInCustomers,
} from '../rules/electronic-addresses.ts';
import { electronicAddressTable, partyTable } from './base-tables.ts';
import type { EntityDefinition } from './entity.ts';
import { publishedFields } from './fields.ts';
import { storedEntity } from './stored-entity.ts';

const stored = storedEntity({
  name: electronicAddressEntity,
  set: 'PartyContactsV3',
  label: 'Party contacts V3',
  id: 0x2b07,
  ...publishedFields('DirPartyContactV3Entity'),
  storedAs: electronicAddressTable.storedAs,
  relations: [{ name: 'CDSParty', to: 'DirPartyCDSEntity', fields: { PartyNumber: 'PartyNumber' } }],
  defaults: (values, store) => ({
    ElectronicAddressId: String(
      values['ElectronicAddressId'] || newElectronicAddressId(String(values['PartyNumber'] ?? ''), store),
    ),
  }),
  validate(after, before, store) {
    const PartyNumber = String(after['PartyNumber']);
    if (store.read(partyTable, { PartyNumber }, ['PartyNumber']) === undefined)
      throw refused(`The value '${PartyNumber}' in field 'Party ID' is not found in the related table 'Parties'.`);
    if (after['Type'] === 'None') throw refused("Field 'Type' must be filled in.");
    if (before !== undefined && before['Type'] !== after['Type'])
      throw refused("Field 'Type' cannot be changed. Delete the contact information and make one of the other type.");
    if (!after['Locator']) throw refused("Field 'Contact number/address' must be filled in.");
  },
  written(after, _before, store, work) {
    keepOnePrimaryOfType(after, store, work);
    showInCustomers(String(after['PartyNumber']), String(after['Type']), store, work);
  },
});

/**
 * Party contacts V3: telephone numbers, e-mail addresses and the like of a party. The primary one of a type shows in the party's
 * customers.
 *
 * Decided: a type stays what it is once it is saved; the words of the refusals.
 */
export const partyContacts: EntityDefinition = {
  ...stored,
  writer: {
    ...stored.writer,
    delete(before, store, work) {
      stored.writer.delete!(before, store, work);
      showInCustomers(String(before['PartyNumber']), String(before['Type']), store, work);
    },
  },
};
