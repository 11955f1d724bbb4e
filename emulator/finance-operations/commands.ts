import { Fault } from '../kernel/index.ts';
import type { Database } from '../storage/index.ts';
import type { BusinessEvents } from './business-events.ts';
import { companyParameterTable, customerRuleTable, userTable } from './entities/base-tables.ts';
import { customerTable } from './entities/customer-table.ts';
import type { EntityStore } from './entity-store.ts';
import { addressEditingClosed } from './rules/addresses.ts';
import { creditLimitProposed, creditLimitRejected } from './rules/credit-limit.ts';

type Parameters = Readonly<Record<string, unknown>>;

const badCommand = (message: string) => new Fault('badCommand', { code: 'BadCommand', status: 400 }, message);

function need(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (typeof value === 'string' && value !== '') return value;
  throw badCommand(`The command needs the parameter '${name}'.`);
}

function customerKey(parameters: Parameters, store: EntityStore) {
  const key = {
    dataAreaId: need(parameters, 'company').toLowerCase(),
    CustomerAccount: need(parameters, 'customerAccount'),
  };
  if (store.read(customerTable, key) === undefined)
    throw badCommand(`There is no customer '${key.CustomerAccount}' in '${key.dataAreaId}'.`);
  return key;
}

const setRule = (Rule: string) => (parameters: Parameters, store: EntityStore) => {
  const row = { ...customerKey(parameters, store), Rule };
  if (store.read(customerRuleTable, row) === undefined) store.insert(customerRuleTable, row);
};

const clearRule =
  (...rules: string[]) =>
  (parameters: Parameters, store: EntityStore) => {
    const key = customerKey(parameters, store);
    for (const Rule of rules) store.remove(customerRuleTable, { ...key, Rule });
  };

/** Business commands: what a person would do in the client of finance and operations. */
const commands: Readonly<Record<string, (parameters: Parameters, store: EntityStore) => void>> = {
  'close-address-editing': setRule(addressEditingClosed),
  'open-address-editing': clearRule(addressEditingClosed),
  'refuse-credit-limit': setRule(creditLimitRejected),
  'propose-credit-limit': setRule(creditLimitProposed),
  'allow-credit-limit': clearRule(creditLimitRejected, creditLimitProposed),
  'set-accounting-currency'(parameters, store) {
    const dataAreaId = need(parameters, 'company').toLowerCase();
    const AccountingCurrency = need(parameters, 'currency');
    if (store.read(companyParameterTable, { dataAreaId }) === undefined)
      store.insert(companyParameterTable, { dataAreaId, AccountingCurrency });
    else store.update(companyParameterTable, { dataAreaId }, { AccountingCurrency });
  },
  'add-user'(parameters, store) {
    const row = {
      Email: need(parameters, 'email').toLowerCase(),
      DefaultCompany: need(parameters, 'defaultCompany').toLowerCase(),
      Companies: (parameters['companies'] as string[]).join(',').toLowerCase(),
    };
    if (store.read(userTable, row) === undefined) store.insert(userTable, row);
    else store.update(userTable, row, row);
  },
};

export const commandNames: readonly string[] = Object.keys(commands);

/** What commands work on: the store, its transactions, and the events business logic raises inside them. */
export interface CommandSurroundings {
  readonly store: EntityStore;
  readonly database: Database;
  readonly businessEvents: BusinessEvents;
}

export async function runCommand(
  name: string,
  parameters: Parameters,
  { store, database }: CommandSurroundings,
): Promise<unknown> {
  const command = commands[name];
  if (command === undefined) throw badCommand(`There is no command '${name}'. There are ${commandNames.join(', ')}.`);
  await database.transaction(async () => command(parameters, store));
  return { done: name };
}
