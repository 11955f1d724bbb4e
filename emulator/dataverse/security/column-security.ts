import type { Row } from '../../query/index.ts';
import type { Database } from '../../storage/index.ts';
import type { Caller } from '../contract.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import type { Privileges } from './privileges.ts';

type Use = 'canread' | 'cancreate' | 'canupdate';

/** Secured columns: who has no profile that allows it reads null and writes nothing. System administrators pass. */
export interface ColumnSecurity {
  /** Secured columns of the table whose values the caller may not see. */
  hidden(caller: Caller, table: TableMetadata): ReadonlySet<string>;
  /** Puts null into every hidden column of rows of the table: asked once for all rows of an answer. */
  masking(caller: Caller, table: TableMetadata): (row: Row) => Row;
  /** @throws Fault 0x8004f502 (create), 0x8004f507 (update) naming the first column that is refused */
  requireWritable(caller: Caller, table: TableMetadata, columns: Iterable<string>, message: 'Create' | 'Update'): void;
}

/** Puts null into these columns of a row. */
export function hiding(names: ReadonlySet<string>): (row: Row) => Row {
  if (names.size === 0) return (row) => row;
  return (row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, names.has(name) ? null : value]));
}

const allowed = 4;

const permissions = `
  select distinct p.attributelogicalname as name from fieldpermission p where p.entityname__folded = ?2 and p.{use} = ${allowed}
    and (p.fieldsecurityprofileid in (select fieldsecurityprofileid from systemuserprofiles where systemuserid = ?1)
      or p.fieldsecurityprofileid in (select tp.fieldsecurityprofileid from teamprofiles tp
        join teammembership tm on tm.teamid = tp.teamid where tm.systemuserid = ?1))`;

function securedOf({ columns }: TableMetadata): string[] {
  const names: string[] = [];
  for (const column of columns.values()) if (column.isSecured) names.push(column.logicalName);
  return names;
}

/** Differs: single rows opened through `principalobjectattributeaccess` are not looked at. */
export function createColumnSecurity(database: Database, privileges: Privileges): ColumnSecurity {
  function refused(caller: Caller, table: TableMetadata, use: Use): ReadonlySet<string> {
    let secured: readonly string[] | undefined;
    const names = new Set<string>();
    for (let one: Caller | undefined = caller; one !== undefined; one = one.actingUser) {
      if (privileges.hasAll(one)) continue;
      secured ??= securedOf(table);
      if (secured.length === 0) break;
      const rows = database.all(permissions.replace('{use}', use), [one.userId, table.logicalName]);
      const open = new Set(rows.map((row) => String(row['name'])));
      for (const name of secured) if (!open.has(name)) names.add(name);
    }
    return names;
  }

  const hidden: ColumnSecurity['hidden'] = (caller, table) => refused(caller, table, 'canread');

  return {
    hidden,
    masking: (caller, table) => hiding(hidden(caller, table)),
    requireWritable(caller, table, columns, message) {
      const names = refused(caller, table, message === 'Create' ? 'cancreate' : 'canupdate');
      if (names.size === 0) return;
      for (const name of columns) if (names.has(name)) throw faults.securedColumn(name, table.logicalName, message);
    },
  };
}
