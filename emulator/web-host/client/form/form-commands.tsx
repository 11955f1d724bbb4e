import * as React from 'react';
import { CommandBar, type ICommandBarItemProps } from '@fluentui/react';
import { locations } from '../commands/app-commands';
import { useAppCommands } from '../commands/command-items';
import { ask, tell } from '../shell/dialogs';
import { go } from '../shell/navigation';
import type { App } from '../web-api/apps';
import { may } from '../web-api/privileges';
import { send } from '../web-api/web-api';
import type { FormSession } from './form-session';
import { saveModes, type SaveMode } from './save-form';

interface FormCommandsProps {
  readonly session: FormSession;
  readonly app: App;
}

export function FormCommands({ session, app }: FormCommandsProps): React.ReactElement {
  const { model, table } = session;
  const list = { kind: 'list', app: app.id, table: table.name } as const;

  async function remove(): Promise<void> {
    const text = `Do you want to delete this ${table.label}? You can't undo this action.`;
    if ((await ask('Confirm Deletion', text, ['Delete', 'Cancel'])) !== 0) return;
    const refused = await send('DELETE', `${table.set}(${model.id})`).catch((error: Error) => error);
    if (refused instanceof Error) return tell('Error', refused.message);
    for (const attribute of model.attributes.values()) attribute.value = attribute.initial;
    await go(list);
  }

  async function refresh(): Promise<void> {
    if (model.isDirty) {
      const text = 'You have unsaved changes. Refreshing discards them.';
      if ((await ask('Unsaved changes', text, ['Discard changes', 'Cancel'])) !== 0) return;
    }
    await session.refresh(false).catch((error: Error) => tell('Error', error.message));
  }

  const command = (key: string, text: string, iconName: string, mode: SaveMode): ICommandBarItemProps => ({
    key,
    text,
    iconProps: { iconName },
    disabled: model.isSaving,
    onClick: () => void session.save(mode),
  });
  const isSaved = model.id !== '';
  const further = useAppCommands(app.id, table.name, locations.form, () => ({
    table: table.name,
    typeCode: table.typeCode,
    primaryIds: isSaved ? [model.id] : [],
    selectedIds: isSaved ? [model.id] : [],
    primaryControl: session.formContext,
    selectedControl: session.formContext,
  }));
  const items: ICommandBarItemProps[] = [
    {
      key: 'back',
      text: 'Go back',
      ariaLabel: 'Go back',
      iconOnly: true,
      iconProps: { iconName: 'Back' },
      onClick: () => void go(list),
    },
    ...(session.mayWrite
      ? [
          command('save', 'Save', 'Save', saveModes.save),
          command('save-close', 'Save & Close', 'SaveAndClose', saveModes.saveAndClose),
        ]
      : []),
    ...(may('Create', table)
      ? [
          {
            key: 'new',
            text: 'New',
            iconProps: { iconName: 'Add' },
            onClick: () => void go({ kind: 'record', app: app.id, table: table.name }),
          },
        ]
      : []),
    ...(isSaved && may('Delete', table)
      ? [{ key: 'delete', text: 'Delete', iconProps: { iconName: 'Delete' }, onClick: () => void remove() }]
      : []),
    ...(isSaved
      ? [{ key: 'refresh', text: 'Refresh', iconProps: { iconName: 'Refresh' }, onClick: () => void refresh() }]
      : []),
    ...further,
  ];
  return (
    <div className="card command-bar">
      <CommandBar items={items} ariaLabel={`${table.label} commands`} className="commands" />
    </div>
  );
}
