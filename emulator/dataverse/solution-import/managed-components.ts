import type { Row } from '../../query/index.ts';
import { deleteRow } from '../../storage/index.ts';
import { shapeOf } from '../metadata/table-shape.ts';
import { stableId } from '../metadata/stable-id.ts';
import { addPrivilege, privilegeId, removePrivilege } from './privileges.ts';
import { findSolution } from './packages.ts';
import type { ImportPlatform } from './import-platform.ts';
import { findComponent, putComponent } from './put-component.ts';
import { solutionIdOf } from './solution-record.ts';

/** Components another system keeps here, as part of a managed solution: written as an import writes them, in a transaction. */
export interface ManagedComponents {
  /** The id of a component by what names it. */
  idOf(table: string, ...names: readonly string[]): string;
  /** Writes a row, and lists it in the solution unless it is a part of another component. */
  put(table: string, row: Row, solution?: string): void;
  remove(table: string, id: string): void;
  /** Makes a privilege that belongs to no table, and gives it to the role of this name. */
  addPrivilege(name: string, role: string): void;
  removePrivilege(name: string): void;
}

/** @param changed called when privileges have changed */
export function createManagedComponents(platform: () => ImportPlatform, changed: () => void): ManagedComponents {
  return {
    idOf: stableId,
    put(table, row, solution) {
      const call = platform();
      putComponent(call, table, { ...row, ismanaged: true });
      const metadata = call.catalogue.table(table)!;
      if (solution === undefined || findSolution(call.database, solution) === undefined) return;
      const id = String(row[metadata.primaryId]);
      const type = metadata.objectTypeCode;
      const solutionId = solutionIdOf(call, solution);
      putComponent(call, 'solutioncomponent', {
        solutioncomponentid: stableId('solutioncomponent', solutionId, String(type), id),
        solutionid: { table: 'solution', id: solutionId },
        componenttype: type,
        objectid: id,
        rootcomponentbehavior: null,
        ismetadata: false,
      });
    },
    remove(table, id) {
      const { database, catalogue } = platform();
      const metadata = catalogue.table(table)!;
      deleteRow(database, shapeOf(metadata), { [metadata.primaryId]: id });
      database.run('delete from solutioncomponent where objectid = ?', [id]);
    },
    addPrivilege(name, role) {
      const call = platform();
      addPrivilege(call, name, 0, false);
      const roleid = findComponent(call, 'role', 'name', role);
      if (roleid !== undefined) giveOnce(call, roleid, name);
      changed();
    },
    removePrivilege(name) {
      removePrivilege(platform(), name);
      changed();
    },
  };
}

/** At Global: what belongs to no table reaches everywhere. */
function giveOnce(call: ImportPlatform, roleid: string, name: string): void {
  const privilegeid = privilegeId(name);
  const there = call.database.get('select 1 from roleprivileges where roleid = ? and privilegeid = ?', [
    roleid,
    privilegeid,
  ]);
  if (there !== undefined) return;
  const roleprivilegeid = stableId('roleprivilege', roleid, name);
  putComponent(call, 'roleprivileges', { roleprivilegeid, roleid, privilegeid, privilegedepthmask: 8 });
}
