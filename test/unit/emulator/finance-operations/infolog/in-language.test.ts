import { inLanguage } from '../../../../../emulator/finance-operations/infolog/in-language.ts';
import { readTables } from '../../../../support/page-tables.ts';

/** Every text X++ logic refuses with: the page is compared with the code. */
const texts = readTables('docs/errors.md')
  .filter((row) => row.section === 'Infolog')
  .map((row) => row['Text']!);
const sample = (text: string) => {
  let count = 0;
  return text.replaceAll('…', () => `V${(count += 1)}`);
};

test.each(texts)('%s is worded in German, with everything that is put in', (text) => {
  const [english, german] = [sample(text), inLanguage(sample(text), 'de')];
  expect(german).not.toBe(english);
  const given = (message: string) => [...new Set(message.match(/\bV\d+/g))].sort();
  expect(given(german)).toEqual(given(english));
  expect(german).not.toMatch(/\{\d\}|undefined/);
});

test.each([
  ["Field 'Customer group' must be filled in.", "Das Feld 'Debitorengruppe' muss ausgefüllt werden."],
  [
    "The value '99' in field 'Customer group' is not found in the related table 'Customer groups'.",
    "Der Wert '99' im Feld 'Debitorengruppe' wurde in der zugehörigen Tabelle 'Debitorengruppen' nicht gefunden.",
  ],
  [
    "Customer US-001 has no transaction with invoice 'I-1' in 'usmf'.",
    "Debitor US-001 hat in 'usmf' keine Buchung mit Rechnung 'I-1'.",
  ],
  ['Something nobody has worded.', 'Something nobody has worded.'],
])('%s reads %s', (english, german) => {
  expect(inLanguage(english, 'de')).toBe(german);
  expect(inLanguage(english, 'de-AT')).toBe(german);
  expect(inLanguage(english, 'en-us')).toBe(english);
});
