import type { EntityRow } from '../contract.ts';
import type { CommandParameter, FinanceOperationsCommand } from '../contract.ts';
import { customerTable } from '../entities/customer-table.ts';
import type { EntityStore } from '../entity-store.ts';
import { faults } from '../faults.ts';
import type { UnitOfWork } from '../unit-of-work.ts';

export interface CommandCall {
  readonly values: CommandValues;
  readonly store: EntityStore;
  readonly work: UnitOfWork;
}

/** What a person would do in the client of finance and operations. */
export interface Command extends FinanceOperationsCommand {
  /** @returns what the caller is told */
  run(call: CommandCall): Readonly<Record<string, unknown>> | void;
}

type Value = string | number | boolean | readonly string[];

/** Values of a command's parameters, checked against their kinds. */
export class CommandValues {
  constructor(private readonly values: ReadonlyMap<string, Value>) {}

  text(name: string): string {
    return String(this.values.get(name) ?? '');
  }
  optional(name: string): string | undefined {
    const value = this.values.get(name);
    return value === undefined ? undefined : String(value);
  }
  number(name: string): number {
    return Number(this.values.get(name));
  }
  optionalNumber(name: string): number | undefined {
    const value = this.values.get(name);
    return value === undefined ? undefined : Number(value);
  }
  isTrue(name: string, otherwise: boolean): boolean {
    return (this.values.get(name) as boolean | undefined) ?? otherwise;
  }
  texts(name: string): readonly string[] {
    return (this.values.get(name) as readonly string[] | undefined) ?? [];
  }
  has(name: string): boolean {
    return this.values.has(name);
  }
}

/** @throws Fault naming the parameter that is missing, unknown or of the wrong kind */
export function readValues(command: FinanceOperationsCommand, given: Readonly<Record<string, unknown>>): CommandValues {
  const names = command.parameters.map(({ name }) => name);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw faults.badCommand(
      `The command '${command.name}' has no parameter '${unknown}'. It has ${names.join(', ') || 'none'}.`,
    );
  const values = new Map<string, Value>();
  for (const parameter of command.parameters) {
    const value = given[parameter.name];
    if (value === undefined || value === null || value === '') {
      if (parameter.isRequired === true)
        throw faults.badCommand(`The command '${command.name}' needs the parameter '${parameter.name}'.`);
    } else values.set(parameter.name, readValue(parameter, value));
  }
  return new CommandValues(values);
}

function readValue({ name, kind, choices = [] }: CommandParameter, value: unknown): Value {
  const wrong = (what: string) =>
    faults.badCommand(`The parameter '${name}' is ${what}, not ${JSON.stringify(value)}.`);
  switch (kind) {
    case 'amount': {
      const amount = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
      if (typeof amount !== 'number' || !Number.isFinite(amount)) throw wrong('a number');
      if (Math.abs(amount) > 100_000_000_000) throw wrong('a number up to 100,000,000,000');
      return amount;
    }
    case 'date':
      if (typeof value !== 'string' || !isDay(value)) throw wrong('a date like 2026-01-31');
      return value.slice(0, 10);
    case 'yesNo':
      if (typeof value !== 'boolean' && value !== 'true' && value !== 'false') throw wrong('true or false');
      return value === true || value === 'true';
    case 'choice': {
      const choice = choices.find((one) => one.toLowerCase() === String(value).toLowerCase());
      if (choice === undefined) throw wrong(`one of ${choices.join(', ')}`);
      return choice;
    }
    case 'texts':
      if (!Array.isArray(value) || value.some((one) => typeof one !== 'string')) throw wrong('a list of texts');
      return value as string[];
    case 'company':
      if (typeof value !== 'string') throw wrong('a text');
      return value.toLowerCase();
    case 'text':
      if (typeof value !== 'string') throw wrong('a text');
      return value;
  }
}

function isDay(text: string): boolean {
  const date = /^(\d{4}-\d\d-\d\d)(T|$)/.exec(text)?.[1];
  return (
    date !== undefined &&
    new Date(`${date}T00:00:00Z`).toString() !== 'Invalid Date' &&
    new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)
  );
}

export const company: CommandParameter = { name: 'company', label: 'Legal entity', kind: 'company', isRequired: true };
export const customerAccount: CommandParameter = {
  name: 'customerAccount',
  label: 'Customer account',
  kind: 'text',
  isRequired: true,
};
export const ofCustomer = [company, customerAccount] as const;

/** Key of the customer a command is about. @throws Fault when there is none */
export function customerKey({ values, store }: CommandCall): { dataAreaId: string; CustomerAccount: string } {
  const key = { dataAreaId: values.text('company'), CustomerAccount: values.text('customerAccount') };
  if (store.read(customerTable, key) === undefined)
    throw faults.badCommand(`There is no customer '${key.CustomerAccount}' in '${key.dataAreaId}'.`);
  return key;
}

/** The day a command is for: the one given, or today. */
export const dayOf = ({ values, store }: CommandCall, name = 'date'): string =>
  values.optional(name) ?? store.now().slice(0, 10);

/** What a transaction is told as. */
export const told = (row: EntityRow) => ({
  voucher: row['Voucher'],
  invoice: row['Invoice'],
  amount: row['AmountCur'],
  currency: row['CurrencyCode'],
  amountInAccountingCurrency: row['AmountMST'],
  date: String(row['TransDate']).slice(0, 10),
  dueDate: String(row['DueDate']).slice(0, 10),
});
