import type { EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { partyTable } from './base-tables.ts';

/** Makes a party under the next number; one that somebody has given by hand is passed over. @returns the number */
export function newParty(values: EntityRow, store: EntityStore, work: Pick<UnitOfWork, 'touch'>): string {
  let PartyNumber: string;
  do PartyNumber = store.nextNumber('Party', '0');
  while (store.read(partyTable, { PartyNumber }, ['PartyNumber']) !== undefined);
  work.touch('DirPartyCDSEntity', { PartyNumber });
  const columns = [...partyTable.columns.values()].filter(({ name }) => name !== 'RecId');
  const empty = Object.fromEntries(columns.map(({ name, type }) => [name, type === 'text' ? '' : 0]));
  store.insert(partyTable, { ...empty, PartyType: 'Organization', ...values, PartyNumber });
  return PartyNumber;
}
