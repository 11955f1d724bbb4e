import { json, type Clock, type HttpRequest, type HttpResponse } from '../../kernel/index.ts';
import { asText } from '../expressions/as-text.ts';
import { isObject, type Value, type ValueObject } from '../expressions/value.ts';
import { canRun, type Flow, type RunnableFlow } from '../flow.ts';
import { allActions } from '../definition/all-actions.ts';
import { readBody } from '../http/read-body.ts';
import type { FlowRun } from '../runs/flow-run.ts';
import type { StartedRun } from '../runs/flow-runs.ts';

/** A caller waits two minutes for a Response. */
const longestAnswerMs = 120_000;

export interface CallParts {
  readonly clock: Clock;
  readonly flow: (id: string) => Flow | undefined;
  readonly fire: (flow: RunnableFlow, body: Value, more: ValueObject) => Promise<readonly StartedRun[]>;
}

/** Takes a call at the address of a flow: starts what it is to start, and answers for a flow that has a Response. */
export async function takeCall(request: HttpRequest, { clock, fire, ...parts }: CallParts): Promise<HttpResponse> {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const id = decodeURIComponent(pathname.split('/').at(-1) ?? '').toLowerCase();
  const flow = parts.flow(id);
  if (!canRun(flow) || !flow.isOn)
    return json(404, { error: { code: 'WorkflowNotFound', message: `The flow '${id}' is not there, or is off.` } });
  const method = methodOf(flow);
  if (method !== request.method)
    return json(405, { error: { code: 'MethodNotAllowed', message: `This flow takes ${method}.` } });
  const type = request.headers['content-type'];
  const body = readBody(type, request.body);
  if (typeof body === 'string' && /json/i.test(type ?? 'application/json'))
    return json(400, { error: { code: 'InvalidRequestContent', message: 'The body is not JSON.' } });
  const queries = Object.fromEntries(searchParams);
  const runs = await fire(flow, body, { headers: { ...request.headers }, queries });
  const [only] = runs;
  if (runs.length === 1 && answersItself(flow)) return asHttp(await responseOf(only!.run, clock));
  return json(202, { runs: runs.map(({ row }) => row.id) });
}

/** The method of a Request trigger, POST where it names none, and for what calls other triggers back. */
function methodOf({ definition: { trigger } }: RunnableFlow): string {
  const inputs = trigger.type.toLowerCase() === 'request' ? trigger.inputs : undefined;
  const method = isObject(inputs) ? inputs['method'] : undefined;
  return typeof method === 'string' ? method.toUpperCase() : 'POST';
}

/** Whether the flow has a Response action and answers one run to one call. */
function answersItself({ definition: { trigger, actions } }: RunnableFlow): boolean {
  if (trigger.splitOn !== undefined) return false;
  return allActions(actions).some(({ type }) => type.toLowerCase() === 'response');
}

/** The answer of the run: when it is given, or the run ends without. */
async function responseOf(run: FlowRun, clock: Clock): Promise<ValueObject> {
  const told = await Promise.race([run.whenAnswered, clock.sleep(longestAnswerMs).then(() => 'late' as const)]);
  if (told === 'late') return { statusCode: 504n, body: noAnswer('GatewayTimeout', 'within 120 seconds') };
  return run.response ?? { statusCode: 502n, body: noAnswer('NoResponse', 'before it ended') };
}

const noAnswer = (code: string, when: string): Value => ({
  error: { code, message: `The server did not receive a response from the flow ${when}.` },
});

function asHttp(response: ValueObject): HttpResponse {
  const headers = isObject(response['headers']) ? response['headers'] : {};
  return {
    status: Number(response['statusCode'] ?? 200),
    headers: {
      'Content-Type': typeof response['body'] === 'string' ? 'text/plain; charset=utf-8' : 'application/json',
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, asText(value)])),
    },
    body: asText(response['body'] ?? null),
  };
}
