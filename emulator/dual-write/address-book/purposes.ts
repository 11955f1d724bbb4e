import type { Lookup, Row } from '../../query/index.ts';

/**
 * Purposes of the first addresses, by the table of their parent and their number.
 *
 * Decided: contacts as the shipped script of the address form has them; the article names Delivery for their second and Invoice
 * for their third.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/party-gab
 */
const usual: Readonly<Record<string, readonly string[]>> = {
  account: ['Delivery', 'Invoice'],
  contact: ['Business', 'Invoice', 'Delivery'],
};

/** Tables whose rows have addresses that travel: those with a party. */
export const tablesWithAddresses = Object.keys(usual);

export const isParent = (parent: Lookup | null | undefined): parent is Lookup =>
  parent !== null && parent !== undefined && tablesWithAddresses.includes(parent.table);

/** Purpose the address with this number has from the start; undefined for one that was added. */
export const usualPurpose = (table: string, number: number): string | undefined => usual[table]?.[number - 1];

/** Purposes of an address as one text, parted by semicolons; an added one is Business unless it says otherwise. */
export const purposesOf = (table: string, address: Row): string =>
  String(address['msdyn_postaladdressroles'] || '') ||
  (usualPurpose(table, Number(address['addressnumber'])) ?? 'Business');

export const hasPurpose = (link: Row, purpose: string): boolean =>
  String(link['msdyn_postaladdresspurposenames'] ?? '')
    .split(/[;,]/)
    .some((one) => one.trim().toLowerCase() === purpose.toLowerCase());

/** Number of the address a location of a party shows in, by its purpose; undefined when it is one more. */
export function numberOfSlot(table: string, link: Row): number | undefined {
  const index = usual[table]!.findIndex((purpose) => hasPurpose(link, purpose));
  return index === -1 ? undefined : index + 1;
}
