import { PackageError } from '../../packaging/index.ts';
import { BuildError } from '../build-error.ts';
import { readArguments } from './arguments.ts';
import { authCommands } from './auth.ts';
import type { Command, Commands } from './command.ts';
import { commonOptions } from './options.ts';
import { orgCommands } from './org.ts';
import { checkCommand } from './solution-check.ts';
import { exportCommand } from './solution-export.ts';
import { importCommand } from './solution-import.ts';
import { onlineCommands } from './solution-online.ts';
import { packagingCommands } from './solution-packaging.ts';
import { versionCommand } from './solution-version.ts';
import { PacError, type Surroundings } from './surroundings.ts';

/** What can be asked for: `pac-local <noun> <verb>`. */
export const commands: Readonly<Record<string, Commands>> = {
  auth: authCommands,
  org: orgCommands,
  solution: {
    ...packagingCommands,
    ...onlineCommands,
    check: checkCommand,
    export: exportCommand,
    import: importCommand,
    version: versionCommand,
  },
};

/**
 * Runs one command as `pac` would.
 *
 * @returns the exit code; what went wrong is printed behind `Error: `
 */
export async function pac(words: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    const [noun = 'help', verb = 'help', ...rest] = words;
    if (isHelp(noun) || isHelp(verb)) return help(noun, surroundings);
    const command = commandOf(noun, verb);
    if (rest.some(isHelp)) return helpOf(`${noun} ${verb}`, command, surroundings);
    await command.run(readArguments(rest, { ...command.options, ...commonOptions }), surroundings);
    return 0;
  } catch (error) {
    const isOfUse = error instanceof PacError || error instanceof BuildError || error instanceof PackageError;
    surroundings.write(`Error: ${isOfUse ? error.message : ((error as Error).stack ?? String(error))}\n`);
    return 1;
  }
}

const isHelp = (word: string) => ['help', '--help', '-h', '/?'].includes(word);

/** @throws PacError naming what there is */
function commandOf(noun: string, verb: string): Command {
  const verbs = Object.hasOwn(commands, noun.toLowerCase()) ? commands[noun.toLowerCase()] : undefined;
  if (verbs === undefined)
    throw new PacError(`'${noun}' is not served here. There is: ${Object.keys(commands).join(', ')}.`);
  const command = Object.hasOwn(verbs, verb.toLowerCase()) ? verbs[verb.toLowerCase()] : undefined;
  if (command === undefined)
    throw new PacError(`'${noun} ${verb}' is not served here. There is: ${Object.keys(verbs).sort().join(', ')}.`);
  return command;
}

function help(noun: string, { write }: Surroundings): number {
  const nouns = Object.hasOwn(commands, noun) ? [noun] : Object.keys(commands);
  write(
    'pac-local: the commands of pac that pipelines use, for any environment that speaks the Web API without a sign-in\n\n',
  );
  for (const one of nouns)
    for (const [verb, command] of Object.entries(commands[one]!))
      write(`  ${`${one} ${verb}`.padEnd(26)} ${command.help}\n`);
  return 0;
}

function helpOf(name: string, { help: told, options }: Command, { write }: Surroundings): number {
  write(`${name}: ${told}\n\n`);
  for (const [option, { kind, aliases = [], isRequired }] of Object.entries(options))
    write(
      `  --${option.padEnd(34)}${kind === 'text' ? 'value' : 'switch'}${isRequired ? ', required' : ''}${aliases.length > 0 ? `  (-${aliases.join(', -')})` : ''}\n`,
    );
  return 0;
}
