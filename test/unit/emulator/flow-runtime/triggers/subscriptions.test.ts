import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConnectorCall } from '../../../../../emulator/flow-runtime/index.ts';
import { createClock } from '../../../../../emulator/kernel/index.ts';
import { openDatabase } from '../../../../../emulator/storage/index.ts';
import {
  call,
  closeEnvironments,
  ended,
  eventually,
  flow,
  runsOf,
  soon,
  startFlow,
} from '../../../../support/flow-environment.ts';

afterEach(closeEnvironments);

/** A service outside that notes what it is asked and answers with the next of the answers, or 200 with nothing. */
async function aService(
  answers: readonly { status?: number; headers?: Record<string, string>; body?: unknown }[] = [],
) {
  const asked: { readonly method: string; readonly url: string; readonly body: any }[] = []; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they sent
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    asked.push({ method: request.method!, url: request.url!, body: text === '' ? undefined : JSON.parse(text) });
    const { status = 200, headers = {}, body } = answers[asked.length - 1] ?? {};
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await new Promise((up) => server.once('listening', up));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, host, close: () => void server.close() };
}

const webhookInputs = (host: string) => ({
  subscribe: { method: 'POST', uri: `http://${host}/on`, body: { back: '@{listCallbackUrl()}' } },
  unsubscribe: { method: 'POST', uri: `http://${host}/off`, body: { back: '@{listCallbackUrl()}' } },
});
const say = { Say: { type: 'Compose', inputs: "@triggerBody()?['n']" } };

