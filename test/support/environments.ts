import { startEmulator, type Emulator } from '../../emulator/emulator.ts';

/** An environment with what Microsoft ships, and these solutions; no demo data, nothing kept, in this process. */
export function anEnvironment(solutions: readonly Buffer[] = []): Promise<Emulator> {
  return startEmulator({
    port: 0,
    dataFolder: undefined,
    strictAuth: false,
    serviceProtection: false,
    solutions,
    demoData: undefined,
    reset: false,
    version: 'rehearsal',
    connectionUser: 'admin@fnoconnect.example',
    log: () => undefined,
  });
}
