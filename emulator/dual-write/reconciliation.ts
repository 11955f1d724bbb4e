import type { AsyncLocalStorage } from 'node:async_hooks';
import { readJson, request, type Clock, type HttpHandler } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import type { EntityRow } from '../finance-operations/contract.ts';
import type { Database } from '../storage/database.ts';
import type { Companies } from './companies.ts';
import { compareMap } from './compare-map.ts';
import { faults } from './faults.ts';
import {
  createFindings,
  findingKinds,
  findingReasons,
  type Finding,
  type FindingFilter,
  type FindingKind,
  type FindingReason,
} from './findings.ts';
import type { History } from './history.ts';
import type { ActiveMap } from './live.ts';
import type { MapState } from './map-states.ts';
import type { Queue, Side } from './queue.ts';
import type { TableMap } from './table-map.ts';
import { receiveRow, refusal } from './to-dataverse.ts';
import { keyText, sendRow } from './to-finance-operations.ts';

export interface ReconciliationParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly dataverse: Dataverse;
  readonly handle: HttpHandler;
  readonly companies: Companies;
  readonly queue: Queue;
  readonly history: History;
  readonly origin: AsyncLocalStorage<Side>;
  active(): readonly ActiveMap[];
}

/** What may be asked of a report, as texts of a query. */
export interface ReportQuery {
  readonly map?: string | undefined;
  readonly kind?: string | undefined;
  readonly why?: string | undefined;
  readonly top?: string | undefined;
  readonly skip?: string | undefined;
  /** `last` shows what the last comparison has found, without comparing again. */
  readonly run?: string | undefined;
}

const user = { authorization: 'Bearer dual-write' };
const mostRows = 1_000;
const chunkSize = 200;

/**
 * Compares both sides of maps that are started, and sends rows again. Dual-write itself has nothing like it.
 */
