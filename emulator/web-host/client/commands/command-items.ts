import type { ICommandBarItemProps } from '@fluentui/react';
import { loadLibraries, runScript, scriptFunction } from '../form/form-scripts';
import { tell } from '../shell/dialogs';
import { useAsync } from '../shell/use-async';
import { readAppCommands, type AppCommand } from './app-commands';
import { argumentsOf, type CommandTarget } from './command-target';
import { shellWords } from '../language/words/shell';
import { listWords } from '../language/words/list';

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

/** Commands under a drop-down stand below it; the rest side by side. */
export function commandItems(commands: readonly AppCommand[], target: () => CommandTarget): ICommandBarItemProps[] {
  const below = (parent: string | undefined): ICommandBarItemProps[] =>
    commands
      .filter(({ parentId }) => parentId === parent)
      .map((command) => {
        const items = below(command.id);
        return {
          key: command.id,
          text: command.label,
          title: command.tooltip,
          disabled: command.isDisabled,
          iconProps: command.icon === undefined ? undefined : { iconName: command.icon },
          ...(items.length > 0 ? { subMenuProps: { items } } : {}),
          ...(command.functionName === undefined ? {} : { onClick: () => void run(command, target()) }),
        };
      });
  return below(undefined);
}

async function run({ functionName = '', library, parameters }: AppCommand, target: CommandTarget): Promise<void> {
  if (library !== undefined) await loadLibraries([library]);
  await runScript(functionName, () => scriptFunction(functionName, library ?? '')(...argumentsOf(target, parameters)));
}
