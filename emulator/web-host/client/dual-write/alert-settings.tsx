import * as React from 'react';
import { DefaultButton, Dropdown, Link, PrimaryButton, TextField } from '@fluentui/react';
import { column, Table, type Act } from '../pages/centre-page';
import { actOnMap, type AlertSetting, type MapDetails } from '../web-api/dual-write';

interface AlertSettingsProps {
  readonly map: MapDetails;
  readonly act: Act;
}

const errorTypes = ['Application error', 'System error'] as const;
const actions = ['None', 'Pause', 'Stop'] as const;
const none = { name: '', errorType: errorTypes[0] as string, count: '10', minutes: '15', emails: '', action: 'None' };

/** Who is told, and what is done, when so many errors happen within a time. */
export function AlertSettings({ map, act }: AlertSettingsProps): React.ReactElement {
  const [draft, setDraft] = React.useState<typeof none>();
  const save = (settings: readonly object[]) => act(() => actOnMap(map.name, 'alerts', { settings }));
  const field = (label: string, name: keyof typeof none, type = 'text') => (
    <TextField
      label={label}
      type={type}
      value={draft![name]}
      onChange={(_event, value = '') => setDraft({ ...draft!, [name]: value })}
    />
  );
  const choice = (label: string, name: keyof typeof none, options: readonly string[]) => (
    <Dropdown
      label={label}
      selectedKey={draft![name]}
      options={options.map((key) => ({ key, text: key }))}
      onChange={(_event, option) => setDraft({ ...draft!, [name]: String(option?.key) })}
    />
  );
  const columns = [
    column<AlertSetting>('Name', 200, ({ name }) => name),
    column<AlertSetting>('When', 330, (one) => `${one.count} × ${one.errorType} within ${one.minutes} minutes`),
    column<AlertSetting>('Notify', 300, ({ emails }) => emails.join(', ')),
    column<AlertSetting>('Action', 90, ({ action }) => action),
    column<AlertSetting>('Remove', 90, (one) => (
      <Link aria-label={`Remove ${one.name}`} onClick={() => save(map.alerts.filter((other) => other !== one))}>
        Remove
      </Link>
    )),
  ];
  return (
    <>
      <p className="map-about">Restart the table map for changes to take effect.</p>
      <Table title="Alert settings" items={map.alerts} columns={columns} empty="There are no alert settings" />
      <div className="card centre-card">
        {draft === undefined ? (
          <PrimaryButton text="Create alert settings" onClick={() => setDraft(none)} />
        ) : (
          <div className="alert-form" role="group" aria-label="New alert">
            {field('Name', 'name')}
            {choice('Error type', 'errorType', errorTypes)}
            {field('Error threshold', 'count', 'number')}
            {field('Within minutes', 'minutes', 'number')}
            {field('E-mail addresses, separated by commas', 'emails')}
            {choice('Action on dual-write', 'action', actions)}
            <div className="centre-buttons">
              <PrimaryButton
                text="Save alert"
                onClick={() => {
                  save([...map.alerts, { ...draft, count: Number(draft.count), minutes: Number(draft.minutes) }]);
                  setDraft(undefined);
                }}
              />
              <DefaultButton text="Cancel" onClick={() => setDraft(undefined)} />
            </div>
          </div>
        )}
      </div>
    </>
  );
}
