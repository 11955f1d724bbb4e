import type { CustomApiBody } from '../../../../../emulator/dataverse/index.ts';
import { openDatabase } from '../../../../../emulator/storage/index.ts';
import { customApi } from '../../../../support/a-custom-api.ts';
import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { closeEnvironments, ended, eventually, flow, runsOf, startFlow } from '../../../../support/flow-environment.ts';
import { connectorCall } from '../../../../support/flow-connectors.ts';

const types = { reference: 5, string: 10 };
let body: CustomApiBody;
let platform: TestDataverse;
beforeAll(async () => {
  const apis = [
    customApi('ora_Press', { takes: [['Fruit', types.string]], answers: [['Juice', types.string]] }),
    customApi('ora_Peel', { binding: 1, table: 'account', answers: [['Peeled', types.string]] }),
  ];
  platform = await aDataverse(apis, { customApis: () => (call) => body(call) });
});
afterAll(() => platform.close());
afterEach(closeEnvironments);
beforeEach(() => void (platform.posted.length = 0));

const perform = (parameters: object, operation = 'PerformBackgroundOperation') => ({
  ...connectorCall('shared_commondataserviceforapps', operation, { catalog: 'all', category: 'all', ...parameters }),
  type: 'OpenApiConnectionWebhook',
});
const pear = { entityName: 'none', actionName: 'ora_Press', 'item/Fruit': 'Pear' };

async function start(action: object) {
  const started = await startFlow(flow({ Perform: action }), openDatabase(':memory:'), {
    dataverse: platform.dataverse.handle,
    callbackBase: 'http://localhost/callbacks',
  });
  await started.runtime.run('Flow', {});
  return started;
}

/** Lets the callback come, and the flow end. */
async function performed(action: object) {
  const { runtime, post } = await start(action);
  const { url, body: told } = await eventually(async () => platform.posted[0]);
  expect(await runsOf(runtime)).toMatchObject([{ status: 'Running' }]);
  await post(url, told);
  const { actions, status } = await ended(runtime);
  return { status, outputs: actions[0]!.outputs };
}

test.each(['PerformBackgroundOperation', 'PerformBackgroundOperationWithOrganization'])(
  '%s waits for the callback, and gives its body with the results',
  async (operation) => {
    body = ({ input }) => ({ Juice: `${String(input['Fruit'])} juice` });
    const { status, outputs } = await performed(perform(pear, operation));
    expect([status, outputs.statusCode]).toEqual(['Succeeded', 200]);
    expect(outputs.body).toMatchObject({
      backgroundOperationStateCode: 3,
      backgroundOperationStatusCode: 30,
      location: expect.stringContaining(`/api/backgroundoperation/${outputs.body.backgroundOperationId}`),
      Juice: 'Pear juice',
    });
  },
);

test('an action bound to a row is performed on it', async () => {
  const id = await platform.create('accounts', { name: 'bound' });
  body = ({ target }) => ({ Peeled: target!.id });
  const { outputs } = await performed(perform({ entityName: 'accounts', recordId: id, actionName: 'ora_Peel' }));
  expect(outputs.body).toMatchObject({ backgroundOperationStatusCode: 30, Peeled: id });
});

test('an operation that fails in the end fails no action: its status tells', async () => {
  let tries = 0;
  body = () => {
    tries += 1;
    throw new Error('The press is stuck.');
  };
  const { runtime, post } = await start(perform(pear));
  for (const [index, wait] of [10_000, 20_000, 40_000].entries()) {
    await eventually(async () => (tries > index ? true : undefined));
    await platform.work.quiet(5000);
    platform.clock.advance(wait);
  }
  const { url, body: told } = await eventually(async () => platform.posted[0]);
  await post(url, told);
  const { actions } = await ended(runtime);
  expect([actions[0]!.status, actions[0]!.outputs.body]).toMatchObject([
    'Succeeded',
    { backgroundOperationStatusCode: 31, backgroundOperationErrorMessage: 'The press is stuck.' },
  ]);
});

test('what Dataverse refuses fails the action', async () => {
  const { runtime } = await start(perform({ actionName: 'ora_Press', 'item/Fruit': 7 }));
  const { status, actions } = await ended(runtime);
  expect([status, actions[0]!.status, actions[0]!.outputs.statusCode]).toEqual(['Failed', 'Failed', 400]);
});
