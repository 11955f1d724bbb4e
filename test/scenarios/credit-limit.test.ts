import { admin, service } from '../support/emulator.ts';
import { lastZip, startWorld, type World } from '../support/fault-matrix/index.ts';
import {
  approve,
  countLimitWrites,
  creditLimitScenario,
  flows,
  manager,
  reason,
  reject,
  sales,
  status,
} from '../support/credit-limit.ts';

let world: World;
let writes: Awaited<ReturnType<typeof countLimitWrites>>;
const on = creditLimitScenario(() => world);
beforeAll(async () => {
  world = await startWorld(process.env['LAST_ZIP'] === undefined ? {} : { zip: lastZip() });
  writes = await countLimitWrites(world);
  await world.keep();
}, 600_000);
afterAll(async () => {
  await writes?.close();
  await world?.close();
});
beforeEach(() => world.restore());
jest.setTimeout(120_000);

const nobody = '';

/** A case that is routed and, unless by nobody, decided; everything that follows has happened. */
async function asked(
  number: string,
  limit: number,
  as: string | undefined = sales,
  more: object = {},
): Promise<string> {
  const incident = await on.openCase(number, limit);
  await world.settle();
  if (as !== nobody) await decided(incident, as, more);
  return incident;
}

async function decided(incident: string, as: string, more: object = {}): Promise<void> {
  const { status: answered, text } = await on.decide(incident, as, more);
  expect([answered, text]).toEqual([204, '']);
  await world.settle();
}

const requestOf = async (incident: string) => (await on.requestsOf(incident))[0];
const quarters = async (count: number) => {
  for (let each = 0; each < count; each++) {
    await world.advance(16 * 60_000);
    await world.settle();
  }
};
const teamId = async () => (await on.first("teams?$select=teamid&$filter=name eq 'Sales team'")).teamid;
const command = (name: string, customerAccount: string, company = 'usmf') =>
  world.console('POST', `/finance-operations/commands/${name}`, { company, customerAccount });

describe('the way to a decision', () => {
  test('a saved case becomes one request, linked, with the case owned by the sales team, and the timeline says so', async () => {
    const incident = await asked('US-001', 5000, nobody);
    const [request, ...more] = await on.requestsOf(incident);
    const team = await teamId();
    expect(more).toEqual([]);
    expect(request).toMatchObject({
      fno_name: expect.stringMatching(/^CLR-\d{5}$/),
      _fno_caseid_value: incident,
      _fno_accountid_value: (await on.account('US-001')).accountid,
      fno_accountnumber: 'US-001',
      fno_companycode: 'usmf',
      fno_currentlimit: 2000,
      fno_requestedlimit: 5000,
      statuscode: status.inReview,
      _ownerid_value: team,
      fno_reason: null,
    });
    const found = await on.caseOf(incident);
    expect(found).toMatchObject({ statecode: 0, _ownerid_value: team });
    expect(found.Incident_Annotation).toMatchObject([{ notetext: expect.stringContaining('sales team') }]);
  });

  test("sales sees it in the view My team's requests, service does not own it there", async () => {
    const incident = await asked('US-001', 5000, nobody);
    const { savedqueryid } = await on.first(
      "savedqueries?$select=savedqueryid&$filter=returnedtypecode eq 'fno_creditlimitrequest' and name eq 'My team''s requests'",
    );
    const seenBy = async (as: string) =>
      (await on.ask('GET', `fno_creditlimitrequests?savedQuery=${savedqueryid}`, as)).value.length;
    expect([await seenBy(sales), await seenBy(manager), await seenBy(service)]).toEqual([1, 1, 0]);
    expect((await requestOf(incident)).statuscode).toBe(status.inReview);
  });

  test('a case of another type, and one that names a person, make no request', async () => {
    const { accountid } = await on.account('US-001');
    const customer = { 'customerid_account@odata.bind': `accounts(${accountid})` };
    await on.ask('POST', 'incidents', service, { title: 'Moved', fno_requesttype: 715_000_001, ...customer });
    const { contactid } = await on.first("contacts?$select=contactid&$filter=lastname eq 'Harbor'");
    const person = { 'customerid_contact@odata.bind': `contacts(${contactid})` };
    const body = { title: 'More', fno_requesttype: 715_000_000, fno_requestedcreditlimit: 9000, ...person };
    const { incidentid } = await on.ask('POST', 'incidents', service, body, { Prefer: 'return=representation' });
    await world.settle();
    expect((await on.ask('GET', 'fno_creditlimitrequests', admin)).value).toEqual([]);
    expect((await on.caseOf(incidentid)).Incident_Annotation[0].notetext).toContain('is a person');
  });

  test('a second request for the case is refused by its key', async () => {
    const incident = await asked('US-001', 5000, nobody);
    const answer = await world.dataverse('POST', 'fno_creditlimitrequests', {
      as: flows,
      body: { 'fno_CaseId@odata.bind': `incidents(${incident})`, fno_requestedlimit: 1 },
    });
    expect(answer.status).toBe(412);
  });
});

