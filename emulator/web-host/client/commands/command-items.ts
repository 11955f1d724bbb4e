import { ContextualMenuItemType, type ICommandBarItemProps, type IContextualMenuItem } from '@fluentui/react';
import { loadLibraries, runScript, scriptFunction } from '../form/form-scripts';
import { listWords } from '../language/words/list';
import { shellWords } from '../language/words/shell';
import { tell } from '../shell/dialogs';
import { useAsync } from '../shell/use-async';
import { commandTypes, readAppCommands, type AppCommand } from './app-commands';
import { argumentsOf, type CommandTarget } from './command-target';

/** Commands that solutions add to a command bar, ready to be shown beside the platform's own. */
export function useAppCommands(
  app: string,
  table: string,
  location: number,
  target: () => CommandTarget,
): ICommandBarItemProps[] {
  const commands = useAsync(
    () =>
      readAppCommands(app, table, location).catch(async (error: Error): Promise<AppCommand[]> => {
        await tell(shellWords('error'), listWords('commandsUnread', error.message));
        return [];
      }),
    `${app} ${table} ${location}`,
  );
  return commands.state === 'done' ? commandItems(commands.value, target) : [];
}

/**
 * Commands under a drop-down stand below it, those of a group below its title; the rest side by side. A split button does
 * something itself, and has others below it.
 */
export function commandItems(commands: readonly AppCommand[], target: () => CommandTarget): ICommandBarItemProps[] {
  const below = (parent: string | undefined): IContextualMenuItem[] =>
    commands.filter(({ parentId }) => parentId === parent).flatMap((command) => itemsOf(command));

  function itemsOf(command: AppCommand): IContextualMenuItem[] {
    const items = below(command.id);
    if (command.type === commandTypes.group) return groupOf(command, items);
    const item: IContextualMenuItem = {
      key: command.id,
      text: command.label,
      title: command.tooltip,
      ariaLabel: command.accessibleName,
      disabled: command.isDisabled,
      iconProps:
        command.iconUrl !== undefined
          ? { imageProps: { src: command.iconUrl, width: 16, height: 16, alt: '' } }
          : command.icon === undefined
            ? undefined
            : { iconName: command.icon },
      ...(items.length > 0 ? { subMenuProps: { items } } : {}),
      ...(isRunnable(command) ? { onClick: () => void run(command, target()) } : {}),
      ...(command.type === commandTypes.splitButton && items.length > 0 ? { split: true } : {}),
    };
    // A drop-down does nothing itself, whatever it carries.
    if (command.type === commandTypes.dropDown) delete item.onClick;
    return [item];
  }

  return below(undefined) as ICommandBarItemProps[];
}

/** On a bar a group is its commands; in a menu it has a title. */
function groupOf({ id, label, isGroupTitleHidden, parentId }: AppCommand, items: IContextualMenuItem[]) {
  if (parentId === undefined) return items;
  const divider = { key: `${id} divider`, itemType: ContextualMenuItemType.Divider };
  const title = { key: id, text: label, itemType: ContextualMenuItemType.Header };
  return [divider, ...(isGroupTitleHidden ? [] : [title]), ...items];
}

const isRunnable = ({ functionName, missing }: AppCommand) => functionName !== undefined || missing !== undefined;

async function run(command: AppCommand, target: CommandTarget): Promise<void> {
  const { functionName = '', library, parameters, missing } = command;
  // Whether a rule would have shown it is not known: it is there, and says what is missing instead of acting.
  if (missing !== undefined) return tell(shellWords('error'), missing);
  if (library !== undefined) await loadLibraries([library]);
  const properties = { SourceControlId: command.id, CommandValueId: '', MenuItemId: '' };
  await runScript(functionName, () =>
    scriptFunction(functionName, library ?? '')(...argumentsOf(target, parameters, properties)),
  );
}
