import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAlm } from '../support/run-alm.ts';
import { aPlatform, type TestPlatform } from '../support/a-platform.ts';
import { aConnectionReference, aFlow, zipped } from '../support/solution-builder.ts';

jest.setTimeout(120_000);

interface Finding {
  readonly check: string;
  readonly level: 'ok' | 'warning' | 'error';
  readonly what: string;
  readonly todo?: string;
  readonly subject?: string;
}
interface Outcome {
  readonly code: number | null;
  readonly report: { readonly errors: number; readonly warnings: number; readonly findings: readonly Finding[] };
  readonly text: string;
}

const root = join(__dirname, '../..');
let there: TestPlatform;
let folder: string;
let zip: string;

/** A package with a flow that reads two virtual tables; one of them is not visible. */
const flow = {
  properties: {
    connectionReferences: {
      dataverse: {
        runtimeSource: 'embedded',
        connection: { connectionReferenceLogicalName: 'con_dataverse' },
        api: { name: 'shared_commondataserviceforapps' },
      },
    },
    definition: {
      triggers: { manual: { type: 'Request', kind: 'Http' } },
      actions: { Say: { type: 'Compose', inputs: 'mserp_custcustomerv3entities mserp_custcustomergroupentities' } },
    },
  },
};

beforeAll(async () => {
  there = await aPlatform();
  folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  zip = join(folder, 'Contoso.zip');
  writeFileSync(
    zip,
    await zipped([
      aConnectionReference('con_dataverse', '/providers/Microsoft.PowerApps/apis/shared_commondataserviceforapps'),
      aFlow('7d0f4d3e-6a56-4b2c-9d8e-0c1f2a3b4c5e', 'reads', { json: JSON.stringify(flow) }),
    ]),
  );
});
afterAll(async () => {
  await there.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The verb as a process of its own, which does not keep the environment from answering. */
async function doctor(options: readonly string[] = [], token = 'admin@fnoconnect.example'): Promise<Outcome> {
  const loader = join(root, 'node_modules/tsx/dist/loader.mjs');
  const words = ['--import', loader, join(root, 'alm/alm.ts'), 'doctor', zip, '--url', there.origin, ...options];
  const child = spawn(process.execPath, words, { cwd: folder, env: { ...process.env, DATAVERSE_TOKEN: token } });
  let [text, errors] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (text += data.toString()));
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const code = await new Promise<number | null>((ended) => child.once('close', ended));
  const isJson = options.includes('json') && text !== '';
  return {
    code,
    text: text + errors,
    report: isJson ? (JSON.parse(text) as Outcome['report']) : { errors: 0, warnings: 0, findings: [] },
  };
}
const examine = async () => (await doctor(['--format', 'json'])).report;
const of = ({ findings }: Outcome['report'], check: string, subject?: string) =>
  findings.filter((one) => one.check === check && (subject === undefined || one.subject === subject));
const act = (map: string, verb: string, given: object = {}) =>
  there.platform.dualWrite.act(map, verb, given as Record<string, unknown>);

test('says what is there and what is missing, and what to do about it', async () => {
  const { code, report } = await doctor(['--format', 'json']);
  expect(of(report, 'link')).toMatchObject([{ level: 'ok' }]);
  expect(of(report, 'virtual-tables')).toMatchObject([
    { subject: 'mserp_custcustomergroupentity', level: 'error', todo: expect.stringContaining('--make-visible') },
    { subject: 'mserp_custcustomerv3entity', level: 'ok' },
  ]);
  expect(of(report, 'table-maps').map(({ level }) => level)).toEqual(['ok', 'ok', 'ok', 'ok']);
  expect(of(report, 'address-generation')[0]!.what).toContain('account map (1.0.0.4)');
  expect(of(report, 'companies').map(({ level }) => level)).toEqual(['ok', 'ok']);
  expect(of(report, 'connections')).toMatchObject([{ subject: 'con_dataverse', level: 'warning' }]);
  expect(of(report, 'roles').map(({ level }) => level)).toEqual(['ok', 'ok']);
  expect(report.findings.filter(({ level, todo }) => level !== 'ok' && todo === undefined)).toEqual([]);
  expect([code, report.errors, report.warnings]).toEqual([1, 1, 1]);
});

test('a settings file that names a connection counts', async () => {
  const file = join(folder, 'settings.json');
  const reference = { LogicalName: 'con_dataverse', ConnectionId: 'shared-1', ConnectorId: '/providers/x' };
  writeFileSync(file, JSON.stringify({ EnvironmentVariables: [], ConnectionReferences: [reference] }));
  const { report } = await doctor(['--format', 'json', '--settings', file]);
  expect(of(report, 'connections')).toMatchObject([{ level: 'ok' }]);
});

test('makes the virtual tables visible that are needed, one at a time, and waits for them', async () => {
  const clock = setInterval(() => there.platform.clock.advance(1000), 50);
  const { code, text } = await doctor(['--make-visible']);
  clearInterval(clock);
  expect(text).toContain('making mserp_custcustomergroupentity visible');
  expect(text).toContain('Nothing is missing; 1 warnings.');
  expect(code).toBe(0);
  expect((await there.dataverse('GET', 'mserp_custcustomergroupentities?$top=1')).status).toBe(200);
});

test('names a map that does not run, or runs in an old version', async () => {
  const groups = 'msdyn_customergroups - Customer groups';
  await act(groups, 'stop');
  const mapping = (await there.platform.dualWrite.map('transactioncurrencies - Currencies')).mapping;
  await act('transactioncurrencies - Currencies', 'stop');
  await act('transactioncurrencies - Currencies', 'save', { publisher: 'Old', version: '0.9.0.0', mapping });
  await act('transactioncurrencies - Currencies', 'start', { version: '0.9.0.0' });
  const report = await examine();
  expect(of(report, 'table-maps', groups)).toMatchObject([
    { level: 'error', what: expect.stringContaining('does not run') },
  ]);
  expect(of(report, 'table-maps', 'transactioncurrencies - Currencies')).toMatchObject([
    { level: 'error', what: expect.stringContaining('runs in version 0.9.0.0; 1.0.0.0 or later is needed') },
  ]);
  await act(groups, 'start');
  await act('transactioncurrencies - Currencies', 'stop');
  await act('transactioncurrencies - Currencies', 'start', { version: '1.0.0.0' });
});

test('in the address book generation looks for its maps too', async () => {
  await there.platform.dualWrite.useGeneration('B');
  const parties = 'msdyn_parties - CDS Parties';
  let report = await examine();
  expect(of(report, 'address-generation')[0]!.what).toContain('address book (1.0.0.5)');
  expect(of(report, 'table-maps', parties)).toMatchObject([{ level: 'ok' }]);
  await act(parties, 'stop');
  report = await examine();
  expect(of(report, 'table-maps', parties)).toMatchObject([{ level: 'error' }]);
  await act(parties, 'start');
  await there.platform.dualWrite.useGeneration('A');
});

test('names companies that are not enabled', async () => {
  const [company] = (await there.dataverse('GET', "cdm_companies?$filter=cdm_companycode eq 'demf'")).body.value;
  const path = `cdm_companies(${company.cdm_companyid})`;
  await there.dataverse('PATCH', path, { body: { cdm_isenabledfordualwrite: false } });
  expect(of(await examine(), 'companies', 'demf')).toMatchObject([{ level: 'warning' }]);
  await there.dataverse('PATCH', path, { body: { cdm_isenabledfordualwrite: true } });
});

test('tells somebody who may not import', async () => {
  const { code, report } = await doctor(['--format', 'json'], 'service@fnoconnect.example');
  expect(of(report, 'roles')[0]).toMatchObject({
    level: 'error',
    todo: expect.stringContaining('System Administrator'),
  });
  expect(code).toBe(1);
});

test('an environment that is not linked is told so; what cannot be looked at is no crash', async () => {
  await there.platform.link.act('delete', {});
  const report = await examine();
  expect(of(report, 'link')).toMatchObject([
    { level: 'error', what: "Dataverse instance isn't integrated with finance and operations." },
  ]);
  expect(of(report, 'virtual-tables').every(({ level }) => level === 'error')).toBe(true);
});

test.each([
  [['doctor'], /Name the environment/],
  [['doctor', '--url', 'nowhere'], /no address/],
  [['doctor', '--url', 'http://127.0.0.1:9', '--format', 'xml'], /no format/],
  [['doctor', '--url', 'http://127.0.0.1:9', '--wait', 'x'], /no number of minutes/],
  [['doctor', '--url', 'http://127.0.0.1:9', '--needs', 'nothing.json'], /There is no/],
  [['doctor', '--url', 'http://127.0.0.1:9'], /does not answer/],
])('%j ends with 2', (words, message) => {
  const { status, stderr } = runAlm([...words, ...(words.includes('--url') ? [zip] : [])]);
  expect([status, message.test(stderr)]).toEqual([2, true]);
});

test('--help tells the options and the exit codes', () => {
  expect(runAlm(['doctor', '--help'])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/--make-visible.*Ends with 0/s),
  });
});