describe('outcomes of an approval', () => {
  test.each([
    ['US-001', 'usmf', 5000, 'Your credit limit', /raised to 5,000\.00 USD/, 'hanna.harbor@harborlight.example'],
    ['DE-001', 'demf', 9000, 'Ihr Kreditlimit', /auf 9\.000,00 EUR erhöht/, 'nele.nordlicht@nordlicht.example'],
  ])(
    '%s is confirmed by the read-back, the case resolved, the contact told in their language',
    async (number, company, limit, subject, words, to) => {
      const incident = await asked(number, limit);
      expect(await requestOf(incident)).toMatchObject({ statecode: 1, statuscode: status.confirmed, fno_reason: null });
      expect((await requestOf(incident)).fno_approvedon).not.toBeNull();
      expect((await on.customerInFinanceOperations(number, company)).CreditLimit).toBe(limit);
      expect((await on.account(number)).creditlimit).toBe(limit);
      expect(await writes.count()).toBe(1);
      const found = await on.caseOf(incident);
      expect(found).toMatchObject({ statecode: 1, Incident_Emails: [{ subject, statecode: 1 }] });
      expect(found.Incident_IncidentResolutions).toHaveLength(1);
      expect(await on.mails()).toMatchObject([{ to: [to], subject, body: expect.stringMatching(words) }]);
    },
  );

  test('proposed: it waits as such, nobody is told; once approved in finance and operations it is confirmed', async () => {
    // What comes back from finance and operations takes the account's primary contact along: it has none there.
    const { contactid } = await on.first("contacts?$select=contactid&$filter=lastname eq 'Juniper'");
    const contact = { 'primarycontactid@odata.bind': `contacts(${contactid})` };
    const incident = await on.openCase('US-003', 80_000, { more: contact });
    await world.settle();
    await decided(incident, sales);
    await decided(incident, manager, { isSecond: true });
    expect(await requestOf(incident)).toMatchObject({ statuscode: status.proposed, fno_reason: reason.proposed });
    expect(await on.mails()).toEqual([]);
    expect((await on.caseOf(incident)).statecode).toBe(0);
    await quarters(2);
    expect(await requestOf(incident)).toMatchObject({ statuscode: status.proposed });
    await command('approve-change-proposal', 'US-003');
    await world.settle();
    await quarters(2);
    expect(await requestOf(incident)).toMatchObject({ statuscode: status.confirmed });
    expect((await on.caseOf(incident)).statecode).toBe(1);
    expect(await on.mails()).toHaveLength(1);
  });

  test('refused: the words of finance and operations, nothing changed; a retry once it allows it', async () => {
    const incident = await asked('US-002', 9000);
    expect(await requestOf(incident)).toMatchObject({
      statecode: 0,
      statuscode: status.refused,
      fno_reason: reason.refused,
      fno_message: 'The credit limit of customer US-002 cannot be changed because changes require approval.',
    });
    expect([await writes.count(), await on.mails()]).toEqual([0, []]);
    await command('allow-credit-limit', 'US-002');
    await on.retry(incident);
    await world.settle();
    expect(await requestOf(incident)).toMatchObject({ statuscode: status.confirmed, fno_message: null });
    expect((await on.customerInFinanceOperations('US-002')).CreditLimit).toBe(9000);
  });

  test('finance and operations down: tried again by itself, then failed; a retry brings it through', async () => {
    const incident = await asked('US-001', 5000, nobody);
    await world.console('POST', '/faults', { where: 'finance-operations', effect: { drop: true } });
    await decided(incident, sales);
    expect(await requestOf(incident)).toMatchObject({ statuscode: status.failed, fno_reason: reason.notReached });
    expect((await requestOf(incident)).fno_message).toContain('failed to process entity');
    expect(await writes.count()).toBe(0);
    await world.console('DELETE', '/faults');
    await on.retry(incident);
    await world.settle();
    expect(await requestOf(incident)).toMatchObject({ statuscode: status.confirmed });
    expect(await writes.count()).toBe(1);
  });

  test('finance and operations away for a moment: it comes through without anybody', async () => {
    const incident = await asked('US-001', 5000, nobody);
    await world.console('POST', '/faults', { where: 'finance-operations', effect: { drop: true }, times: 3 });
    await decided(incident, sales);
    expect(await requestOf(incident)).toMatchObject({ statuscode: status.confirmed });
    expect(await writes.count()).toBe(1);
  });

  test('equal already: nothing is written, the customer hears so', async () => {
    const incident = await asked('US-001', 5000, nobody);
    await on.ask('PATCH', `accounts(${(await on.account('US-001')).accountid})`, admin, { creditlimit: 5000 });
    await world.settle();
    const before = await writes.count();
    await decided(incident, sales);
    expect(await requestOf(incident)).toMatchObject({ statecode: 1, statuscode: status.notNeeded });
    expect(await writes.count()).toBe(before);
    expect(await on.mails()).toMatchObject([{ body: expect.stringContaining('is 5,000.00 USD already') }]);
  });

  test.each([
    ['no company', { customertypecode: 3 }, reason.noCompany],
    ['another relationship type', { customertypecode: 10 }, reason.notACustomer],
  ])('not synchronised (%s): nothing is written, the case says why and goes back', async (_what, columns, why) => {
    const usd = (await on.account('US-001'))._transactioncurrencyid_value;
    const currency = { 'transactioncurrencyid@odata.bind': `transactioncurrencies(${usd})` };
    await on.ask('POST', 'accounts', admin, { name: 'Lonely', accountnumber: 'L-1', ...columns, ...currency });
    const incident = await asked('L-1', 4000, nobody);
    expect(await requestOf(incident)).toMatchObject({ fno_companycode: null, fno_reason: why });
    await decided(incident, sales);
    expect(await requestOf(incident)).toMatchObject({ statuscode: status.notSynchronised, fno_reason: why });
    const found = await on.caseOf(incident);
    expect(found).toMatchObject({ statecode: 0, _ownerid_value: await on.idOf(service) });
    expect(found.Incident_Annotation.map((note: { notetext: string }) => note.notetext).join()).toContain(
      'cannot be applied',
    );
    expect([await writes.count(), await on.mails()]).toEqual([0, []]);
  });

  test('the limit was changed after the review: back to review with the reason, the decision taken back', async () => {
    const incident = await asked('US-001', 5000, nobody);
    const { accountid } = await on.account('US-001');
    const seen = await on.ask('GET', `accounts(${accountid})?$select=creditlimit`, sales);
    await on.ask('PATCH', `accounts(${accountid})`, admin, { creditlimit: 3000 });
    await world.settle();
    const before = await writes.count();
    await decided(incident, sales, { more: { fno_reviewedlimit: 2000, fno_reviewedversion: seen['@odata.etag'] } });
    expect(await requestOf(incident)).toMatchObject({
      statuscode: status.inReview,
      fno_reason: reason.limitChanged,
      fno_currentlimit: 3000,
      fno_decision: null,
      _fno_decidedby_value: null,
    });
    expect([await writes.count(), (await on.account('US-001')).creditlimit]).toEqual([before, 3000]);
    await decided(incident, sales);
    expect(await requestOf(incident)).toMatchObject({ statuscode: status.confirmed });
  });

  test('something else of the customer was changed after the review: the limit is written all the same, once', async () => {
    const incident = await asked('US-001', 5000, nobody);
    const { accountid } = await on.account('US-001');
    const seen = await on.ask('GET', `accounts(${accountid})?$select=creditlimit`, sales);
    await on.ask('PATCH', `accounts(${accountid})`, admin, { telephone1: '+1 206 555 0199' });
    await world.settle();
    await decided(incident, sales, { more: { fno_reviewedversion: seen['@odata.etag'] } });
    expect(await requestOf(incident)).toMatchObject({ statuscode: status.confirmed });
    expect(await writes.count()).toBe(1);
  });
});

