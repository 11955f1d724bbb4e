import { createAnswers } from '../../../../../emulator/flow-runtime/connectors/answers.ts';
import { connectorCall, runActions, someone, testConnectors, value } from '../../../../support/flow-connectors.ts';

const api = 'shared_teams';

test('messages and cards are posted by the flow bot or by the user, to people and to channels', async () => {
  const connectors = testConnectors({});
  const chat = {
    poster: 'Flow bot',
    location: 'Chat with Flow bot',
    'body/recipient': `${someone};`,
    'body/messageBody': 'Hi',
  };
  const channel = {
    poster: 'User',
    location: 'Channel',
    'body/recipient/groupId': 'g',
    'body/recipient/channelId': 'c',
    'body/messageBody': '{"type":"AdaptiveCard"}',
  };
  const { by } = await runActions(
    {
      Say: connectorCall(api, 'PostMessageToConversation', chat),
      Card: connectorCall(api, 'PostCardToConversation', channel),
      Nowhere: connectorCall(api, 'PostMessageToConversation', { ...chat, location: '' }),
    },
    connectors,
  );
  const [card, message] = connectors.outbox.list();
  expect(by.Say.outputs).toMatchObject({ statusCode: 201, body: { id: message!.id } });
  expect(message).toMatchObject({ channel: 'chat', from: 'Flow bot', to: [someone], body: 'Hi' });
  expect(card).toMatchObject({ from: someone, to: ['g', 'c'] });
  expect(by.Nowhere.error.message).toContain("'location'");
});

test('a card waits for the action of its own that is chosen, and what was filled in', async () => {
  const connectors = testConnectors({
    dataverse: { send: async () => ({ statusCode: 404, headers: {}, body: null }) },
  });
  const answers = createAnswers({ ...connectors, owner: () => someone });
  const card = {
    type: 'AdaptiveCard',
    actions: [
      { type: 'Action.Submit', title: 'Accept' },
      { type: 'Action.OpenUrl', title: 'Look' },
    ],
  };
  const parameters = value({
    poster: 'Flow bot',
    location: 'Chat with Flow bot',
    'body/body/messageBody': JSON.stringify(card),
    'body/body/recipient/to': someone,
  }) as never;
  const on = {
    api,
    operation: 'PostCardAndWaitForResponse',
    connectionReference: undefined,
    callbackUrl: 'http://back',
    parameters,
  };
  await connectors.find(api, 'PostCardAndWaitForResponse')!(on);
  const [{ id, options, to }] = connectors.outbox.list() as unknown as [
    { id: string; options: string[]; to: string[] },
  ];
  expect([options, to]).toEqual([['Accept'], [someone]]);
  await answers.message(id, { by: someone, option: 'Accept', data: { limit: '3000' } });
  expect(connectors.told).toMatchObject([
    { url: 'http://back', body: { submitActionId: 'Accept', data: { limit: '3000' }, responder: { email: someone } } },
  ]);
});