export function createReconciliation(parts: ReconciliationParts) {
  const { database, clock, handle } = parts;
  const findings = createFindings(database);
  /** What the findings of each map are of. */
  const compared = new Map<string, { readonly comparedOn: string; readonly same: number }>();

  /** The legs of a map that is started, and its state. */
  function activeMap(name: string): { readonly legs: readonly TableMap[]; readonly state: MapState } {
    const found = parts.active().filter(({ state }) => state.map === name);
    if (found.length === 0)
      throw faults.wrongState(name, 'Not running', 'reconciliation', 'Only a map that is started is compared.');
    return { legs: found.map(({ map }) => map), state: found[0]!.state };
  }

  async function legalEntitiesOf(map: TableMap): Promise<(string | undefined)[]> {
    if (!map.isCompanyBound) return [undefined];
    const answer = await handle(request('GET', '/data/LegalEntities?$select=LegalEntityId', user));
    const { value } = readJson(answer) as { value: { LegalEntityId: string }[] };
    const codes = value.map(({ LegalEntityId }) => LegalEntityId.toLowerCase());
    const known = (await parts.companies.all()).map(({ code }) => code);
    return [...new Set([...codes, ...known])];
  }

  async function compare({ legs, state }: ReturnType<typeof activeMap>): Promise<void> {
    await database.transaction(async () => findings.clear(state.map));
    let same = 0;
    for (const leg of legs) {
      const comparison = compareMap(leg, await legalEntitiesOf(leg), parts);
      for await (const page of comparison.findings) {
        if (page.length > 0) await database.transaction(async () => findings.add(state.map, leg.legIndex, page));
        await new Promise((others) => setImmediate(others));
      }
      same += comparison.same;
    }
    compared.set(state.map, { comparedOn: clock.now().toISOString(), same });
  }

  async function report(query: ReportQuery = {}) {
    const names = query.map === undefined ? parts.active().map(({ state }) => state.map) : [query.map];
    const filter = readFilter(query);
    const [top, skip] = [wholeNumber(query.top, 'top', 100), wholeNumber(query.skip, 'skip', 0)];
    const most = Math.min(top, mostRows);
    const value = [];
    for (const one of [...new Set(names)].map(activeMap)) {
      const { map, version, status } = one.state;
      // Later pages are of the comparison the first one made.
      if (!compared.has(map) || (skip === 0 && query.run !== 'last')) await compare(one);
      const counts = findings.counts(map);
      const rows = findings.list(map, filter, most + 1, skip);
      const about = { map, version, status, ...compared.get(map)!, counts: countsOf(counts) };
      value.push({
        ...about,
        rows: rows.slice(0, most),
        ...(rows.length > most
          ? { nextLink: nextLink({ ...query, map, top: String(most), skip: String(skip + most) }) }
          : {}),
      });
    }
    return { value };
  }

  /** Sends rows of the last comparison again. @throws Fault when it is not said from which side a row that differs goes */
  async function resend(given: Readonly<Record<string, unknown>>) {
    const name = typeof given['map'] === 'string' ? given['map'] : '';
    if (name === '') throw faults.badParameter('Name the map.');
    const { legs, state } = activeMap(name);
    if (state.status !== 'Running')
      throw faults.wrongState(name, state.status, 'resend', 'Rows are sent again while the map is Running.');
    if (!compared.has(name))
      throw faults.badParameter(`Compare '${name}' first: GET /_emulator/dual-write/reconciliation`);
    const from = sideOf(given['from']);
    const ids = idsOf(given['rows']);
    if (ids === undefined && given['all'] !== true)
      throw faults.badParameter('Name rows by their ids, or send {"all": true}.');
    const filter = { ...readFilter(given as ReportQuery), ids };
    const result = { sent: 0, skipped: 0, failed: 0, errors: [] as { key: string; message: string }[] };
    let after = 0;
    for (;;) {
      const some = findings.next(name, { ...filter, after }, chunkSize);
      if (some.length === 0) return result;
      after = some.at(-1)!.id;
      await database.transaction(async () => {
        for (const finding of some)
          await again(
            legs.find(({ legIndex }) => legIndex === finding.leg)!,
            finding,
            from,
            result,
          );
      });
      await new Promise((others) => setImmediate(others));
    }
  }

  async function again(
    map: TableMap,
    finding: Finding,
    wanted: Side | undefined,
    result: { sent: number; skipped: number; failed: number; errors: { key: string; message: string }[] },
  ): Promise<void> {
    if (finding.why === 'filter' || finding.why === 'company') return void (result.skipped += 1);
    const from =
      finding.kind === 'missingInDataverse'
        ? 'finance-operations'
        : finding.kind === 'missingInFinanceOperations'
          ? 'dataverse'
          : wanted;
    if (from === undefined)
      throw faults.badParameter(`'${finding.key}' differs: say from which side, dataverse or finance-operations.`);
    try {
      await database.transaction(() => parts.origin.run(from, () => send(map, finding, from)));
      findings.remove(finding.id);
      result.sent += 1;
    } catch (error) {
      const { message } = error as Error;
      findings.fail(finding.id, message);
      result.failed += 1;
      if (result.errors.length < 100) result.errors.push({ key: finding.key, message });
    }
  }

  async function send(map: TableMap, finding: Finding, from: Side): Promise<void> {
    if (from === 'dataverse') {
      const row = await parts.dataverse.organization.retrieve(map.table.logicalName, finding.rowId!, 'all');
      if (row === undefined) throw new Error('The row is no longer there.');
      await sendRow(map, row, parts);
      return;
    }
    const url = `/data/${map.entity.set}(${keyText(map, finding.entityKey!)})?cross-company=true`;
    const answer = await handle(request('GET', url, user));
    if (answer.status !== 200) throw new Error('The row is no longer there.');
    try {
      await receiveRow(map, readJson(answer) as EntityRow, parts);
    } catch (error) {
      throw refusal(map, error as Error);
    }
  }

  return { report, resend };
}

function countsOf(counts: Readonly<Record<string, number>>) {
  const why = (kind: FindingKind) =>
    Object.fromEntries(
      findingReasons.flatMap((reason) => {
        const count = counts[`${kind}.${reason}`];
        return count === undefined ? [] : [[reason, count]];
      }),
    );
  return Object.fromEntries(findingKinds.map((kind) => [kind, { rows: counts[kind] ?? 0, why: why(kind) }]));
}

function readFilter({ kind, why }: Pick<ReportQuery, 'kind' | 'why'>): FindingFilter {
  if (kind !== undefined && !findingKinds.includes(kind as FindingKind))
    throw faults.badParameter(`kind is ${findingKinds.join(', ')}, not '${kind}'.`);
  if (why !== undefined && !findingReasons.includes(why as FindingReason))
    throw faults.badParameter(`why is ${findingReasons.join(', ')}, not '${why}'.`);
  return { kind: kind as FindingKind | undefined, why: why as FindingReason | undefined };
}

function wholeNumber(text: string | undefined, name: string, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d+$/.test(text) || (name === 'top' && Number(text) === 0))
    throw faults.badParameter(`${name} is a whole number.`);
  return Number(text);
}

function sideOf(value: unknown): Side | undefined {
  if (value === undefined || value === 'dataverse' || value === 'finance-operations') return value;
  throw faults.badParameter('from is dataverse or finance-operations.');
}

function idsOf(value: unknown): readonly number[] | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.length > 0 && value.every((one) => Number.isInteger(one))) return value as number[];
  throw faults.badParameter('rows is a list of ids of the report.');
}

function nextLink(query: ReportQuery): string {
  const texts = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return `/_emulator/dual-write/reconciliation?${new URLSearchParams(texts).toString()}`;
}
