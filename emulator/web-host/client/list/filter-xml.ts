import { conditionOperators } from './condition-operators';

export interface ConditionExpression {
  readonly attributeName: string;
  readonly conditionOperator: number;
  readonly value?: string | readonly string[];
  readonly entityAliasName?: string;
}

/** A filter as a control sets it. */
export interface FilterExpression {
  readonly conditions: readonly ConditionExpression[];
  /** 0: all of them, 1: any. */
  readonly filterOperator: number;
  readonly filters?: readonly FilterExpression[];
}

const any = 1;

/**
 * Puts a control's filter beside what the query of the view asks for already. Values get into it as text, never as XML.
 *
 * @throws Error for an operator model-driven apps do not take
 */
export function addFilter(parent: Element, expression: FilterExpression): void {
  const document = parent.ownerDocument;
  const filter = parent.appendChild(document.createElement('filter'));
  filter.setAttribute('type', expression.filterOperator === any ? 'or' : 'and');
  for (const condition of expression.conditions) filter.appendChild(conditionElement(document, condition));
  for (const inner of expression.filters ?? []) addFilter(filter, inner);
}

function conditionElement(
  document: Document,
  { attributeName, conditionOperator, value, entityAliasName }: ConditionExpression,
): Element {
  const operator = conditionOperators[conditionOperator];
  if (operator === undefined)
    throw new Error(`Model-driven apps know no condition operator ${conditionOperator} in a data set's filter.`);
  const element = document.createElement('condition');
  element.setAttribute('attribute', attributeName);
  element.setAttribute('operator', operator);
  if (entityAliasName) element.setAttribute('entityname', entityAliasName);
  if (typeof value === 'string') element.setAttribute('value', value);
  else for (const one of value ?? []) element.appendChild(document.createElement('value')).textContent = String(one);
  return element;
}
