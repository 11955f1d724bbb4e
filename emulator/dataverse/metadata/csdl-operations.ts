import { edmTypes } from '../messages/operations/edm-types.ts';
import type { Parameter, Signature } from '../messages/operations/operation.ts';

/** Types that parameters are of. */
const sharedTypes = [
  `<EnumType Name="PrivilegeDepth">${['Basic', 'Local', 'Deep', 'Global'].map((name, value) => `<Member Name="${name}" Value="${value}" />`).join('')}</EnumType>`,
  '<ComplexType Name="RolePrivilege"><Property Name="Depth" Type="mscrm.PrivilegeDepth" Nullable="false" /><Property Name="PrivilegeId" Type="Edm.Guid" Nullable="false" /><Property Name="BusinessUnitId" Type="Edm.Guid" Nullable="false" /><Property Name="PrivilegeName" Type="Edm.String" Unicode="false" /></ComplexType>',
];

/** `Function` and `Action` elements of operations, with the types they answer. */
export const writeOperations = (operations: readonly Signature[]): string[] => [
  ...sharedTypes,
  ...operations.flatMap(writeOperation),
];

/** Their imports in the container: of those that are bound to nothing. */
export const writeImports = (operations: readonly Signature[]): string[] =>
  operations
    .filter(({ boundTo }) => boundTo === undefined)
    .map(({ name, isFunction }) => {
      const kind = isFunction ? 'Function' : 'Action';
      return `<${kind}Import Name="${name}" ${kind}="mscrm.${name}" />`;
    });

function writeOperation(operation: Signature): string[] {
  const { name, isFunction, boundTo, parameters, results } = operation;
  const kind = isFunction ? 'Function' : 'Action';
  const bound = boundTo === undefined ? '' : ' IsBound="true"';
  const inner = [...binding(operation), ...parameters.map(writeParameter), ...returned(operation)].join('');
  const response = `<ComplexType Name="${name}Response">${results.map(writeProperty).join('')}</ComplexType>`;
  const types = results.length === 0 || isRows(results) ? [] : [response];
  return [...types, `<${kind} Name="${name}"${bound}>${inner}</${kind}>`];
}

function binding({ boundTo, table = 'crmbaseentity' }: Signature): string[] {
  if (boundTo === undefined) return [];
  const name = boundTo === 'row' ? 'entity' : 'entityset';
  const type = boundTo === 'row' ? `mscrm.${table}` : `Collection(mscrm.${table})`;
  return [`<Parameter Name="${name}" Type="${type}" Nullable="false" />`];
}

const writeParameter = (parameter: Parameter) =>
  `<Parameter Name="${parameter.name}" Type="${typeOf(parameter)}"${nullable(parameter)} />`;

const writeProperty = (property: Parameter) =>
  `<Property Name="${property.name}" Type="${typeOf(property)}"${property.isOptional === true ? '' : ' Nullable="false"'} />`;

const nullable = ({ isOptional }: Parameter) => (isOptional === true ? '' : ' Nullable="false"');

/** Rows that are all there is to answer are answered as they are. */
const isRows = (results: readonly Parameter[]) =>
  results.length === 1 && ['entity', 'entityCollection'].includes(results[0]!.type);

function returned({ name, results }: Signature): string[] {
  if (results.length === 0) return [];
  const type = isRows(results) ? typeOf(results[0]!) : `mscrm.${name}Response`;
  return [`<ReturnType Type="${type}" Nullable="false" />`];
}

function typeOf({ type, table }: Parameter): string {
  const plain = edmTypes[type];
  return table === undefined ? plain : plain.replace('crmbaseentity', table);
}
