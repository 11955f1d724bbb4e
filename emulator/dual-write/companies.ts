import type { Dataverse } from '../dataverse/index.ts';
import type { Condition, Lookup, Row } from '../query/index.ts';

export interface Company {
  readonly id: string;
  readonly code: string;
  readonly isEnabled: boolean;
  readonly defaultOwningTeam: Lookup | null;
}

/** Columns by which tables say which company a row belongs to. */
const companyColumns = ['msdyn_company', 'msdyn_companyid', 'msdyn_associatedcompanyid'];

const columns = ['cdm_companyid', 'cdm_companycode', 'cdm_isenabledfordualwrite', 'cdm_defaultowningteam'];

function read(row: Row): Company {
  return {
    id: String(row['cdm_companyid']),
    code: String(row['cdm_companycode']).toLowerCase(),
    isEnabled: row['cdm_isenabledfordualwrite'] === true,
    defaultOwningTeam: (row['cdm_defaultowningteam'] as Lookup | null | undefined) ?? null,
  };
}

/** The company of a row; undefined when it has none. */
export async function companyOf(row: Row, { organization }: Dataverse): Promise<Company | undefined> {
  const lookup = companyColumns
    .map((name) => row[name] as Lookup | null | undefined)
    .find((one) => one !== null && one !== undefined);
  const company = lookup === undefined ? undefined : await organization.retrieve('cdm_company', lookup!.id, columns);
  return company === undefined ? undefined : read(company);
}

export async function companyByCode(code: string, { organization }: Dataverse): Promise<Company | undefined> {
  const filter: Condition = { kind: 'compare', left: { column: 'cdm_companycode' }, operator: 'eq', right: code };
  const [row] = await organization.retrieveMultiple({ table: 'cdm_company', columns, joins: [], order: [], filter });
  return row === undefined ? undefined : read(row);
}

export const companyColumnOf = (names: ReadonlyMap<string, unknown>): string | undefined =>
  companyColumns.find((name) => names.has(name));
