import { request, type HttpHandler } from './kernel/index.ts';
import type { HistoryEntry } from './finance-operations/index.ts';
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
    readonly financeOperations: {
      readonly defaultCompany: string;
      readonly companies: readonly string[];
      readonly roles?: readonly string[];
    } | null;
  }[];
  /** Web API bodies by entity set, in order. */
  readonly dataverseRows: readonly { readonly set: string; readonly rows: readonly object[] }[];
  /** OData bodies by entity set, in order. */
  readonly financeOperationsRows: readonly { readonly set: string; readonly rows: readonly object[] }[];
  readonly commands: readonly Command[];
  /** Invoices and payments of the past, the oldest first; nobody is told of them. */
  readonly history?: readonly HistoryEntry[];
  /** Commands once the history is there. */
  readonly periodicTasks?: readonly Command[];
  /** Web API bodies, posted last; a bound value may be a set with a filter that finds one row. */
  readonly dataverseRowsAfter?: DemoData['dataverseRows'];
  /** Relations of rows; each end is a set with a filter that finds one row. */
  readonly links?: readonly { readonly from: string; readonly relationship: string; readonly to: string }[];
}

interface Command {
  readonly command: string;
  readonly parameters: Readonly<Record<string, unknown>>;
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
  await financeOperations.loadHistory(data.history ?? []);
  for (const { command, parameters } of data.periodicTasks ?? []) await financeOperations.command(command, parameters);
  for (const { set, rows } of data.dataverseRowsAfter ?? [])
    for (const row of rows) await send(dataverse.handle, 'POST', set, await bound(dataverse, row));
  for (const { from, relationship, to } of data.links ?? []) {
    const path = `${await found(dataverse, from)}/${relationship}/$ref`;
    await send(dataverse.handle, 'POST', path, { '@odata.id': await found(dataverse, to) });
  }
  log(`seeded ${data.financeOperationsRows.find(({ set }) => set === 'CustomersV3')?.rows.length ?? 0} customers`);
}

/** The row with `set?$filter=…` replaced by the row it finds, in what is bound. */
async function bound(dataverse: Platform['dataverse'], row: object): Promise<object> {
  const entries = Object.entries(row).map(async ([name, value]) =>
    name.endsWith('@odata.bind') && String(value).includes('?')
      ? [name, await found(dataverse, String(value))]
      : [name, value],
  );
  return Object.fromEntries((await Promise.all(entries)) as [string, unknown][]);
}

/** `set(id)` of the one row a set with a filter finds. */
async function found({ handle, metadata }: Platform['dataverse'], query: string): Promise<string> {
  const [set = ''] = query.split('?');
  const { value } = (await send(handle, 'GET', encodeURI(query))) as { value: readonly Record<string, unknown>[] };
  const key = metadata.tableBySet(set)?.primaryId ?? '';
  if (value.length !== 1) throw new Error(`The demo data does not fit: ${query} finds ${value.length} rows.`);
  return `${set}(${String(value[0]![key])})`;
}

async function send(handle: HttpHandler, method: string, path: string, row?: object): Promise<unknown> {
  const { status, body } = await handle(request(method, `/api/data/v9.2/${path}`, {}, row));
  if (status >= 400)
    throw new Error(`The demo data does not fit: ${method} ${path} answered ${status} ${body.toString()}`);
  return body.length === 0 ? undefined : JSON.parse(body.toString());
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
