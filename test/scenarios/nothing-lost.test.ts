import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aFlow, zipped } from '../support/solution-builder.ts';
import { admin, startTestEmulator, type TestEmulator } from '../support/emulator.ts';

const dist = join(__dirname, '../../dist');
const zip = () => {
  const name = readdirSync(dist).find((file) => /^FnOConnect_[\d_]+\.zip$/.test(file))!;
  return readFileSync(join(dist, name));
};

const usOne = "accounts?$filter=accountnumber eq 'US-001'&$select=accountid,address1_line1";

/** A flow that has its say on every account that changes its street. */
const watching = {
  properties: {
    connectionReferences: {},
    definition: {
      $schema:
        'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
      contentVersion: '1.0.0.0',
      parameters: {
        $connections: { defaultValue: {}, type: 'Object' },
        $authentication: { defaultValue: {}, type: 'SecureObject' },
      },
      triggers: {
        Changed: {
          type: 'OpenApiConnectionWebhook',
          inputs: {
            host: {
              connectionName: 'shared_commondataserviceforapps',
              operationId: 'SubscribeWebhookTrigger',
              apiId: '/providers/Microsoft.PowerApps/apis/shared_commondataserviceforapps',
            },
            parameters: {
              'subscriptionRequest/message': 3,
              'subscriptionRequest/entityname': 'account',
              'subscriptionRequest/scope': 4,
              'subscriptionRequest/filteringattributes': 'address1_line1',
            },
          },
        },
      },
      actions: { Street: { type: 'Compose', inputs: "@triggerOutputs()?['body/address1_line1']", runAfter: {} } },
    },
  },
  schemaVersion: '1.0.0.0',
};

const anotherFlow = () =>
  zipped([aFlow('7d0f4d3e-6a56-4b2c-9d8e-0c1f2a3b4c5d', 'another-flow', { json: JSON.stringify(watching) })]);