describe('who decides', () => {
  test('above the amount of a representative it waits for a manager, whose approval is applied', async () => {
    const incident = await asked('US-001', 20_000);
    expect(await requestOf(incident)).toMatchObject({ statuscode: status.waiting });
    expect(await writes.count()).toBe(0);
    await decided(incident, manager, { isSecond: true });
    expect(await requestOf(incident)).toMatchObject({ statuscode: status.confirmed });
    expect(await writes.count()).toBe(1);
  });

  test('a manager rejects what a representative approved', async () => {
    const incident = await asked('US-001', 20_000);
    await decided(incident, manager, { isSecond: true, decision: reject });
    expect(await requestOf(incident)).toMatchObject({ statuscode: status.rejected });
    expect([await writes.count(), (await on.mails()).length]).toEqual([0, 1]);
  });

  test('both decisions by one manager are none: back to review', async () => {
    const incident = await asked('US-001', 20_000, manager);
    await decided(incident, manager, { isSecond: true });
    expect(await requestOf(incident)).toMatchObject({
      statuscode: status.inReview,
      fno_reason: reason.samePerson,
      fno_decision: null,
      fno_seconddecision: null,
    });
    expect(await writes.count()).toBe(0);
  });

  test('above the highest limit at all it is said at once, and an approval comes back', async () => {
    const incident = await asked('US-001', 100_001, nobody);
    expect(await requestOf(incident)).toMatchObject({ fno_reason: reason.aboveHighest });
    await decided(incident, sales);
    expect(await requestOf(incident)).toMatchObject({ statuscode: status.inReview, fno_reason: reason.aboveHighest });
    expect(await writes.count()).toBe(0);
  });

  test.each([
    [
      'in the name of somebody else',
      reason.notByDecider,
      async () => ({ 'fno_DecidedBy@odata.bind': `systemusers(${await on.idOf(manager)})` }),
    ],
    ['without a look at the customer', reason.notReviewed, async () => ({ fno_reviewedversion: null })],
  ])('a decision %s comes back', async (_what, why, more) => {
    const incident = await asked('US-001', 5000, nobody);
    await decided(incident, sales, { more: await more() });
    expect(await requestOf(incident)).toMatchObject({
      statuscode: status.inReview,
      fno_reason: why,
      fno_decision: null,
    });
    expect(await writes.count()).toBe(0);
  });

  test('of two who decide at once one wins, and the other is refused with 412', async () => {
    const incident = await asked('US-001', 5000, nobody);
    const answers = await Promise.all([on.decide(incident, sales), on.decide(incident, manager, { decision: reject })]);
    expect(answers.map((one) => one.status).sort()).toEqual([204, 412]);
    await world.settle();
    const isApproved = answers[0]!.status === 204;
    const request = await requestOf(incident);
    expect(request.fno_decision).toBe(isApproved ? approve : reject);
    expect(request.statuscode).toBe(isApproved ? status.confirmed : status.rejected);
    expect([await writes.count(), (await on.mails()).length]).toEqual([isApproved ? 1 : 0, 1]);
  });

  test('rejected: another text, the limit untouched, the case resolved', async () => {
    const incident = await asked('US-001', 5000, sales, { decision: reject });
    expect(await requestOf(incident)).toMatchObject({ statecode: 1, statuscode: status.rejected });
    expect((await on.account('US-001')).creditlimit).toBe(2000);
    expect((await on.caseOf(incident)).statecode).toBe(1);
    expect(await on.mails()).toMatchObject([
      { subject: 'Your request for a higher credit limit', body: expect.stringContaining('cannot do so at present') },
    ]);
  });
});

