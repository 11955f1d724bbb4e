import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectorCall } from '../support/flow-connectors.ts';
import { aFlow, zipped } from '../support/solution-builder.ts';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';

const dataverse = 'shared_commondataserviceforapps';
const rows = 60;
const kills = 4;

/** Writes many rows one after another, counts them in a variable, and says at the end how many it has seen. */
const definition = {
  properties: {
    connectionReferences: {},
    definition: {
      parameters: { $authentication: { type: 'SecureObject', defaultValue: {} } },
      triggers: { manual: { type: 'Request', kind: 'Http' } },
      actions: {
        Count: { type: 'InitializeVariable', inputs: { variables: [{ name: 'written', type: 'integer', value: 0 }] } },
        Each: {
          type: 'Foreach',
          foreach: `@range(1, ${rows})`,
          runAfter: { Count: ['Succeeded'] },
          actions: {
            Write: connectorCall(dataverse, 'CreateRecord', {
              entityName: 'accounts',
              'item/name': "@concat('row ', string(items('Each')))",
            }),
            Add: {
              type: 'IncrementVariable',
              inputs: { name: 'written', value: 1 },
              runAfter: { Write: ['Succeeded'] },
            },
          },
        },
        Say: { type: 'Compose', inputs: "@variables('written')", runAfter: { Each: ['Succeeded'] } },
      },
    },
  },
  schemaVersion: '1.0.0.0',
};

let folder: string;
let emulator: TestEmulator;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'fno-killed-'))));
afterAll(async () => {
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

test('a run goes on where it was, however often the process is killed in the middle of it', async () => {
  const zip = join(folder, 'flow.zip');
  writeFileSync(
    zip,
    await zipped([aFlow('7d0f4d3e-6a56-4b2c-9d8e-0c1f2a3b4c5e', 'writes', { json: JSON.stringify(definition) })]),
  );
  const options = ['--data', join(folder, 'data'), '--solution', zip, '--no-seed'];
  const written = async () =>
    (await emulator.dataverse('GET', "accounts?$select=name&$filter=startswith(name,'row ')")).body.value;
  emulator = await startTestEmulator(options);
  await emulator.console('POST', '/flows/writes/runs', {});
  const moments: string[] = [];
  for (let kill = 1; kill <= kills; kill++) {
    const before = (await written()).length;
    // Somewhere within the next rows; the run goes on while this looks.
    const target = Math.min(before + 1 + Math.floor(Math.random() * (rows / kills)), rows - 1);
    const isRunning = async () => (await emulator.console('GET', '/flow-runs')).value[0].status === 'Running';
    while ((await written()).length < target && (await isRunning())) await pause(2);
    await pause(Math.random() * 10);
    await emulator.kill();
    emulator = await startTestEmulator(options);
    moments.push(`killed after ${target} rows or more, started again with ${(await written()).length}`);
  }
  await emulator.console('POST', '/idle', { timeoutMs: 60_000 });
  console.log(moments.join('\n'));

  const [run] = (await emulator.console('GET', '/flow-runs')).value;
  expect(run.status).toBe('Succeeded');
  const { actions } = await emulator.console('GET', `/flow-runs/${run.id}`);
  const paths: string[] = actions.map(({ path }: { path: string }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths.filter((path) => path.endsWith('/Write'))).toHaveLength(rows);
  expect(actions.find(({ name }: { name: string }) => name === 'Say').outputs).toBe(rows);
  const found: string[] = (await written()).map(({ name }: { name: string }) => name);
  expect(new Set(found).size).toBe(rows);
  // Only the row that was being written when the process ended can be there twice: a call is made at least once.
  expect(found.length - rows).toBeLessThanOrEqual(kills);
}, 600_000);
