import { request, type HttpHandler } from './kernel/index.ts';
import type { Platform } from './platform.ts';

/** What a fresh environment is filled with; the shape of examples/demo-data. */
export interface DemoData {
  readonly users: readonly {
    readonly email: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly fullName: string;
    readonly roles: readonly string[];
    readonly teams: readonly string[];
    readonly financeOperations: { readonly defaultCompany: string; readonly companies: readonly string[] } | null;
  }[];
  /** Web API bodies by entity set, in order. */
  readonly dataverseRows: readonly { readonly set: string; readonly rows: readonly object[] }[];
  /** OData bodies by entity set, in order. */
  readonly financeOperationsRows: readonly { readonly set: string; readonly rows: readonly object[] }[];
  readonly commands: readonly { readonly command: string; readonly parameters: Readonly<Record<string, unknown>> }[];
}

/** Fills both platforms through their own services, then lets dual-write make its first copy. */
export async function seed(platform: Platform, data: DemoData, log: (text: string) => void): Promise<void> {
  const { dataverse, financeOperations, dualWrite, database } = platform;
  await database.transaction(() => post(dataverse.handle, '/api/data/v9.2/', '', data.dataverseRows));
  for (const user of data.users) {
    dataverse.addUser(user);
    if (user.financeOperations !== null)
      await financeOperations.command('add-user', { email: user.email, ...user.financeOperations });
  }
  await database.transaction(() =>
    post(financeOperations.handle, '/data/', '?cross-company=true', data.financeOperationsRows),
  );
  await dualWrite.startAll();
  for (const { command, parameters } of data.commands) await financeOperations.command(command, parameters);
  log(`seeded ${data.financeOperationsRows.find(({ set }) => set === 'CustomersV3')?.rows.length ?? 0} customers`);
}

async function post(handle: HttpHandler, base: string, query: string, sets: DemoData['dataverseRows']): Promise<void> {
  for (const { set, rows } of sets) {
    for (const row of rows) {
      const { status, body } = await handle(request('POST', `${base}${set}${query}`, {}, row));
      if (status >= 400)
        throw new Error(
          `The demo data does not fit: POST ${set} answered ${status} ${body.toString()} to ${JSON.stringify(row)}`,
        );
    }
  }
}
