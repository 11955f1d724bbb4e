import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpSender } from '../../../../../emulator/flow-runtime/http/http-sender.ts';
import {
  connectorsFrom,
  runFlow,
  type ConnectorCall,
  type HttpCallOut,
} from '../../../../../emulator/flow-runtime/index.ts';
import { createClock } from '../../../../../emulator/kernel/index.ts';

const flow = (actions: object) => ({ triggers: { manual: { type: 'Request' } }, actions });
const http = (inputs: object, more: object = {}) => ({ Ask: { type: 'Http', inputs, ...more } });
const ok = (body: unknown, statusCode = 200, headers: Record<string, string> = {}) =>
  ({ statusCode, headers, body }) as never;

async function serving(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((up) => server.once('listening', up));
  const { port } = server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, close: () => void server.close() };
}

test('a host that is not allowed is refused in words, and nothing leaves', async () => {
  let calls = 0;
  const server = await serving((_, response) => (calls++, response.end()));
  const { actions } = await runFlow(flow(http({ method: 'GET', uri: `http://${server.host}/x` })), {
    http: createHttpSender(['api.contoso.com']),
  });
  server.close();
  expect(actions[0]).toMatchObject({ status: 'Failed', error: { code: 'HostNotAllowed' } });
  expect(actions[0]!.error!.message).toContain('--allow-host 127.0.0.1');
  expect(calls).toBe(0);
});

test('method, queries, headers, body and basic authentication go out; JSON comes back as values', async () => {
  const seen: unknown[] = [];
  const server = await serving(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method, url, headers } = request;
    seen.push([method, url, headers.authorization, headers['x-a'], Buffer.concat(chunks).toString()]);
    response.setHeader('Content-Type', 'application/json').end('{"id":9007199254740993}');
  });
  const inputs = {
    method: 'post',
    uri: `http://${server.host}/x`,
    queries: { q: 'a b' },
    headers: { 'X-A': '1' },
    body: { n: 1 },
    authentication: { type: 'Basic', username: 'u', password: 'p' },
  };
  const { actions } = await runFlow(flow(http(inputs)), { http: createHttpSender([server.host]) });
  server.close();
  expect(seen).toEqual([['POST', '/x?q=a%20b', 'Basic dTpw', '1', '{"n":1}']]);
  expect(actions[0]).toMatchObject({
    status: 'Succeeded',
    outputs: { statusCode: 200, body: { id: '9007199254740993' } },
  });
});

test('202 with a Location is asked again until it is done, unless the pattern is off', async () => {
  const answers = [ok(null, 202, { location: '/job', 'retry-after': '0' }), ok(null, 202), ok('done')];
  const asked: string[] = [];
  const clock = createClock(() => 0);
  const sender = async ({ method, uri }: HttpCallOut) => (asked.push(`${method} ${uri}`), answers[asked.length - 1]!);
  const running = runFlow(flow(http({ method: 'POST', uri: 'http://a/x' })), { http: sender, clock });
  for (let turn = 0; turn < 4; turn++) {
    await new Promise((soon) => setTimeout(soon, 1));
    clock.advance(20_000);
  }
  expect((await running).actions[0]).toMatchObject({ status: 'Succeeded', outputs: { body: 'done' } });
  expect(asked).toEqual(['POST http://a/x', 'GET http://a/job', 'GET http://a/job']);

  const once = await runFlow(flow(http({ uri: 'http://a/x' }, { operationOptions: 'DisableAsyncPattern' })), {
    http: async () => ok(null, 202, { location: '/job' }),
  });
  expect(once.actions[0]).toMatchObject({ status: 'Succeeded', outputs: { statusCode: 202 } });
});

