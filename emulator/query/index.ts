export { afterRow, type LastValue } from './after-row.ts';
export {
  aggregateFunctions,
  dateGroupings,
  type AggregateFunction,
  type Aggregation,
  type DateGrouping,
  type Figure,
  type GroupKey,
} from './aggregation.ts';
export { valuesWanted, type AskContext, type ConditionOperator, type ConditionPlace } from './condition-operator.ts';
export * from './condition-operators.ts';
export { fold } from './fold.ts';
export { mostLevels, parentColumn } from './hierarchy.ts';
export type * from './query.ts';
export type * from './table-shape.ts';
export { offsetPeriods } from './wall-clock.ts';
