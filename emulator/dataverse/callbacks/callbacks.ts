import { notEmulated, type Clock, type FaultRules, type NewId, type Work } from '../../kernel/index.ts';
import { bindFilterOn } from '../web-api/bind-text.ts';
import type { Lookup, Query, Row } from '../../query/index.ts';
import { countRows, readRow, type Database, type Shapes } from '../../storage/index.ts';
import type { MessageCall, Step } from '../contract.ts';
import { faults } from '../faults.ts';
import type { MetadataCatalogue } from '../metadata/model.ts';
import type { RowWriter } from '../web-api/write-row.ts';
import { writeRow } from '../web-api/write-row.ts';

/** Message codes of a registration: which operations it wants. Deleted is 2. */
const wanted: Record<number, readonly string[]> = {
  1: ['Create'],
  2: ['Delete'],
  3: ['Update'],
  4: ['Create', 'Update'],
  5: ['Create', 'Delete'],
  6: ['Update', 'Delete'],
  7: ['Create', 'Update', 'Delete'],
};

const scopes = { user: 1, businessUnit: 2, childUnits: 3, organization: 4 } as const;
const tries = 3;
/** Decided: waits before a delivery is tried again, by the clock. */
const waitMs = (attempt: number) => attempt * 5000;

export interface CallbackParts {
  readonly database: Database;
  readonly metadata: MetadataCatalogue;
  readonly shapes: Shapes;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly work: Work;
  readonly faultRules: FaultRules;
  readonly writer: () => RowWriter;
  readonly log: (text: string) => void;
}

export interface Delivery {
  readonly id: string;
  readonly registration: string;
  readonly url: string;
  readonly status: string;
  readonly attempts: number;
  readonly error: string | null;
  readonly createdOn: string;
}

/** Tells registered callbacks (flows) of operations, after the commit, at least once. */
export interface Callbacks {
  /** Checks a registration before it is stored. */
  readonly steps: readonly Step[];
  /** Queues the deliveries of one operation in its transaction. */
  afterWrite(call: MessageCall): void;
  /** Sends what an earlier start left undelivered. */
  resume(): void;
  deliveries(): Delivery[];
  resend(id: string): boolean;
}

const jobs = '"emulator$deliveries"';

export function createCallbacks(parts: CallbackParts): Callbacks {
  const { database, clock, newId, work } = parts;
  database.exec(
    `create table if not exists ${jobs} (id text primary key, registration text not null, url text not null, body text not null, status text not null, attempts integer not null, error text, created_on text not null) without rowid`,
  );

  function afterWrite(call: MessageCall): void {
    if (parts.metadata.table('callbackregistration') === undefined || call.table.logicalName === 'callbackregistration')
      return;
    for (const registration of database.all('select * from callbackregistration where entityname__folded = ?', [
      call.table.logicalName,
    ])) {
      if (!isWanted(registration, call, parts)) continue;
      const id = newId();
      const body = JSON.stringify(bodyFor(call, parts));
      database.run(`insert into ${jobs} values (?, ?, ?, ?, 'Waiting', 0, null, ?)`, [
        id,
        String(registration['name']),
        String(registration['url']),
        body,
        clock.now().toISOString(),
      ]);
      database.afterCommit(() => send(id));
    }
  }

  /** Sends one delivery and, when an injected fault says so, sends it twice. */
  function send(id: string): void {
    work.start('callback', async () => {
      const job = database.get(`select url, body from ${jobs} where id = ?`, [id]);
      if (job === undefined) return;
      for (let attempt = 1; attempt <= tries; attempt++) {
        const error = await post(String(job['url']), String(job['body']), parts.faultRules);
        await database.transaction(async () =>
          database.run(`update ${jobs} set attempts = attempts + 1, error = ?, status = ? where id = ?`, [
            error ?? null,
            error === undefined ? 'Succeeded' : attempt === tries ? 'Failed' : 'Waiting',
            id,
          ]),
        );
        if (error === undefined) return;
        parts.log(`callback to ${String(job['url'])} failed: ${error}`);
        if (attempt < tries) await work.asleep(clock.sleep(waitMs(attempt)));
      }
    });
  }

  return {
    steps: [
      {
        name: 'Dataverse.CheckCallbackRegistration',
        table: 'callbackregistration',
        message: 'Create',
        stage: 20,
        run: async (call) => check(call.target, parts),
      },
      {
        name: 'Dataverse.CheckCallbackRegistration',
        table: 'callbackregistration',
        message: 'Update',
        stage: 20,
        run: async (call) => check({ ...call.before, ...call.target }, parts),
      },
    ],
    afterWrite,
    resume() {
      for (const row of database.all(`select id from ${jobs} where status = 'Waiting'`)) send(String(row['id']));
    },
    deliveries: () =>
      database.all(`select * from ${jobs} order by created_on desc limit 500`).map((row) => ({
        id: String(row['id']),
        registration: String(row['registration']),
        url: String(row['url']),
        status: String(row['status']),
        attempts: Number(row['attempts']),
        error: row['error'] === null ? null : String(row['error']),
        createdOn: String(row['created_on']),
      })),
    resend(id) {
      if (database.get(`select 1 from ${jobs} where id = ?`, [id]) === undefined) return false;
      send(id);
      return true;
    },
  };
}

