import { notEmulated } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import { isActivity } from '../metadata/activities.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { putInForce, relationshipName, type CustomizingCall } from './call.ts';
import { booleanOf, type Sent } from './definition-values.ts';
import { oneToManyNode } from './write-relationship.ts';

/** Parental: what belongs to a row goes with it. */
const parental = { Assign: 'Cascade', Delete: 'Cascade', Reparent: 'Cascade', Share: 'Cascade', Unshare: 'Cascade' };

/** Lets rows of a table have notes and activities, where the definition asks for them. They cannot be taken away again. */
export function relatedRows(call: CustomizingCall, table: TableMetadata, sent: Sent): void {
  if (asks(table, sent, 'HasNotes', 'annotation')) {
    const notes = requireTable(call, 'annotation');
    relate(call, table, notes, {
      column: 'ObjectId',
      many: 'Annotations',
      navigation: `objectid_${table.logicalName}`,
    });
  }
  if (asks(table, sent, 'HasActivities', 'activitypointer')) {
    requireTable(call, 'activitypointer');
    for (const one of [...call.catalogue.tables()].filter(
      (other) => isActivity(other) && other.columns.has('regardingobjectid'),
    )) {
      const ending = one.logicalName === 'activitypointer' ? '' : `_${one.logicalName}`;
      const navigation = `regardingobjectid_${table.logicalName}${ending}`;
      relate(call, table, one, { column: 'RegardingObjectId', many: `${one.schemaName}s`, navigation });
    }
  }
}

/** @throws Fault where it would be taken away */
function asks(table: TableMetadata, sent: Sent, property: string, other: string): boolean {
  const wanted = booleanOf(sent, property);
  const has = table.oneToMany.some((one) => one.referencingTable === other);
  if (has && wanted === false)
    throw faults.invalidArgument(
      `${property} of the entity ${table.logicalName} cannot be disabled once it is enabled.`,
    );
  return wanted === true && !has;
}

function requireTable({ catalogue }: CustomizingCall, name: string): TableMetadata {
  const table = catalogue.table(name);
  if (table === undefined)
    throw notEmulated(
      'Notes and activities where there is no table of them',
      'Install the solution that has them first.',
    );
  return table;
}

interface Related {
  readonly column: string;
  readonly many: string;
  readonly navigation: string;
}

function relate(
  call: CustomizingCall,
  table: TableMetadata,
  other: TableMetadata,
  { column, many, navigation }: Related,
): void {
  const name = `${table.schemaName}_${many}`;
  const node = oneToManyNode({
    name,
    referencing: other.schemaName,
    referenced: table.schemaName,
    column,
    referencingNavigation: navigation,
    referencedNavigation: name,
    version: call.solution.version,
    cascade: parental,
  });
  putInForce(call, [{ ...relationshipName(name), node, isOwn: true }], [other.logicalName]);
}
