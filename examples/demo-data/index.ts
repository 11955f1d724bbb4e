import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateCustomers, type EntityBody } from './generate.ts';
import { dayBefore, generateHistory, type HistoryEntry } from './history.ts';

export { generateCustomers } from './generate.ts';

export interface DemoUser {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly fullName: string;
  /** Names of security roles; one that is not installed is an error. */
  readonly roles: readonly string[];
  /** Names of teams of `dataverseRows`. */
  readonly teams: readonly string[];
  /** Null: not a user of finance and operations. Without roles: a system administrator there. */
  readonly financeOperations: {
    readonly defaultCompany: string;
    readonly companies: readonly string[];
    readonly roles?: readonly string[];
  } | null;
}

export interface RowSet<Body> {
  /** Entity set the bodies are posted to, one by one, in order. */
  readonly set: string;
  readonly rows: readonly Body[];
}

export interface DemoCommand {
  readonly command: string;
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** A relation of two rows; each end is a set with a filter that finds one row. */
export interface DemoLink {
  readonly from: string;
  readonly relationship: string;
  readonly to: string;
}

export interface DemoData {
  readonly users: readonly DemoUser[];
  /** Web API bodies. */
  readonly dataverseRows: readonly RowSet<Readonly<Record<string, unknown>>>[];
  /** Bodies for `/data/<set>`. */
  readonly financeOperationsRows: readonly RowSet<EntityBody>[];
  /** Business commands of finance and operations, after the rows. */
  readonly commands: readonly DemoCommand[];
  /** Invoices and payments of the past, after the commands. */
  readonly history: readonly HistoryEntry[];
  /** Commands once the history is there. */
  readonly periodicTasks: readonly DemoCommand[];
  /** Web API bodies, after dual-write's first copy; what is bound may be a set with a filter that finds one row. */
  readonly dataverseRowsAfter: readonly RowSet<Readonly<Record<string, unknown>>>[];
  /** Roles and column security profiles of teams and users, primary contacts; last of all. */
  readonly links: readonly DemoLink[];
  /** Whom the connection of a connection reference is signed in as. */
  readonly connections: Readonly<Record<string, string>>;
}

/**
 * Reads the demo data; README.md says in which order it is fed.
 *
 * @param customers how many generated ones to add to the named ones; always the same for the same number
 * @param today the day invoices and payments are counted back from
 */
export function readDemoData({
  customers = 0,
  today = new Date(),
}: { readonly customers?: number; readonly today?: Date } = {}): DemoData {
  const rows = readJson<RowSet<EntityBody>[]>('finance-operations-rows.json');
  const more = generateCustomers(customers, 20_260_101);
  return {
    users: readJson('users.json'),
    dataverseRows: readJson('dataverse-rows.json'),
    financeOperationsRows: rows.map(({ set, rows: named }) => {
      if (set === 'CDSParties') return { set, rows: [...named, ...more.parties] };
      return set === 'CustomersV3' ? { set, rows: [...named, ...more.customers] } : { set, rows: named };
    }),
    commands: readJson<DemoCommand[]>('commands.json').map((command) => withDays(command, today)),
    history: generateHistory(more.customers.map(accountOf), today),
    periodicTasks: [
      { command: 'run-aging', parameters: {} },
      { command: 'run-balance-statistics', parameters: {} },
    ],
    dataverseRowsAfter: readJson('dataverse-rows-after.json'),
    links: readJson('dataverse-links.json'),
    connections: readJson('connections.json'),
  };
}

const accountOf = (customer: EntityBody) => ({
  company: String(customer['dataAreaId']),
  account: String(customer['CustomerAccount']),
});

/** `today-10` and `today+20` as the days they are. */
function withDays({ command, parameters }: DemoCommand, today: Date): DemoCommand {
  const resolved = Object.entries(parameters).map(([name, value]) => {
    const days = /^today([+-]\d+)$/.exec(String(value))?.[1];
    return [name, days === undefined ? value : dayBefore(today, -Number(days))] as const;
  });
  return { command, parameters: Object.fromEntries(resolved) };
}

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(join(__dirname, name), 'utf8')) as T;
}
