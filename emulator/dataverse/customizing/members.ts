import { notEmulated, readGuid } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import type { CustomizingCall } from './call.ts';
import { columnById, describe, relationshipById, tableById, type Component } from './component-names.ts';
import { isSent, textOf, wholeOf, type Sent } from './definition-values.ts';
import { openSolution } from './open-solution.ts';
import { addMember, behavior, componentType, membershipOf, removeMember } from './solution-members.ts';

/** `AddSolutionComponent`. @returns the id of the row of `solutioncomponent` */
export function addSolutionComponent(call: CustomizingCall, sent: Sent): string {
  const { component, solution } = readMember(call, sent, readGuid(textOf(sent, 'ComponentId') ?? ''));
  const { type, id } = component;
  const how =
    type === componentType.table
      ? sent['DoNotIncludeSubcomponents'] === true
        ? behavior.listed
        : isManagedTable(call, id)
          ? behavior.listed
          : behavior.everything
      : undefined;
  if (sent['AddRequiredComponents'] === true) addRequired(call, solution.id, component);
  const root = tableOf(call, component);
  const there =
    root === undefined
      ? undefined
      : membershipOf(call.database, { solutionId: solution.id, type: componentType.table, objectId: root });
  const rootId =
    root === undefined
      ? undefined
      : (there?.id ??
        addMember(call, {
          solutionId: solution.id,
          type: componentType.table,
          objectId: root,
          behavior: behavior.shell,
        }));
  return addMember(call, {
    solutionId: solution.id,
    type,
    objectId: id,
    ...(how === undefined ? {} : { behavior: how }),
    ...(rootId === undefined ? {} : { root: rootId }),
  });
}

const isManagedTable = ({ catalogue }: CustomizingCall, id: string) => tableById(catalogue, id)?.isManaged === true;

/** The table a part of one belongs to. */
function tableOf({ catalogue, database }: CustomizingCall, { type, id }: Component): string | undefined {
  switch (type) {
    case componentType.column:
      return columnById(catalogue, id)?.table.metadataId;
    case componentType.relationship: {
      const relationship = relationshipById(catalogue, id)!;
      const name = 'referencingTable' in relationship ? relationship.referencingTable : relationship.firstTable;
      return catalogue.table(name)!.metadataId;
    }
    case componentType.view: {
      const row = database.get('select returnedtypecode as name from savedquery where savedqueryid = ?', [id]);
      return catalogue.table(String(row?.['name']))?.metadataId;
    }
    case componentType.chart: {
      const sql =
        'select primaryentitytypecode as name from savedqueryvisualization where savedqueryvisualizationid = ?';
      return catalogue.table(String(database.get(sql, [id])?.['name']))?.metadataId;
    }
    case componentType.form: {
      const row = database.get('select objecttypecode as name from systemform where formid = ?', [id]);
      return catalogue.table(String(row?.['name']))?.metadataId;
    }
    default:
      return undefined;
  }
}

/** What a component cannot be imported without: unmanaged tables lookups of a table point at, and global choices. */
function addRequired(call: CustomizingCall, solutionId: string, { type, id }: Component): void {
  const table = type === componentType.table ? tableById(call.catalogue, id) : undefined;
  const columns = table === undefined ? [columnById(call.catalogue, id)?.column] : [...table.columns.values()];
  for (const column of columns) {
    if (column === undefined) continue;
    if (column.choice?.isGlobal === true && !column.choice.isManaged)
      addMember(call, { solutionId, type: componentType.choice, objectId: column.choice.metadataId, behavior: 0 });
    for (const name of column.targets) {
      const target = call.catalogue.table(name);
      if (target === undefined || target.isManaged || target.metadataId === id) continue;
      const member = { solutionId, type: componentType.table, objectId: target.metadataId };
      if (membershipOf(call.database, member) === undefined)
        addMember(call, { ...member, behavior: behavior.everything });
    }
  }
}

/** `RemoveSolutionComponent`: the component stays, outside the solution. */
export function removeSolutionComponent(call: CustomizingCall, sent: Sent): string {
  const given = sent['SolutionComponent'];
  const named = isSent(given)
    ? readGuid(textOf(given, 'solutioncomponentid') ?? '')
    : readGuid(textOf(sent, 'ComponentId') ?? '');
  const { database } = call;
  // The documents put the id of the component into the key of the row; the row's own id is taken too.
  const row = database.get('select objectid from solutioncomponent where solutioncomponentid = ?', [named ?? '']);
  const { component, solution } = readMember(call, sent, row === undefined ? named : String(row['objectid']));
  const member = { solutionId: solution.id, type: component.type, objectId: component.id };
  const there = membershipOf(database, member);
  if (there === undefined) throw faults.rowNotFound('SolutionComponent', component.id);
  removeMember(call, member);
  const parts = database.all(
    'select componenttype as type, objectid as id from solutioncomponent where solutionid = ? and rootsolutioncomponentid = ?',
    [solution.id, there.id],
  );
  for (const { type, id } of parts)
    removeMember(call, { solutionId: solution.id, type: Number(type), objectId: String(id) });
  return there.id;
}

function readMember(call: CustomizingCall, sent: Sent, id: string | undefined) {
  const type = wholeOf(sent, 'ComponentType');
  if (id === undefined || type === undefined)
    throw faults.invalidArgument("Invalid Argument: the id of the component is a GUID, its 'ComponentType' a number.");
  const name = textOf(sent, 'SolutionUniqueName');
  if (name === undefined) throw faults.parameterMissing('SolutionUniqueName', 'AddSolutionComponent');
  const solution = openSolution(call.database, name);
  if (!exported.has(type))
    throw notEmulated(`A solution component of type '${type}'`, 'Import a solution that holds the component.');
  const component: Component = { type, id };
  if (describe(call, component) === undefined) throw faults.rowNotFound('SolutionComponent', id);
  return { component, solution };
}

/** Types an export can write. */
const exported: ReadonlySet<number> = new Set([
  componentType.table,
  componentType.column,
  componentType.choice,
  componentType.relationship,
  componentType.key,
  componentType.view,
  componentType.form,
  componentType.webResource,
  componentType.role,
  componentType.workflow,
  componentType.chart,
  componentType.environmentVariable,
  componentType.environmentVariableValue,
]);
