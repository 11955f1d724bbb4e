import type { EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { enums } from '../enums.ts';
import { emptyValue } from './entity.ts';
import { publishedFields } from './fields.ts';
import { partyTable } from './base-tables.ts';

/** Makes a party under the next number; one that somebody has given by hand is passed over. @returns the number */
export function newParty(values: EntityRow, store: EntityStore, work: Pick<UnitOfWork, 'touch'>): string {
  let PartyNumber: string;
  do PartyNumber = store.nextNumber('Party', '0');
  while (store.read(partyTable, { PartyNumber }, ['PartyNumber']) !== undefined);
  work.touch('DirPartyCDSEntity', { PartyNumber });
  const empty = Object.fromEntries(
    publishedFields('DirPartyCDSEntity').fields.map((one) => [one.name, emptyValue(one, enums)]),
  );
  store.insert(partyTable, { ...empty, PartyType: 'Organization', ...values, PartyNumber });
  return PartyNumber;
}
