import { cultureChoices, timeZoneChoices } from '../../../../emulator/web-host/client/shell/format-choices';

test('time zones go from west to east, with the offset their clocks keep in winter', () => {
  const texts = timeZoneChoices().map(([, text]) => text);
  const at = (text: string) => {
    expect(texts).toContain(text);
    return texts.indexOf(text);
  };
  const order = ['(GMT-08:00) Los Angeles', '(GMT-05:00) New York', '(GMT) UTC', '(GMT+01:00) Berlin'];
  const further = ['(GMT+02:00) Bucharest', '(GMT+05:30) Calcutta', '(GMT+10:00) Sydney', '(GMT+13:00) Tongatapu'];
  const places = [...order, ...further].map(at);
  expect(places).toEqual([...places].sort((one, other) => one - other));
});

test('formats are named in the language of the page', () => {
  expect(new Map(cultureChoices('de')).get(1036)).toBe('Französisch (Frankreich)');
  expect(new Map(cultureChoices('en')).get(2055)).toBe('German (Switzerland)');
});
