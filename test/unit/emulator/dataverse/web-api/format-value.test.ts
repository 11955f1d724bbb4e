import type { ColumnMetadata } from '../../../../../emulator/dataverse/metadata/model.ts';
import { formatValue } from '../../../../../emulator/dataverse/web-api/format-value.ts';

const money = (value: number, symbol: string | undefined, culture: string) =>
  formatValue({ type: 'money' } as ColumnMetadata, value, symbol, { culture, language: 1033, timeZone: 'UTC' });

test.each([
  ['en-US', '$25,000.00', '-$5.50'],
  ['en-GB', '$25,000.00', '-$5.50'],
  ['de-DE', '25.000,00 $', '-5,50 $'],
  ['fr-FR', '25 000,00 $', '-5,50 $'],
  ['nl-NL', '$ 25.000,00', '$ -5,50'],
])('money in the format %s: the symbol is the currency’s, its place the user’s', (culture, plus, minus) => {
  expect([money(25000, '$', culture), money(-5.5, '$', culture)]).toEqual([plus, minus]);
});

test('a symbol of several letters, and none', () => {
  expect(money(1, 'CHF', 'de-DE')).toBe('1,00 CHF');
  expect(money(1, undefined, 'en-US')).toBe('$1.00');
});