test('an HTTP webhook action subscribes with its address, goes on when it is called, and unsubscribes', async () => {
  const service = await aService([{ body: { id: 'sub-1' } }]);
  const unsubscribe = { method: 'DELETE', uri: `http://${service.host}/on/@{outputs('Wait')?['body/id']}` };
  const action = { type: 'HttpWebhook', inputs: { ...webhookInputs(service.host), unsubscribe } };
  const { runtime, post } = await startFlow(flow({ Wait: action }), openDatabase(':memory:'), {
    allowedHosts: [service.host],
  });
  await runtime.run('Flow', {});
  const [{ method, url, body }] = (await eventually(async () =>
    service.asked.length > 0 ? service.asked : undefined,
  )) as [{ method: string; url: string; body: { back: string } }];
  expect([method, url]).toEqual(['POST', '/on']);
  expect(body.back).toMatch(/^http:\/\/local\/callbacks\/runs\//);
  await soon();
  expect((await post(body.back, { done: true })).status).toBe(200);
  const { status, actions } = await ended(runtime);
  service.close();
  expect([status, actions[0]!.outputs.body]).toEqual(['Succeeded', { done: true }]);
  expect(service.asked.map((one) => `${one.method} ${one.url}`)).toEqual(['POST /on', 'DELETE /on/sub-1']);
});

test('an HTTP webhook action whose subscription is refused fails, and waits for nothing', async () => {
  const service = await aService([{ status: 400, body: { error: { code: 'No', message: 'Not today.' } } }]);
  const action = { type: 'HttpWebhook', inputs: webhookInputs(service.host) };
  const { runtime } = await startFlow(flow({ Wait: action }), openDatabase(':memory:'), {
    allowedHosts: [service.host],
  });
  await runtime.run('Flow', {});
  const detail = await ended(runtime);
  service.close();
  expect(detail).toMatchObject({ status: 'Failed', error: { code: 'No', message: 'Not today.' } });
});

test('an HTTP webhook trigger subscribes when the flow is on, runs at each call, with what came in', async () => {
  const service = await aService();
  const trigger = { type: 'HttpWebhook', inputs: webhookInputs(service.host) };
  const { runtime, post } = await startFlow(flow(say, trigger), openDatabase(':memory:'), {
    allowedHosts: [service.host],
  });
  // A subscription an earlier start left is ended first.
  expect(service.asked.map(({ url }) => url)).toEqual(['/off', '/on']);
  const { back } = service.asked[1]!.body as { back: string };
  await post(back, { n: 7 });
  const { actions, trigger: ran } = await ended(runtime);
  service.close();
  expect(actions[0]!.outputs).toBe(7);
  expect(ran.outputs.headers['content-type']).toBe('application/json');
});

test('a webhook trigger that cannot subscribe leaves the flow off and says why', async () => {
  const service = await aService([{}, { status: 403, body: { error: { message: 'Not you.' } } }]);
  const trigger = { type: 'HttpWebhook', inputs: webhookInputs(service.host) };
  const { runtime, said } = await startFlow(flow(say, trigger), openDatabase(':memory:'), {
    allowedHosts: [service.host],
  });
  service.close();
  expect(said.join()).toContain('could not subscribe: Not you.');
  expect(await runtime.flows()).toMatchObject({
    value: [{ isOn: false, problem: expect.stringContaining('Not you.') }],
  });
});

test('an HTTP trigger asks at once and at every recurrence; 202 and an empty list are no news', async () => {
  const service = await aService([{ status: 202 }, { body: [] }, { body: { n: 3 } }]);
  const inputs = { method: 'GET', uri: `http://${service.host}/news`, queries: { since: 'x' } };
  const clock = createClock(() => 0);
  const given = { allowedHosts: [service.host], clock };
  const trigger = { type: 'Http', inputs, recurrence: { frequency: 'Minute', interval: 2 } };
  const { runtime } = await startFlow(flow(say, trigger), openDatabase(':memory:'), given);
  for (let turn = 1; turn <= 3; turn++) {
    if (turn > 1) clock.advance(120_000);
    await eventually(async () => (service.asked.length === turn ? true : undefined));
    await soon();
    expect(await runsOf(runtime)).toHaveLength(turn < 3 ? 0 : 1);
  }
  const { actions } = await ended(runtime);
  service.close();
  expect(actions[0]!.outputs).toBe(3);
  expect(service.asked[0]).toMatchObject({ method: 'GET', url: '/news?since=x' });
});

test.each([
  'OpenApiConnectionNotification',
  'OpenApiConnectionWebhook',
  'ApiConnectionNotification',
  'ApiConnectionWebhook',
])('a trigger of type %s subscribes its flow and splits what it is told', async (type) => {
  const calls: ConnectorCall[] = [];
  const note = async (given: ConnectorCall) => (calls.push(given), { statusCode: 201, headers: {}, body: null });
  const legacy = {
    host: { connection: { name: "@parameters('$connections')['shared_x']['connectionId']" } },
    method: 'get',
    path: '/x',
  };
  const inputs = type.startsWith('Open') ? call('New').inputs : legacy;
  const metadata = { flowSystemMetadata: { swaggerOperationId: 'New' } };
  const trigger = { type, inputs, metadata, splitOn: "@triggerOutputs()?['body/value']" };
  const stubs = { New: note, 'New/unsubscribe': note };
  const { runtime, post } = await startFlow(flow(say, trigger), openDatabase(':memory:'), { stubs });
  const url = calls.at(-1)!.callbackUrl!;
  expect(url).toBe('http://local/callbacks/f1');
  await post(url, { value: [{ n: 1 }, { n: 2 }] });
  await eventually(async () =>
    (await runsOf(runtime)).filter(({ status }) => status === 'Succeeded').length === 2 ? true : undefined,
  );
});

test('a trigger of an operation there is not leaves the flow off and names it', async () => {
  const trigger = { ...call('Nowhere'), type: 'OpenApiConnectionNotification' };
  const { said } = await startFlow(flow(say, trigger), openDatabase(':memory:'));
  expect(said.join()).toContain("The connector 'shared_x' has no operation 'Nowhere' here");
});

test('a wait for a row in the middle of a flow is a registration that is taken away again', async () => {
  const inputs = {
    host: {
      apiId: '/apis/shared_commondataserviceforapps',
      connectionName: 'd',
      operationId: 'SubscribeWebhookTrigger',
    },
    parameters: {
      'subscriptionRequest/message': 3,
      'subscriptionRequest/entityname': 'account',
      'subscriptionRequest/scope': 4,
      'subscriptionRequest/filterexpression': "accountid eq @{triggerBody()?['n']}",
    },
  };
  const { runtime, asked, post } = await startFlow(
    flow({ Wait: { type: 'OpenApiConnectionWebhook', inputs } }),
    openDatabase(':memory:'),
  );
  await runtime.run('Flow', { n: 'a1' });
  const made = await eventually(async () => asked.find(({ method }) => method === 'POST'));
  const registration = JSON.parse(made.body);
  expect(registration).toMatchObject({
    message: 3,
    entityname: 'account',
    scope: 4,
    version: 3,
    filterexpression: 'accountid eq a1',
  });
  await soon();
  await post(registration.url, { accountid: 'a1', SdkMessage: 'Update' });
  const { status, actions } = await ended(runtime);
  expect([status, actions[0]!.outputs.body.SdkMessage]).toEqual(['Succeeded', 'Update']);
  const looked = asked.filter(({ method, url }) => method === 'GET' && url.includes(`name eq '${registration.name}'`));
  expect(looked).toHaveLength(2);
});

test('a call that comes before the subscription is noted is not lost', async () => {
  let post: (url: string, body: unknown) => Promise<unknown> = async () => undefined;
  const stubs = {
    Ask: async ({ callbackUrl }: ConnectorCall) => {
      await post(callbackUrl!, { fast: true });
      return { statusCode: 201, headers: {}, body: null };
    },
    'Ask/unsubscribe': async () => ({ statusCode: 200, headers: {}, body: null }),
  };
  const started = await startFlow(
    flow({ Wait: { ...call('Ask'), type: 'OpenApiConnectionWebhook' } }),
    openDatabase(':memory:'),
    { stubs },
  );
  post = started.post;
  await started.runtime.run('Flow', {});
  expect((await ended(started.runtime)).actions[0]!.outputs.body).toEqual({ fast: true });
});

test('SingleInstance lets one run go and none wait', async () => {
  let release: () => void = () => {};
  const held = new Promise<void>((go) => (release = go));
  const Hold = async () => (await held, { statusCode: 200, headers: {}, body: null });
  const trigger = { type: 'Request', operationOptions: 'SingleInstance' };
  const { runtime, post } = await startFlow(flow({ Hold: call('Hold') }, trigger), openDatabase(':memory:'), {
    stubs: { Hold },
  });
  await runtime.run('Flow', {});
  await expect(runtime.run('Flow', {})).rejects.toThrow('As many runs of the flow');
  const refused = await post('http://local/callbacks/f1', {});
  expect([refused.status, String(refused.body)]).toEqual([429, expect.stringContaining('TooManyRequests')]);
  release();
  await ended(runtime);
  await runtime.run('Flow', {});
  expect(await runsOf(runtime)).toHaveLength(2);
});
