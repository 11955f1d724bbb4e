import type { TableMetadata } from '../metadata/model.ts';
import { stableId } from '../metadata/stable-id.ts';
import { deleteRow, type Database } from '../../storage/index.ts';
import { shapeOf } from '../metadata/table-shape.ts';
import { defaultSolutionId } from '../solution-import/default-solutions.ts';
import type { ImportPlatform } from '../solution-import/import-platform.ts';
import { putComponent } from '../solution-import/put-component.ts';
import type { CustomizingCall } from './call.ts';

/** Numbers of the component types that are metadata, or belong to a table. */
export const componentType = {
  table: 1,
  column: 2,
  choice: 9,
  relationship: 10,
  key: 14,
  role: 20,
  view: 26,
  workflow: 29,
  chart: 59,
  form: 60,
  webResource: 61,
  environmentVariable: 380,
  environmentVariableValue: 381,
} as const;

/** How a table is in a solution: with all its parts, with those listed, or as what they stand on only. */
export const behavior = { everything: 0, listed: 1, shell: 2 } as const;

interface Membership {
  readonly solutionId: string;
  readonly type: number;
  readonly objectId: string;
}

const membershipId = ({ solutionId, type, objectId }: Membership) =>
  stableId('solutioncomponent', solutionId, String(type), objectId);

/** How a component is in a solution; undefined where it is not. */
export function membershipOf(
  database: Database,
  { solutionId, type, objectId }: Membership,
): { readonly id: string; readonly behavior: number } | undefined {
  const row = database.get(
    'select solutioncomponentid as id, rootcomponentbehavior as behavior from solutioncomponent where solutionid = ? and componenttype = ? and objectid = ?',
    [solutionId, type, objectId],
  );
  return row === undefined ? undefined : { id: String(row['id']), behavior: Number(row['behavior'] ?? 0) };
}

/** @returns the id of the row that says so */
export function addMember(
  platform: ImportPlatform,
  member: Membership & { readonly behavior?: number; readonly root?: string },
): string {
  const { solutionId, type, objectId, root } = member;
  const solutioncomponentid = membershipOf(platform.database, member)?.id ?? membershipId(member);
  putComponent(platform, 'solutioncomponent', {
    solutioncomponentid,
    solutionid: { table: 'solution', id: solutionId },
    componenttype: type,
    objectid: objectId,
    rootcomponentbehavior: member.behavior ?? null,
    ...(root === undefined ? {} : { rootsolutioncomponentid: root }),
    ismetadata: ([1, 2, 9, 10, 14] as number[]).includes(type),
  });
  return solutioncomponentid;
}

export function removeMember({ database, catalogue }: ImportPlatform, member: Membership): void {
  const there = membershipOf(database, member);
  if (there === undefined) return;
  deleteRow(database, shapeOf(catalogue.table('solutioncomponent')!), { solutioncomponentid: there.id });
}

/** A component that is gone is in no solution. */
export const removeFromAll = (database: Database, objectId: string) =>
  void database.run('delete from solutioncomponent where objectid = ?', [objectId]);

/** Adds a component to the solution of the change, and to the default one, which holds everything made here. */
export function joinSolutions(call: CustomizingCall, type: number, objectId: string, how?: number): void {
  for (const solutionId of new Set([call.solution.id, defaultSolutionId]))
    addMember(call, { solutionId, type, objectId, ...(how === undefined ? {} : { behavior: how }) });
}

/** Adds a part of a table: it needs no entry of its own in a solution that has all of the table. */
export function joinWithTable(call: CustomizingCall, table: TableMetadata, type: number, objectId: string): void {
  for (const solutionId of new Set([call.solution.id, defaultSolutionId])) {
    const member = { solutionId, type: componentType.table, objectId: table.metadataId };
    const there = membershipOf(call.database, member);
    if (there?.behavior === behavior.everything) continue;
    const how = table.isManaged ? behavior.shell : behavior.listed;
    const root = there?.id ?? addMember(call, { ...member, behavior: how });
    addMember(call, { solutionId, type, objectId, root });
  }
}
