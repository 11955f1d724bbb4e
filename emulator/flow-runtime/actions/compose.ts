import { succeeded } from '../runs/outcome.ts';
import { resolvedInputs, type ActionRunner } from './action-runner.ts';

/** Its output is its input, evaluated. */
export const compose: ActionRunner = async (action, frame, run) => {
  const inputs = resolvedInputs(action, frame, run);
  return succeeded(inputs, { inputs });
};
