import { faults } from '../../faults.ts';
import { firstNumber, numberCounter } from '../auto-number.ts';
import type { Operation, OperationPlatform } from './operation.ts';

const ofColumn = [
  { name: 'EntityName', type: 'string' },
  { name: 'AttributeName', type: 'string' },
] as const;

/** The counter of the column a message names. @throws Fault for what is no autonumber column */
function counterOf(input: Readonly<Record<string, unknown>>, { metadata }: OperationPlatform): string {
  const [tableName, columnName] = [String(input['EntityName']), String(input['AttributeName'])];
  const table = metadata.table(tableName);
  if (table === undefined) throw faults.resourceNotFound(tableName);
  const column = table.columns.get(columnName.toLowerCase());
  if (column?.autoNumberFormat === undefined)
    throw faults.invalidArgument(
      `Invalid Argument: '${columnName}' is no autonumber column of '${table.logicalName}'.`,
    );
  return numberCounter(table, column.logicalName);
}

const seedOf = (counter: string) => `${counter} seed`;

/**
 * The number the next row is given; it grows from there.
 *
 * Decided: who may change columns may set it.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/create-auto-number-attributes#set-a-seed-value
 */
export const setAutoNumberSeed: Operation = {
  name: 'SetAutoNumberSeed',
  isFunction: false,
  parameters: [...ofColumn, { name: 'Value', type: 'long' }],
  results: [],
  async run({ input, caller }, platform) {
    if (!platform.privileges.has(caller, 'prvWriteAttribute'))
      throw faults.privilegeMissing(caller.userId, 'prvWriteAttribute');
    const counter = counterOf(input, platform);
    const value = Number(input['Value']);
    if (value < 0) throw faults.invalidArgument("Invalid Argument: 'Value' is a number from 0 on.");
    platform.counters.set(counter, value - 1);
    platform.counters.set(seedOf(counter), value);
    return {};
  },
};

/** The seed that was set last. */
export const getAutoNumberSeed: Operation = {
  name: 'GetAutoNumberSeed',
  isFunction: true,
  parameters: ofColumn,
  results: [{ name: 'AutoNumberSeedValue', type: 'long' }],
  async run({ input }, platform) {
    return { AutoNumberSeedValue: platform.counters.last(seedOf(counterOf(input, platform))) ?? firstNumber };
  },
};

/** The number the next row will be given; asking takes none. */
export const getNextAutoNumberValue: Operation = {
  name: 'GetNextAutoNumberValue',
  isFunction: true,
  parameters: ofColumn,
  results: [{ name: 'NextAutoNumberValue', type: 'long' }],
  async run({ input }, platform) {
    const last = platform.counters.last(counterOf(input, platform));
    return { NextAutoNumberValue: last === undefined ? firstNumber : last + 1 };
  },
};
