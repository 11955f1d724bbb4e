import { escapeXml } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import { isObject, type JsonObject } from './read-body.ts';

/**
 * A `QueryExpression` as the FetchXML that asks for the same rows: both are two ways to write one query.
 *
 * @throws Fault 0x80040203 for a part that cannot be read
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/queryexpression
 */
export function fetchXmlOf(expression: JsonObject): string {
  const table = textIn(expression, 'EntityName');
  if (table === undefined) throw wrong("names no 'EntityName'");
  const attributes: Record<string, unknown> = {
    top: expression['TopCount'],
    distinct: expression['Distinct'] === true ? 'true' : undefined,
    ...pageOf(expression['PageInfo']),
  };
  const inside = [
    columnsOf(expression['ColumnSet']),
    listIn(expression, 'Orders').map(orderOf).join(''),
    filterOf(expression['Criteria']),
    listIn(expression, 'LinkEntities').map(linkOf).join(''),
  ].join('');
  return `<fetch${written(attributes)}><entity${written({ name: table })}>${inside}</entity></fetch>`;
}

const wrong = (what: string) => faults.invalidArgument(`Invalid Argument: the query expression ${what}.`);

/** Attributes with a value. */
const written = (attributes: Readonly<Record<string, unknown>>) =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');

const textIn = (given: JsonObject, name: string) => (typeof given[name] === 'string' ? given[name] : undefined);

function listIn(given: JsonObject, name: string): JsonObject[] {
  const list = given[name] ?? [];
  if (!Array.isArray(list) || !list.every(isObject)) throw wrong(`has '${name}' that are no list`);
  return list;
}

function pageOf(given: unknown): Record<string, unknown> {
  if (!isObject(given)) return {};
  const { PageNumber, Count, ReturnTotalRecordCount } = given;
  return {
    page: Number(PageNumber) > 0 ? PageNumber : undefined,
    count: Number(Count) > 0 ? Count : undefined,
    returntotalrecordcount: ReturnTotalRecordCount === true ? 'true' : undefined,
  };
}

function columnsOf(given: unknown): string {
  if (!isObject(given)) return '';
  if (given['AllColumns'] === true) return '<all-attributes/>';
  const names = given['Columns'] ?? [];
  if (!Array.isArray(names)) throw wrong("has 'Columns' that are no list");
  return names.map((name) => `<attribute${written({ name })}/>`).join('');
}

function orderOf({ AttributeName, OrderType }: JsonObject): string {
  const isDescending = OrderType === 1 || OrderType === 'Descending';
  return `<order${written({ attribute: AttributeName, descending: isDescending ? 'true' : undefined })}/>`;
}

function filterOf(given: unknown): string {
  if (given === undefined || given === null) return '';
  if (!isObject(given)) throw wrong('has a filter that is no object');
  const inside = [...listIn(given, 'Conditions').map(conditionOf), ...listIn(given, 'Filters').map(filterOf)].join('');
  const type = given['FilterOperator'] === 1 || given['FilterOperator'] === 'Or' ? 'or' : 'and';
  return inside === '' ? '' : `<filter type="${type}">${inside}</filter>`;
}

function conditionOf(given: JsonObject): string {
  const values = listOfValues(given['Values']);
  const place = { entityname: given['EntityName'], attribute: given['AttributeName'] };
  const operator = operatorOf(given['Operator']);
  const hasList = values.length > 1 || listOperators.has(operator);
  if (!hasList) return `<condition${written({ ...place, operator, value: values[0] })}/>`;
  const list = values.map((value) => `<value>${escapeXml(value)}</value>`).join('');
  return `<condition${written({ ...place, operator })}>${list}</condition>`;
}

const listOperators: ReadonlySet<string> = new Set(['in', 'not-in', 'contain-values', 'not-contain-values']);

/** `[{"Value":"…","Type":"System.Guid"}]`, or the bare values. */
function listOfValues(given: unknown): string[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw wrong("has 'Values' that are no list");
  return given.map((one: unknown) => String(isObject(one) ? one['Value'] : one));
}

/** Names of `ConditionOperator` that are not those of FetchXML with capitals for hyphens. */
const irregular: Readonly<Record<string, string>> = {
  Equal: 'eq',
  NotEqual: 'ne',
  GreaterThan: 'gt',
  LessThan: 'lt',
  GreaterEqual: 'ge',
  LessEqual: 'le',
  DoesNotBeginWith: 'not-begin-with',
  DoesNotEndWith: 'not-end-with',
  DoesNotContainValues: 'not-contain-values',
  Last7Days: 'last-seven-days',
  Next7Days: 'next-seven-days',
  EqualUserId: 'eq-userid',
  NotEqualUserId: 'ne-userid',
  EqualBusinessId: 'eq-businessid',
  NotEqualBusinessId: 'ne-businessid',
  EqualUserTeams: 'eq-userteams',
  EqualUserOrUserTeams: 'eq-useroruserteams',
  EqualUserOrUserHierarchy: 'eq-useroruserhierarchy',
  EqualUserOrUserHierarchyAndTeams: 'eq-useroruserhierarchyandteams',
  EqualUserLanguage: 'eq-userlanguage',
  AboveOrEqual: 'eq-or-above',
  UnderOrEqual: 'eq-or-under',
};

function operatorOf(given: unknown): string {
  if (typeof given !== 'string') throw wrong(`has the ConditionOperator '${String(given)}', which is no name of one`);
  const regular = given.replace(/(?<=[a-zX])(?=[A-Z])/g, '-').toLowerCase();
  return irregular[given] ?? regular.replace(/^older-than-/, 'olderthan-');
}

/** `JoinOperator`, as `link-type`. */
const joins: Readonly<Record<string, string>> = {
  Inner: 'inner',
  LeftOuter: 'outer',
  Natural: 'natural',
  MatchFirstRowUsingCrossApply: 'matchfirstrowusingcrossapply',
  In: 'in',
  Exists: 'exists',
  Any: 'any',
  NotAny: 'not any',
  All: 'all',
  NotAll: 'not all',
};

function linkOf(given: JsonObject): string {
  const join = given['JoinOperator'] ?? 'Inner';
  const type = typeof join === 'string' ? joins[join] : undefined;
  if (type === undefined) throw wrong(`has the unknown JoinOperator '${String(join)}'`);
  const attributes = {
    name: given['LinkToEntityName'],
    from: given['LinkToAttributeName'],
    to: given['LinkFromAttributeName'],
    alias: given['EntityAlias'],
    'link-type': type,
  };
  const inside = [
    columnsOf(given['Columns']),
    listIn(given, 'Orders').map(orderOf).join(''),
    filterOf(given['LinkCriteria']),
    listIn(given, 'LinkEntities').map(linkOf).join(''),
  ].join('');
  return `<link-entity${written(attributes)}>${inside}</link-entity>`;
}
