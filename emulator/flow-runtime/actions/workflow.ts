import { isObject } from '../expressions/value.ts';
import { failed, succeeded } from '../runs/outcome.ts';
import { resolvedObject, type ActionRunner } from './action-runner.ts';

/** Runs a child flow and waits for its response. */
export const workflow: ActionRunner = async (action, frame, run) => {
  const inputs = resolvedObject(action, frame, run);
  const host = isObject(inputs['host']) ? inputs['host'] : {};
  const id = String(host['workflowReferenceName'] ?? '');
  try {
    return succeeded(
      { statusCode: 200n, headers: {}, body: await run.services.runChild(id, inputs['body'] ?? null) },
      { inputs },
    );
  } catch (error) {
    return failed('ChildFlowFailed', (error as Error).message, { inputs });
  }
};
