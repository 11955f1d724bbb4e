import { readGuid } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import { stableId } from '../metadata/stable-id.ts';
import { answer } from '../web-api/answer.ts';
import type { Operations } from '../web-api/operations/operation.ts';
import { functionParameters } from '../web-api/operations/parameters.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import { columnById, describe, relationshipById, tableById, type Component } from './component-names.ts';
import { dependentsOf, type Dependent } from './dependencies.ts';
import { componentType } from './solution-members.ts';

/** A function that answers rows of `dependency`, which are stored nowhere. */
function asking(
  name: string,
  find: (context: RequestContext, parameters: ReadonlyMap<string, string>) => readonly Dependent[],
): Operations {
  return {
    [name]: {
      method: 'GET',
      async run(context, { inside }) {
        const found = find(context, functionParameters(context, inside));
        return answer(context, {
          '@odata.context': `${context.base}/$metadata#dependencies`,
          value: found.map((one) => dependencyRow(context, one)),
        });
      },
    },
  };
}

/** A published dependency; the kind of the platform for what is found by what components hold. */
function dependencyRow(context: RequestContext, { type, id, required }: Dependent) {
  return {
    '@odata.type': '#Microsoft.Dynamics.CRM.dependency',
    dependencyid: stableId('dependency', String(type), id, String(required.type), required.id),
    dependencytype: 2,
    dependentcomponenttype: type,
    dependentcomponentobjectid: id,
    dependentcomponentparentid: parentOf(context, { type, id }),
    requiredcomponenttype: required.type,
    requiredcomponentobjectid: required.id,
    requiredcomponentparentid: parentOf(context, required),
  };
}

/** The table a column is of. */
const parentOf = ({ parts }: RequestContext, { type, id }: Component): string | null =>
  type === componentType.column ? (columnById(parts.solutions.catalogue, id)?.table.metadataId ?? null) : null;

function readComponent(context: RequestContext, parameters: ReadonlyMap<string, string>): Component {
  const id = readGuid((parameters.get('ObjectId') ?? '').replace(/'/g, ''));
  const type = Number(parameters.get('ComponentType'));
  if (id === undefined || !Number.isInteger(type))
    throw faults.invalidArgument("Invalid Argument: 'ObjectId' is a GUID, 'ComponentType' a number.");
  const component = { type, id };
  if (describe(surroundings(context), component) === undefined) throw faults.rowNotFound('SolutionComponent', id);
  return component;
}

const surroundings = ({ parts }: RequestContext) => ({
  catalogue: parts.solutions.catalogue,
  database: parts.database,
});

/** The components of a solution. @throws Fault 0x80040217 for one that is not there */
function membersOf({ parts }: RequestContext, parameters: ReadonlyMap<string, string>): Component[] {
  const name = (parameters.get('SolutionUniqueName') ?? '').replace(/^'(.*)'$/, '$1');
  const solution = parts.database.get('select solutionid as id from solution where uniquename = ? collate nocase', [
    name,
  ]);
  if (solution === undefined) throw faults.rowNotFound('Solution', name);
  return parts.database
    .all('select componenttype as type, objectid as id from solutioncomponent where solutionid = ?', [solution['id']!])
    .map(({ type, id }) => ({ type: Number(type), id: String(id) }));
}

const keyOf = ({ type, id }: Component) => `${type}/${id}`;

/** What would keep a solution from being uninstalled: what stands outside on its components. */
function onSolution(context: RequestContext, parameters: ReadonlyMap<string, string>): Dependent[] {
  const members = membersOf(context, parameters);
  const inside = new Set(members.map(keyOf));
  const { catalogue } = surroundings(context);
  const isInside = (one: Component) => {
    const table = one.type === componentType.column ? columnById(catalogue, one.id)?.table.metadataId : undefined;
    return inside.has(keyOf(one)) || (table !== undefined && inside.has(`${componentType.table}/${table}`));
  };
  return members.flatMap((one) => dependentsOf(surroundings(context), one)).filter((one) => !isInside(one));
}

/** What components of a solution need that neither it nor a managed solution has. */
function missingOf(context: RequestContext, parameters: ReadonlyMap<string, string>): Dependent[] {
  const members = membersOf(context, parameters);
  const inside = new Set(members.map(keyOf));
  const { catalogue } = surroundings(context);
  const needs = members.flatMap((dependent): Dependent[] => {
    const table = dependent.type === componentType.table ? tableById(catalogue, dependent.id) : undefined;
    const own = dependent.type === componentType.column ? columnById(catalogue, dependent.id)?.column : undefined;
    const relationship =
      dependent.type === componentType.relationship ? relationshipById(catalogue, dependent.id) : undefined;
    const columns = [...(table?.columns.values() ?? []), ...(own === undefined ? [] : [own])].filter(
      (one) => !one.isManaged,
    );
    const names = [
      ...columns.flatMap(({ targets }) => targets),
      ...(relationship === undefined || 'referencingTable' in relationship
        ? []
        : [relationship.firstTable, relationship.secondTable]),
    ];
    const tables = [...new Set(names)]
      .map((name) => catalogue.table(name))
      .filter((one) => one !== undefined && !one.isManaged)
      .map((one) => ({ type: componentType.table, id: one!.metadataId }));
    const choices = columns
      .filter(({ choice }) => choice?.isGlobal === true && !choice.isManaged)
      .map(({ choice }) => ({ type: componentType.choice, id: choice!.metadataId }));
    return [...tables, ...choices].map((required) => ({ ...dependent, required }));
  });
  return needs.filter(({ required }) => !inside.has(keyOf(required)));
}

export const dependencyFunctions: Operations = {
  ...asking('RetrieveDependenciesForDelete', (context, parameters) =>
    dependentsOf(surroundings(context), readComponent(context, parameters)),
  ),
  ...asking('RetrieveDependentComponents', (context, parameters) =>
    dependentsOf(surroundings(context), readComponent(context, parameters)),
  ),
  ...asking('RetrieveDependenciesForUninstall', onSolution),
  ...asking('RetrieveMissingDependencies', missingOf),
};
