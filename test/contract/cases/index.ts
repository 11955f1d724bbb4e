import type { ContractCase } from '../contract-case.ts';
import { comparisons, lambdas, logic } from './filters.ts';
import { dateOperators, valueOperators } from './operators.ts';
import { annotations, ordering, paging, selecting } from './query-options.ts';

/** Every case, by what it is about. */
export const groups: Readonly<Record<string, readonly ContractCase[]>> = {
  selecting,
  'ordering and limits': ordering,
  'paging and counting': paging,
  annotations,
  comparisons,
  'logic and text': logic,
  'lambdas and navigation': lambdas,
  'operators on dates': dateOperators,
  'operators on values': valueOperators,
};
