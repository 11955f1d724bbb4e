import { failed, succeeded } from '../runs/outcome.ts';
import { resolvedObject, type ActionRunner } from './action-runner.ts';

/** Answers whoever started the run, once; the run goes on. */
export const response: ActionRunner = async (action, frame, run) => {
  const inputs = resolvedObject(action, frame, run);
  if (run.response !== undefined)
    return failed('ActionResponseSkipped', `The run has already answered; '${action.name}' cannot answer again.`, {
      inputs,
    });
  run.respond(inputs);
  return succeeded(
    { statusCode: inputs['statusCode'] ?? 200n, headers: inputs['headers'] ?? {}, body: inputs['body'] ?? null },
    { inputs },
  );
};
