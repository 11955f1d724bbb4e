import { recurrenceText } from '../../../../../emulator/web-host/client/pages/flows/recurrence-text';

test.each([
  ['Minute', 15, 'Every 15 minutes'],
  ['Hour', 1, 'Every hour'],
  ['day', 2, 'Every 2 days'],
  ['Fortnight', 2, '2 Fortnight'],
])('%s, %i: %s', (frequency, interval, text) => {
  expect(recurrenceText(frequency, interval)).toBe(text);
});
