import { notEmulated } from '../kernel/index.ts';
import { all, any, compare, not, type ConditionOperator } from './condition-operator.ts';
import { dateOperators } from './date-operators.ts';
import { hierarchyOperators } from './hierarchy.ts';
import type { ColumnPath, Condition } from './query.ts';
import type { ColumnValue } from './table-shape.ts';

const plain = (name: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le', ...names: string[]): ConditionOperator[] =>
  [name, ...names].map((one) => ({ name: one, values: 'one', build: (left, [value]) => compare(left, name, value!) }));

const like = (name: string, pattern: (text: string) => string, negative = false): ConditionOperator => ({
  name,
  values: 'one',
  build(left, [value]) {
    const condition: Condition = { kind: 'like', left, pattern: pattern(String(value)) };
    return negative ? not(condition) : condition;
  },
});

const chosen = (name: string, odata: string, build: (condition: Condition) => Condition): ConditionOperator => ({
  name,
  odata,
  values: 'many',
  build: (left, values, _ask, { shape }) =>
    shape.type === 'choices' ? build(any(...values.map((value) => holdsChoice(left, value)))) : undefined,
});

/** A multi-select column is stored as `,1,9,`-free text `1,9`; a value is one of its items. */
function holdsChoice(left: ColumnPath, value: ColumnValue): Condition {
  const text = String(value);
  return any(
    compare(left, 'eq', text),
    ...[`${text},%`, `%,${text}`, `%,${text},%`].map((pattern): Condition => ({ kind: 'like', left, pattern })),
  );
}

/** Who asks is compared with what holds ids: lookups and keys. */
const aboutIds = (operator: ConditionOperator): ConditionOperator => ({
  ...operator,
  build: (left, values, ask, place) =>
    ['lookup', 'guid'].includes(place.shape.type) ? operator.build(left, values, ask, place) : undefined,
});

const idOperators: readonly ConditionOperator[] = [
  {
    name: 'eq-userid',
    odata: 'EqualUserId',
    values: 'none',
    build: (left, _v, { userId }) => compare(left, 'eq', userId),
  },
  {
    name: 'ne-userid',
    odata: 'NotEqualUserId',
    values: 'none',
    build: (left, _v, { userId }) => compare(left, 'ne', userId),
  },
  {
    name: 'eq-businessid',
    odata: 'EqualBusinessId',
    values: 'none',
    build: (left, _v, { businessUnitId }) => compare(left, 'eq', businessUnitId),
  },
  {
    name: 'ne-businessid',
    odata: 'NotEqualBusinessId',
    values: 'none',
    build: (left, _v, { businessUnitId }) => compare(left, 'ne', businessUnitId),
  },
  {
    name: 'eq-userteams',
    odata: 'EqualUserTeams',
    values: 'none',
    build: (left, _v, { teamIds }) => ({ kind: 'in', left, values: teamIds }),
  },
  {
    name: 'eq-useroruserteams',
    odata: 'EqualUserOrUserTeams',
    values: 'none',
    build: (left, _v, { userId, teamIds }) => ({ kind: 'in', left, values: [userId, ...teamIds] }),
  },
];

/** Operators relative to who asks. */
const callerOperators: readonly ConditionOperator[] = [
  ...idOperators.map(aboutIds),
  {
    name: 'eq-userlanguage',
    odata: 'EqualUserLanguage',
    values: 'none',
    build: (left, _v, { language }, { shape }) =>
      ['integer', 'choice'].includes(shape.type) ? compare(left, 'eq', language) : undefined,
  },
];

/** Every operator the emulator knows. @see https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/reference/operators */
export const conditionOperators: readonly ConditionOperator[] = [
  ...plain('eq'),
  ...plain('ne', 'neq'),
  ...plain('gt'),
  ...plain('ge'),
  ...plain('lt'),
  ...plain('le'),
  like('like', (text) => text),
  like('not-like', (text) => text, true),
  like('begins-with', (text) => `${text}%`),
  like('not-begin-with', (text) => `${text}%`, true),
  like('ends-with', (text) => `%${text}`),
  like('not-end-with', (text) => `%${text}`, true),
  { name: 'null', values: 'none', build: (left) => compare(left, 'eq', null) },
  { name: 'not-null', values: 'none', build: (left) => compare(left, 'ne', null) },
  { name: 'in', odata: 'In', values: 'many', build: (left, values) => ({ kind: 'in', left, values }) },
  { name: 'not-in', odata: 'NotIn', values: 'many', build: (left, values) => not({ kind: 'in', left, values }) },
  {
    name: 'between',
    odata: 'Between',
    values: 'two',
    build: (left, [from, to]) => all(compare(left, 'ge', from!), compare(left, 'le', to!)),
  },
  {
    name: 'not-between',
    odata: 'NotBetween',
    values: 'two',
    build: (left, [from, to]) => any(compare(left, 'lt', from!), compare(left, 'gt', to!)),
  },
  chosen('contain-values', 'ContainValues', (condition) => condition),
  chosen('not-contain-values', 'DoesNotContainValues', not),
  ...callerOperators,
  ...dateOperators,
  ...hierarchyOperators,
];

/** Operators and query functions of the platform that are refused by name, and what to do instead. */
export const missingOperators: Readonly<Record<string, string>> = {
  Contains: "It searches the full text of knowledge articles; use contains(column,'text').",
};

const byName = new Map(conditionOperators.map((operator) => [operator.name, operator]));
const byFunction = new Map(
  conditionOperators.flatMap((operator) => (operator.odata === undefined ? [] : [[operator.odata, operator] as const])),
);

/** Undefined when the platform has no such operator. */
export function findOperator(name: string): ConditionOperator | undefined {
  return byName.get(name);
}

/** The same by the name of the OData query function, without its namespace. @throws Fault notEmulated */
export function findQueryFunction(name: string): ConditionOperator | undefined {
  const instead = Object.hasOwn(missingOperators, name) ? missingOperators[name] : undefined;
  if (instead !== undefined) throw notEmulated(`The query function '${name}'`, instead);
  return byFunction.get(name);
}
