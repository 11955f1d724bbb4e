import { ianaByTimeZoneCode, windowsCultures } from '../../kernel/index.ts';
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

/** The formats a user chose in the personal settings; those of the platform for who has none. */
export function formatsOf({ userId }: Caller, database: Database, metadata: MetadataCatalogue): UserFormats {
  if (metadata.table('usersettings') === undefined) return defaultFormats;
  const sql = 'select uilanguageid, localeid, timezonecode from usersettings where systemuserid = ?';
  const row = database.get(sql, [userId]);
  if (row === undefined) return defaultFormats;
  return {
    language: Number(row['uilanguageid'] ?? defaultFormats.language),
    culture: windowsCultures[Number(row['localeid'])] ?? defaultFormats.culture,
    timeZone: ianaByTimeZoneCode.get(Number(row['timezonecode'])) ?? defaultFormats.timeZone,
  };
}
