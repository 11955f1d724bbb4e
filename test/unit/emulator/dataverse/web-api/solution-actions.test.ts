import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { aTable, zipped } from '../../../../support/solution-builder.ts';
import { orchard } from '../orchard.ts';

let platform: TestDataverse;
const jobId = '11111111-2222-4333-8444-555555555555';

beforeEach(async () => void (platform = await aDataverse(orchard)));
afterEach(() => platform.close());

const act = (name: string, body: object, as?: string) => platform.call('POST', name, { body, ...(as ? { as } : {}) });
const pears = async () =>
  (await zipped([aTable('ora_Pear')], { name: 'Pears', version: '1.2.0.0' })).toString('base64');
const job = async (id = jobId) => (await platform.call('GET', `importjobs(${id})`)).body;

test('an import leaves a job that tells how it went', async () => {
  const { status } = await act('ImportSolution', { CustomizationFile: await pears(), ImportJobId: jobId });
  expect(status).toBe(204);
  const row = await job();
  expect(row).toMatchObject({ solutionname: 'Pears', progress: 100 });
  expect(row.data).toContain('<Version>1.2.0.0</Version>');
  expect((await platform.call('GET', 'ora_pears')).status).toBe(200);
});

test('an asynchronous import answers at once; its system job tells how it ended', async () => {
  const { status, body } = await act('ImportSolutionAsync', { CustomizationFile: await pears(), ImportJobId: jobId });
  expect([status, body.ImportJobKey]).toEqual([200, jobId]);
  await platform.work.quiet(5000);
  const { body: system } = await platform.call('GET', `asyncoperations(${body.AsyncOperationId})`);
  expect(system).toMatchObject({ statecode: 3, statuscode: 30, messagename: 'ImportSolutionAsync' });
  expect(await job()).toMatchObject({ solutionname: 'Pears', progress: 100 });
});

test('an asynchronous import that is refused says why in its system job, and leaves its report only', async () => {
  const file = Buffer.from('no zip').toString('base64');
  const { body } = await act('ImportSolutionAsync', { CustomizationFile: file, ImportJobId: jobId });
  await platform.work.quiet(5000);
  const { body: system } = await platform.call('GET', `asyncoperations(${body.AsyncOperationId})`);
  expect(system).toMatchObject({ statecode: 3, statuscode: 31 });
  expect(system.errorcode).toBeLessThan(0);
  expect(system.message).not.toBe('');
  const report = await job();
  expect(report.progress).toBe(0);
  expect(report.data).toContain('<result result="failure" errorcode="0x80048060"');
});

test('an exported solution imports again elsewhere to the same metadata', async () => {
  const { status, body } = await act('ExportSolution', { SolutionName: 'Orchard', Managed: false });
  expect(status).toBe(200);
  const other = await aDataverse();
  try {
    await other.dataverse.importSolution(Buffer.from(body.ExportSolutionFile, 'base64'));
    const path =
      "EntityDefinitions(LogicalName='ora_tree')?$select=LogicalName,EntitySetName&$expand=Attributes($select=LogicalName,AttributeType)";
    const [here, there] = [await platform.call('GET', path), await other.call('GET', path)];
    expect(there.body.Attributes.length).toBeGreaterThan(15);
    expect(there.body).toEqual(here.body);
  } finally {
    other.close();
  }
});

test('exported as managed, the package says so', async () => {
  const { body } = await act('ExportSolution', { SolutionName: 'orchard', Managed: true });
  const other = await aDataverse();
  try {
    expect(await other.dataverse.importSolution(Buffer.from(body.ExportSolutionFile, 'base64'))).toMatchObject({
      uniqueName: 'Orchard',
      isManaged: true,
    });
  } finally {
    other.close();
  }
});

test.each([
  ['a solution that is not there', { SolutionName: 'Nothing' }, 404],
  ['a managed one', { SolutionName: 'System' }, 400],
  ['no name', {}, 400],
])('refuses to export %s', async (_what, body, status) => {
  expect((await act('ExportSolution', body)).status).toBe(status);
});

test('a user without the privilege neither imports nor exports', async () => {
  platform.dataverse.addUser({ email: 'nobody@orchard.example', fullName: 'No Role', roles: [] });
  const file = await pears();
  for (const [name, body] of [
    ['ImportSolution', { CustomizationFile: file }],
    ['ImportSolutionAsync', { CustomizationFile: file }],
    ['ExportSolution', { SolutionName: 'Orchard' }],
  ] as const)
    expect((await act(name, body, 'nobody@orchard.example')).status).toBe(403);
  expect((await platform.call('GET', 'ora_pears')).status).toBe(404);
});
