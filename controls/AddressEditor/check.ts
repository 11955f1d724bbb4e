import { fields, type Address, type Field } from './model';

/** What is wrong with a field, in words of the resource file. */
export interface Problem {
  readonly text: 'CountryRequired' | 'CountryCode' | 'TooLong';
  readonly values: readonly string[];
}

export type MaxLengths = Partial<Record<Field, number>>;

/**
 * Checks what can be known here; whether the country, the state and the ZIP exist is for finance and operations to say.
 *
 * @param maxLengths of the columns, where the host tells them
 */
export function checkAddress(address: Address, maxLengths: MaxLengths): Partial<Record<Field, Problem>> {
  const problems: Partial<Record<Field, Problem>> = {};
  for (const field of fields) {
    const most = maxLengths[field];
    if (most !== undefined && address[field].length > most)
      problems[field] = { text: 'TooLong', values: [String(most), String(address[field].length)] };
  }
  const country = address.country.trim();
  const isStarted = fields.some((field) => address[field].trim() !== '');
  if (country === '' && isStarted) problems.country = { text: 'CountryRequired', values: [] };
  else if (country !== '' && !/^[A-Za-z]{2}$/.test(country)) problems.country = { text: 'CountryCode', values: [] };
  return problems;
}
