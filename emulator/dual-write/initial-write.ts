import type { AsyncLocalStorage } from 'node:async_hooks';
import type { HttpHandler } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import type { EntityRow } from '../finance-operations/contract.ts';
import type { Row } from '../query/index.ts';
import type { Database } from '../storage/database.ts';
import type { Companies, Company } from './companies.ts';
import { keysThere } from './keys-there.ts';
import { createLookups } from './lookups.ts';
import { columnsOfKey, columnsToRead, entityRows, tableRows } from './pages.ts';
import { companiesOf } from './plan-initial-write.ts';
import type { Side } from './queue.ts';
import { keyOfEntityRow, keyOfRow } from './row-key.ts';
import type { Run, RunCounts, RunPosition, Runs } from './runs.ts';
import type { TableMap } from './table-map.ts';
import { findRows, prepareLookups, refusal, takeRow, writeRow } from './to-dataverse.ts';
import {
  keyFields,
  outgoingKey,
  outgoingOf,
  prepareBehind,
  sendRow,
  type Body,
  type ToFinanceOperations,
} from './to-finance-operations.ts';

export interface InitialWriteParts {
  readonly database: Database;
  readonly dataverse: Dataverse;
  readonly handle: HttpHandler;
  readonly companies: Companies;
  readonly runs: Runs;
  readonly origin: AsyncLocalStorage<Side>;
}

/**
 * Writes the next rows of an initial write, in one transaction with the position that is reached: whenever the process ends,
 * the run goes on where its rows are.
 *
 * Part 0 writes all rows of the master to the other side, so that the master's values stand where both have a row. Part 1
 * writes what only the other side has to the master.
 *
 * @returns false when the run is at its end
 */
export async function writeNext(legs: readonly TableMap[], run: Run, parts: InitialWriteParts): Promise<boolean> {
  const { plan } = run;
  const position = written(run.position, legs, plan);
  const map = legs[position.leg];
  if (map === undefined) return false;
  const legalEntities = companiesOf(map, plan.companies);
  const isFromMaster = position.part === 0;
  const from: Side = isFromMaster ? plan.master : other(plan.master);
  const code = legalEntities[position.company]!;
  const company = code === '' ? undefined : await parts.companies.byCode(code);
  // Decided: a legal entity that is gone, or no longer enabled, is passed over.
  const isOver = code !== '' && company?.isEnabled !== true;
  const around: ChunkParts = { map, run, company, parts, isFromMaster };
  await parts.database.transaction(async () => {
    const counts: RunCounts = {
      ...{ created: 0, updated: 0, skipped: 0, failed: 0 },
      ...run.counts[from]?.[code],
    };
    const last = isOver
      ? null
      : from === 'finance-operations'
        ? await writeToDataverse(around, counts)
        : await writeToFinanceOperations(around, counts);
    const next: RunPosition = last === null ? following(position, legalEntities.length) : { ...position, last };
    parts.runs.move(run.id, next, { ...run.counts, [from]: { ...run.counts[from], [code]: counts } });
  });
  return true;
}

const other = (side: Side): Side => (side === 'dataverse' ? 'finance-operations' : 'dataverse');

function following({ leg, part, company }: RunPosition, companies: number): RunPosition {
  if (company + 1 < companies) return { leg, part, company: company + 1, last: null };
  return part === 0 ? { leg, part: 1, company: 0, last: null } : { leg: leg + 1, part: 0, company: 0, last: null };
}

/** Past legs of which no legal entity is enabled: there is nothing to write. */
function written(position: RunPosition, legs: readonly TableMap[], plan: Run['plan']): RunPosition {
  const map = legs[position.leg];
  if (map === undefined || companiesOf(map, plan.companies).length > 0) return position;
  return written({ leg: position.leg + 1, part: 0, company: 0, last: null }, legs, plan);
}

