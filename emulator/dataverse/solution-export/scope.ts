import type { Database } from '../../storage/index.ts';
import { behavior, componentType } from '../customizing/solution-members.ts';
import { tableById } from '../customizing/component-names.ts';
import type { Catalogue, MutableTable } from '../metadata/catalogue.ts';
import type { TableMetadata } from '../metadata/model.ts';

/** Which components a solution holds. */
export interface Scope {
  readonly tables: readonly TableInScope[];
  /** Whether the solution lists the component of this type. */
  has(type: number, id: string): boolean;
}

export interface TableInScope {
  readonly table: MutableTable;
  readonly behavior: number;
}

export function scopeOf(database: Database, catalogue: Catalogue, solutionId: string): Scope {
  const rows = database.all(
    'select componenttype as type, objectid as id, rootcomponentbehavior as behavior from solutioncomponent where solutionid = ?',
    [solutionId],
  );
  const listed = new Set(rows.map(({ type, id }) => `${type}/${id}`));
  return {
    tables: rows
      .filter(({ type }) => type === componentType.table)
      .flatMap(({ id, behavior: how }) => {
        const table = tableById(catalogue, String(id));
        return table === undefined ? [] : [{ table, behavior: Number(how ?? 0) }];
      }),
    has: (type, id) => listed.has(`${type}/${id}`),
  };
}

/** A table all of whose unmanaged parts belong to the solution. */
export const isWhole = (scope: Scope, table: Pick<TableMetadata, 'logicalName'>): boolean =>
  scope.tables.some((one) => one.table.logicalName === table.logicalName && one.behavior === behavior.everything);

/** Whether an unmanaged part of a table belongs to the solution. */
export const isInScope = (
  scope: Scope,
  table: TableMetadata,
  part: { readonly type: number; readonly id: string; readonly isManaged: boolean },
): boolean => scope.has(part.type, part.id) || (!part.isManaged && isWhole(scope, table));