test('pages are followed until there are as many items as wanted, without credentials for other hosts', async () => {
  const asked: HttpCallOut[] = [];
  const sender = async (call: HttpCallOut) => {
    asked.push(call);
    return ok({ value: [asked.length], '@odata.nextLink': 'http://other/next' });
  };
  const inputs = { uri: 'http://a/x', authentication: { type: 'Raw', value: 'secret' } };
  const more = { runtimeConfiguration: { paginationPolicy: { minimumItemCount: 3 } } };
  const { actions } = await runFlow(flow(http(inputs, more)), { http: sender });
  expect(actions[0]!.outputs).toMatchObject({ body: { value: [1, 2, 3] } });
  expect(actions[0]!.outputs).not.toHaveProperty(['body', '@odata.nextLink']);
  expect(asked.map(({ headers }) => headers['Authorization'])).toEqual(['secret', undefined, undefined]);
});

const oauth = (host: string, more: object = {}) => ({
  uri: `http://${host}/api`,
  authentication: {
    type: 'ActiveDirectoryOAuth',
    authority: `http://${host}/`,
    tenant: 't1',
    audience: 'https://graph.microsoft.com',
    clientId: 'c1',
    secret: 's&1',
    ...more,
  },
});

test('ActiveDirectoryOAuth asks its authority for a token, and signs the call with it', async () => {
  const seen: unknown[] = [];
  const server = await serving(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    seen.push([request.url, request.headers.authorization, Buffer.concat(chunks).toString()]);
    response.setHeader('Content-Type', 'application/json').end('{"access_token":"abc"}');
  });
  const { status } = await runFlow(flow(http(oauth(server.host))), { http: createHttpSender([server.host]) });
  server.close();
  expect(status).toBe('Succeeded');
  const form =
    'grant_type=client_credentials&client_id=c1&client_secret=s%261&resource=https%3A%2F%2Fgraph.microsoft.com';
  expect(seen).toEqual([
    ['/t1/oauth2/token', undefined, form],
    ['/api', 'Bearer abc', ''],
  ]);
});

test('an authority that refuses, or may not be called, fails the action in its words', async () => {
  const server = await serving(async (_request, response) => void response.writeHead(401).end('{}'));
  const once = { retryPolicy: { type: 'none' } };
  const refused = await runFlow(flow(http({ ...oauth(server.host), ...once })), {
    http: createHttpSender([server.host]),
  });
  const elsewhere = oauth(server.host, { authority: 'https://login.example' });
  const notAllowed = await runFlow(flow(http({ ...elsewhere, ...once })), { http: createHttpSender([server.host]) });
  server.close();
  expect(refused.error).toMatchObject({ code: 'Unauthorized', message: expect.stringContaining("'c1'") });
  expect(notAllowed.error).toMatchObject({ code: 'HostNotAllowed', message: expect.stringContaining('login.example') });
  expect(JSON.stringify([refused.error, notAllowed.error])).not.toContain('s&1');
});

test('an authentication there is not is refused by name', async () => {
  const inputs = { uri: 'http://a', authentication: { type: 'ManagedServiceIdentity' } };
  const { actions } = await runFlow(flow(http(inputs)), { http: async () => ok(null) });
  expect(actions[0]!.error!.message).toContain("authentication 'ManagedServiceIdentity'");
});

test('the older form names its connector by an expression and its operation by method and path', async () => {
  const seen: ConnectorCall[] = [];
  const take = async (call: ConnectorCall) => (seen.push(call), ok('ok'));
  const connectors = connectorsFrom({ shared_x: { 'GET /v2/users': take, Find: take } });
  const legacy = (more: object = {}) => ({
    type: 'ApiConnection',
    inputs: {
      host: { connection: { name: "@parameters('$connections')['shared_x']['connectionId']" } },
      method: 'get',
      path: "/v2/@{toLower('USERS')}",
      queries: { top: 1 },
    },
    ...more,
  });
  const noted = { metadata: { flowSystemMetadata: { swaggerOperationId: 'Find' } } };
  const { status } = await runFlow(flow({ A: legacy(), B: legacy(noted) }), { connectors });
  expect(status).toBe('Succeeded');
  expect(seen.map(({ api, operation, parameters }) => [api, operation, parameters])).toEqual([
    ['shared_x', 'GET /v2/users', { top: 1n }],
    ['shared_x', 'Find', { top: 1n }],
  ]);
});
