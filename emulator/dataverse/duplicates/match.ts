import type { ColumnValue, Condition, Lookup, Query, Row } from '../../query/index.ts';
import { labelIn } from '../metadata/labels.ts';
import type { ColumnMetadata, MetadataCatalogue } from '../metadata/model.ts';
import { operators, type DuplicateRule, type RuleCondition } from './rules.ts';

/**
 * The query for rows that a rule takes for duplicates of a row; undefined where the rule has nothing to say of it.
 *
 * Decided: "the same date" is the same day in UTC; active is the state 0; labels are compared in English.
 *
 * @param id of the row itself, which is no duplicate of its own; undefined while it is not there
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/duplicaterule-entities
 */
export function duplicatesQuery(
  rule: DuplicateRule,
  row: Row,
  id: string | undefined,
  metadata: MetadataCatalogue,
): Query | undefined {
  const [base, matching] = [rule.baseTable, rule.matchingTable].map((name) => metadata.table(name)!);
  const of: Condition[] = [];
  for (const condition of rule.conditions) {
    const [from, to] = [base!.columns.get(condition.baseColumn), matching!.columns.get(condition.matchingColumn)];
    if (from === undefined || to === undefined) return undefined;
    const value = row[from.logicalName] ?? null;
    // With one condition, blank values never match: everything without a value would be a duplicate of everything.
    if (value === null && (condition.ignoresBlank || rule.conditions.length === 1)) return undefined;
    of.push(same(condition, { value, from, to }));
  }
  if (of.length === 0) return undefined;
  if (rule.excludesInactive && matching!.columns.has('statecode')) of.push(equal('statecode', 0));
  if (id !== undefined && base === matching)
    of.push({ kind: 'compare', left: { column: matching!.primaryId }, operator: 'ne', right: id });
  return {
    table: matching!.logicalName,
    columns: [matching!.primaryId, ...rule.conditions.map(({ matchingColumn }) => matchingColumn)],
    joins: [],
    order: [{ column: matching!.primaryId, descending: false }],
    filter: { kind: 'all', of },
  };
}

/** Whether a row that was found is one in the letter case of the rule, too: queries compare without it. */
export function isSameCase({ isCaseSensitive, conditions }: DuplicateRule, row: Row, found: Row): boolean {
  if (!isCaseSensitive) return true;
  return conditions.every(({ baseColumn, matchingColumn, operator, characters }) => {
    const [one, other] = [row[baseColumn], found[matchingColumn]];
    if (typeof one !== 'string' || typeof other !== 'string') return true;
    return part(one, operator, characters) === part(other, operator, characters);
  });
}

interface Compared {
  readonly value: ColumnValue;
  readonly from: ColumnMetadata;
  readonly to: ColumnMetadata;
}

function same({ operator, characters }: RuleCondition, { value, from, to }: Compared): Condition {
  const column = to.logicalName;
  if (value === null) return equal(column, null);
  const text = String(value);
  switch (operator) {
    case operators.sameFirst:
    case operators.sameLast: {
      const wanted = escaped(part(text, operator, characters));
      // A shorter text has no further characters: the other must end there, too.
      const open = text.length < characters ? '' : '%';
      return like(column, operator === operators.sameFirst ? `${wanted}${open}` : `${open}${wanted}`);
    }
    case operators.sameDate:
      return onDay(column, text, to);
    case operators.sameLabel:
      return { kind: 'in', left: { column }, values: optionsLabelled(to, labelOf(from, Number(value))) };
    default:
      return equal(column, typeof value === 'object' && 'id' in value ? (value as Lookup).id : value);
  }
}

function part(text: string, operator: number, characters: number): string {
  if (operator === operators.sameFirst) return text.slice(0, characters);
  if (operator === operators.sameLast) return text.slice(-characters);
  return text;
}

const equal = (column: string, right: ColumnValue): Condition => ({
  kind: 'compare',
  left: { column },
  operator: 'eq',
  right,
});

const like = (column: string, pattern: string): Condition => ({ kind: 'like', left: { column }, pattern });

/** Characters that mean more in a pattern stand in a set of their own. */
const escaped = (text: string) => text.replace(/[%_[]/g, (character) => `[${character}]`);

const dayMs = 86_400_000;

function onDay(column: string, value: string, { dateBehavior }: ColumnMetadata): Condition {
  const day = value.slice(0, 10);
  if (dateBehavior === 2) return equal(column, day);
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
  const at = (operator: 'ge' | 'lt', right: string): Condition => ({
    kind: 'compare',
    left: { column },
    operator,
    right,
  });
  return { kind: 'all', of: [at('ge', `${day}T00:00:00Z`), at('lt', `${next}T00:00:00Z`)] };
}

const labelOf = ({ choice }: ColumnMetadata, value: number) =>
  labelIn(choice?.options.find((one) => one.value === value)?.label ?? {});

const optionsLabelled = ({ choice }: ColumnMetadata, label: string): number[] =>
  (choice?.options ?? []).filter((one) => labelIn(one.label) === label).map(({ value }) => value);
