import type { Dataverse } from '../dataverse/index.ts';
import type { Lookup, Row } from '../query/index.ts';
import type { Database } from '../storage/database.ts';

export interface Company {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly defaultOwningTeam: Lookup | null;
}

/** Columns by which tables say which company a row belongs to. */
const companyColumns = ['msdyn_company', 'msdyn_companyid', 'msdyn_associatedcompanyid'];

export const companyColumnOf = (names: ReadonlyMap<string, unknown>): string | undefined =>
  companyColumns.find((name) => names.has(name));

/** The companies of Dataverse. */
export interface Companies {
  all(): Promise<readonly Company[]>;
  /** The company of a row; undefined when it has none. */
  of(row: Row): Promise<Company | undefined>;
  byCode(code: string): Promise<Company | undefined>;
  /** Reads them again in this transaction: one of them was written. */
  forget(): void;
}

const columns = ['cdm_companyid', 'cdm_companycode', 'cdm_name', 'cdm_isenabledfordualwrite', 'cdm_defaultowningteam'];

function read(row: Row): Company {
  return {
    id: String(row['cdm_companyid']),
    code: String(row['cdm_companycode']).toLowerCase(),
    name: String(row['cdm_name'] ?? ''),
    isEnabled: row['cdm_isenabledfordualwrite'] === true,
    defaultOwningTeam: (row['cdm_defaultowningteam'] as Lookup | null | undefined) ?? null,
  };
}

/** Reads the companies once a transaction. */
export function createCompanies(dataverse: Dataverse, database: Database): Companies {
  const known = new WeakMap<object, Promise<readonly Company[]>>();

  async function ask(): Promise<readonly Company[]> {
    const order = [{ column: 'cdm_companycode', descending: false }];
    const rows = await dataverse.organization.retrieveMultiple({ table: 'cdm_company', columns, joins: [], order });
    return rows.map(read);
  }
  function all(): Promise<readonly Company[]> {
    const transaction = database.currentTransaction();
    if (transaction === undefined) return ask();
    const there = known.get(transaction) ?? ask();
    known.set(transaction, there);
    return there;
  }
  return {
    all,
    async of(row) {
      const lookup = companyColumns
        .map((name) => row[name] as Lookup | null | undefined)
        .find((one) => one !== null && one !== undefined);
      return lookup === undefined ? undefined : (await all()).find(({ id }) => id === lookup!.id);
    },
    byCode: async (code) => (await all()).find((one) => one.code === code.toLowerCase()),
    forget() {
      const transaction = database.currentTransaction();
      if (transaction !== undefined) known.delete(transaction);
    },
  };
}
