import {
  findOperator,
  valuesWanted,
  type AskContext,
  type ColumnPath,
  type ColumnShape,
  type ColumnValue,
  type Condition,
  type ConditionOperator,
  type TableShape,
} from '../query/index.ts';
import { FetchXmlError } from './fetchxml-error.ts';
import type { FetchTables } from './read-fetchxml.ts';
import { likeShown } from './shown-text.ts';
import type { FetchElement } from './xml-tree.ts';

/** Where a condition stands: its column, looked up. */
export interface ReadPlace {
  readonly path: ColumnPath;
  readonly shape: ColumnShape;
  readonly table: TableShape;
}

/** Decided: the number of values one condition may carry; the platform names a limit and no figure. */
const mostValues = 2000;

/** A condition's operator and values given their meaning. @throws FetchXmlError */
export function readCondition(
  element: FetchElement,
  place: ReadPlace,
  tables: FetchTables,
  ask: AskContext,
): Condition {
  const { operator: name = '' } = element.attributes;
  const column = place.path.column;
  const operator = findOperator(name);
  if (operator === undefined)
    throw new FetchXmlError('0x80041120', `Unsupported condition operator. '${name}' on '${column}'.`);
  const texts = operator.values === 'none' ? [] : valueTexts(element);
  if (texts.length < valuesWanted[operator.values])
    throw new FetchXmlError('0x80040203', `The condition '${name}' on '${column}' needs a value.`);
  if (texts.length > mostValues)
    throw new FetchXmlError('0x8004430e', `The condition on '${column}' has more than ${mostValues} values.`);
  const shown = isPattern(operator) ? likeShown(operator, texts[0]!, place, tables) : undefined;
  if (shown !== undefined) return shown;
  const values = texts.map((text) => readValue(text, operator, place.shape, tables));
  const condition = operator.build(place.path, values, ask, { ...place, tableNamed: (one) => tables.table(one) });
  if (condition === undefined)
    throw new FetchXmlError(
      '0x80041120',
      `Unsupported condition operator. '${name}' does not apply to the column '${column}'.`,
    );
  return condition;
}

const isPattern = ({ name }: ConditionOperator) => /like|begin|end/.test(name);

function valueTexts({ attributes, children }: FetchElement): string[] {
  const { value } = attributes;
  return value !== undefined ? [value] : children.filter((one) => one.name === 'value').map((one) => one.text);
}

function readValue(text: string, operator: ConditionOperator, shape: ColumnShape, tables: FetchTables): ColumnValue {
  if (operator.values.startsWith('count')) {
    if (/^\s*\d+\s*$/.test(text)) return Number(text);
    throw unfit(text, shape);
  }
  if (isPattern(operator)) return text;
  const value = tables.value(shape, text);
  if (value === undefined) throw unfit(text, shape);
  return value;
}

const unfit = (text: string, { name }: ColumnShape) =>
  new FetchXmlError('0x80040203', `The value '${text}' does not fit the column '${name}'.`);
