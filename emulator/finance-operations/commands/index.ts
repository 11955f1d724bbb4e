import { faults } from '../faults.ts';
import { inUnitOfWork, type WorkSurroundings } from '../unit-of-work.ts';
import { alertCommands } from './alerts.ts';
import { administrationCommands } from './administration.ts';
import { eventSecurityCommands } from './event-security.ts';
import { readValues, type Command } from './command.ts';
import { creditCommands } from './credit.ts';
import { customerCommands } from './customers.ts';
import { receivablesCommands } from './receivables.ts';
import { updateJobCommand } from './update-job.ts';

/** Business commands, in the order a page shows them. */
export const commands: readonly Command[] = [
  ...receivablesCommands,
  ...creditCommands,
  ...customerCommands,
  updateJobCommand,
  ...administrationCommands,
  ...alertCommands,
  ...eventSecurityCommands,
];
export const commandNames: readonly string[] = commands.map(({ name }) => name);

/** Runs one command in a unit of work: all of it happens, and is told, or nothing. @throws Fault for bad parameters, and with the infolog's words */
export async function runCommand(
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  surroundings: WorkSurroundings,
  user?: string,
): Promise<Readonly<Record<string, unknown>>> {
  const command = commands.find((one) => one.name === name);
  if (command === undefined)
    throw faults.badCommand(`There is no command '${name}'. There are ${commandNames.join(', ')}.`);
  const values = readValues(command, parameters);
  const { store } = surroundings;
  const result = await inUnitOfWork(surroundings, user, (work) => command.run({ values, store, work }));
  return { done: name, ...result };
}
