import { windowsCultures } from '../../../kernel/windows-cultures';
import { ianaByTimeZoneCode } from '../../../kernel/windows-time-zones';

type Choice = readonly [code: number, text: string];

/** Formats a user can choose, named in the language of the page and in its order. */
export function cultureChoices(language: string): Choice[] {
  const names = new Intl.DisplayNames([language], { type: 'language', languageDisplay: 'standard' });
  const choices = Object.entries(windowsCultures).map(([code, culture]): Choice => [
    Number(code),
    names.of(culture) ?? culture,
  ]);
  return choices.sort(([, one], [, other]) => one.localeCompare(other, language));
}

/** Time zones a user can choose, `(GMT+01:00) Berlin`, from west to east by what their clocks show in winter. */
export function timeZoneChoices(): Choice[] {
  const zones = [...ianaByTimeZoneCode].map(([code, iana]) => ({ code, iana, minutes: standardOffset(iana) }));
  zones.sort((one, other) => one.minutes - other.minutes || one.iana.localeCompare(other.iana));
  return zones.map(({ code, iana, minutes }) => [code, `(GMT${offsetText(minutes)}) ${placeOf(iana)}`]);
}

const placeOf = (iana: string) => iana.replace(/^.*\//, '').replaceAll('_', ' ');

/** Minutes east of UTC when no summer time is kept, on either half of the earth. */
function standardOffset(timeZone: string): number {
  const year = new Date().getUTCFullYear();
  const offsets = [0, 6].map((month) => offsetAt(timeZone, Date.UTC(year, month, 1)));
  return Math.min(...offsets);
}

function offsetAt(timeZone: string, moment: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(moment);
  const [, sign, hours, minutes] =
    /([+-])(\d+):(\d+)/.exec(parts.find(({ type }) => type === 'timeZoneName')!.value) ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function offsetText(minutes: number): string {
  if (minutes === 0) return '';
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
}
