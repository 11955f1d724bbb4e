import { notEmulated } from '../../kernel/index.ts';
import type { Step } from '../contract.ts';
import type { ImportPlatform } from '../solution-import/import-platform.ts';
import { addLayer, layersTable } from '../solution-import/layers.ts';
import { activeLayer } from '../solution-import/packages.ts';
import { rowComponents } from './component-names.ts';
import { openSolution } from './open-solution.ts';
import { addMember, componentType, membershipOf, removeFromAll } from './solution-members.ts';
import { cloudFlow } from '../solution-export/put-flows.ts';
import { defaultSolutionId } from '../solution-import/default-solutions.ts';

/** Shared variable in which a request hands the solution it names to the rows it writes. */
export const solutionVariable = 'MSCRM.SolutionUniqueName';

/** Tables whose rows are components that an export can write. */
const tables = [
  componentType.view,
  componentType.form,
  componentType.webResource,
  componentType.role,
  componentType.workflow,
  componentType.chart,
  componentType.environmentVariable,
  componentType.environmentVariableValue,
].map((type) => ({ typeIn: (_platform: ImportPlatform): number => type, table: rowComponents[type]!.table }));

/** Components defined by solutions: their number is handed out by each environment. Decided: it is the code of the table. */
const definedBySolutions = ['catalog', 'catalogassignment'].map((table) => ({
  typeIn: ({ catalogue }: ImportPlatform): number => catalogue.table(table)!.objectTypeCode,
  table,
}));

/** Component types whose rows an export takes from imported packages only. */
const unexported = new Set(
  Object.values(rowComponents)
    .map(({ table }) => table)
    .filter((table) => !tables.some((one) => one.table === table)),
);

/** Messages that change what a role may do. */
const privilegeMessages = ['AddPrivilegesRole', 'ReplacePrivilegesRole', 'RemovePrivilegeRole'];

/** Rows of components join the solution a request names; those that are gone are in none. */
export const componentRowSteps = (platform: () => ImportPlatform): Step[] => [
  {
    name: 'Dataverse.JoinSolution',
    message: 'Create',
    stage: 20,
    async run({ table, target, shared }) {
      const isNoFlow = table.logicalName === 'workflow' && target['category'] !== cloudFlow;
      if (shared.has(solutionVariable) && (isNoFlow || unexported.has(table.logicalName)))
        throw notEmulated(`Making a row of '${table.logicalName}' in a solution`, 'Import a solution that holds it.');
    },
  },
  ...privilegeMessages.map((message): Step => ({
    name: 'Dataverse.JoinSolution',
    table: 'role',
    message,
    stage: 40,
    async run({ id, shared }) {
      const named = shared.get(solutionVariable);
      if (named !== undefined) join(platform(), named, { type: componentType.role, table: 'role', id, of: {} });
    },
  })),
  ...[...tables, ...definedBySolutions].flatMap(({ typeIn, table }): Step[] => [
    {
      name: 'Dataverse.JoinSolution',
      table,
      message: 'Create',
      stage: 40,
      async run({ id, shared, after }) {
        join(platform(), shared.get(solutionVariable), { type: typeIn(platform()), table, id, of: after! });
      },
    },
    {
      name: 'Dataverse.JoinSolution',
      table,
      message: 'Update',
      stage: 40,
      async run({ id, shared, after }) {
        const named = shared.get(solutionVariable);
        if (named !== undefined) join(platform(), named, { type: typeIn(platform()), table, id, of: after! });
      },
    },
    {
      name: 'Dataverse.LeaveSolutions',
      table,
      message: 'Delete',
      stage: 40,
      async run({ id }) {
        removeFromAll(platform().database, id);
      },
    },
  ]),
];

interface ComponentRow {
  readonly type: number;
  readonly table: string;
  readonly id: string;
  readonly of: Readonly<Record<string, unknown>>;
}

function join(given: ImportPlatform, named: unknown, { type, table, id, of }: ComponentRow): void {
  const { database, catalogue } = given;
  const solution = openSolution(database, typeof named === 'string' ? named : undefined);
  const parent = catalogue.table(
    String(of['returnedtypecode'] ?? of['objecttypecode'] ?? of['primaryentitytypecode'] ?? ''),
  );
  for (const solutionId of new Set([solution.id, defaultSolutionId])) {
    const root =
      parent === undefined
        ? undefined
        : membershipOf(database, { solutionId, type: componentType.table, objectId: parent.metadataId });
    if (root?.behavior === 0) continue;
    const how = parent?.isManaged === true ? 2 : 1;
    const rootId =
      parent === undefined
        ? undefined
        : (root?.id ?? addMember(given, { solutionId, type: 1, objectId: parent.metadataId, behavior: how }));
    addMember(given, { solutionId, type, objectId: id, ...(rootId === undefined ? {} : { root: rootId }) });
  }
  database.exec(layersTable);
  addLayer(database, { solution: activeLayer, table, id, isManaged: false });
}
