/**
 * FetchXML names of the operators a control filters a data set by: the numbers of `ConditionOperator`.
 * Model-driven apps take those of the typings only; 7, 13, 54 to 57 and 88 are for canvas apps.
 *
 * @see https://learn.microsoft.com/power-apps/developer/component-framework/reference/filtering
 */
export const conditionOperators: Readonly<Record<number, string>> = {
  0: 'eq',
  1: 'ne',
  2: 'gt',
  3: 'lt',
  4: 'ge',
  5: 'le',
  6: 'like',
  8: 'in',
  12: 'null',
  14: 'yesterday',
  15: 'today',
  16: 'tomorrow',
  17: 'last-seven-days',
  18: 'next-seven-days',
  19: 'last-week',
  20: 'this-week',
  22: 'last-month',
  23: 'this-month',
  25: 'on',
  26: 'on-or-before',
  27: 'on-or-after',
  28: 'last-year',
  29: 'this-year',
  33: 'last-x-days',
  34: 'next-x-days',
  37: 'last-x-months',
  38: 'next-x-months',
  49: 'contains',
  70: 'in-fiscal-year',
  75: 'above',
  76: 'under',
  77: 'not-under',
  78: 'eq-or-above',
  79: 'eq-or-under',
  87: 'contain-values',
};
