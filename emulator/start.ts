import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSolution } from '../alm/build.ts';
import { readDemoData } from '../examples/demo-data/index.ts';
import { readCustomApis } from './dataverse/index.ts';
import { readStubs } from './flow-runtime/index.ts';
import { startEmulator, type Emulator } from './emulator.ts';
import { readSettings, usage, type Settings } from './settings.ts';

const root = join(__dirname, '..');

async function start(settings: Settings): Promise<Emulator> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const log = (text: string) => console.log(text);
  const zip = settings.solution ?? (await buildSolution({ root, outDir: join(root, 'dist'), log })).unmanaged;
  const demoData = settings.seed ? readDemoData({ customers: settings.customers }) : undefined;
  return startEmulator({
    port: settings.port,
    dataFolder: settings.memory ? undefined : settings.dataFolder,
    strictAuth: settings.auth === 'strict',
    serviceProtection: settings.limits,
    allowedHosts: settings.allowedHosts,
    flowPlan: settings.flowPlan,
    stubs: settings.stubs === undefined ? undefined : readStubs(settings.stubs),
    customApis: settings.customApis === undefined ? undefined : readCustomApis(settings.customApis),
    solutions: [readFileSync(zip)],
    demoData,
    connectionUsers: demoData?.connections,
    reset: settings.reset,
    version,
    connectionUser: 'admin@fnoconnect.example',
    log,
  });
}

function welcome({ origin, financeOperationsOrigin }: Emulator): string {
  return `
FnO Connect is running. Open

    ${origin}/

and choose who you are in the menu at the top right: service@, sales@, manager@ or admin@fnoconnect.example.

Try the address scenario: as service@, open Customers, then the customer US-001; change the shipping or the billing
address and save. Finance and operations has it in the same moment:

    ${financeOperationsOrigin}/data/CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true

A few seconds later the tab Address changes holds the confirmation the flow wrote.

Try the credit limit: as service@, open Cases, New, choose US-001's customer, request type Credit limit increase and an
amount above 2,000, and save. As sales@, open Credit limit requests and approve with a reason: finance and operations has
the limit, the case is resolved, and the outbox, in the menu of settings, holds the e-mail.

    Dataverse                ${origin}/api/data/v9.2/
    finance and operations   ${financeOperationsOrigin}/data/
    console                  ${origin}/_emulator

Stop with Ctrl+C.`;
}

function explain(error: Error & { code?: string; port?: number }): string {
  if (error.code === 'EADDRINUSE') return `Port ${error.port} is taken. Stop what uses it, or start with --port N.`;
  return error.message;
}

async function main(): Promise<void> {
  if (process.argv.slice(2).some((option) => option === '--help' || option === '-h')) return console.log(usage);
  const emulator = await start(readSettings(process.argv.slice(2)));
  console.log(welcome(emulator));
  const stop = () => void emulator.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: Error) => {
  console.error(explain(error));
  process.exit(1);
});
