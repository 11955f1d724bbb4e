import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consolePath, createConsole } from './console/index.ts';
import type { CustomApiBodies } from './dataverse/index.ts';
import { consoleRooms } from './console-rooms.ts';
import { installFirstParty, readMaps } from './first-party.ts';
import type { Connectors, PlanName } from './flow-runtime/index.ts';
import { createIdentity, tenantId, type Identity } from './identity/index.ts';
import { serve, type HttpHandler, type RunningServer } from './kernel/index.ts';
import { openPlatform, type Platform } from './platform.ts';
import { seed, type DemoData } from './seed.ts';
import { openDatabase } from './storage/database.ts';
import { createWebHost } from './web-host/server/index.ts';

export interface EmulatorOptions {
  /** Dataverse's port; finance and operations takes the next. 0 takes two free ones. */
  readonly port: number;
  /** Folder of the store; undefined keeps nothing beyond the process. */
  readonly dataFolder: string | undefined;
  readonly strictAuth: boolean;
  /** Whether users of Dataverse meet its limits of requests and time. */
  readonly serviceProtection: boolean;
  /** Hosts that flows may call; none by default. */
  readonly allowedHosts?: readonly string[];
  /** The performance profile of the flows' owner; `low` where it is not stated. */
  readonly flowPlan?: PlanName;
  /** Stubs for connectors the flow runtime does not have. */
  readonly stubs?: Connectors | undefined;
  /** Bodies of custom APIs; without one, calling an API is refused by name. */
  readonly customApis?: CustomApiBodies;
  /** Solutions to import, in order. */
  readonly solutions: readonly Buffer[];
  /** Loaded into an empty store; undefined leaves it empty. */
  readonly demoData: DemoData | undefined;
  readonly reset: boolean;
  readonly version: string;
  /** E-mail of the user flows are owned by and connections signed in as. */
  readonly connectionUser: string;
  /**
   * An injected crash drops the platform and opens it again from its file, where it would end the process: for tests
   * that crash it a hundred times. The clock keeps what was added to it.
   */
  readonly restartsAfterCrash?: boolean;
  /** E-mails of the users connections of these references are signed in as instead. */
  readonly connectionUsers?: Readonly<Record<string, string>> | undefined;
  readonly log: (text: string) => void;
}

export interface Emulator {
  /** e.g. `http://127.0.0.1:7071` */
  readonly origin: string;
  readonly financeOperationsOrigin: string;
  readonly platform: Platform;
  close(): Promise<void>;
}

