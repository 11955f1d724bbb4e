import type { SolutionPackage } from '../../../packaging/index.ts';
import type { ColumnValue, Row } from '../../query/index.ts';
import { existsRow, insertRow, updateRow, type Database } from '../../storage/index.ts';
import type { Clock } from '../../kernel/index.ts';
import type { Catalogue } from '../metadata/catalogue.ts';
import { shapeOf } from '../metadata/table-shape.ts';

/** What importers of components work on. */
export interface ImportPlatform {
  readonly database: Database;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  /** Next row version of the store. */
  nextVersion(): number;
  /** Who owns what is imported, and where it belongs; undefined before there is an organisation. */
  readonly importer: { readonly userId: string; readonly businessUnitId: string } | undefined;
}

/** One import on its way. */
export interface ImportCall extends ImportPlatform {
  readonly pkg: SolutionPackage;
  readonly isManaged: boolean;
  readonly solutionId: string;
  readonly warnings: string[];
}

/**
 * Writes a component's row: inserted the first time, overwritten after that. Columns the table lacks are left out; a row
 * that is already the same keeps its version.
 */
export function putComponent(call: ImportPlatform, table: string, row: Row, keep: readonly string[] = []): void {
  const metadata = call.catalogue.table(table);
  if (metadata === undefined) return;
  const shape = shapeOf(metadata);
  const now = `${call.clock.now().toISOString().slice(0, 19)}Z`;
  const owner = call.importer;
  const stamps: Row = {
    createdon: now,
    modifiedon: now,
    versionnumber: call.nextVersion(),
    statecode: 0,
    statuscode: 1,
    ismanaged: false,
    iscustomizable: true,
    componentstate: 0,
    ...(owner === undefined
      ? {}
      : {
          createdby: { table: 'systemuser', id: owner.userId },
          modifiedby: { table: 'systemuser', id: owner.userId },
          ownerid: { table: 'systemuser', id: owner.userId },
          owninguser: { table: 'systemuser', id: owner.userId },
          owningbusinessunit: { table: 'businessunit', id: owner.businessUnitId },
        }),
  };
  const whole = known(shape.columns, { ...stamps, ...row });
  if (!existsRow(call.database, shape, whole)) {
    insertRow(call.database, shape, whole);
    return;
  }
  const { [shape.key[0]!]: _key, ...changes } = known(shape.columns, {
    ...row,
    modifiedon: now,
    versionnumber: call.nextVersion(),
  });
  for (const name of keep) delete changes[name];
  updateRow(call.database, shape, whole, changes);
}

function known(columns: ReadonlyMap<string, unknown>, row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).filter(([name, value]) => columns.has(name) && value !== undefined),
  ) as Record<string, ColumnValue>;
}

/** A GUID as files write it, made plain: no braces, lower case. */
export const plainId = (text: string) => text.replace(/[{}]/g, '').toLowerCase();
