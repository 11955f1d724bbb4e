import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  connectorsFrom,
  createFlowRuntime,
  type Operations,
  type PlanName,
} from '../../emulator/flow-runtime/index.ts';
import {
  createClock,
  createFaultRules,
  createWork,
  randomId,
  request,
  type HttpHandler,
} from '../../emulator/kernel/index.ts';
import { createOutbox, type Database } from '../../emulator/storage/index.ts';

export interface FlowEnvironment {
  /** Operations of the connector `shared_x`. */
  readonly stubs?: Operations;
  readonly clock?: ReturnType<typeof createClock>;
  readonly plan?: PlanName;
  readonly allowedHosts?: readonly string[];
  /** Answers what the flow asks of Dataverse; without it every answer is an empty list. */
  readonly dataverse?: HttpHandler;
  /** Where callbacks of the flow go. */
  readonly callbackBase?: string;
}

const servers: Server[] = [];
/** Ends the servers of the environments a test has started. */
export const closeEnvironments = () => servers.splice(0).forEach((server) => server.close());

/** An environment that holds one flow: all that the runtime asks of Dataverse. What is asked of it is noted. */
async function environmentOf(definition: object, dataverse?: HttpHandler) {
  const workflows = [{ workflowid: 'f1', name: 'Flow', statecode: 1, clientdata: JSON.stringify(definition) }];
  const asked: { readonly method: string; readonly url: string; readonly body: string }[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const url = incoming.url!;
    const isAboutFlows = /\/(workflows|organizations|connectionreferences|environmentvariable\w+)\?/.test(url);
    if (!isAboutFlows && dataverse !== undefined) {
      const headers = incoming.headers as Record<string, string>;
      const answer = await dataverse(request(incoming.method!, url, headers, Buffer.concat(chunks)));
      return void response.writeHead(answer.status, answer.headers as Record<string, string>).end(answer.body);
    }
    if (!isAboutFlows)
      asked.push({ method: incoming.method!, url: decodeURIComponent(url), body: Buffer.concat(chunks).toString() });
    const value = url.includes('/workflows') ? workflows : [];
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ value }));
  }).listen(0, '127.0.0.1');
  await new Promise((up) => server.once('listening', up));
  servers.push(server);
  return { asked, workflows, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** The flow runtime with one flow, turned on. */
export async function startFlow(definition: object, database: Database, given: FlowEnvironment = {}) {
  const { stubs = {}, clock = createClock(() => 0), plan, allowedHosts, dataverse, callbackBase } = given;
  const { asked, workflows, origin } = await environmentOf(definition, dataverse);
  const work = createWork(() => {});
  const said: string[] = [];
  const runtime = createFlowRuntime({
    database,
    clock,
    newId: randomId,
    work,
    faultRules: createFaultRules(),
    dataverseOrigin: () => origin,
    financeOperationsOrigin: () => origin,
    outbox: createOutbox({ database, clock, newId: randomId }),
    callbackBase: () => callbackBase ?? 'http://local/callbacks',
    connectionUser: () => 'a@b.example',
    stubs: connectorsFrom({ shared_x: stubs }),
    plan,
    allowedHosts,
    log: (text) => void said.push(text),
  });
  await runtime.activateAll();
  const post = (url: string, body: unknown) =>
    runtime.handle(
      request('POST', new URL(url).pathname, { 'content-type': 'application/json' }, JSON.stringify(body)),
    );
  return { runtime, work, clock, asked, said, post, workflows };
}

type Runtime = Awaited<ReturnType<typeof startFlow>>['runtime'];

/** Asks until it is so; a flow takes some turns of the loop. */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let turn = 0; turn < 400; turn++) {
    const found = await ask();
    if (found !== undefined) return found;
    await new Promise((soon) => setTimeout(soon, 5));
  }
  throw new Error('It never came to be.');
}

export const soon = () => new Promise((done) => setTimeout(done, 20));

export interface RunDetail {
  readonly status: string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly trigger: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they asked for
  readonly actions: readonly {
    readonly name: string;
    readonly path: string;
    readonly status: string;
    readonly inputs: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they asked for
    readonly outputs: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they asked for
  }[];
}

export const runsOf = async (runtime: Runtime) =>
  ((await runtime.runs({})) as { value: { id: string; status: string }[] }).value;

/** The newest run, once it has ended. */
export const ended = (runtime: Runtime) =>
  eventually(async () => {
    const [run] = await runsOf(runtime);
    return run === undefined || run.status === 'Running' ? undefined : ((await runtime.detail(run.id)) as RunDetail);
  });

export const flow = (actions: object, trigger: object = { type: 'Request' }) => ({
  triggers: { manual: trigger },
  actions,
});

/** An operation of `shared_x`, tried once. */
export const call = (operationId: string, more: object = {}) => ({
  type: 'OpenApiConnection',
  inputs: {
    host: { apiId: '/apis/shared_x', connectionName: 'x', operationId },
    parameters: {},
    retryPolicy: { type: 'none' },
  },
  ...more,
});

export const after = (name: string, ...statuses: string[]) => ({
  runAfter: { [name]: statuses.length ? statuses : ['Succeeded'] },
});