/** Starts both platforms, installs what Microsoft ships, imports the solutions, seeds an empty store, and serves. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const folder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'fno-connect-'));
  mkdirSync(join(folder, 'snapshots'), { recursive: true });
  const store = storeIn(folder);
  if (!options.reset && store.isCutShort())
    options.log(`The first start with the data folder ${folder} did not come to its end: it begins anew.`);
  if (options.reset || store.isCutShort()) store.remove();
  const isNew = !existsSync(store.file);
  const origins = { dataverse: '', financeOperations: '' };

  /** The demo data come before the users they name: nobody has to say who they are until it is there. */
  let isSeeded = !isNew;
  const open = (): Platform =>
    openPlatform({
      database: openDatabase(store.file),
      dataverseOrigin: () => origins.dataverse,
      financeOperationsOrigin: () => origins.financeOperations,
      strictAuth: options.strictAuth && isSeeded,
      tenantId,
      serviceProtection: options.serviceProtection,
      allowedHosts: options.allowedHosts,
      customApis: options.customApis,
      flowPlan: options.flowPlan,
      stubs: options.stubs,
      maps: readMaps(),
      connectionUser: options.connectionUser,
      crash: options.restartsAfterCrash ? crash : undefined,
      connectionUsers: options.connectionUsers,
      log: options.log,
    });

  let platform = open();
  /** Requests that come while the platform is being opened again wait for it. */
  let isOpen: Promise<void> = Promise.resolve();
  const identity = createIdentity({
    directory: { emailOf: (name) => platform.dataverse.emailOf(name) },
    now: () => platform.clock.now(),
    isStrict: options.strictAuth,
    tenantId,
    origin: () => origins.dataverse,
  });
  const webHost = createWebHost({ version: options.version, log: options.log });
  await webHost.build();

  /** Closes the platform, puts another store in its place and opens it: what a restart does. */
  async function reopenWith(file: string): Promise<void> {
    await platform.close();
    platform.database.close();
    store.replaceBy(file);
    await openAgain();
  }

  function crash(): void {
    const time = platform.clock.now();
    platform.drop();
    openAgain(time).catch((error: Error) => options.log(`The platform did not open again: ${error.stack}`));
  }

  async function openAgain(time?: Date): Promise<void> {
    platform = open();
    if (time !== undefined) platform.clock.set(time);
    isOpen = platform.load();
    const begun = isOpen.then(() => platform.begin());
    // Whoever waits for quiet waits for this.
    platform.work.start('the start', () => begun.catch(() => undefined));
    await begun;
  }

  const rooms = consoleRooms(() => platform, {
    version: options.version,
    origins,
    reset: () => reopenWith(store.seeded),
    keepSnapshot: async (name) => store.copyTo(store.snapshot(name), platform),
    restoreSnapshot: async (name) => {
      if (!existsSync(store.snapshot(name))) return false;
      await reopenWith(store.snapshot(name));
      return true;
    },
  });
  const console = createConsole(() => rooms);

  const servers: RunningServer[] = [];
  async function close(): Promise<void> {
    for (const server of servers) await server.close();
    await platform.close();
    platform.database.close();
    if (options.dataFolder === undefined) rmSync(folder, { recursive: true, force: true });
  }

  try {
    servers.push(
      await serve(async (request) => {
        await isOpen;
        return route(() => platform, console, identity, webHost.handle)(request);
      }, options.port),
    );
    origins.dataverse = servers[0]!.origin;
    const next = options.port === 0 ? 0 : options.port + 1;
    const operations: HttpHandler = async (request) => {
      await isOpen;
      return platform.handleFinanceOperations(request);
    };
    servers.push(await serve(operations, next));
    origins.financeOperations = servers[1]!.origin;
    await platform.load();
    await installFirstParty(platform, options.log);
    for (const solution of options.solutions) await importSolution(platform, solution, options.log);
    if (isNew && options.demoData !== undefined) await seed(platform, options.demoData, options.log);
    if (isNew) store.markSeeded(platform);
    isSeeded = true;
    if (isNew && options.strictAuth) await reopenWith(store.seeded);
    else await platform.begin();
    return {
      origin: origins.dataverse,
      financeOperationsOrigin: origins.financeOperations,
      get platform() {
        return platform;
      },
      close,
    };
  } catch (error) {
    await close();
    if (isNew) store.remove();
    throw error;
  }
}

async function importSolution(platform: Platform, zip: Buffer, log: (text: string) => void): Promise<void> {
  const { uniqueName, version, warnings } = await platform.dataverse.importSolution(zip);
  log(`imported ${uniqueName} ${version}`);
  for (const warning of warnings) log(`  ${warning}`);
}

/** The first port's paths: the console and callbacks, what Dataverse owns, tokens, and the web host for the rest. */
function route(platform: () => Platform, console: HttpHandler, identity: Identity, webHost: HttpHandler): HttpHandler {
  return async (request) => {
    const path = request.url.split('?', 1)[0]!;
    const { callbackPath, flowRuntime, handleDataverse } = platform();
    if (path.startsWith(`${callbackPath}/`)) return flowRuntime.handle(request);
    if (path === consolePath || path.startsWith(`${consolePath}/`)) return console(request);
    if (/^\/(api\/(?:data|search)|WebResources|CustomControls|Image)(\/|$)/i.test(path))
      return identity.challenge(await handleDataverse(request));
    return identity.handle(request) ?? webHost(request);
  };
}

/** The files of the store: SQLite's own, the seeded state, and snapshots by name. */
function storeIn(folder: string) {
  const file = join(folder, 'fno-connect.sqlite');
  const seeded = join(folder, 'seeded.sqlite');
  const removeFiles = () => ['', '-wal', '-shm'].forEach((suffix) => rmSync(file + suffix, { force: true }));
  const copyTo = (target: string, { database }: Platform) => {
    rmSync(target, { force: true });
    database.copyTo(target);
  };
  return {
    file,
    seeded,
    /** Whether there is one that was never seeded to its end: the seeded state is kept last. */
    isCutShort: () => existsSync(file) && !existsSync(seeded),
    snapshot: (name: string) => join(folder, 'snapshots', `${name}.sqlite`),
    remove() {
      rmSync(seeded, { force: true });
      removeFiles();
    },
    replaceBy(other: string) {
      removeFiles();
      copyFileSync(other, file);
    },
    copyTo,
    markSeeded(platform: Platform) {
      const written = `${seeded}.part`;
      copyTo(written, platform);
      renameSync(written, seeded);
    },
  };
}
