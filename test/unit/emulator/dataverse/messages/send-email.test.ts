import { aDataverse, customerService, type TestDataverse } from '../../../../support/a-dataverse.ts';

let platform: TestDataverse;
let contact: string;
let incident: string;
let user: string;
beforeAll(async () => {
  platform = await aDataverse([], { firstParty: customerService });
  user = platform.dataverse.addUser({ email: 'ann@example.com', fullName: 'Ann', roles: ['System Customizer'] });
  contact = await platform.create('contacts', { lastname: 'Bob', emailaddress1: 'bob@example.com' });
  incident = await platform.create('incidents', {
    title: 'No answer',
    'customerid_contact@odata.bind': `/contacts(${contact})`,
  });
});
afterAll(() => platform.close());

const party = (participationtypemask: number, table: string, id: string) => ({
  participationtypemask,
  [`partyid_${table}@odata.bind`]: `/${table}s(${id})`,
});

const anEmail = (more: object = {}, parties = [party(1, 'systemuser', user), party(2, 'contact', contact)]) =>
  platform.create('emails', {
    subject: 'Your limit',
    description: '<p>Raised</p>',
    directioncode: true,
    'regardingobjectid_incident_email@odata.bind': `/incidents(${incident})`,
    email_activity_parties: parties,
    ...more,
  });

const send = (id: string, body: object = { IssueSend: true }, as?: string) =>
  platform.call('POST', `emails(${id})/Microsoft.Dynamics.CRM.SendEmail`, { body, as });
const read = async (id: string) =>
  (await platform.call('GET', `emails(${id})?$select=statecode,statuscode,senton,sender,torecipients,subject`)).body;
const mailsAbout = (subject: string) => platform.outbox.list().filter((mail) => mail.subject === subject);

test('an e-mail that is sent is in the outbox with its parties, and Sent once the message is through', async () => {
  const id = await anEmail({
    subject: 'Sent with parties',
    prioritycode: 2,
    email_activity_mime_attachment: [{ filename: 'a.txt', mimetype: 'text/plain', body: 'aGk=' }],
  });
  const { status, body } = await send(id);
  expect([status, body.Subject]).toEqual([200, 'Sent with parties']);
  expect(body['@odata.context']).toMatch(/#Microsoft\.Dynamics\.CRM\.SendEmailResponse$/);
  await platform.work.quiet(5000);
  expect(await read(id)).toMatchObject({
    statecode: 1,
    statuscode: 3,
    senton: '2026-01-02T03:04:05Z',
    sender: 'ann@example.com',
    torecipients: 'bob@example.com;',
  });
  expect(mailsAbout('Sent with parties')).toMatchObject([
    {
      channel: 'mail',
      via: 'SendEmail',
      from: 'ann@example.com',
      to: ['bob@example.com'],
      cc: [],
      bcc: [],
      body: '<p>Raised</p>',
      importance: 'High',
      attachments: [{ name: 'a.txt', contentType: 'text/plain', content: 'aGk=' }],
    },
  ]);
});

test('it is tracked on the row it regards', async () => {
  const id = await anEmail();
  await send(id);
  const { body } = await platform.call(
    'GET',
    `incidents(${incident})/Incident_ActivityPointers?$select=activitytypecode&$filter=activityid eq ${id}`,
  );
  expect(body.value).toMatchObject([{ activitytypecode: 'email' }]);
});

test('recording it as sent puts nothing into the outbox', async () => {
  const id = await anEmail({ subject: 'Recorded' });
  expect((await send(id, { IssueSend: false })).status).toBe(200);
  await platform.work.quiet(5000);
  expect((await read(id)).statuscode).toBe(3);
  expect(mailsAbout('Recorded')).toEqual([]);
});

test('a tracking token is added to the subject', async () => {
  const id = await anEmail();
  expect((await send(id, { IssueSend: true, TrackingToken: 'CRM:0001' })).body.Subject).toBe('Your limit CRM:0001');
  expect((await read(id)).subject).toBe('Your limit CRM:0001');
});

test('the second click sends nothing', async () => {
  const id = await anEmail({ subject: 'Twice' });
  await send(id);
  await platform.work.quiet(5000);
  expect((await send(id)).refusal).toBe('400 0x80040233');
  expect(mailsAbout('Twice')).toHaveLength(1);
});

test('an e-mail whose sending is undone by a step does not go out', async () => {
  const id = await anEmail({ subject: 'Undone' });
  platform.dataverse.registerStep({
    name: 'Refuse',
    message: 'SendEmail',
    stage: 40,
    run: async (call) => {
      if (call.id === id) throw new Error('Undone.');
    },
  });
  expect((await send(id)).refusal).toBe('400 0x80040265');
  await platform.work.quiet(5000);
  expect(mailsAbout('Undone')).toEqual([]);
  expect((await read(id)).statuscode).toBe(1);
});

test('an e-mail that waited when the process ended goes out at the next start, once', async () => {
  const id = await anEmail({ subject: 'Waiting' });
  await platform.dataverse.organization.update('email', id, { statecode: 1, statuscode: 6 });
  platform.dataverse.resume();
  platform.dataverse.resume();
  await platform.work.quiet(5000);
  expect((await read(id)).statuscode).toBe(3);
  expect(mailsAbout('Waiting')).toHaveLength(1);
});

test.each([
  ['without a sender', () => [party(2, 'contact', contact)], 'no sender'],
  ['without a recipient', () => [party(1, 'systemuser', user)], 'no recipient'],
])('an e-mail %s is refused', async (_name, parties, words) => {
  const { refusal, body } = await send(await anEmail({}, parties()));
  expect(refusal).toBe('400 0x80040203');
  expect(body.error.message).toContain(words);
});

test.each([
  ['has no address', {}, 'has no e-mail address'],
  ['wants no e-mail', { emailaddress1: 'c@example.com', donotemail: true }, 'does not allow e-mails'],
])('a recipient that %s is refused by name', async (_name, columns, words) => {
  const other = await platform.create('contacts', { lastname: 'Cid', ...columns });
  const { refusal, body } = await send(await anEmail({}, [party(1, 'systemuser', user), party(2, 'contact', other)]));
  expect(refusal).toBe('400 0x80040203');
  expect(body.error.message).toContain(words);
});

test('sending as another user needs the privilege for it', async () => {
  platform.dataverse.addUser({ email: 'clerk@example.com', fullName: 'Clerk', roles: [] });
  const role = await platform.create('roles', { name: 'Mail' });
  for (const name of ['prvReadActivity', 'prvWriteActivity', 'prvReadIncident']) {
    const [{ privilegeid }] = (await platform.call('GET', `privileges?$select=privilegeid&$filter=name eq '${name}'`))
      .body.value;
    await platform.create('roleprivilegescollection', { roleid: role, privilegeid, privilegedepthmask: 8 });
  }
  const [{ systemuserid }] = (
    await platform.call('GET', "systemusers?$select=systemuserid&$filter=fullname eq 'Clerk'")
  ).body.value;
  await platform.call('POST', `systemusers(${systemuserid})/systemuserroles_association/$ref`, {
    body: { '@odata.id': `roles(${role})` },
  });
  const { refusal, body } = await send(await anEmail(), { IssueSend: true }, 'clerk@example.com');
  expect(refusal).toBe('403 0x80040220');
  expect(body.error.message).toContain('prvSendAsUser');
});
