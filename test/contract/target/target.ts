import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataverse } from '../../../emulator/dataverse/index.ts';
import { createClock, createFaultRules, createWork, serve } from '../../../emulator/kernel/index.ts';
import { openDatabase } from '../../../emulator/storage/index.ts';
import { readFolder, writeZip } from '../../../packaging/index.ts';
import type { Need } from '../contract-case.ts';
import { contractSolution } from './contract-solution.ts';

/** A Dataverse the suite speaks to, over HTTP only. */
export interface Target {
  readonly name: string;
  /** e.g. `http://127.0.0.1:50001/api/data/v9.2` */
  readonly base: string;
  readonly token: string;
  /** System users to act as, by their name in the cases. */
  readonly users: Readonly<Record<string, string>>;
  /** What a case may ask for that this target lacks, and why. */
  readonly lacks: Readonly<Partial<Record<Need, string>>>;
  /** The time by the target's clock. */
  now(): Date;
  /** Removes what the suite made: these rows, newest first, and the solution. */
  close(rows: readonly string[]): Promise<void>;
}

export const frozenAt = '2026-01-02T03:04:05Z';

/** Every target this run can reach: the emulator in memory and on a file, and the one the environment names. */
export const targets: readonly (readonly [name: string, open: () => Promise<Target>])[] =
  process.env['FNO_CONTRACT_URL'] === undefined
    ? [
        ['the emulator in memory', () => openEmulator(':memory:')],
        ['the emulator on a SQLite file', openOnFile],
      ]
    : [[process.env['FNO_CONTRACT_URL'], openOrganization]];

/** The emulator on a file of its own, which `close` removes. */
export async function openOnFile(): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  const target = await openEmulator(join(folder, 'emulator.sqlite'));
  return {
    ...target,
    async close() {
      await target.close([]);
      rmSync(folder, { recursive: true });
    },
  };
}

const system = join(__dirname, '../../../emulator/first-party/System');
let systemZip: Promise<Buffer> | undefined;

async function openEmulator(file: string): Promise<Target> {
  const database = openDatabase(file);
  const clock = createClock(() => Date.parse(frozenAt));
  let origin = '';
  const dataverse = createDataverse({
    database,
    clock,
    work: createWork((_name, error) => console.error(error)),
    faultRules: createFaultRules(),
    strictAuth: true,
    customApis: (name) => (name === 'ctr_Rest' ? () => ({}) : undefined),
    origin: () => origin,
    log: (text) => console.error(text),
  });
  await dataverse.load();
  systemZip ??= readFolder(system, { type: 'managed' }).then(writeZip);
  await dataverse.importSolution(await systemZip);
  await dataverse.importSolution(await contractSolution());
  const add = (name: string, ...roles: string[]) =>
    dataverse.addUser({ email: `${name}@contract.example`, fullName: `Contract ${name}`, roles });
  add('admin', 'System Administrator');
  const users = {
    picker: add('picker', 'Contract picker'),
    other: add('other', 'Contract picker'),
    reader: add('reader', 'Contract reader'),
    nobody: add('nobody'),
  };
  const server = await serve(dataverse.handle, 0);
  origin = server.origin;
  return {
    name: file === ':memory:' ? 'the emulator in memory' : 'the emulator on a SQLite file',
    base: `${origin}/api/data/v9.2`,
    token: 'admin@contract.example',
    users,
    lacks: {},
    now: () => clock.now(),
    async close() {
      await server.close();
      clock.stop();
      database.close();
    },
  };
}

/**
 * A real organisation: the solution is imported into it, and deleted at the end with what it holds.
 *
 * @throws Error naming the variable that is missing, or what the organisation said
 */
async function openOrganization(): Promise<Target> {
  const base = `${process.env['FNO_CONTRACT_URL']!.replace(/\/+$/, '')}/api/data/v9.2`;
  const token = process.env['FNO_CONTRACT_TOKEN'];
  if (token === undefined) throw new Error('Set FNO_CONTRACT_TOKEN to an access token for FNO_CONTRACT_URL.');
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${base}/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, Accept: 'application/json', 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const zip = await contractSolution();
  await ask('POST', 'ImportSolution', {
    OverwriteUnmanagedCustomizations: false,
    PublishWorkflows: false,
    CustomizationFile: zip.toString('base64'),
    ImportJobId: guidOf(zip),
  });
  return {
    name: base,
    base,
    token,
    users: readUsers(),
    lacks: {
      emulator: 'it is what the emulator refuses',
      ...(process.env['FNO_CONTRACT_USERS'] === undefined ? { users: 'FNO_CONTRACT_USERS is not set' } : {}),
    },
    now: () => new Date(),
    async close(rows) {
      for (const row of rows) await ask('DELETE', row).catch(() => undefined);
      if (process.env['FNO_CONTRACT_KEEP'] !== undefined) return;
      const found = await ask('GET', "solutions?$select=solutionid&$filter=uniquename eq 'ContractCases'");
      const { value } = (await found.json()) as { value: { solutionid: string }[] };
      for (const { solutionid } of value) await ask('DELETE', `solutions(${solutionid})`);
    },
  };
}

/** A file of `{"picker":"<systemuserid>","other":…,"reader":…,"nobody":…}`. */
function readUsers(): Record<string, string> {
  const file = process.env['FNO_CONTRACT_USERS'];
  return file === undefined ? {} : (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
}

function guidOf(zip: Buffer): string {
  const hex = createHash('sha256').update(zip).update(String(Date.now())).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
