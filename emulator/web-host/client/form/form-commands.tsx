import * as React from 'react';
import { type ICommandBarItemProps } from '@fluentui/react';
import { Commands } from '../shell/commands';
import { locations } from '../commands/app-commands';
import { useAppCommands } from '../commands/command-items';
import { ask, tell } from '../shell/dialogs';
import { go } from '../shell/navigation';
import type { App } from '../web-api/apps';
import { may } from '../web-api/privileges';
import { send } from '../web-api/web-api';
import type { FormSession } from './form-session';
import { saveModes, type SaveMode } from './save-form';
import { formWords } from '../language/words/form';
import { listWords } from '../language/words/list';
import { shellWords } from '../language/words/shell';
import { rowCommands } from '../rows/row-commands';

interface FormCommandsProps {
  readonly session: FormSession;
  readonly app: App;
}

export function FormCommands({ session, app }: FormCommandsProps): React.ReactElement {
  const { model, table } = session;
  const list = { kind: 'list', app: app.id, table: table.name } as const;

  async function remove(): Promise<void> {
    const text = formWords('confirmDeletionText', table.label);
    if ((await ask(listWords('confirmDeletion'), text, [listWords('remove'), shellWords('cancel')])) !== 0) return;
    const refused = await send('DELETE', `${table.set}(${model.id})`).catch((error: Error) => error);
    if (refused instanceof Error) return tell(shellWords('error'), refused.message);
    for (const attribute of model.attributes.values()) attribute.value = attribute.initial;
    await go(list);
  }

  async function refresh(): Promise<void> {
    if (model.isDirty) {
      const text = formWords('refreshDiscards');
      if ((await ask(formWords('unsavedChanges'), text, [formWords('discard'), shellWords('cancel')])) !== 0) return;
    }
    await session.refresh(false).catch((error: Error) => tell(shellWords('error'), error.message));
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
    primaryControl: session.formContext,
    selected: {
      table: table.name,
      typeCode: table.typeCode,
      rows: session.savedRow() === undefined ? [] : [{ id: model.id, name: model.title }],
      all: [],
      control: session.formContext,
    },
  }));
  const items: ICommandBarItemProps[] = [
    {
      key: 'back',
      text: shellWords('goBack'),
      ariaLabel: shellWords('goBack'),
      iconOnly: true,
      iconProps: { iconName: 'Back' },
      onClick: () => void go(list),
    },
    ...(session.isEditable
      ? [
          command('save', formWords('save'), 'Save', saveModes.save),
          command('save-close', formWords('saveAndClose'), 'SaveAndClose', saveModes.saveAndClose),
        ]
      : []),
    ...(may('Create', table)
      ? [
          {
            key: 'new',
            text: listWords('newRow'),
            iconProps: { iconName: 'Add' },
            onClick: () => void go({ kind: 'record', app: app.id, table: table.name }),
          },
        ]
      : []),
    ...(isSaved && may('Delete', table)
      ? [{ key: 'delete', text: listWords('remove'), iconProps: { iconName: 'Delete' }, onClick: () => void remove() }]
      : []),
    ...rowCommands({
      table,
      ids: isSaved ? [model.id] : [],
      state: typeof model.row['statecode'] === 'number' ? model.row['statecode'] : undefined,
      ready: async () => !model.isDirty || session.save(),
      changed: () => void session.refresh(false),
    }),
    ...(isSaved
      ? [
          {
            key: 'refresh',
            text: shellWords('refresh'),
            iconProps: { iconName: 'Refresh' },
            onClick: () => void refresh(),
          },
        ]
      : []),
    ...further,
  ];
  return (
    <div className="card command-bar">
      <Commands items={items} ariaLabel={listWords('commandsOf', table.label)} />
    </div>
  );
}
