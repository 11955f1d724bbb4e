import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateCustomers, type EntityBody } from './generate.ts';

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
  /** Null: not a user of finance and operations. */
  readonly financeOperations: { readonly defaultCompany: string; readonly companies: readonly string[] } | null;
}

export interface RowSet<Body> {
  /** Entity set the bodies are posted to, one by one, in order. */
  readonly set: string;
  readonly rows: readonly Body[];
}

export interface DemoCommand {
  readonly command: string;
  readonly parameters: Readonly<Record<string, string>>;
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
 */
export function readDemoData({ customers = 0 }: { readonly customers?: number } = {}): DemoData {
  const rows = readJson<RowSet<EntityBody>[]>('finance-operations-rows.json');
  const more = generateCustomers(customers, 20_260_101);
  return {
    users: readJson('users.json'),
    dataverseRows: readJson('dataverse-rows.json'),
    financeOperationsRows: rows.map(({ set, rows: named }) => {
      if (set === 'CDSParties') return { set, rows: [...named, ...more.parties] };
      return set === 'CustomersV3' ? { set, rows: [...named, ...more.customers] } : { set, rows: named };
    }),
    commands: readJson('commands.json'),
    dataverseRowsAfter: readJson('dataverse-rows-after.json'),
    links: readJson('dataverse-links.json'),
    connections: readJson('connections.json'),
  };
}

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(join(__dirname, name), 'utf8')) as T;
}
