import type { Database } from '../../storage/index.ts';
import type { Caller } from '../contract.ts';
import type { MetadataCatalogue } from '../metadata/model.ts';

/** How values are shown to a user: language of labels, culture of numbers and dates, zone of times. */
export interface UserFormats {
  readonly language: number;
  readonly culture: string;
  readonly timeZone: string;
}

export const defaultFormats: UserFormats = { language: 1033, culture: 'en-US', timeZone: 'UTC' };

/** Windows locale ids. Differs: those not named here show numbers and dates as en-US does. */
const cultures: Readonly<Record<number, string>> = {
  1028: 'zh-TW',
  1029: 'cs-CZ',
  1030: 'da-DK',
  1031: 'de-DE',
  1033: 'en-US',
  1035: 'fi-FI',
  1036: 'fr-FR',
  1038: 'hu-HU',
  1040: 'it-IT',
  1041: 'ja-JP',
  1042: 'ko-KR',
  1043: 'nl-NL',
  1044: 'nb-NO',
  1045: 'pl-PL',
  1046: 'pt-BR',
  1053: 'sv-SE',
  2052: 'zh-CN',
  2055: 'de-CH',
  2057: 'en-GB',
  2060: 'fr-BE',
  2067: 'nl-BE',
  2070: 'pt-PT',
  3079: 'de-AT',
  3081: 'en-AU',
  3082: 'es-ES',
  4105: 'en-CA',
};

/** Time zone codes of the platform. Differs: times in a zone not named here are shown in UTC. */
const timeZones: Readonly<Record<number, string>> = {
  4: 'America/Los_Angeles',
  10: 'America/Denver',
  20: 'America/Chicago',
  35: 'America/New_York',
  85: 'Europe/London',
  92: 'UTC',
  95: 'Europe/Budapest',
  100: 'Europe/Warsaw',
  105: 'Europe/Paris',
  110: 'Europe/Berlin',
  190: 'Asia/Kolkata',
  210: 'Asia/Shanghai',
  235: 'Asia/Tokyo',
  255: 'Australia/Sydney',
};

/** The formats a user chose in the personal settings; those of the platform for who has none. */
export function formatsOf({ userId }: Caller, database: Database, metadata: MetadataCatalogue): UserFormats {
  if (metadata.table('usersettings') === undefined) return defaultFormats;
  const sql = 'select uilanguageid, localeid, timezonecode from usersettings where systemuserid = ?';
  const row = database.get(sql, [userId]);
  if (row === undefined) return defaultFormats;
  return {
    language: Number(row['uilanguageid'] ?? defaultFormats.language),
    culture: cultures[Number(row['localeid'])] ?? defaultFormats.culture,
    timeZone: timeZones[Number(row['timezonecode'])] ?? defaultFormats.timeZone,
  };
}
