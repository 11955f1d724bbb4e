/** @see https://learn.microsoft.com/azure/connectors/connectors-native-recurrence */
import { nextAfter } from '../../../../../emulator/flow-runtime/triggers/recurrence.ts';
import { readRecurrence } from '../../../../../emulator/flow-runtime/triggers/read-recurrence.ts';
import { fromPlain, type ValueObject } from '../../../../../emulator/flow-runtime/expressions/value.ts';

/** A Monday. */
const turnedOn = new Date('2026-11-23T12:34:56Z');

/** The next two moments. */
const next = (recurrence: object, from = turnedOn) => {
  const read = readRecurrence(fromPlain(recurrence) as ValueObject, turnedOn);
  const first = nextAfter(read, from);
  const second = first && nextAfter(read, first);
  return [first, second].map((date) => date?.toISOString().slice(0, 19));
};

test.each([
  ['minutes', { frequency: 'Minute', interval: 5 }, ['2026-11-23T12:39:56', '2026-11-23T12:44:56']],
  ['hours', { frequency: 'Hour', interval: 2 }, ['2026-11-23T14:34:56', '2026-11-23T16:34:56']],
  [
    'days from a start that is past',
    { frequency: 'Day', interval: 2, startTime: '2026-11-20T08:00:00Z' },
    ['2026-11-24T08:00:00', '2026-11-26T08:00:00'],
  ],
  [
    'a start to come',
    { frequency: 'Day', interval: 1, startTime: '2026-12-01T08:00:00Z' },
    ['2026-12-01T08:00:00', '2026-12-02T08:00:00'],
  ],
  [
    'months, the last day of a short one',
    { frequency: 'Month', interval: 1, startTime: '2026-10-31T10:00:00Z' },
    ['2026-11-30T10:00:00', '2026-12-31T10:00:00'],
  ],
  [
    'a time of day in a zone, over the end of summer time',
    { frequency: 'Day', interval: 1, timeZone: 'W. Europe Standard Time', schedule: { hours: [8], minutes: [30] } },
    ['2026-11-24T07:30:00', '2026-11-25T07:30:00'],
  ],
  [
    'several times a day',
    {
      frequency: 'Day',
      interval: 1,
      startTime: '2026-11-01T00:00:00Z',
      schedule: { hours: ['9', '17'], minutes: [0, 30] },
    },
    ['2026-11-23T17:00:00', '2026-11-23T17:30:00'],
  ],
  [
    'days of the week',
    {
      frequency: 'Week',
      interval: 1,
      startTime: '2026-11-01T06:00:00Z',
      schedule: { weekDays: ['Tuesday', 'Friday'] },
    },
    ['2026-11-24T06:00:00', '2026-11-27T06:00:00'],
  ],
  [
    'every other week',
    {
      frequency: 'Week',
      interval: 2,
      startTime: '2026-11-23T06:00:00Z',
      schedule: { weekDays: ['Monday'], hours: [6], minutes: [0] },
    },
    ['2026-12-07T06:00:00', '2026-12-21T06:00:00'],
  ],
  [
    'a start that is past, with a schedule: its days, no sooner than the start',
    {
      frequency: 'Week',
      interval: 1,
      startTime: '2026-11-01T00:00:00',
      timeZone: 'Pacific Standard Time',
      schedule: { weekDays: ['Monday'], hours: ['9'] },
    },
    ['2026-11-23T17:00:00', '2026-11-30T17:00:00'],
  ],
  [
    'a month at its last day',
    { frequency: 'Month', interval: 1, startTime: '2026-01-01T08:00:00Z', schedule: { monthDays: [-1], hours: [6] } },
    ['2026-11-30T06:00:00', '2026-12-31T06:00:00'],
  ],
  [
    'a month at its first Monday and last Friday',
    {
      frequency: 'Month',
      interval: 1,
      startTime: '2026-01-01T08:00:00Z',
      schedule: {
        monthlyOccurrences: [
          { day: 'Monday', occurrence: 1 },
          { day: 'Friday', occurrence: -1 },
        ],
      },
    },
    ['2026-11-27T08:00:00', '2026-12-07T08:00:00'],
  ],
  [
    'a month with hours only: at the day of its start',
    { frequency: 'Month', interval: 2, startTime: '2026-10-31T10:00:00Z', schedule: { hours: [5, 10] } },
    ['2026-12-31T05:00:00', '2026-12-31T10:00:00'],
  ],
  [
    'five minutes in the hours of work',
    {
      frequency: 'Minute',
      interval: 5,
      startTime: '2026-11-23T00:00:00Z',
      schedule: { hours: [8, 12], weekDays: ['Monday', 'Tuesday'] },
    },
    ['2026-11-23T12:35:00', '2026-11-23T12:40:00'],
  ],
  [
    'every other hour at two of its minutes',
    { frequency: 'Hour', interval: 2, startTime: '2026-11-23T00:10:00Z', schedule: { minutes: [0, 40] } },
    ['2026-11-23T12:40:00', '2026-11-23T14:00:00'],
  ],
  ['an end', { frequency: 'Day', endTime: '2026-11-25T00:00:00Z' }, ['2026-11-24T12:34:56', undefined]],
])('%s', (_what, recurrence, expected) => {
  expect(next(recurrence)).toEqual(expected);
});

test('the time of day stays what clocks show when summer time ends', () => {
  const recurrence = {
    frequency: 'Day',
    interval: 1,
    timeZone: 'W. Europe Standard Time',
    startTime: '2026-10-01T00:00:00',
    schedule: { hours: [8] },
  };
  expect(next(recurrence, new Date('2026-10-24T00:00:00Z'))).toEqual(['2026-10-24T06:00:00', '2026-10-25T07:00:00']);
});

test.each([
  ['days', { frequency: 'Day', interval: 1 }],
  ['weeks', { frequency: 'Week', interval: 1 }],
])('%s are counted on the calendar of the zone', (_what, recurrence) => {
  const given = { ...recurrence, timeZone: 'W. Europe Standard Time', startTime: '2026-10-18T08:00:00' };
  const [first] = next(given, new Date('2026-10-24T12:00:00Z'));
  expect(first).toBe('2026-10-25T07:00:00');
});

test.each([
  [{ frequency: 'Day', schedule: { hours: [24] } }, "'24' in the hours"],
  [{ frequency: 'Day', timeZone: 'Nowhere Standard Time' }, "'Nowhere Standard Time'"],
  [{ frequency: 'Fortnight' }, "frequency 'Fortnight'"],
  [{ frequency: 'Day', interval: 0 }, "interval '0'"],
  [{ frequency: 'Second', interval: 5 }, 'more often than every 60 seconds'],
  [{ frequency: 'Month', interval: 20 }, 'less often than every 500 days'],
  [{ frequency: 'Week', schedule: { weekDays: ['Someday'] } }, "week day 'Someday'"],
  [{ frequency: 'Day', startTime: 'soon' }, "'soon'"],
])('%j is refused', (recurrence, words) => {
  expect(() => readRecurrence(fromPlain(recurrence) as ValueObject, turnedOn)).toThrow(words);
});
