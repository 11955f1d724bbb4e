import { ianaByTimeZoneCode, ianaOf, windowsCultures } from '../../../../emulator/kernel/index.ts';

test.each([
  [0, 'Etc/GMT+12'],
  [35, 'America/New_York'],
  [92, 'Etc/UTC'],
  [110, 'Europe/Berlin'],
  [115, 'Europe/Chisinau'],
  [145, 'Europe/Moscow'],
  [290, 'Pacific/Auckland'],
])('time zone code %i is %s', (code, iana) => expect(ianaByTimeZoneCode.get(code)).toBe(iana));

test('every zone is one the clock of Node knows, every culture one it formats in', () => {
  expect(ianaByTimeZoneCode.size).toBeGreaterThan(70);
  for (const timeZone of ianaByTimeZoneCode.values())
    expect(() => new Intl.DateTimeFormat('en-US', { timeZone })).not.toThrow();
  const cultures = Object.values(windowsCultures);
  expect(Intl.NumberFormat.supportedLocalesOf(cultures)).toEqual(cultures);
  expect(new Set(cultures).size).toBe(cultures.length);
});

test('Windows names lead to IANA names', () => {
  expect(ianaOf('Romance Standard Time')).toBe('Europe/Paris');
  expect(ianaOf('Middle-earth Standard Time')).toBeUndefined();
});
