import { refused } from '../faults.ts';
import { enums } from '../enums.ts';
import type { EntityStore } from '../entity-store.ts';
import type { EntityDefinition } from './entity.ts';
import { readFields } from './fields.ts';
import { newRow, storedEntity } from './stored-entity.ts';

const isOfSystem = (type: unknown) => type !== 'None';

const stored = storedEntity({
  name: 'LogisticsLocationRoleCDSEntity',
  set: 'CDSAddressRoles',
  label: 'CDS Address roles',
  id: 0x2b08,
  key: ['Name'],
  fields: readFields('Name', 'Type:LogisticsLocationRoleType', 'IsPostalAddress:NoYes', 'IsContactInfo:NoYes').map(
    (field) => (field.name === 'Name' ? { ...field, maxLength: 40 } : field),
  ),
  validate(after, before) {
    if (before !== undefined && before['Type'] !== after['Type'])
      throw refused("Field 'Type' cannot be changed: it says that a purpose is one of the system.");
  },
});

/**
 * Address and contact information purposes: those of the system have a type, those users add have none.
 *
 * Decided: name of the set and of the fields, and that purposes of the system cannot be deleted.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/organization-administration/new-location-roles
 */
export const addressRoles: EntityDefinition = {
  ...stored,
  writer: {
    ...stored.writer,
    delete(before, store, work) {
      if (isOfSystem(before['Type']))
        throw refused(`The purpose ${String(before['Name'])} is one of the system and cannot be deleted.`);
      stored.writer.delete!(before, store, work);
    },
  },
};

/** The purposes of the system, once. */
export function setUpAddressRoles(store: EntityStore): void {
  for (const Type of enums['LogisticsLocationRoleType']!.filter(isOfSystem)) {
    if (store.find(addressRoles.shape, { Type }).length > 0) continue;
    const row = { Name: Type, Type, IsPostalAddress: Type === 'SMS' ? 'No' : 'Yes', IsContactInfo: 'Yes' };
    store.insert(addressRoles.shape, newRow(addressRoles, row));
  }
}
