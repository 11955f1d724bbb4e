/** Solutions go into an environment and come out equal, managed and unmanaged; and go away without a trace. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../../emulator/emulator.ts';
import { differences, identityOf, readZip, type SolutionPackage } from '../../packaging/index.ts';
import { anEnvironment } from '../support/environments.ts';
import { publishedSolutions, sampleSolutions } from '../support/foreign-solutions.ts';
import {
  aChoice,
  aColumn,
  aConnectionReference,
  aControl,
  aField,
  aFlow,
  aForm,
  aKey,
  aLookup,
  aManyToMany,
  anApp,
  anEnvironmentVariable,
  anExtension,
  aRelationship,
  aRole,
  aSiteMap,
  aTab,
  aTable,
  aView,
  aWebResource,
  flowJson,
  zipped,
} from '../support/solution-builder.ts';

const root = join(__dirname, '../..');
const ids = ['a1', 'a2', 'a3', 'a4', 'a5'].map((end) => `7d1f0c52-3b8e-4a6d-9f10-2c4b6d8e00${end}`);
const [form, view, role, flow, resource] = ids as [string, string, string, string, string];

/** One component of every kind the emulator imports. */
const everyComponent = () => [
  aChoice('ora_Grade', { 472190000: 'A', 472190001: 'B' }),
  aTable('ora_Crate'),
  aTable('ora_Pear', {
    columns:
      aColumn('ora_Code') +
      aLookup('ora_CrateId') +
      aColumn('ora_Weight', {
        type: 'decimal',
        more: '<MinValue>0</MinValue><MaxValue>9</MaxValue><Accuracy>2</Accuracy>',
      }),
    keys: aKey('ora_bycode', 'ora_code'),
    forms: aForm(form, aTab(aField('ora_name'))),
    views: aView(view, '<entity name="ora_pear"><attribute name="ora_name" /></entity>'),
  }),
  anExtension('Account', { columns: aColumn('ora_Orchard') }),
  aRelationship('ora_crate_pear', { from: 'ora_Pear', column: 'ora_CrateId', to: 'ora_Crate' }),
  aManyToMany('ora_pear_account', 'ora_Pear', 'Account'),
  aWebResource('ora_/pear.js', { id: resource }),
  aControl('ora_Orchard.Ripeness'),
  aRole(role, 'Picker', { prvReadora_Pear: 'Global', prvReadAccount: 'Basic' }),
  aConnectionReference('ora_dataverse'),
  anEnvironmentVariable('ora_Url', { defaultValue: 'https://orchard.example' }),
  aFlow(flow, 'ship', { json: flowJson({ one: 'ora_dataverse' }) }),
  aSiteMap('ora_Map', '<SubArea Id="pears" Entity="ora_pear" />'),
  anApp('ora_App', ['type="62" schemaName="ora_Map"', 'type="1" schemaName="ora_pear"'], [role]),
];

const ours = (isManaged: boolean) =>
  readFileSync(join(root, 'dist', readdirSync(join(root, 'dist')).find((name) => isManaged === name.endsWith('_managed.zip') && name.endsWith('.zip'))!)); // prettier-ignore

const sources: readonly (readonly [string, (isManaged: boolean) => Promise<Buffer>])[] = [
  ['ours', async (isManaged) => ours(isManaged)],
  ['one component of every kind', (isManaged) => zipped(everyComponent(), { managed: isManaged ? '1' : '0' })],
  ...publishedSolutions.map(
    ({ name, managed, unmanaged }) =>
      [name, async (isManaged: boolean) => readFileSync(isManaged ? managed : unmanaged)] as const,
  ),
];

let environment: Emulator;
beforeEach(async () => void (environment = await anEnvironment()));
afterEach(() => environment.close());

