import type { ICommandBarItemProps } from '@fluentui/react';
import { rowWords } from '../language/words/rows';
import type { Table } from '../web-api/metadata';
import { may } from '../web-api/privileges';
import { assignRows } from './assign-dialog';
import { changeRows } from './change-rows';
import { hasPlainStates, isActivity, isClosed } from './lifecycle';
import { changeCase, resolveCase } from './resolve-case';
import { changeState } from './state-dialog';

export interface RowsAtHand {
  readonly table: Table;
  readonly ids: readonly string[];
  /** State of the row; undefined for several, or where it is not known. */
  readonly state: number | undefined;
  /** Before anything is done: false keeps it from being done. */
  ready(): Promise<boolean>;
  changed(): void;
}

const completed = 1;

/** What model-driven apps offer for rows beside editing: their state and their owner, as far as the user's roles allow. */
export function rowCommands(rows: RowsAtHand): ICommandBarItemProps[] {
  const { table, ids, state } = rows;
  if (ids.length === 0) return [];
  return [
    ...(may('Write', table) ? stateCommands(rows) : []),
    ...(table.columns.has('ownerid') && may('Assign', table) && !isClosed(table, state)
      ? [command(rows, 'assign', 'AddFriend', () => assignRows(table, ids))]
      : []),
  ];
}

function stateCommands(rows: RowsAtHand): ICommandBarItemProps[] {
  const { table, ids, state } = rows;
  const [id] = ids;
  if (hasPlainStates(table))
    return [
      ...(state !== 0 ? [command(rows, 'activate', 'Accept', () => changeState(table, ids, true))] : []),
      ...(state === undefined || state === 0
        ? [command(rows, 'deactivate', 'Blocked2', () => changeState(table, ids, false))]
        : []),
    ];
  if (ids.length > 1 || state === undefined) return [];
  if (isActivity(table) && !isClosed(table, state))
    return [
      command(rows, 'complete', 'CheckMark', async () => (await changeRows(table, ids, { statecode: completed })) > 0),
    ];
  if (table.name !== 'incident') return [];
  return state === 0
    ? [
        command(rows, 'resolveCase', 'Completed', () => resolveCase(table, id!)),
        command(rows, 'cancelCase', 'Blocked2', () => changeCase(table, id!, true)),
      ]
    : [command(rows, 'reactivateCase', 'Refresh', () => changeCase(table, id!, false))];
}

function command(
  { ready, changed }: RowsAtHand,
  key: Parameters<typeof rowWords>[0],
  iconName: string,
  run: () => Promise<boolean>,
): ICommandBarItemProps {
  return {
    key,
    text: rowWords(key),
    iconProps: { iconName },
    onClick: () => void ready().then(async (isReady) => isReady && (await run()) && changed()),
  };
}
