import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSolution } from '../../../alm/build.ts';
import { startEmulator, type Emulator } from '../../../emulator/emulator.ts';
import { readDemoData } from '../../../examples/demo-data/index.ts';
import { servicesAt, type Services } from '../emulator.ts';

const root = join(__dirname, '../../..');

/** What a run of a flow came to. */
export interface Run {
  readonly id: string;
  readonly flow: string;
  readonly status: string;
  readonly startTime: string;
  readonly error?: { readonly code: string; readonly message: string };
}

/** The emulator in this process, with the solution of the built zip. An injected crash restarts it from its file. */
export interface World extends Services {
  readonly origin: string;
  /** Moves the clock on. */
  advance(milliseconds: number): Promise<void>;
  now(): Promise<Date>;
  /** Waits until nothing runs and nothing is on its way, moving the clock on, minute by minute, while runs wait for it. */
  settle(options?: { readonly minutes?: number }): Promise<void>;
  /** The newest first; of all flows unless one is named. */
  runs(flow?: string): Promise<readonly Run[]>;
  keep(): Promise<void>;
  /** Back to what was kept, the clock too, and no faults. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** Customers beside the named ones; 0 unless stated. */
  readonly customers?: number;
  /** Takes the zip that is there, without looking whether it is up to date. */
  readonly zip?: string;
  /** Hears what the emulator logs. */
  readonly log?: (text: string) => void;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const log = options.log ?? (() => undefined);
  const zip = options.zip ?? (await buildSolution({ root, outDir: join(root, 'dist'), log })).unmanaged;
  const demoData = readDemoData({ customers: options.customers ?? 0 });
  const emulator = await startEmulator({
    port: 0,
    dataFolder: undefined,
    strictAuth: false,
    serviceProtection: false,
    solutions: [readFileSync(zip)],
    demoData,
    connectionUsers: demoData.connections,
    reset: false,
    version: 'test',
    connectionUser: 'admin@fnoconnect.example',
    restartsAfterCrash: true,
    log,
  });
  return worldOf(emulator);
}

/** The newest zip of the last build; for work on a flow while nothing else changes. */
export function lastZip(): string {
  const name = readdirSync(join(root, 'dist')).find((file) => /^FnOConnect_[\d_]+\.zip$/.test(file));
  if (name === undefined) throw new Error('There is no zip in dist; npm run build makes it.');
  return join(root, 'dist', name);
}

const minuteMs = 60_000;
const snapshot = 'fault-matrix';

function worldOf(emulator: Emulator): World {
  const services = servicesAt(emulator);
  const ask = services.console;
  const now = async () => new Date((await ask('GET', '/clock')).now);
  const advance = async (advanceMs: number) => void (await ask('POST', '/clock', { advanceMs }));
  const runs = async (flow?: string) =>
    (await ask('GET', `/flow-runs${flow === undefined ? '' : `?flow=${encodeURIComponent(flow)}`}`)).value;
  let kept = new Date();

  const isGoing = ({ status }: { status: string }) => status === 'Running' || status === 'Waiting';
  async function isQuiet(): Promise<boolean> {
    const [flowRuns, deliveries] = [await runs(), await ask('GET', '/events')];
    return ![...flowRuns, ...deliveries.value, ...deliveries.events].some(isGoing);
  }

  return {
    ...services,
    origin: emulator.origin,
    now,
    advance,
    runs,
    async settle({ minutes = 60 } = {}) {
      for (let minute = 0; ; minute++) {
        await ask('POST', '/idle', { timeoutMs: 60_000 });
        if ((await isQuiet()) || minute >= minutes) return;
        await advance(minuteMs);
      }
    },
    async keep() {
      kept = await now();
      await ask('POST', `/snapshots/${snapshot}`);
    },
    async restore() {
      await ask('POST', `/snapshots/${snapshot}/restore`);
      if (kept > (await now())) await ask('POST', '/clock', { set: kept.toISOString() });
    },
    close: () => emulator.close(),
  };
}
