import { faults } from '../faults.ts';
import type { Definition } from './managed-property.ts';

/** `MetadataQueryExpression`: which definitions, and which of their properties. */
export interface MetadataQuery {
  isWanted(definition: Definition): boolean;
  /** The properties asked for, beside those every answer has. */
  select(definition: Definition): Definition;
  asksFor(property: string): boolean;
}

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (what: string) => faults.invalidArgument(`Invalid Argument: the metadata query ${what}.`);

/** @param kept properties that are answered whatever is asked for */
export function readMetadataQuery(given: unknown, kept: readonly string[]): MetadataQuery {
  if (given !== undefined && given !== null && !isJson(given)) throw wrong('is no object');
  const { Criteria, Properties } = (given ?? {}) as Json;
  const criteria = readFilter(Criteria);
  const names = readProperties(Properties);
  const all = names === 'all';
  const wanted = new Set([...kept, 'MetadataId', 'HasChanged', ...(all ? [] : names)]);
  return {
    isWanted: criteria,
    select: (definition) =>
      all ? definition : Object.fromEntries(Object.entries(definition).filter(([name]) => wanted.has(name))),
    asksFor: (property) => all || names.includes(property),
  };
}

function readProperties(given: unknown): 'all' | string[] {
  if (given === undefined || given === null) return [];
  if (!isJson(given)) throw wrong("has 'Properties' that are no object");
  if (String(given['AllProperties']).toLowerCase() === 'true') return 'all';
  const names = given['PropertyNames'] ?? [];
  if (!Array.isArray(names)) throw wrong("has 'PropertyNames' that are no list");
  return names.map(String);
}

type Test = (definition: Definition) => boolean;

/** `MetadataFilterExpression`: conditions and filters joined by And or Or. */
function readFilter(given: unknown): Test {
  if (given === undefined || given === null) return () => true;
  if (!isJson(given)) throw wrong('has a filter that is no object');
  const list = (name: string) => {
    const value = given[name] ?? [];
    if (!Array.isArray(value)) throw wrong(`has '${name}' that are no list`);
    return value as unknown[];
  };
  const tests = [...list('Conditions').map(readCondition), ...list('Filters').map(readFilter)];
  if (tests.length === 0) return () => true;
  const isAny = ['or', '1'].includes(String(given['FilterOperator'] ?? 'And').toLowerCase());
  return (definition) => (isAny ? tests.some((one) => one(definition)) : tests.every((one) => one(definition)));
}

const operators = ['Equals', 'NotEquals', 'In', 'NotIn', 'GreaterThan', 'LessThan'] as const;

function readCondition(given: unknown): Test {
  if (!isJson(given)) throw wrong('has a condition that is no object');
  const property = String(given['PropertyName'] ?? '');
  const stated = given['ConditionOperator'] ?? 'Equals';
  const operator = typeof stated === 'number' ? operators[stated] : operators.find((one) => one === stated);
  if (operator === undefined) throw wrong(`has the unknown ConditionOperator '${String(stated)}'`);
  const value = readValue(given['Value']);
  return (definition) => {
    if (!(property in definition)) throw faults.unknownProperty(property, 'MetadataConditionExpression');
    return compare(plain(definition[property]), operator, value);
  };
}

/** `{"Type":"System.String","Value":"account"}`; a list is JSON text, in quotes of either kind. */
function readValue(given: unknown): unknown {
  const value = isJson(given) && 'Value' in given ? given['Value'] : given;
  const type = isJson(given) ? String(given['Type'] ?? '') : '';
  if (!type.endsWith('[]') || typeof value !== 'string') return value;
  try {
    return JSON.parse(value.includes('"') ? value : value.replaceAll("'", '"')) as unknown;
  } catch {
    throw wrong(`has a list that cannot be read: ${value}`);
  }
}

/** The value of a managed property, and of a named type. */
const plain = (value: unknown): unknown => (isJson(value) && 'Value' in value ? value['Value'] : value);

function compare(left: unknown, operator: (typeof operators)[number], right: unknown): boolean {
  switch (operator) {
    case 'Equals':
      return isSame(left, right);
    case 'NotEquals':
      return !isSame(left, right);
    case 'In':
    case 'NotIn': {
      if (!Array.isArray(right)) throw wrong(`compares with ${operator}, but its value is no list`);
      return right.some((one) => isSame(left, one)) === (operator === 'In');
    }
    case 'GreaterThan':
      return left !== null && Number(left) > Number(right);
    case 'LessThan':
      return left !== null && Number(left) < Number(right);
  }
}

/** Values come as text of their type: `true` for a yes/no, a name or a number for an enumeration. */
function isSame(left: unknown, right: unknown): boolean {
  if (left === null || right === null || right === undefined) return (left ?? null) === (right ?? null);
  if (typeof left === 'boolean') return String(left) === String(right).toLowerCase();
  return String(left) === String(right);
}

/** `LabelQueryExpression`: labels in these languages only. */
export function readLanguages(given: unknown): ReadonlySet<number> | undefined {
  const list = isJson(given) ? given['FilterLanguages'] : undefined;
  return Array.isArray(list) && list.length > 0 ? new Set(list.map(Number)) : undefined;
}

/** A definition with its labels in these languages only. */
export function inLanguages<T>(value: T, languages: ReadonlySet<number> | undefined): T {
  if (languages === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => inLanguages(one, languages)) as T;
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    name === 'LocalizedLabels' && Array.isArray(inner)
      ? (inner as { LanguageCode: number }[]).filter((one) => languages.has(one.LanguageCode))
      : inLanguages(inner as unknown, languages),
  ]);
  return Object.fromEntries(entries) as T;
}