describe('one emulator', () => {
  let emulator: TestEmulator;
  beforeAll(async () => void (emulator = await startTestEmulator()), 300_000);
  afterAll(() => emulator?.stop());
  beforeEach(() => emulator.console('POST', '/reset'));

  const account = async () => (await emulator.dataverse('GET', usOne, { as: admin })).body.value[0];
  /** Finance and operations keeps one version of an address a second, so changes are a second apart. */
  const move = async (street: string) => {
    await emulator.console('POST', '/clock', { advanceMs: 1000 });
    const { accountid } = await account();
    return emulator.dataverse('PATCH', `accounts(${accountid})`, { body: { address1_line1: street } });
  };
  const confirmations = async () => {
    await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
    const path = `fno_addresschanges?$filter=_fno_accountid_value eq ${(await account()).accountid}&$orderby=createdon`;
    return (await emulator.dataverse('GET', path, { as: admin })).body.value;
  };
  const importSolution = (file: string) =>
    emulator.dataverse('POST', 'ImportSolution', {
      as: admin,
      body: {
        CustomizationFile: file,
        OverwriteUnmanagedCustomizations: true,
        PublishWorkflows: true,
        ImportJobId: '11111111-2222-4333-8444-555555555555',
      },
    });

  test('every save is confirmed by itself, and a save that changes no address by none', async () => {
    await move('1 First Street');
    await confirmations();
    await move('2 Second Street');
    const { accountid } = await account();
    await emulator.dataverse('PATCH', `accounts(${accountid})`, { body: { description: 'nothing of an address' } });
    const rows = await confirmations();
    const streets = rows.map((row: { fno_before: string; fno_after: string }) =>
      [row.fno_before, row.fno_after].map((text) => JSON.parse(text).shipping.street),
    );
    expect(streets).toEqual([
      ['4420 Airport Way S', '1 First Street'],
      ['1 First Street', '2 Second Street'],
    ]);
  });

  test('a snapshot brings both sides back', async () => {
    await emulator.console('POST', '/snapshots/before');
    await move('1 Gone Street');
    await emulator.console('POST', '/snapshots/before/restore');
    expect((await account()).address1_line1).toBe('4420 Airport Way S');
    const customer = await emulator.financeOperations(
      'GET',
      "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true",
      { as: admin },
    );
    expect(customer.body.DeliveryAddressStreet).toBe('4420 Airport Way S');
  });

  test('importing the solution again keeps the rows', async () => {
    await move('1 Kept Street');
    const before = await confirmations();
    expect(before).toHaveLength(1);
    const { status, text } = await importSolution(zip().toString('base64'));
    expect([status, text]).toEqual([204, '']);
    expect(await confirmations()).toEqual(before);
    await move('2 Still Confirmed Street');
    expect(await confirmations()).toHaveLength(2);
  });

  test('a flow that is turned off stays silent, turned on it speaks again, without a restart', async () => {
    const flows = await emulator.dataverse(
      'GET',
      "workflows?$select=workflowid&$filter=name eq 'address-change-confirm'",
      {
        as: admin,
      },
    );
    const turn = async (statecode: number) => {
      const path = `workflows(${flows.body.value[0].workflowid})`;
      const body = { statecode, statuscode: statecode + 1 };
      expect((await emulator.dataverse('PATCH', path, { as: admin, body })).status).toBe(204);
      await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
    };
    await turn(0);
    await move('1 Silent Street');
    expect(await confirmations()).toEqual([]);
    await turn(1);
    await move('2 Speaking Street');
    expect(await confirmations()).toHaveLength(1);
  });

  test('flows of a solution imported meanwhile run', async () => {
    await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
    const { status, text } = await importSolution((await anotherFlow()).toString('base64'));
    expect([status, text]).toEqual([204, '']);
    await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
    await move('1 Watched Street');
    await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
    const runs = await emulator.console('GET', '/flow-runs?flow=another-flow');
    expect(runs.value.map((run: { status: string }) => run.status)).toEqual(['Succeeded']);
  });

  test('a flow that recurs runs when it is turned on, and when the clock comes to it', async () => {
    const recurring = {
      properties: {
        connectionReferences: {},
        definition: {
          contentVersion: '1.0.0.0',
          triggers: { Hourly: { type: 'Recurrence', recurrence: { frequency: 'Hour', interval: 1 } } },
          actions: { When: { type: 'Compose', inputs: '@utcNow()', runAfter: {} } },
        },
      },
    };
    const flow = aFlow('7d0f4d3e-6a56-4b2c-9d8e-0c1f2a3b4c5e', 'hourly', { json: JSON.stringify(recurring) });
    expect((await importSolution((await zipped([flow])).toString('base64'))).status).toBe(204);
    await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
    const runs = async () => (await emulator.console('GET', '/flow-runs?flow=hourly')).value.length;
    expect(await runs()).toBe(1);
    for (const expected of [2, 3]) {
      await emulator.console('POST', '/clock', { advanceMs: 3_600_000 });
      await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
      expect(await runs()).toBe(expected);
    }
  });

  test.each([
    ['no zip at all', Buffer.from('this is no zip')],
    ['half a zip', zip().subarray(0, 20_000)],
  ])('%s is refused with the reason, and what was there works on', async (_what, file) => {
    const { status, body } = await importSolution(file.toString('base64'));
    expect(status).toBe(400);
    expect(body.error.code).toMatch(/^0x8/);
    expect(body.error.message).not.toBe('');
    await move('1 Works On Street');
    expect(await confirmations()).toHaveLength(1);
  });

  test.each([
    ['Host', 'evil.example'],
    ['Origin', 'https://evil.example'],
  ])('a request whose %s is another site is refused', async (header, value) => {
    const { hostname, port } = new URL(emulator.origin);
    const status = await new Promise<number | undefined>((answered, failed) => {
      const path = '/api/data/v9.2/accounts';
      request({ hostname, port, path, headers: { [header]: value } }, (response) => {
        response.resume();
        answered(response.statusCode);
      })
        .on('error', failed)
        .end();
    });
    expect(status).toBe(403);
  });
});

test('a stop and a start on the same folder keep every row, and seed nothing again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fno-connect-test-'));
  const options = ['--data', folder, '--customers', '5'];
  try {
    const first = await startTestEmulator(options);
    const { accountid } = (await first.dataverse('GET', usOne, { as: admin })).body.value[0];
    await first.dataverse('PATCH', `accounts(${accountid})`, { body: { address1_line1: '1 Lasting Street' } });
    // Stopped at once: the flow may not have run.
    await first.stop();
    expect(existsSync(join(folder, 'fno-connect.sqlite'))).toBe(true);
    const second = await startTestEmulator(options);
    try {
      await second.console('POST', '/idle', { timeoutMs: 30_000 });
      const [row] = (await second.dataverse('GET', usOne, { as: admin })).body.value;
      expect(row).toMatchObject({ accountid, address1_line1: '1 Lasting Street' });
      const changes = await second.dataverse('GET', `fno_addresschanges?$filter=_fno_accountid_value eq ${accountid}`, {
        as: admin,
      });
      expect(changes.body.value).toHaveLength(1);
    } finally {
      await second.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a first start that was cut short begins anew', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fno-connect-test-'));
  const options = ['--data', folder, '--customers', '5'];
  try {
    await killOnce('imported FnOConnect', options);
    expect(existsSync(join(folder, 'fno-connect.sqlite'))).toBe(true);
    const second = await startTestEmulator(options);
    try {
      expect((await second.dataverse('GET', usOne, { as: admin })).body.value).toHaveLength(1);
    } finally {
      await second.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Starts the emulator and ends it as a power cut does, once it has said this. */
async function killOnce(said: string, options: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ['run.cjs', 'emulator/start.ts', '--port', '0', ...options], {
    cwd: join(__dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
    if (output.includes(said)) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  expect(output).not.toContain('Stop with Ctrl+C');
}