describe('the end of it', () => {
  test('no contact address: the case says so and stays with the representative', async () => {
    const incident = await asked('US-005', 7000);
    expect(await requestOf(incident)).toMatchObject({ statuscode: status.confirmed, fno_reason: reason.noAddress });
    const found = await on.caseOf(incident);
    expect(found).toMatchObject({ statecode: 0, _ownerid_value: await on.idOf(service) });
    expect(found.Incident_Annotation.map((note: { notetext: string }) => note.notetext).join()).toContain(
      'e-mail address',
    );
    expect(await on.mails()).toEqual([]);
  });

  test('a case that cannot be resolved is said; once it can, it is, and the customer is told then', async () => {
    const incident = await asked('US-001', 5000, nobody);
    const task = await on.ask(
      'POST',
      'tasks',
      admin,
      { subject: 'Call back', 'regardingobjectid_incident_task@odata.bind': `incidents(${incident})` },
      { Prefer: 'return=representation' },
    );
    await decided(incident, sales);
    expect(await requestOf(incident)).toMatchObject({
      statuscode: status.confirmed,
      fno_reason: reason.caseNotResolved,
    });
    expect((await requestOf(incident)).fno_message).toContain('open activities');
    expect(await on.mails()).toEqual([]);
    await on.ask('PATCH', `tasks(${task.activityid})`, admin, { statecode: 1, statuscode: 5 });
    await quarters(2);
    expect(await requestOf(incident)).toMatchObject({ fno_reason: null });
    expect((await on.caseOf(incident)).statecode).toBe(1);
    expect(await on.mails()).toHaveLength(1);
  });

  test('the sender is the user the environment names', async () => {
    const { environmentvariabledefinitionid: id } = await on.first(
      "environmentvariabledefinitions?$select=environmentvariabledefinitionid&$filter=schemaname eq 'fno_MailSender'",
    );
    await on.ask('POST', 'environmentvariablevalues', admin, {
      schemaname: 'fno_MailSender',
      value: manager,
      'EnvironmentVariableDefinitionId@odata.bind': `environmentvariabledefinitions(${id})`,
    });
    await asked('US-001', 5000);
    expect(await on.mails()).toMatchObject([{ from: manager, to: ['hanna.harbor@harborlight.example'] }]);
  });

  test('HTML in names is text in the e-mail', async () => {
    const { contactid } = await on.first("contacts?$select=contactid&$filter=lastname eq 'Harbor'");
    await on.ask('PATCH', `contacts(${contactid})`, admin, { firstname: '<img src=x onerror=alert(1)>' });
    await asked('US-001', 5000);
    const [mail] = await on.mails();
    expect(mail.body).toContain('&lt;img src=x onerror=alert(1)&gt; Harbor');
    expect(mail.body).not.toContain('<img');
  });
});