const call = async (method: string, path: string, body?: object) => {
  const response = await fetch(`${environment.origin}/api/data/v9.2/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, body: text === '' ? {} : JSON.parse(text) };
};
/** Deletes the solution, and waits until its flows are off. */
async function uninstall(name: string): Promise<string> {
  const { text } = await call('DELETE', `solutions(${await solutionId(name)})`);
  await environment.platform.work.quiet(20_000);
  return text;
}
const install = (zip: Buffer) => call('POST', 'ImportSolution', { CustomizationFile: zip.toString('base64') });
async function exported(SolutionName: string, Managed: boolean): Promise<SolutionPackage> {
  const { status, text, body } = await call('POST', 'ExportSolution', { SolutionName, Managed });
  if (status !== 200) throw new Error(text);
  return readZip(Buffer.from(body.ExportSolutionFile, 'base64'));
}
async function solutionId(name: string): Promise<string> {
  return (await call('GET', `solutions?$filter=uniquename eq '${name}'`)).body.value[0].solutionid;
}

/** Tables of the store, without the emulator's own books. */
const storedTables = () =>
  environment.platform.database
    .all(`select name from sqlite_master where type = 'table' and name not like 'emulator$%' order by name`)
    .map((row) => String(row['name']));
/** How many rows each table has, but for those that tell of the imports themselves. */
const rowCounts = () =>
  Object.fromEntries(
    storedTables()
      .filter((name) => !['importjob', 'asyncoperation', 'publisher'].includes(name))
      .map((name) => [name, Number(environment.platform.database.get(`select count(*) as n from "${name}"`)!['n'])]),
  );

test.each(sources)('%s: comes out equal, in its version, managed and unmanaged', async (_what, source) => {
  const zip = await source(false);
  expect((await install(zip)).text).toBe('');
  const given = await readZip(zip);
  const { uniqueName } = identityOf(given);
  expect(differences(given, await exported(uniqueName, false))).toEqual([]);
  expect(differences(await readZip(await source(true)), await exported(uniqueName, true))).toEqual([]);

  const path = `solutions(${await solutionId(uniqueName)})`;
  expect((await call('PATCH', path, { version: '9.8.7.6' })).status).toBe(204);
  expect(differences(given, await exported(uniqueName, false))).toEqual([expect.stringContaining('solution.xml: ')]);
  expect(identityOf(await exported(uniqueName, false)).version).toBe('9.8.7.6');
});

test.each(sources)('%s: uninstalled, the environment is as it was, and takes it again', async (_what, source) => {
  const [tables, rows] = [storedTables(), rowCounts()];
  const zip = await source(true);
  for (const _time of ['first', 'again']) {
    expect((await install(zip)).text).toBe('');
    expect([storedTables(), rowCounts()]).not.toEqual([tables, rows]);
    const { uniqueName } = identityOf(await readZip(zip));
    expect(await uninstall(uniqueName)).toBe('');
    // Flows are turned off behind the request, and their registrations go with them.
    const idle = await fetch(`${environment.origin}/_emulator/idle`, { method: 'POST', body: '{"timeoutMs":60000}' });
    expect(await idle.json()).toEqual({ idle: true });
    expect(storedTables()).toEqual(tables);
    expect(rowCounts()).toEqual(rows);
  }
});

(sampleSolutions.length === 0 ? test.skip : test).each(
  sampleSolutions.length === 0 ? [['none', '']] : sampleSolutions.map(({ name, file }) => [name, file]),
)('of another publisher: %s is refused in words, or comes out equal and goes without a trace', async (name, file) => {
  const zip = readFileSync(file);
  const given = await readZip(zip);
  const { uniqueName, isManaged } = identityOf(given);
  const [tables, rows] = [storedTables(), rowCounts()];
  const answer = await install(zip);
  if (answer.status !== 204) {
    expect(answer.body.error.code).toMatch(/^(0x8[0-9A-Fa-f]{7}|NotEmulated)$/);
    expect([storedTables(), rowCounts()]).toEqual([tables, rows]);
    console.log(`${name} is refused: ${answer.body.error.message.slice(0, 300)}`);
    return;
  }
  if (!isManaged) expect(differences(given, await exported(uniqueName, false))).toEqual([]);
  expect(await uninstall(uniqueName)).toBe('');
  if (isManaged) expect([storedTables(), rowCounts()]).toEqual([tables, rows]);
});
