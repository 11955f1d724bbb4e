import {
  fold,
  parentColumn,
  type ColumnPath,
  type ColumnShape,
  type ColumnValue,
  type Condition,
  type ConditionOperator,
  type TableShape,
} from '../query/index.ts';
import { FetchXmlError } from './fetchxml-error.ts';
import type { FetchTables } from './read-fetchxml.ts';
import type { ReadPlace } from './read-condition.ts';

/** What a column shows instead of what it holds: the label of a choice, the name of the row a lookup points at. */
export interface Label {
  readonly value: ColumnValue;
  readonly label: string;
}

/**
 * A pattern over a choice means its labels, over a lookup the name of its row. Undefined for columns that hold what they
 * show.
 */
export function likeShown(
  operator: ConditionOperator,
  text: string,
  place: ReadPlace,
  tables: FetchTables,
): Condition | undefined {
  const { path, shape, table } = place;
  if (shape.type === 'lookup') return likeName(operator, text, place, tables);
  const labels = tables.labels(table.name, shape.name);
  if (labels === undefined) return undefined;
  const pattern = patternOf(operator, text);
  const matching = labels.filter(({ label }) => matchesLike(label, pattern)).map(({ value }) => value);
  return negatedIf(operator, { kind: 'in', left: path, values: matching });
}

function likeName(
  operator: ConditionOperator,
  text: string,
  { path, shape }: ReadPlace,
  tables: FetchTables,
): Condition {
  const pattern = patternOf(operator, text);
  const of = (shape.targets ?? []).flatMap((name): Condition[] => {
    const target = tables.table(name);
    const shown = target === undefined ? undefined : [...target.columns.values()].find((one) => one.isPrimaryName);
    if (target === undefined || shown === undefined) return [];
    const alias = `${path.alias ?? 'root'}_${shape.name}_${name}`;
    const join = { alias, table: name, from: target.key[0]!, to: shape.name, parent: path.alias };
    return [{ kind: 'exists', join, filter: { kind: 'like', left: { alias, column: shown.name }, pattern } }];
  });
  return negatedIf(operator, { kind: 'any', of });
}

/** As the operator itself makes it: `begins-with` adds its wildcard behind the text. */
function patternOf({ name }: ConditionOperator, text: string): string {
  return /begin/.test(name) ? `${text}%` : /end/.test(name) ? `%${text}` : text;
}

const negatedIf = ({ name }: ConditionOperator, of: Condition): Condition =>
  name.startsWith('not-') ? { kind: 'not', of } : of;

/** The wildcards of `like` over text in memory, whatever letter case and accents. */
export function matchesLike(text: string, pattern: string): boolean {
  const source = fold(pattern).replace(/\[\^?[^\]]+\]|[\s\S]/g, (part) => {
    if (part.length > 1) return part.replaceAll('\\', '\\\\');
    return part === '%' ? '[\\s\\S]*' : part === '_' ? '[\\s\\S]' : part.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
  });
  return new RegExp(`^${source}$`, 'u').test(fold(text));
}

/** Values of a choice by their labels, for an order that follows what is shown. */
export function ranksOf(table: TableShape, { name }: ColumnShape, tables: FetchTables): ColumnValue[] | undefined {
  const labels = tables.labels(table.name, name);
  return labels === undefined
    ? undefined
    : [...labels].sort((a, b) => (fold(a.label) < fold(b.label) ? -1 : 1)).map(({ value }) => value);
}

/** Counts the children of each row. @throws FetchXmlError where there is no hierarchy */
export function childCount(as: string, path: ColumnPath, table: TableShape) {
  const parent = parentColumn(table);
  if (parent === undefined || path.alias !== undefined || !table.key.includes(path.column))
    throw new FetchXmlError(
      '0x80040203',
      `The rowaggregate CountChildren needs the key of a hierarchical table: '${path.column}' of '${table.name}' is not one.`,
    );
  return { as, parent: parent.name };
}
