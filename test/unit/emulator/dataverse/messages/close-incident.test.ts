import { aDataverse, customerService, type TestDataverse } from '../../../../support/a-dataverse.ts';

let platform: TestDataverse;
beforeAll(async () => {
  platform = await aDataverse([], { firstParty: customerService });
});
afterAll(() => platform.close());

async function aCase(more: object = {}): Promise<string> {
  const account = await platform.create('accounts', { name: 'Contoso' });
  return platform.create('incidents', {
    title: 'No answer',
    'customerid_account@odata.bind': `/accounts(${account})`,
    ...more,
  });
}

const close = (id: string, Status: unknown = 5, resolution: object = {}) =>
  platform.call('POST', 'CloseIncident', {
    body: {
      IncidentResolution: {
        subject: 'Solved',
        'incidentid@odata.bind': `/incidents(${id})`,
        timespent: 60,
        ...resolution,
      },
      Status,
    },
  });

const resolutionsOf = async (id: string) =>
  (await platform.call('GET', `incidents(${id})/Incident_IncidentResolutions?$select=subject`)).body.value;

test('closing a case resolves it and keeps the resolution as a completed activity', async () => {
  const id = await aCase();
  const { status } = await close(id, 1000, { description: 'Answered by phone' });
  expect(status).toBe(204);
  const { body } = await platform.call(
    'GET',
    `incidents(${id})?$select=statecode,statuscode&$expand=Incident_IncidentResolutions`,
  );
  expect([body.statecode, body.statuscode]).toEqual([1, 1000]);
  expect(body.Incident_IncidentResolutions).toMatchObject([
    {
      subject: 'Solved',
      description: 'Answered by phone',
      timespent: 60,
      actualdurationminutes: 60,
      statecode: 1,
      statuscode: 2,
    },
  ]);
});

test('the resolution is seen among all activities, with the state and type it has', async () => {
  await close(await aCase(), 5, { subject: 'Seen' });
  const select = '$select=subject,activitytypecode,statecode,statuscode';
  const { body } = await platform.call('GET', `activitypointers?${select}&$filter=subject eq 'Seen'`);
  expect(body.value).toMatchObject([
    { subject: 'Seen', activitytypecode: 'incidentresolution', statecode: 1, statuscode: 2 },
  ]);
});

test('-1 closes with the default status of the state', async () => {
  const id = await aCase();
  await close(id, -1);
  expect((await platform.call('GET', `incidents(${id})?$select=statuscode`)).body.statuscode).toBe(5);
});

test.each([
  ['a status of another state', 6, '400 0x80048408'],
  ['a status there is not', 77, '400 0x80048408'],
  ['a status that is no number', '5', '400 0x80048d19'],
  ['no status', undefined, '400 0x80040200'],
])('%s is refused and leaves the case open', async (_name, status, refusal) => {
  const id = await aCase();
  const body = { IncidentResolution: { subject: 'x', 'incidentid@odata.bind': `/incidents(${id})` }, Status: status };
  expect((await platform.call('POST', 'CloseIncident', { body })).refusal).toBe(refusal);
  expect((await platform.call('GET', `incidents(${id})?$select=statecode`)).body.statecode).toBe(0);
  expect(await resolutionsOf(id)).toEqual([]);
});

test('the second click is refused, and there is one resolution', async () => {
  const id = await aCase();
  await close(id);
  const { refusal, body } = await close(id);
  expect(refusal).toBe('400 0x80040233');
  expect(body.error.message).toContain('not active');
  expect(await resolutionsOf(id)).toHaveLength(1);
});

test('a case with an open activity is refused until the activity is completed', async () => {
  const id = await aCase({ Incident_Tasks: [{ subject: 'Call back' }] });
  expect((await close(id)).refusal).toBe('400 0x80040233');
  const [task] = (await platform.call('GET', `incidents(${id})/Incident_Tasks?$select=activityid`)).body.value;
  await platform.call('PATCH', `tasks(${task.activityid})`, { body: { statecode: 1 } });
  expect((await close(id)).status).toBe(204);
});

test('a case is not resolved by writing its state, and may be reopened so', async () => {
  const id = await aCase();
  const direct = await platform.call('PATCH', `incidents(${id})`, { body: { statecode: 1, statuscode: 5 } });
  expect(direct.refusal).toBe('400 0x80040203');
  expect(direct.body.error.message).toContain('use the CloseIncidentRequest message instead');
  await close(id);
  expect((await platform.call('PATCH', `incidents(${id})`, { body: { statecode: 0 } })).status).toBe(204);
});

test('a parameter that is not one, and a case that is not there, are refused by name', async () => {
  const wrong = await platform.call('POST', 'CloseIncident', { body: { Nothing: 1 } });
  expect(wrong.refusal).toBe('400 0x80048d19');
  expect(wrong.body.error.message).toContain("'Nothing'");
  expect((await close('11111111-1111-1111-1111-111111111111')).refusal).toBe('404 0x80040217');
});

test('the message goes through its stages: before and after the case, inside the transaction', async () => {
  const id = await aCase();
  const seen: string[] = [];
  for (const stage of [10, 20, 40] as const)
    platform.dataverse.registerStep({
      name: 'Seen',
      message: 'CloseIncident',
      stage,
      run: async ({ input }) => void seen.push(`${stage} ${String(input['Status'])}`),
    });
  platform.dataverse.registerStep({
    name: 'Seen',
    message: 'Update',
    table: 'incident',
    stage: 40,
    run: async () => void seen.push('update'),
  });
  await close(id);
  expect(seen).toEqual(['10 5', '20 5', 'update', '40 5']);
});

test('a step after it that fails undoes the resolution and the state', async () => {
  const id = await aCase();
  platform.dataverse.registerStep({
    name: 'Refuse',
    message: 'CloseIncident',
    stage: 40,
    run: async () => {
      throw new Error('Not today.');
    },
  });
  const { refusal, body } = await close(id);
  expect([refusal, body.error.message]).toEqual(['400 0x80040265', 'Not today.']);
  expect((await platform.call('GET', `incidents(${id})?$select=statecode`)).body.statecode).toBe(0);
  expect(await resolutionsOf(id)).toEqual([]);
});

test('without the tables of Customer Service there is no such operation', async () => {
  const bare = await aDataverse();
  expect((await bare.call('POST', 'CloseIncident', { body: {} })).refusal).toBe('404 0x8006088a');
  bare.close();
});
