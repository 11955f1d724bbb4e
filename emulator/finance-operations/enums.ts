import symbols from './entities/enums.json';

/** Symbols of each enum, in order of their values. */
export const enums: Readonly<Record<string, readonly string[]>> = symbols;
