import { evaluateCondition } from '../actions/condition.ts';
import type { FlowDefinition } from '../definition/model.ts';
import type { Scope } from '../expressions/evaluate.ts';
import { resolve } from '../expressions/template.ts';
import { isArray, type Value } from '../expressions/value.ts';

/**
 * Bodies of the runs that what came in starts: one, one for each element with `splitOn`, none where the trigger's conditions
 * do not hold.
 *
 * @param scopeOf what expressions of the trigger can ask when it was given this body
 * @param checkCount throws when so many elements are too many
 * @see https://learn.microsoft.com/azure/logic-apps/logic-apps-workflow-actions-triggers#trigger-multiple-runs-on-an-array-with-spliton
 */
export function bodiesToRun(
  { trigger: { conditions, splitOn } }: FlowDefinition,
  body: Value,
  scopeOf: (body: Value) => Scope,
  checkCount: (count: number) => void = () => {},
): readonly Value[] {
  const split = splitOn === undefined ? undefined : resolve(splitOn, scopeOf(body));
  const bodies = isArray(split) ? split : [body];
  if (isArray(split)) checkCount(split.length);
  if (conditions.length === 0) return bodies;
  return bodies.filter((one) => conditions.every((condition) => evaluateCondition(condition, scopeOf(one))));
}
