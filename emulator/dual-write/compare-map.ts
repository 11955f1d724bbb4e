import type { HttpHandler } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import type { EntityRow, EntityValue } from '../finance-operations/contract.ts';
import type { ColumnValue, Lookup, Row } from '../query/index.ts';
import type { Companies, Company } from './companies.ts';
import type { ColumnDifference, NewFinding } from './findings.ts';
import type { History } from './history.ts';
import { columnsToRead, entityRows, tableRows } from './pages.ts';
import { endOf } from './lookup-path.ts';
import { createLookups, type Lookups } from './lookups.ts';
import type { Queue } from './queue.ts';
import { keyOfEntityRow, keyOfRow } from './row-key.ts';
import type { RunPosition } from './runs.ts';
import { reader, type TableMap } from './table-map.ts';
import { columnsOf, findRows, LookupFailed, prepareLookups } from './to-dataverse.ts';
import { outgoingOf, prepareBehind } from './to-finance-operations.ts';
import { toField } from './values.ts';

export interface ComparisonParts {
  readonly dataverse: Dataverse;
  readonly handle: HttpHandler;
  readonly companies: Companies;
  readonly queue: Queue;
  readonly history: History;
}

export interface Comparison {
  same: number;
  readonly findings: AsyncGenerator<readonly NewFinding[]>;
}

/** Rows asked for at once on either side; none is asked for by itself. */
const pageSize = 2_000;

/**
 * Compares every row of a leg of a map with its other side, column by column, in pages: first all rows of finance and operations with
 * the rows of Dataverse that have their keys, then the rows of Dataverse nobody has met.
 *
 * @param legalEntities of finance and operations; one undefined for an entity without companies
 */
export function compareMap(
  map: TableMap,
  legalEntities: readonly (string | undefined)[],
  parts: ComparisonParts,
): Comparison {
  const met = { ids: new Set<string>(), keys: new Set<string>() };
  const result: Comparison = { same: 0, findings: pages() };

  async function* pages(): AsyncGenerator<readonly NewFinding[]> {
    for (const legalEntity of legalEntities) {
      const company = legalEntity === undefined ? undefined : await parts.companies.byCode(legalEntity);
      let last: RunPosition['last'] = null;
      do {
        const page = await entityRows(map, legalEntity, last, parts.handle, pageSize);
        yield await compareRows(map, page.rows, company, legalEntity, { parts, met, result });
        last = page.last;
      } while (last !== null);
    }
    let last: RunPosition['last'] = null;
    do {
      const page = await tableRows(map, undefined, last, parts.dataverse, { size: pageSize });
      yield await unmetRows(map, page.rows, { parts, met });
      last = page.last;
    } while (last !== null);
  }
  return result;
}

interface Met {
  readonly ids: Set<string>;
  readonly keys: Set<string>;
}

async function compareRows(
  map: TableMap,
  rows: readonly EntityRow[],
  company: Company | undefined,
  legalEntity: string | undefined,
  { parts, met, result }: { parts: ComparisonParts; met: Met; result: Comparison },
): Promise<NewFinding[]> {
  const { dataverse } = parts;
  const lookups = createLookups(dataverse);
  await prepareLookups(map, rows, company, lookups);
  const found = await findRows(map, rows, company, { dataverse, lookups, columns: columnsToRead(map) });
  await prepareBehind(
    map,
    [...found.values()].map(({ row }) => row),
    lookups,
  );
  const findings: NewFinding[] = [];
  const isTaken = !map.isCompanyBound || company?.isEnabled === true;
  for (const row of rows) {
    const key = keyOfEntityRow(map, row);
    met.keys.add(key.toLowerCase());
    const there = found.get(row);
    if (there !== undefined) met.ids.add(there.id);
    const entityKey = Object.fromEntries(map.entity.key.map((name) => [name, row[name] ?? null]));
    const about = {
      legalEntity: legalEntity ?? '',
      key,
      rowId: there?.id ?? null,
      entityKey,
      columns: [],
      message: null,
    };
    const passes = map.range.test(reader(row, map.entity));
    if (!isTaken || !passes) {
      const why = isTaken ? 'filter' : 'company';
      if (there === undefined) findings.push({ ...about, kind: 'missingInDataverse', why });
      else result.same += 1;
      continue;
    }
    const expected = await expectedColumns(map, row, company, lookups);
    if (there === undefined)
      findings.push({ ...about, kind: 'missingInDataverse', ...reasonOf(map, key, parts, expected) });
    else if (typeof expected === 'string')
      findings.push({ ...about, kind: 'different', why: 'error', message: expected });
    else {
      const columns = await differences(map, row, there.row, { expected, lookups, dataverse });
      if (columns.length === 0) result.same += 1;
      else findings.push({ ...about, kind: 'different', ...reasonOf(map, key, parts, expected), columns });
    }
  }
  return findings;
}

