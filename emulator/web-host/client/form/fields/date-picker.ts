import { defaultDatePickerStrings, type IDatePickerStrings } from '@fluentui/react';
import { userCulture } from '../../language/formats';
import { formWords } from '../../language/words/form';

/** Names of months and days in the user's culture; the buttons in the user's language. */
export function pickerStrings(): IDatePickerStrings {
  const names = (options: Intl.DateTimeFormatOptions, dates: readonly Date[]) =>
    dates.map((date) => new Intl.DateTimeFormat(userCulture(), { ...options, timeZone: 'UTC' }).format(date));
  const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2023, month, 1)));
  // The first of January 2023 was a Sunday.
  const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2023, 0, 1 + day)));
  return {
    ...defaultDatePickerStrings,
    months: names({ month: 'long' }, months),
    shortMonths: names({ month: 'short' }, months),
    days: names({ weekday: 'long' }, days),
    shortDays: names({ weekday: 'narrow' }, days),
    goToToday: formWords('goToToday'),
    prevMonthAriaLabel: formWords('previousMonth'),
    nextMonthAriaLabel: formWords('nextMonth'),
    prevYearAriaLabel: formWords('previousYear'),
    nextYearAriaLabel: formWords('nextYear'),
    closeButtonAriaLabel: formWords('closePicker'),
    monthPickerHeaderAriaLabel: formWords('chooseYear'),
    yearPickerHeaderAriaLabel: formWords('chooseMonth'),
    invalidInputErrorMessage: formWords('notADate'),
  };
}

const monday = 1;

/** Sunday where dates are written as in the United States, Monday elsewhere. */
export const firstDayOfWeek = (): number => (userCulture() === 'en-US' ? 0 : monday);

/** Reads a date as the user's culture writes it; a year of two digits is of this century. */
export function readDate(text: string): Date | null {
  const numbers = text.match(/\d+/g)?.map(Number) ?? [];
  if (numbers.length !== 3) return null;
  const order = new Intl.DateTimeFormat(userCulture())
    .formatToParts(new Date(2023, 10, 22))
    .filter(({ type }) => ['day', 'month', 'year'].includes(type))
    .map(({ type }) => type);
  const of = (type: string) => numbers[order.indexOf(type as Intl.DateTimeFormatPartTypes)]!;
  const year = of('year') < 100 ? 2000 + of('year') : of('year');
  const date = new Date(year, of('month') - 1, of('day'));
  return date.getMonth() === of('month') - 1 && date.getDate() === of('day') ? date : null;
}
