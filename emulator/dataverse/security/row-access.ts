import type { Condition, Query } from '../../query/index.ts';
import { countRows, type Database, type Shapes } from '../../storage/index.ts';
import type { Caller } from '../contract.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { depth, type Privileges, type Right } from './privileges.ts';

/** Which rows a caller reaches: a condition that goes into the query, so that nobody filters afterwards. */
export interface RowAccess {
  /** Undefined when every row is reached. @throws Fault 0x80040220 without the privilege */
  condition(caller: Caller, right: Right, table: TableMetadata): Condition | undefined;
  /** @throws Fault 0x80040220 or 0x80048306 */
  requireRow(caller: Caller, right: Right, table: TableMetadata, id: string): void;
}

const rightNames: Record<Right, string> = {
  Create: 'CreateAccess',
  Read: 'ReadAccess',
  Write: 'WriteAccess',
  Delete: 'DeleteAccess',
  Append: 'AppendAccess',
  AppendTo: 'AppendToAccess',
  Assign: 'AssignAccess',
  Share: 'ShareAccess',
};

/** Differs: rows shared with the caller are not looked at; sharing is refused by name. */
export function createRowAccess(database: Database, shapes: Shapes, privileges: Privileges): RowAccess {
  function condition(caller: Caller, right: Right, table: TableMetadata): Condition | undefined {
    privileges.require(caller, right, table);
    const reach = privileges.depthOf(caller, right, table);
    if (reach === depth.global || !table.columns.has('ownerid')) return undefined;
    const own: Condition = {
      kind: 'in',
      left: { column: 'ownerid' },
      values: [caller.userId, ...privileges.teamsOf(caller)],
    };
    if (reach === depth.basic) return own;
    const units = reach === depth.deep ? unitsBelow(caller.businessUnitId) : [caller.businessUnitId];
    return { kind: 'any', of: [own, { kind: 'in', left: { column: 'owningbusinessunit' }, values: units }] };
  }

  function unitsBelow(id: string): string[] {
    const sql = `with recursive units(id) as (select ? union select businessunitid from businessunit join units on parentbusinessunitid = units.id) select id from units`;
    return database.all(sql, [id]).map((row) => String(row['id']));
  }

  return {
    condition,
    requireRow(caller, right, table, id) {
      const reached = condition(caller, right, table);
      if (reached === undefined) return;
      const self: Condition = { kind: 'compare', left: { column: table.primaryId }, operator: 'eq', right: id };
      const query: Query = {
        table: table.logicalName,
        columns: [],
        joins: [],
        order: [],
        filter: { kind: 'all', of: [self, reached] },
      };
      if (countRows(database, query, shapes, 1) === 0)
        throw faults.accessDenied(caller.userId, rightNames[right], id, table.logicalName);
    },
  };
}
