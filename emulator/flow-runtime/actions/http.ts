import type { ConnectorResult } from '../connectors/connectors.ts';
import type { ActionDefinition } from '../definition/model.ts';
import type { HttpCallOut, HttpSender } from '../http/http-sender.ts';
import { followUp, httpRequestOf } from '../http/http-request.ts';
import type { FlowRun } from '../runs/flow-run.ts';
import { failed } from '../runs/outcome.ts';
import { callWithRetries, retryAfterMs } from './call-with-retries.ts';
import { wantedItems, withPagesAfter } from './pages.ts';
import { resolvedObject, type ActionRunner } from './action-runner.ts';

/** Calls an address, if its host is allowed; follows 202 with Location unless told not to, and pages when asked for. */
export const http: ActionRunner = async (action, frame, run) => {
  const inputs = resolvedObject(action, frame, run);
  const { http: send } = run.services;
  if (send === undefined)
    return failed('HostNotAllowed', `Flows may call no address here, and '${action.name}' wants to.`, { inputs });
  const request = httpRequestOf(inputs);
  const outcome = await callWithRetries(inputs, frame, run, async () => {
    const first = await send(request);
    const last = isAsync(action) ? await finished(first, request, send, run, frame.cut) : first;
    return withPagesAfter(last, wantedItems(action, run), (link) => {
      return send(followUp(new URL(link, request.uri).href, request));
    });
  });
  return outcome;
};

const isAsync = (action: ActionDefinition) =>
  !String(action.raw['operationOptions'] ?? '')
    .toLowerCase()
    .includes('disableasyncpattern');

const header = ({ headers }: ConnectorResult, name: string) =>
  Object.entries(headers).find(([one]) => one.toLowerCase() === name)?.[1];

/** Decided: where the answer says nothing of when to ask again, after 20 seconds. */
const usualPollMs = 20_000;

/** Asks the address in Location until it answers anything but 202. */
async function finished(
  first: ConnectorResult,
  request: HttpCallOut,
  send: HttpSender,
  run: FlowRun,
  cut: AbortSignal,
): Promise<ConnectorResult> {
  let answer = first;
  let location = header(first, 'location');
  while (answer.statusCode === 202 && location !== undefined && !cut.aborted) {
    await run.services.sleep(retryAfterMs(answer) ?? usualPollMs, cut);
    if (cut.aborted) break;
    answer = await send(followUp(new URL(location, request.uri).href, request));
    location = header(answer, 'location') ?? location;
  }
  return answer;
}
