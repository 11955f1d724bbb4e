import { languages } from '../language/speak';
import { get, send } from './web-api';

/** Personal settings, as the table `usersettings` names them. */
export interface UserSettings {
  readonly uilanguageid: number;
  readonly localeid: number;
  readonly timezonecode: number;
}

export const defaultSettings: UserSettings = { uilanguageid: languages.english, localeid: 1033, timezonecode: 92 };

const names = Object.keys(defaultSettings) as (keyof UserSettings)[];
const setName = 'usersettingscollection';

/** The settings of the user; those of the platform where there are none. */
export async function readUserSettings(userId: string): Promise<UserSettings> {
  const row = await get(`${setName}(${userId})?$select=${names.join(',')}`);
  return Object.fromEntries(
    names.map((name) => [name, typeof row[name] === 'number' ? row[name] : defaultSettings[name]]),
  ) as unknown as UserSettings;
}

export async function saveUserSettings(userId: string, settings: UserSettings): Promise<void> {
  await send('PATCH', `${setName}(${userId})`, settings);
}

/** Languages the environment offers: the shell's own. */
export const offeredLanguages: readonly { readonly code: number; readonly name: string }[] = [
  { code: languages.english, name: 'English' },
  { code: languages.german, name: 'Deutsch' },
];
