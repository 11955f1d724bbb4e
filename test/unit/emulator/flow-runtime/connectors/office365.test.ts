import { createAnswers } from '../../../../../emulator/flow-runtime/connectors/answers.ts';
import { connectorCall, runActions, someone, testConnectors, value } from '../../../../support/flow-connectors.ts';

const api = 'shared_office365';
const call = (operation: string, parameters: object, more: object = {}) =>
  connectorCall(api, operation, parameters, more);
const mail = (subject: string, more: object = {}) => ({
  'emailMessage/To': `${someone};; sofia@contoso.example;`,
  'emailMessage/Subject': subject,
  'emailMessage/Body': '<p>Hello</p>',
  ...more,
});

test('a mail that is sent lies in the outbox with all it was given', async () => {
  const connectors = testConnectors({});
  const attachment = { Name: 'a.txt', ContentBytes: "@base64ToBinary('aGk=')" };
  const more = {
    'emailMessage/Importance': 'High',
    'emailMessage/Cc': 'c@x.example',
    'emailMessage/Attachments': [attachment],
  };
  const { by } = await runActions({ Send: call('SendEmailV2', mail('Hi', more)) }, connectors);
  expect(by.Send.outputs).toMatchObject({ statusCode: 200, body: null });
  expect(connectors.outbox.list()).toMatchObject([
    {
      channel: 'mail',
      via: 'shared_office365/SendEmailV2',
      from: someone,
      to: [someone, 'sofia@contoso.example'],
      cc: ['c@x.example'],
      subject: 'Hi',
      body: '<p>Hello</p>',
      importance: 'High',
      attachments: [{ name: 'a.txt', content: 'aGk=' }],
    },
  ]);
});

test('a mail to nobody, or to no address, is not sent', async () => {
  const connectors = testConnectors({});
  const { by } = await runActions(
    {
      Nobody: call('SendEmailV2', { ...mail('x'), 'emailMessage/To': '' }),
      Wrong: call('SendEmailV2', { ...mail('x'), 'emailMessage/To': 'nobody' }, { runAfter: { Nobody: ['Failed'] } }),
    },
    connectors,
  );
  expect(by.Nobody.error.message).toContain("'emailMessage/To'");
  expect(by.Wrong).toMatchObject({ status: 'Failed', error: { code: 'ErrorInvalidRecipients' } });
  expect(connectors.outbox.list()).toEqual([]);
});

test('mails are found, read, answered, forwarded and deleted in the mailbox they came to', async () => {
  const connectors = testConnectors({});
  const id = "@{first(outputs('Find')?['body/value'])?['id']}";
  const { by, status } = await runActions(
    {
      Other: call('SendEmailV2', mail('Lunch')),
      Send: call('SendEmailV2', mail('Credit limit')),
      Find: call('GetEmailsV3', { subjectFilter: 'credit', top: 5 }),
      Reply: call('ReplyToV3', { messageId: id, 'replyParameters/Body': 'Yes', 'replyParameters/ReplyAll': true }),
      Forward: call('ForwardEmail_V2', {
        message_id: id,
        'body/ToRecipients': 'boss@x.example',
        'body/Comment': 'See',
      }),
      Read: call('MarkAsRead_V3', { messageId: id, 'body/isRead': true }),
      Unread: call('GetEmailsV3', { subjectFilter: 'credit' }),
      All: call('GetEmailsV3', { subjectFilter: 'credit', fetchOnlyUnread: false }),
      Delete: call('DeleteEmail_V2', { messageId: id }),
      Gone: call('GetEmailV2', { messageId: id }),
    },
    connectors,
  );
  expect(status).toBe('Failed');
  expect(by.Find.outputs.body.value).toMatchObject([
    { subject: 'Credit limit', bodyPreview: 'Hello', isRead: false, importance: 'normal', hasAttachments: false },
  ]);
  // The reply to all went to the mailbox's own address too, being the sender.
  expect(by.Unread.outputs.body.value.map((one: { subject: string }) => one.subject)).toEqual(['RE: Credit limit']);
  expect(by.All.outputs.body.value).toHaveLength(2);
  expect(by.Gone.error.code).toBe('ErrorItemNotFound');
  const [forwarded, reply] = connectors.outbox.list();
  expect(reply).toMatchObject({ to: [someone, 'sofia@contoso.example'], subject: 'RE: Credit limit' });
  expect(reply!.conversationId).toBe(by.Find.outputs.body.value[0].conversationId);
  expect(forwarded).toMatchObject({ to: ['boss@x.example'], subject: 'FW: Credit limit' });
});

test('a flow is told of the new mails it wants, and of no others', async () => {
  const { outbox, told, find } = testConnectors({});
  const parameters = value({ subjectFilter: 'Order', from: 'customer@x.example' }) as never;
  const on = { api, operation: 'OnNewEmailV3', connectionReference: undefined, callbackUrl: 'http://back', parameters };
  await find(api, 'OnNewEmailV3')!(on);
  const put = (from: string, subject: string, to = someone) =>
    outbox.put({ channel: 'mail', via: 'console', from, to: [to], subject, body: 'x' });
  await put('customer@x.example', 'My order');
  await put('customer@x.example', 'Lunch');
  await put('other@x.example', 'My order');
  await put('customer@x.example', 'My order', 'else@x.example');
  expect(told).toMatchObject([
    { url: 'http://back', body: { value: [{ subject: 'My order', from: 'customer@x.example' }] } },
  ]);
  await find(api, 'OnNewEmailV3/unsubscribe')!(on);
  await put('customer@x.example', 'My order');
  expect(told).toHaveLength(1);
});

test('a mail with options waits for one of them, once', async () => {
  const connectors = testConnectors({
    dataverse: { send: async () => ({ statusCode: 404, headers: {}, body: null }) },
  });
  const answers = createAnswers({ ...connectors, owner: () => someone });
  const parameters = value({
    'optionsEmailSubscription/Message/To': someone,
    'optionsEmailSubscription/Message/Subject': 'Well?',
    'optionsEmailSubscription/Message/Options': 'Yes, No',
  }) as never;
  const on = {
    api,
    operation: 'SendMailWithOptions',
    connectionReference: undefined,
    callbackUrl: 'http://back',
    parameters,
  };
  expect(await connectors.find(api, 'SendMailWithOptions')!(on)).toMatchObject({ statusCode: 201 });
  const [{ id, options }] = connectors.outbox.list() as unknown as [{ id: string; options: string[] }];
  expect(options).toEqual(['Yes', 'No']);
  await expect(answers.message(id, { by: someone, option: 'Maybe' })).rejects.toThrow('Yes or No');
  await answers.message(id, { by: someone, option: 'No' });
  await expect(answers.message(id, { by: someone, option: 'Yes' })).rejects.toThrow('already');
  expect(connectors.told).toMatchObject([{ body: { SelectedOption: 'No', UserEmailAddress: someone } }]);
});

test('the Mail connector sends from the platform', async () => {
  const connectors = testConnectors({});
  const parameters = { 'request/to': someone, 'request/subject': 's', 'request/text': 't' };
  const { by } = await runActions({ Send: connectorCall('shared_sendmail', 'SendEmailV3', parameters) }, connectors);
  expect(by.Send.outputs.statusCode).toBe(202);
  expect(connectors.outbox.list()).toMatchObject([{ from: 'microsoft@powerapps.com', subject: 's', body: 't' }]);
});