/** What Dataverse would get, or why it would not. */
async function expectedColumns(
  map: TableMap,
  row: EntityRow,
  company: Company | undefined,
  lookups: Lookups,
): Promise<Row | string> {
  try {
    return await columnsOf(map, row, { company, lookups, isNew: false });
  } catch (error) {
    if (error instanceof LookupFailed) return error.message;
    throw error;
  }
}

function reasonOf(
  map: TableMap,
  key: string,
  { queue, history }: ComparisonParts,
  expected: Row | string,
): Pick<NewFinding, 'why' | 'message'> {
  const name = map.definition.displayName;
  const queued = queue.find(name, key);
  if (queued?.retryStatus === 'Queued') return { why: 'queued', message: null };
  if (key.split('|').some((part) => part === '')) return { why: 'key', message: 'The key is not complete.' };
  if (typeof expected === 'string') return { why: 'error', message: expected };
  const message = queued?.error ?? history.lastError(name, key) ?? null;
  return message === null ? { why: 'notSent', message } : { why: 'error', message };
}

async function differences(
  map: TableMap,
  row: EntityRow,
  there: Row,
  { expected, lookups, dataverse }: { expected: Row; lookups: Lookups; dataverse: Dataverse },
): Promise<ColumnDifference[]> {
  const found: ColumnDifference[] = [];
  for (const { mapping, field, column, lookup } of map.fields) {
    if (field === undefined || column === undefined) continue;
    const actual = there[column] ?? null;
    const shown =
      lookup === undefined || actual === null ? plain(actual) : await lookups.valueOf(actual as Lookup, lookup);
    if (mapping.syncDirection === 2) {
      const about = lookup === undefined ? map.table.columns.get(column) : endOf(lookup[0]!, dataverse.metadata);
      const sent = toField(shown, field, about, mapping);
      if (sent === null || isSame(sent, row[field.name] ?? null)) continue;
    } else if (isSame(plain(expected[column] ?? null), plain(actual))) continue;
    const name = mapping.destinationField;
    found.push({ column: name, field: field.name, dataverse: shown, financeOperations: row[field.name] ?? null });
  }
  return found;
}

const plain = (value: ColumnValue): ColumnValue =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : value;

/** Finance and operations has no numbers that are null: what is empty in Dataverse is 0 there. */
const isNothing = (value: ColumnValue | EntityValue) => value === null || value === '' || value === 0;
const isSame = (left: ColumnValue | EntityValue, right: ColumnValue | EntityValue) =>
  (isNothing(left) && isNothing(right)) ||
  left === right ||
  (left !== null && right !== null && String(left) === String(right));

/** Rows of Dataverse finance and operations does not have. */
async function unmetRows(
  map: TableMap,
  rows: readonly Row[],
  { parts, met }: { parts: ComparisonParts; met: Met },
): Promise<NewFinding[]> {
  const { dataverse, companies } = parts;
  const unmet = rows.filter((row) => !met.ids.has(String(row[map.table.primaryId])));
  const lookups = createLookups(dataverse);
  await prepareBehind(map, unmet, lookups);
  const findings: NewFinding[] = [];
  for (const row of unmet) {
    const company = map.isCompanyBound ? await companies.of(row) : undefined;
    const rowId = String(row[map.table.primaryId]);
    const about = { legalEntity: company?.code ?? '', rowId, entityKey: null, columns: [], message: null };
    const kind = 'missingInFinanceOperations';
    const outgoing = await outgoingOf(map, row, { dataverse, companies, lookups });
    if ('skipped' in outgoing) {
      const key = await keyOfRow(map, row, companies);
      findings.push({ ...about, kind, key, why: outgoing.skipped });
      continue;
    }
    const key = keyOfEntityRow(map, outgoing.key);
    findings.push({
      ...about,
      kind,
      key,
      entityKey: outgoing.key,
      ...(met.keys.has(key.toLowerCase())
        ? { why: 'key' as const, message: `Another row of '${map.table.logicalName}' has the same integration key.` }
        : reasonOf(map, key, parts, {})),
    });
  }
  return findings;
}
