import type { ConnectorCall } from '../connectors/connectors.ts';
import { inOrder } from '../definition/in-order.ts';
import type { ActionDefinition } from '../definition/model.ts';
import { isObject, type Value } from '../expressions/value.ts';
import { failed, succeeded, type Outcome } from '../runs/outcome.ts';
import { resolvedObject, type ActionRunner } from './action-runner.ts';
import { callWithRetries } from './call-with-retries.ts';
import { fromHere, noOperation, readCall } from './connector.ts';

/**
 * "Perform a changeset request": the changes inside are resolved first and sent as one, so that all are kept or none; none
 * of them can read what another gave.
 */
export const changeset: ActionRunner = async (action, frame, run) => {
  const inputs = resolvedObject(action, frame, run);
  const inside = inOrder(action.actions);
  const calls = inside.map((one) => {
    const given = resolvedObject(one, frame, run);
    return { one, given, call: readCall(given, run.definition) };
  });
  const { api, connectionReference } = calls[0]?.call ?? readCall(inputs, run.definition);
  const stranger = calls.find(({ call }) => call.api !== api);
  if (stranger !== undefined)
    return failed(
      'InvalidChangeset',
      `'${stranger.one.name}' is no change in Dataverse and cannot be part of '${action.name}'.`,
    );
  const call: ConnectorCall = {
    api,
    operation: 'ExecuteChangeset',
    connectionReference,
    parameters: { actions: Object.fromEntries(calls.map((each) => [each.one.name, partOf(each.call)])) },
  };
  const operation = run.services.connectors.find(call.api, call.operation);
  if (operation === undefined) return noOperation(call, inputs);
  const outcome = await callWithRetries(inputs, frame, run, () => operation(fromHere(call, action, frame, run)));
  for (const { one, given } of calls) await run.record(one, frame, partOutcome(one, given, outcome));
  return outcome;
};

const partOf = ({ operation, parameters }: ConnectorCall): Value => ({ operationId: operation, parameters });

function partOutcome({ name }: ActionDefinition, inputs: Value, whole: Outcome): Outcome {
  if (whole.status !== 'Succeeded') return { ...whole, inputs };
  const body = isObject(whole.outputs) ? whole.outputs['body'] : undefined;
  return succeeded((isObject(body) ? body[name] : undefined) ?? null, { inputs });
}