/** @throws Fault for a registration that could never be served */
function check(registration: Row, { metadata, shapes }: CallbackParts): void {
  const name = String(registration['entityname'] ?? '');
  const table = metadata.table(name);
  if (table === undefined)
    throw faults.invalidArgument(`The entity '${name}' of the callback registration does not exist.`);
  if (table.isVirtual)
    throw faults.invalidArgument(`The virtual table '${name}' raises no events: event support is not enabled for it.`);
  if (wanted[Number(registration['message'])] === undefined)
    throw faults.invalidArgument(
      `The message ${String(registration['message'])} of the callback registration is not one of 1 to 7.`,
    );
  if (registration['postponeuntil'])
    throw notEmulated('postponeuntil of a callback registration', 'Wait in the flow instead.');
  if (registration['filterexpression']) bindFilterOn(table, String(registration['filterexpression']), metadata, shapes);
  if (!/^https?:\/\//.test(String(registration['url'] ?? '')))
    throw faults.invalidArgument('The url of a callback registration is an absolute http address.');
}

function isWanted(registration: Readonly<Record<string, unknown>>, call: MessageCall, parts: CallbackParts): boolean {
  if (!wanted[Number(registration['message'])]?.includes(call.message)) return false;
  const columns = String(registration['filteringattributes'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  if (call.message === 'Update' && columns.length > 0 && !columns.some((name) => name in call.target)) return false;
  if (!isInScope(registration, call, parts)) return false;
  const filter = registration['filterexpression'];
  return !filter || call.message === 'Delete' || holds(String(filter), call, parts);
}

/** Relative to the owner of the registration and the owner of the row. */
function isInScope(
  registration: Readonly<Record<string, unknown>>,
  { before, after }: MessageCall,
  { database }: CallbackParts,
): boolean {
  const scope = Number(registration['scope'] ?? scopes.organization);
  if (scope === scopes.organization) return true;
  const row = after ?? before;
  const owner = (row?.['ownerid'] as Lookup | null | undefined)?.id;
  if (scope === scopes.user) return owner === registration['ownerid'];
  const unit = (row?.['owningbusinessunit'] as Lookup | null | undefined)?.id;
  const own = String(registration['owningbusinessunit']);
  if (scope === scopes.businessUnit) return unit === own;
  const sql =
    'with recursive units(id) as (select ? union select businessunitid from businessunit join units on parentbusinessunitid = units.id) select 1 from units where id = ?';
  return database.get(sql, [own, unit ?? '']) !== undefined;
}

/** The filter is evaluated on the row after the change is saved, by the same reader as `$filter`. */
function holds(filter: string, { table, id }: MessageCall, { database, metadata, shapes }: CallbackParts): boolean {
  const bound = bindFilterOn(table, filter, metadata, shapes);
  const self = { kind: 'compare' as const, left: { column: table.primaryId }, operator: 'eq' as const, right: id };
  const query: Query = {
    table: table.logicalName,
    columns: [],
    joins: bound.joins,
    order: [],
    filter: { kind: 'all', of: [self, bound.filter] },
  };
  return countRows(database, query, shapes, 1) === 1;
}

function bodyFor(
  { table, id, message, caller }: MessageCall,
  { database, shapes, writer }: CallbackParts,
): Record<string, unknown> {
  const common = { SdkMessage: message, RunAsSystemUserId: caller.userId, ItemInternalId: id };
  if (message === 'Delete') return { [table.primaryId]: id, ...common };
  const row = readRow(database, shapes(table.logicalName), { [table.primaryId]: id })!;
  const { '@odata.etag': _etag, ...columns } = writeRow(table, row, writer());
  return { ...columns, ...common, RowVersion: String(row['versionnumber']) };
}

/** Undefined when the callback took it; else why not. */
async function post(url: string, body: string, rules: FaultRules): Promise<string | undefined> {
  const effect = rules.strike('event-delivery', 'before', { method: 'POST', path: url });
  if (effect?.delayMs !== undefined) await new Promise((soon) => setTimeout(soon, effect.delayMs));
  if (effect?.drop) return 'dropped by an injected fault';
  if (effect?.status !== undefined) return `refused with ${effect.status} by an injected fault`;
  const once = async () => {
    try {
      const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      await answer.arrayBuffer();
      return answer.ok ? undefined : `answered ${answer.status}`;
    } catch (error) {
      return (error as Error).message;
    }
  };
  if (effect?.duplicate) await once();
  return once();
}