interface ChunkParts {
  readonly map: TableMap;
  readonly run: Run;
  readonly company: Company | undefined;
  readonly parts: InitialWriteParts;
  readonly isFromMaster: boolean;
}

async function writeToDataverse(around: ChunkParts, counts: RunCounts): Promise<RunPosition['last']> {
  const { map, run, company, parts, isFromMaster } = around;
  const { dataverse, companies } = parts;
  const { rows, last } = await entityRows(map, company?.code, run.position.last, parts.handle);
  const taken: EntityRow[] = [];
  for (const row of rows) {
    if ('skipped' in (await takeRow(map, row, companies))) counts.skipped += 1;
    else taken.push(row);
  }
  const lookups = createLookups(dataverse);
  await prepareLookups(map, taken, company, lookups);
  const found = await findRows(map, taken, company, { dataverse, lookups });
  for (const row of taken) {
    const id = found.get(row)?.id;
    if (!isFromMaster && id !== undefined) continue;
    await one(around, 'finance-operations', keyOfEntityRow(map, row), counts, async () => {
      try {
        return await writeRow(map, row, { id, company, lookups, dataverse });
      } catch (error) {
        throw refusal(map, error as Error);
      }
    });
  }
  return last;
}

async function writeToFinanceOperations(around: ChunkParts, counts: RunCounts): Promise<RunPosition['last']> {
  const { map, run, company, parts, isFromMaster } = around;
  const { dataverse, companies, handle } = parts;
  const read = (columns: readonly string[]) => tableRows(map, company, run.position.last, dataverse, { columns });
  const { rows, last } = isFromMaster ? await read(columnsToRead(map)) : await read(columnsOfKey(map));
  const lookups = createLookups(dataverse);
  const bundle: ToFinanceOperations = { dataverse, companies, handle, origin: parts.origin, lookups };
  const missing = isFromMaster ? undefined : await missingRows(map, rows, bundle, counts);
  if (missing?.size === 0) return last;
  const wanted =
    missing === undefined
      ? rows
      : (await read(columnsToRead(map))).rows.filter((row) => missing.has(String(row[map.table.primaryId])));
  await prepareBehind(map, wanted, lookups);
  for (const row of wanted) {
    const outgoing = isFromMaster ? await outgoingOf(map, row, bundle) : undefined;
    if (outgoing !== undefined && 'skipped' in outgoing) counts.skipped += 1;
    else await one(around, 'dataverse', await keyOfRow(map, row, companies), counts, () => sendRow(map, row, bundle));
  }
  return last;
}

/** Ids of those rows of Dataverse the map takes and finance and operations does not have; what it does not take is counted. */
async function missingRows(
  map: TableMap,
  rows: readonly Row[],
  bundle: ToFinanceOperations,
  counts: RunCounts,
): Promise<ReadonlySet<string>> {
  await prepareBehind({ fields: keyFields(map) }, rows, bundle.lookups!);
  const keys = new Map<string, Body>();
  for (const row of rows) {
    const outgoing = await outgoingKey(map, row, bundle);
    if ('skipped' in outgoing) counts.skipped += 1;
    else keys.set(String(row[map.table.primaryId]), outgoing.key);
  }
  const there = await keysThere(map, [...keys.values()], bundle.handle);
  return new Set([...keys].flatMap(([id, key]) => (there.has(key) ? [] : [id])));
}

/** Writes one row in a savepoint: what fails is undone by itself and noted. */
async function one(
  { run, company, parts }: ChunkParts,
  from: Side,
  key: string,
  counts: RunCounts,
  write: () => Promise<keyof RunCounts>,
): Promise<void> {
  if (run.plan.without.includes(`${from}:${key}`)) return;
  try {
    counts[await parts.database.transaction(() => parts.origin.run(from, write))] += 1;
  } catch (error) {
    counts.failed += 1;
    const { message } = error as Error;
    parts.runs.addError(run.id, { from, legalEntity: company?.code ?? '', key, message });
  }
}
