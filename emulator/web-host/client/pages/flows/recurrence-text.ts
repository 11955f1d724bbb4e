import { languages, userLanguage } from '../../language/speak';

type Names = readonly [english: string, german: string];

const each: Readonly<Record<string, Names>> = {
  second: ['Every second', 'Jede Sekunde'],
  minute: ['Every minute', 'Jede Minute'],
  hour: ['Every hour', 'Jede Stunde'],
  day: ['Every day', 'Jeden Tag'],
  week: ['Every week', 'Jede Woche'],
  month: ['Every month', 'Jeden Monat'],
  year: ['Every year', 'Jedes Jahr'],
};

/** How often a flow recurs, in words: `Every 15 minutes`. */
export function recurrenceText(frequency: string, interval: number): string {
  const unit = frequency.toLowerCase();
  const isGerman = userLanguage() === languages.german;
  const names = each[unit];
  if (names === undefined) return `${interval} ${frequency}`;
  if (interval === 1) return names[isGerman ? 1 : 0];
  const format = new Intl.NumberFormat(isGerman ? 'de' : 'en', { style: 'unit', unit, unitDisplay: 'long' });
  return `${isGerman ? 'Alle' : 'Every'} ${format.format(interval)}`;
}
