import {
  formatMoment,
  formatNumber,
  fromWallClock,
  parseNumber,
  plainNumber,
  takeFormats,
  toWallClock,
} from '../../../../../emulator/web-host/client/language/formats';

const german = 1031;
const american = 1033;
const berlin = 110;
const newYork = 35;

afterEach(() => takeFormats(american, 92));

test('numbers are written and read with the separators of the settings', () => {
  takeFormats(german, berlin);
  expect(formatNumber(1234567.5, 2)).toBe('1.234.567,50');
  expect(plainNumber(1234.5)).toBe('1234,5');
  expect(parseNumber('1.234,5')).toBe(1234.5);
  expect(parseNumber('€ 2.000,00')).toBe(2000);
  expect(parseNumber('zwei')).toBeNaN();
  takeFormats(american, newYork);
  expect(parseNumber('1,234.5')).toBe(1234.5);
});

test('moments are shown in the time zone of the settings, with and without daylight saving', () => {
  takeFormats(german, berlin);
  expect(formatMoment(new Date('2026-01-15T12:00:00Z'))).toBe('15.1.2026, 13:00');
  expect(formatMoment(new Date('2026-07-15T12:00:00Z'))).toBe('15.7.2026, 14:00');
});

test.each([
  ['2026-01-15T12:00:00Z', 13],
  ['2026-07-15T12:00:00Z', 14],
  ['2026-03-29T00:59:59Z', 1],
  ['2026-03-29T01:00:00Z', 3],
  ['2026-10-25T02:00:00Z', 3],
])('what the clock on the wall reads at %s is that moment again', (moment, hour) => {
  takeFormats(german, berlin);
  const wall = toWallClock(new Date(moment));
  expect(wall.getHours()).toBe(hour);
  expect(fromWallClock(wall).toISOString()).toBe(new Date(moment).toISOString());
});

test('an hour that daylight saving leaves out is taken an hour later', () => {
  takeFormats(german, berlin);
  expect(fromWallClock(new Date(2026, 2, 29, 2, 30)).toISOString()).toBe('2026-03-29T01:30:00.000Z');
});
