import symbols from './entities/enums.json';

/** Symbols of each enum, in order of their values. */
export const enums: Readonly<Record<string, readonly string[]>> = symbols;

/** Values that do not count up from 0. */
const values: Readonly<Record<string, readonly number[]>> = {
  BusinessEventsEndpointType: [0, 1, 2, 3, 4, 5, 6, 8],
  CustVendNegInstStatus: [0, 1, 2, 3, 4, 5, 6, 7, 101, 102],
  LedgerJournalACType: [0, 1, 2, 3, 5, 6, 12, 13, 14, 15],
  Listcode: [0, 1, 2, 3, 4, 50, 51, 52, 53],
};

/** Integer of the symbol at this place. */
export const enumValue = (name: string, index: number): number => values[name]?.[index] ?? index;
