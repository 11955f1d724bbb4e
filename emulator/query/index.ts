export {
  aggregateFunctions,
  dateGroupings,
  type AggregateFunction,
  type Aggregation,
  type DateGrouping,
  type Figure,
  type GroupKey,
} from './aggregation.ts';
export * from './condition-operators.ts';
export { fold } from './fold.ts';
export type * from './query.ts';
export type * from './table-shape.ts';
