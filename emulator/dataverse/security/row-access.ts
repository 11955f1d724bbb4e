import type { ColumnPath, Condition, Query } from '../../query/index.ts';
import { countRows, type Database, type Shapes } from '../../storage/index.ts';
import type { Caller } from '../contract.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { depth, type Grant, type Privileges, type Right } from './privileges.ts';
import { sharedWith } from './shares.ts';

/** Which rows a caller reaches: a condition that goes into the query, so that nobody filters afterwards. */
export interface RowAccess {
  /**
   * Undefined when every row is reached.
   *
   * @param alias of the table in the query; undefined is the root
   * @throws Fault 0x80040220 without the privilege
   */
  condition(caller: Caller, right: Right, table: TableMetadata, alias?: string): Condition | undefined;
  /** @throws Fault 0x80040220 or 0x80048306 */
  requireRow(caller: Caller, right: Right, table: TableMetadata, id: string): void;
  /** False where `requireRow` would refuse. */
  reachesRow(caller: Caller, right: Right, table: TableMetadata, id: string): boolean;
}

/**
 * A row is reached by its owner (the caller or a team of the caller), by the depth of a role measured from the business
 * unit of its holder, or by a share. Tables without an owner are reached as a whole, virtual tables too; of personal
 * settings, everybody's own.
 *
 * Differs: the manager hierarchy is not looked at; who owns a row gets no access of its own to the rows that belong to it.
 */
export function createRowAccess(database: Database, shapes: Shapes, privileges: Privileges): RowAccess {
  function condition(caller: Caller, right: Right, table: TableMetadata, alias?: string): Condition | undefined {
    privileges.require(caller, right, table);
    const of: Condition[] = [];
    // Acting for somebody, both must reach the row.
    for (let one: Caller | undefined = caller; one !== undefined; one = one.actingUser) {
      const reached = reachedBy(one, right, table, alias);
      if (reached !== undefined) of.push(reached);
    }
    return of.length === 0 ? undefined : of.length === 1 ? of[0] : { kind: 'all', of };
  }

  function reachedBy(caller: Caller, right: Right, table: TableMetadata, alias?: string): Condition | undefined {
    const grants = privileges.grants(caller, right, table);
    if (grants === 'all' || grants.some((one) => one.depth === depth.global)) return undefined;
    const path = (column: string): ColumnPath => ({ alias, column });
    if (table.logicalName === 'usersettings')
      return { kind: 'compare', left: path('systemuserid'), operator: 'eq', right: caller.userId };
    if (!table.columns.has('ownerid')) return undefined;
    const principals = [caller.userId, ...privileges.teamsOf(caller)];
    const isTeamOnly = grants.every((one) => one.onlyTeam !== undefined);
    const owners = isTeamOnly ? grants.map((one) => one.onlyTeam!) : principals;
    const of: Condition[] = [{ kind: 'in', left: path('ownerid'), values: owners }];
    const units = [...new Set(grants.flatMap(unitsOf))];
    if (units.length > 0) of.push({ kind: 'in', left: path('owningbusinessunit'), values: units });
    const shared = sharedWith(principals, right, table, database, alias);
    if (shared !== undefined) of.push(shared);
    return of.length === 1 ? of[0] : { kind: 'any', of };
  }

  function unitsOf({ depth: reach, unitId }: Grant): string[] {
    if (reach === depth.basic) return [];
    if (reach !== depth.deep) return [unitId];
    const sql = `with recursive units(id) as (select ? union select businessunitid from businessunit join units on parentbusinessunitid = units.id) select id from units`;
    return database.all(sql, [unitId]).map((row) => String(row['id']));
  }

  function isReached(reached: Condition, table: TableMetadata, id: string): boolean {
    const self: Condition = { kind: 'compare', left: { column: table.primaryId }, operator: 'eq', right: id };
    const filter: Condition = { kind: 'all', of: [self, reached] };
    const query: Query = { table: table.logicalName, columns: [], joins: [], order: [], filter };
    return countRows(database, query, shapes, 1) > 0;
  }

  return {
    condition,
    reachesRow(caller, right, table, id) {
      if (privileges.grants(caller, right, table).length === 0) return false;
      const reached = condition(caller, right, table);
      return reached === undefined || isReached(reached, table, id);
    },
    requireRow(caller, right, table, id) {
      const reached = condition(caller, right, table);
      if (reached === undefined || isReached(reached, table, id)) return;
      throw faults.accessDenied(caller.userId, `${right}Access`, id, table.logicalName);
    },
  };
}
