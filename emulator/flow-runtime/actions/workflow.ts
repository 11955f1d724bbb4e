import { isObject } from '../expressions/value.ts';
import { failed, succeeded } from '../runs/outcome.ts';
import { resolvedObject, type ActionRunner } from './action-runner.ts';
import { untilCut } from './within-limit.ts';

/** Runs a child flow and waits for its response. */
export const workflow: ActionRunner = async (action, frame, run) => {
  const inputs = resolvedObject(action, frame, run);
  const host = isObject(inputs['host']) ? inputs['host'] : {};
  const id = String(host['workflowReferenceName'] ?? '');
  const { callbacks } = run.services;
  const path = frame.path + action.name;
  const begun = callbacks?.noted(path)?.['child'];
  const known = {
    id: typeof begun === 'string' ? begun : undefined,
    remember: async (child: string) => callbacks?.note(path, { child }),
  };
  return untilCut(frame, inputs, () =>
    run.services.runChild(id, inputs['body'] ?? null, known).then(
      (body) => succeeded({ statusCode: 200n, headers: {}, body }, { inputs }),
      (error: Error) => failed('ChildFlowFailed', error.message, { inputs }),
    ),
  );
};
