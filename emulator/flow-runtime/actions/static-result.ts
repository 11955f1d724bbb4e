import type { ActionDefinition, FlowDefinition } from '../definition/model.ts';
import { isObject } from '../expressions/value.ts';
import type { Outcome } from '../runs/outcome.ts';
import { readStatus } from '../definition/read-status.ts';

/**
 * What an action gives without being run, while its static result is switched on: `runtimeConfiguration.staticResult` names
 * one of the flow's `staticResults`.
 *
 * @see https://learn.microsoft.com/azure/logic-apps/test-logic-apps-mock-data-static-results
 */
export function staticResultOf(
  { name, raw }: ActionDefinition,
  { staticResults }: FlowDefinition,
): Outcome | undefined {
  const settings = isObject(raw['runtimeConfiguration']) ? raw['runtimeConfiguration'] : {};
  const chosen = isObject(settings['staticResult']) ? settings['staticResult'] : {};
  if (String(chosen['staticResultOptions'] ?? '').toLowerCase() !== 'enabled') return undefined;
  const result = staticResults.get(String(chosen['name'] ?? ''));
  if (result === undefined) return undefined;
  const status = readStatus(name, String(result['status'] ?? 'Succeeded'));
  const error = isObject(result['error']) ? result['error'] : {};
  const isGood = status === 'Succeeded';
  const code = String(result['code'] ?? error['code'] ?? (isGood ? 'OK' : 'ActionFailed'));
  const message = String(error['message'] ?? `The static result of '${name}' is ${status}.`);
  return { status, code, outputs: result['outputs'] ?? null, ...(isGood ? {} : { error: { code, message } }) };
}
