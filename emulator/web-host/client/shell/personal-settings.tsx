import * as React from 'react';
import { DefaultButton, Dialog, DialogFooter, DialogType, Dropdown, PrimaryButton } from '@fluentui/react';
import { windowsCultures } from '../../../kernel/windows-cultures';
import { shellWords } from '../language/words/shell';
import { offeredLanguages, saveUserSettings, type UserSettings } from '../web-api/user-settings';
import { tell } from './dialogs';
import { cultureChoices, timeZoneChoices } from './format-choices';
import type { CurrentUser } from './users';

interface PersonalSettingsProps {
  readonly user: CurrentUser;
  readonly settings: UserSettings;
  onClose(): void;
}

/** Language, format and time zone of the user. The page starts anew with them: what is read stays in its language. */
export function PersonalSettings({ user, settings, onClose }: PersonalSettingsProps): React.ReactElement {
  const [chosen, setChosen] = React.useState(settings);
  const save = () =>
    saveUserSettings(user.id, chosen).then(
      () => location.reload(),
      (error: Error) => tell(shellWords('settingsNotSaved'), error.message),
    );
  const choice = (name: keyof UserSettings, label: string, options: readonly (readonly [number, string])[]) => (
    <Dropdown
      label={label}
      selectedKey={chosen[name]}
      options={options.map(([key, text]) => ({ key, text }))}
      onChange={(_event, option) => setChosen({ ...chosen, [name]: Number(option!.key) })}
    />
  );
  return (
    <Dialog
      hidden={false}
      onDismiss={onClose}
      minWidth={420}
      dialogContentProps={{ type: DialogType.normal, title: shellWords('personalSettings') }}
    >
      {choice(
        'uilanguageid',
        shellWords('language'),
        offeredLanguages.map(({ code, name }) => [code, name]),
      )}
      {choice('localeid', shellWords('format'), cultureChoices(document.documentElement.lang))}
      <p className="quiet">
        {shellWords('formatHint')}: {exampleOf(windowsCultures[chosen.localeid] ?? 'en-US')}
      </p>
      {choice('timezonecode', shellWords('timeZone'), timeZoneChoices())}
      <DialogFooter>
        <PrimaryButton text={shellWords('save')} onClick={() => void save()} />
        <DefaultButton text={shellWords('cancel')} onClick={onClose} />
      </DialogFooter>
    </Dialog>
  );
}

function exampleOf(culture: string): string {
  const date = new Intl.DateTimeFormat(culture, { dateStyle: 'short', timeStyle: 'short', timeZone: 'UTC' });
  return `${new Intl.NumberFormat(culture).format(1234567.89)} · ${date.format(new Date(Date.UTC(2026, 11, 31, 18, 30)))}`;
}
