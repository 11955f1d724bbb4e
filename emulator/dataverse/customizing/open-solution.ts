import type { Database } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { Catalogue } from '../metadata/catalogue.ts';
import { defaultSolutionId } from '../solution-import/default-solutions.ts';

/** An unmanaged solution in which changes are made. */
export interface OpenSolution {
  readonly id: string;
  readonly uniqueName: string;
  readonly version: string;
  /** What values of new options begin with. */
  readonly optionPrefix: number;
}

/**
 * The solution a request names, or the default one.
 *
 * @throws Fault 0x80040217 for one that is not there, 0x8004F024 for a managed one
 */
export function openSolution(database: Database, uniqueName: string | undefined): OpenSolution {
  const condition = uniqueName === undefined ? 's.solutionid = ?' : 's.uniquename = ? collate nocase';
  const row = database.get(
    `select s.solutionid, s.uniquename, s.version, s.ismanaged, p.customizationoptionvalueprefix as options from solution s left join publisher p on p.publisherid = s.publisherid where ${condition}`,
    [uniqueName ?? defaultSolutionId],
  );
  if (row === undefined) throw faults.rowNotFound('Solution', String(uniqueName));
  if (row['ismanaged'] === 1) throw faults.managedSolution(String(row['uniquename']));
  return {
    id: String(row['solutionid']),
    uniqueName: String(row['uniquename']),
    version: String(row['version'] ?? '1.0.0.0'),
    optionPrefix: Number(row['options'] ?? 10_000),
  };
}

const namePattern = /^[A-Za-z][A-Za-z0-9_]{1,127}$/;

/**
 * Decided: a valid prefix is that of any publisher of this environment, whatever solution the change is made in; the code.
 *
 * @throws Fault 0x80040203 for a schema name that has no publisher's prefix, or other characters
 */
export function requireSchemaName(database: Database, name: string | undefined, what: string): string {
  const prefix = /^([A-Za-z][A-Za-z0-9]*)_./.exec(name ?? '')?.[1];
  const isKnown =
    prefix !== undefined &&
    database.get('select 1 from publisher where customizationprefix = ? collate nocase', [prefix]) !== undefined;
  if (name === undefined || !namePattern.test(name) || !isKnown)
    throw faults.invalidArgument(
      `The schema name '${name ?? ''}' for type ${what} is not valid. Schema names are required, hold letters, digits and underscores only, and must start with a valid customization prefix: that of a publisher.`,
    );
  return name;
}

/** @throws Fault 0x8004700b for the name of a table that is there */
export function requireFreeTable(catalogue: Catalogue, name: string): void {
  if (catalogue.table(name) !== undefined) throw faults.tableExists(name);
}
