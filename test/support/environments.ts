import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import { readDemoData } from '../../examples/demo-data/index.ts';
import { servicesAt, type TestEmulator } from './emulator.ts';

const bare = {
  port: 0,
  dataFolder: undefined,
  strictAuth: false,
  serviceProtection: false,
  reset: false,
  version: 'rehearsal',
  connectionUser: 'admin@fnoconnect.example',
  log: () => undefined,
} as const;

/** An environment with what Microsoft ships, and these solutions; no demo data, nothing kept, in this process. */
export function anEnvironment(solutions: readonly Buffer[] = []): Promise<Emulator> {
  return startEmulator({ ...bare, solutions, demoData: undefined });
}

/** The same with the demo data, but nothing of the product; `stop` ends it. */
export async function aDemoEnvironment(customers = 5): Promise<Omit<TestEmulator, 'kill'>> {
  const data = readDemoData({ customers });
  // Roles and rows of the product are not there without it.
  const users = data.users.map((user) => ({ ...user, roles: user.roles.filter((role) => !role.startsWith('FnO ')) }));
  const demoData = { ...data, users, dataverseRowsAfter: [], links: [] };
  const emulator = await startEmulator({ ...bare, solutions: [], demoData });
  const { origin, financeOperationsOrigin } = emulator;
  const services = servicesAt({ origin, financeOperationsOrigin });
  return { origin, financeOperationsOrigin, ...services, stop: () => emulator.close() };
}
