import * as React from 'react';
import { type ICommandBarItemProps } from '@fluentui/react';
import { Commands } from '../shell/commands';
import { locations } from '../commands/app-commands';
import { useAppCommands } from '../commands/command-items';
import { gridTarget } from '../commands/command-target';
import { listWords } from '../language/words/list';
import { shellWords } from '../language/words/shell';
import type { GridState } from '../list/grid-state';
import type { ViewOptions } from '../list/view-query';
import { removeRows } from '../rows/remove-rows';
import { appInSight } from '../shell/open-row';
import { openNewRow } from '../shell/open-new-row';
import type { Table } from '../web-api/metadata';
import { may } from '../web-api/privileges';
import type { FormSession } from './form-session';

interface SubgridCommandsProps {
  readonly session: FormSession;
  /** Table of the rows. */
  readonly target: Table;
  readonly state: GridState;
  readonly related: ViewOptions['related'];
  onChanged(): void;
}

/** What can be done with the rows of a grid on a form: the platform's commands, and those of solutions. */
export function SubgridCommands({
  session,
  target,
  state,
  related,
  onChanged,
}: SubgridCommandsProps): React.ReactElement {
  const { model, table } = session;
  const isEditable = session.isEditable && !target.isVirtual;

  async function create(): Promise<void> {
    const values = new Map(
      related === undefined
        ? []
        : [[related.column, [{ id: model.id, entityType: table.name, name: model.title }]] as const],
    );
    if ((await openNewRow(target.name, values, { isQuick: true })) !== undefined) onChanged();
  }

  const further = useAppCommands(appInSight()?.id ?? '', target.name, locations.subgrid, () =>
    gridTarget(state, target.typeCode, {
      table: table.name,
      typeCode: table.typeCode,
      primaryIds: [model.id],
      primaryControl: session.formContext,
    }),
  );
  const items: ICommandBarItemProps[] = [
    ...(isEditable && may('Create', target)
      ? [
          {
            key: 'new',
            text: listWords('newOf', target.label),
            iconProps: { iconName: 'Add' },
            onClick: () => void create(),
          },
        ]
      : []),
    ...(isEditable && state.selected.length > 0 && may('Delete', target)
      ? [
          {
            key: 'delete',
            text: listWords('remove'),
            iconProps: { iconName: 'Delete' },
            onClick: () => void removeRows(target, state.selected).then((isDone) => isDone && onChanged()),
          },
        ]
      : []),
    { key: 'refresh', text: shellWords('refresh'), iconProps: { iconName: 'Refresh' }, onClick: onChanged },
    ...further,
  ];
  return (
    <div className="subgrid-commands">
      <Commands items={items} ariaLabel={listWords('commandsOf', target.collectionLabel)} />
    </div>
  );
}
