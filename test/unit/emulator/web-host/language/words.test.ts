import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { speak, userLanguage, wordsOf } from '../../../../../emulator/web-host/client/language/speak';

const folder = join(__dirname, '../../../../../emulator/web-host/client/language/words');

beforeAll(() => {
  (globalThis as { document?: unknown }).document = { documentElement: {} };
});
afterEach(() => speak(1033));

test('texts are given in the language of the settings, English where the shell does not speak it', () => {
  const words = wordsOf({ rows: ['{0} rows of {1}', '{1}: {0} Zeilen'] });
  expect(words('rows', 3, 'Accounts')).toBe('3 rows of Accounts');
  speak(1031);
  expect(words('rows', 3, 'Konten')).toBe('Konten: 3 Zeilen');
  speak(1036);
  expect(words('rows', 3, 'Comptes')).toBe('3 rows of Comptes');
  expect(userLanguage()).toBe(1036);
});

test.each(readdirSync(folder))('%s: both languages have the same places for values, and no text is missing', (file) => {
  const pairs = pairsOf(readFileSync(join(folder, file), 'utf8'));
  expect(pairs.length).toBeGreaterThan(5);
  for (const [key, english, german] of pairs) {
    expect(english).not.toBe('');
    expect(german).not.toBe('');
    expect([key, ...placesOf(german)]).toEqual([key, ...placesOf(english)]);
  }
});

const placesOf = (text: string) => [...new Set([...text.matchAll(/\{\d\}/g)].map(([place]) => place))].sort();

/** Key, English, German of each entry, as the file has them. */
function pairsOf(source: string): [key: string, english: string, german: string][] {
  const text = String.raw`(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")`;
  const entry = new RegExp(String.raw`^ {2}(\w+): \[\s*${text},\s*${text},?\s*\],$`, 'gm');
  const found = [...source.matchAll(entry)].map(
    ([, key, a, b, c, d]) => [key!, a ?? b!, c ?? d!] as [string, string, string],
  );
  expect(found).toHaveLength([...source.matchAll(/^ {2}\w+: \[/gm)].length);
  return found;
}
