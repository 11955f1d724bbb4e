import { createAnswers } from '../../../../../emulator/flow-runtime/connectors/answers.ts';
import { connectorCall, runActions, testConnectors, value } from '../../../../support/flow-connectors.ts';

const api = 'shared_approvals';
const everybody = ['ann', 'bob', 'cid'];

/** A directory of three people, asked as the Web API is. */
const directory = {
  async send({ path }: { readonly path: string }) {
    const asked = decodeURIComponent(path);
    const found = everybody.filter((name) => asked.includes(`'${name}@x.example'`));
    const rows = found.map((name) => ({
      systemuserid: name,
      fullname: name.toUpperCase(),
      internalemailaddress: `${name}@x.example`,
    }));
    return { statusCode: 200, headers: {}, body: value({ value: rows }) };
  },
};

function anInbox() {
  const connectors = testConnectors({ dataverse: directory });
  const answers = createAnswers({ ...connectors, owner: () => 'ann@x.example' });
  const operation = (name: string) => connectors.find(api, name)!;
  const call = (name: string, parameters: object, callbackUrl = 'http://back') =>
    operation(name)({
      api,
      operation: name,
      connectionReference: undefined,
      callbackUrl,
      parameters: value(parameters) as never,
    });
  return { ...connectors, answers, call };
}

const started = (approvalType: string, assignedTo: string, more: object = {}) => ({
  approvalType,
  'WebhookApprovalCreationInput/title': 'More credit?',
  'WebhookApprovalCreationInput/assignedTo': assignedTo,
  'WebhookApprovalCreationInput/details': '**US-001**',
  ...more,
});
const options = { 'WebhookApprovalCreationInput/responseOptions': ['Now', 'Later'] };

test.each([
  ['Basic', ['bob Reject'], 'Reject', {}],
  ['BasicAwaitAll', ['ann Approve', 'bob Approve', 'cid Approve'], 'Approve', {}],
  ['BasicAwaitAll', ['bob Reject'], 'Reject', {}],
  ['CustomResponse', ['cid Later'], 'Later', options],
  ['CustomResponseAwaitAll', ['ann Now', 'bob Later', 'cid Now'], 'Now, Later, Now', options],
])('%s: %j comes to %s', async (type, said, outcome, more) => {
  const { call, answers, approvals, told } = anInbox();
  await call('StartAndWaitForAnApproval', started(type, 'ann@x.example;bob@x.example;;cid@x.example;', more));
  const [{ name }] = approvals.list() as unknown as [{ name: string }];
  for (const [index, one] of said.entries()) {
    expect(told).toHaveLength(0);
    const [by, response] = one.split(' ') as [string, string];
    await answers.approval(name, { by: `${by}@x.example`, response, ...(index === 0 ? { comments: 'because' } : {}) });
  }
  expect(told).toMatchObject([
    { url: 'http://back', body: { name, outcome, title: 'More credit?', details: '**US-001**' } },
  ]);
  const { responses } = told[0]!.body as { responses: object[] };
  expect(responses).toHaveLength(said.length);
  expect(responses[0]).toMatchObject({
    comments: 'because',
    responder: { displayName: said[0]!.slice(0, 3).toUpperCase() },
  });
});

test('who is not asked, asks twice, comes late or says something else is told so, and nothing changes', async () => {
  const { call, answers, approvals } = anInbox();
  await call('StartAndWaitForAnApproval', started('BasicAwaitAll', 'ann@x.example;bob@x.example'));
  const [{ name }] = approvals.list() as unknown as [{ name: string }];
  const say = (by: string, response: string) => answers.approval(name, { by: `${by}@x.example`, response });
  await expect(say('cid', 'Approve')).rejects.toThrow("not assigned to 'cid@x.example'");
  await expect(say('ann', 'Approved')).rejects.toThrow('Approve or Reject');
  await say('ann', 'Approve');
  await expect(say('ann', 'Approve')).rejects.toThrow('already');
  await say('bob', 'Reject');
  await expect(say('bob', 'Approve')).rejects.toThrow('completed already');
  await expect(answers.approval('x', { by: 'ann@x.example', response: 'Approve' })).rejects.toThrow("no approval 'x'");
  expect(approvals.find(name)).toMatchObject({ status: 'Completed', outcome: 'Reject' });
});

test('an approval is created, answered, and only then waited for', async () => {
  const { call, answers, told, outbox } = anInbox();
  const input = {
    approvalType: 'Basic',
    'ApprovalCreationInput/title': 'Later',
    'ApprovalCreationInput/assignedTo': 'ann@x.example',
    'ApprovalCreationInput/enableNotifications': true,
  };
  const { statusCode, body } = await call('CreateAnApproval', input);
  const { name, approvers } = body as { name: string; approvers: object[] };
  expect([statusCode, approvers]).toMatchObject([201, [{ displayName: 'ANN', email: 'ann@x.example' }]]);
  expect(outbox.list()).toMatchObject([{ to: ['ann@x.example'], subject: 'Approvals: Later' }]);
  await answers.approval(name, { by: 'ANN@x.example', response: 'Approve' });
  await call('WaitForAnApproval', { approvalName: name });
  expect(told).toMatchObject([{ body: { outcome: 'Approve' } }]);
});

test('an approval whose wait ends without an answer is cancelled', async () => {
  const { call, approvals } = anInbox();
  await call('StartAndWaitForAnApproval', started('Basic', 'ann@x.example'));
  await call('StartAndWaitForAnApproval/unsubscribe', started('Basic', 'ann@x.example'));
  expect(approvals.list()).toMatchObject([{ status: 'Canceled' }]);
});

test.each([
  ['nobody of the organisation', started('Basic', 'who@y.example'), 'InvalidApprovalCreateRequestAssignedToMissing'],
  ['a type there is not', started('Maybe', 'ann@x.example'), 'InvalidApprovalType'],
  ['custom answers that are missing', started('CustomResponse', 'ann@x.example'), 'InvalidResponseOptions'],
])('%s is refused', async (_what, parameters, code) => {
  const connectors = testConnectors({ dataverse: directory });
  const { by } = await runActions({ Ask: connectorCall(api, 'StartAndWaitForAnApproval', parameters) }, connectors);
  expect(by.Ask).toMatchObject({ status: 'Failed', error: { code } });
  expect(connectors.approvals.list()).toEqual([]);
});

test('an answer given before a restart is told after it', async () => {
  const { database, waits } = testConnectors({});
  const told: object[] = [];
  const { createWaits } = await import('../../../../../emulator/flow-runtime/connectors/waits.ts');
  const dying = createWaits(database, async () => {
    throw new Error('The process ends here.');
  });
  await waits.wait('a', 'http://back');
  await expect(dying.answer('a', { outcome: 'Approve' })).rejects.toThrow('ends');
  await createWaits(database, async (url, body) => void told.push({ url, body })).resume();
  expect(told).toEqual([{ url: 'http://back', body: { outcome: 'Approve' } }]);
});
