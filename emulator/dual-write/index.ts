import { AsyncLocalStorage } from 'node:async_hooks';
import { notEmulated, readJson, request, type Clock, type HttpHandler } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import type { EntityRow, FinanceOperations } from '../finance-operations/index.ts';
import type { Database } from '../storage/database.ts';
import { addressBookSteps } from './address-book/address-book.ts';
import { faults } from './faults.ts';
import type { MapDefinition } from './map-definition.ts';
import { recordMaps } from './map-rows.ts';
import { compareMap } from './reconciliation.ts';
import { readMap, type TableMap } from './table-map.ts';
import { concerns, receiveChange, receiveRow } from './to-dataverse.ts';
import { deleteRow, sendRow } from './to-finance-operations.ts';

export type { MapDefinition } from './map-definition.ts';

/** A: addresses in the account map. B: party and global address book. */
export type AddressGeneration = 'A' | 'B';

export interface DualWriteParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly dataverse: Dataverse;
  readonly financeOperations: FinanceOperations;
  /** The dispatcher of finance and operations, with trace and fault rules around it. */
  readonly handleFinanceOperations: HttpHandler;
  readonly maps: readonly MapDefinition[];
}

type Side = 'dataverse' | 'finance-operations';

/** The account map whose version decides the generation, and the versions. */
const accountMap = 'accounts - Customers V3';
const versionOf: Record<AddressGeneration, string> = { A: '1.0.0.4', B: '1.0.0.5' };

/** Maps in the order they are first written; those of the address book run in generation B only. */
const referenceMaps = [
  'cdm_companies - Legal entities',
  'transactioncurrencies - Currencies',
  'msdyn_customergroups - Customer groups',
];
const addressBookMaps = [
  'msdyn_parties - CDS Parties',
  'msdyn_postaladdresscollections - CDS postal address locations',
  'msdyn_postaladdresses - CDS postal address history V2',
  'msdyn_partypostaladdresses - CDS Party postal address locations',
];

/** Dual-write: carries rows of running maps to the other side inside the transaction that changed them. */
export function createDualWrite(parts: DualWriteParts) {
  const { database, dataverse, financeOperations } = parts;
  const around = { dataverse, handle: parts.handleFinanceOperations };
  /** Where the change that is being carried came from: it never goes back there in its transaction. */
  const origin = new AsyncLocalStorage<Side>();
  const running = new Map<string, TableMap>();
  database.exec(
    'create table if not exists "emulator$dual_write" (map text primary key, version text not null) without rowid',
  );

  const definition = (displayName: string, version?: string): MapDefinition => {
    const found = parts.maps.find(
      (map) => map.displayName === displayName && (version === undefined || map.version === version),
    );
    if (found === undefined) throw faults.unknownMap(displayName);
    return found;
  };

  for (const message of ['Create', 'Update', 'Delete'] as const) {
    dataverse.registerStep({
      name: 'Microsoft.Dynamics.Integrator.DualWriteRuntime.Plugins.PreCommmitPlugin',
      message,
      stage: 40,
      rank: 1000,
      async run(call) {
        if (origin.getStore() === 'finance-operations') return;
        for (const map of running.values()) {
          if (map.table.logicalName !== call.table.logicalName) continue;
          if (message === 'Delete') await origin.run('dataverse', () => deleteRow(map, call, around));
          else if (message === 'Create' || Object.keys(call.target).some((column) => map.columns.has(column)))
            await origin.run('dataverse', () => sendRow(map, call.after!, around));
        }
      },
    });
  }

  financeOperations.beforeCommit(async (changes) => {
    if (origin.getStore() === 'dataverse') return;
    // Maps run in the order they were started, so that what others look up is there first.
    for (const map of running.values()) {
      for (const change of changes) {
        if (change.entity.name !== map.entity.name || !concerns(map, change)) continue;
        await origin.run('finance-operations', () => receiveChange(map, change, dataverse));
      }
    }
  });

  const generation = (): AddressGeneration => (running.get(accountMap)?.definition.version === versionOf.B ? 'B' : 'A');

  for (const step of addressBookSteps({
    dataverse,
    clock: parts.clock,
    isActive: () => generation() === 'B',
    isFromFinanceOperations: () => origin.getStore() === 'finance-operations',
  }))
    dataverse.registerStep(step);

  async function start(displayName: string, version?: string): Promise<void> {
    const chosen = definition(displayName, version);
    running.delete(displayName);
    running.set(displayName, readMap(chosen, dataverse.metadata, financeOperations.entities));
    await database.transaction(async () => {
      database.run(
        'insert into "emulator$dual_write" (map, version) values (?, ?) on conflict (map) do update set version = excluded.version',
        [displayName, chosen.version],
      );
      await recordMaps(dataverse, parts.maps, running);
    });
  }

  async function stop(displayName: string): Promise<void> {
    definition(displayName);
    running.delete(displayName);
    await database.transaction(async () => {
      database.run('delete from "emulator$dual_write" where map = ?', [displayName]);
      await recordMaps(dataverse, parts.maps, running);
    });
  }

  /** First copy of all rows from finance and operations. */
  async function initialWrite(displayName: string): Promise<Record<'created' | 'updated' | 'skipped', number>> {
    const map =
      running.get(displayName) ?? readMap(definition(displayName), dataverse.metadata, financeOperations.entities);
    const counts = { created: 0, updated: 0, skipped: 0 };
    for (let url = `/data/${map.entity.set}?cross-company=true`; url !== '';) {
      const page = readJson(
        await parts.handleFinanceOperations(request('GET', url, { authorization: 'Bearer dual-write' })),
      ) as { value: EntityRow[]; '@odata.nextLink'?: string };
      await database.transaction(() =>
        origin.run('finance-operations', async () => {
          for (const row of page.value) counts[await receiveRow(map, row, dataverse)] += 1;
        }),
      );
      url = page['@odata.nextLink']?.replace(/^https?:\/\/[^/]+/, '') ?? '';
    }
    return counts;
  }

  async function useGeneration(wanted: string): Promise<void> {
    if (wanted !== 'A' && wanted !== 'B') throw faults.unknownMap(`address generation ${wanted}`);
    if (running.get(accountMap)?.definition.version === versionOf[wanted]) return;
    await stop(accountMap);
    for (const name of addressBookMaps) {
      if (wanted === 'A') await stop(name);
      else await start(name);
    }
    await start(accountMap, versionOf[wanted]);
    for (const name of wanted === 'B' ? [...addressBookMaps, accountMap] : [accountMap]) await initialWrite(name);
  }

  return {
    generation,
    useGeneration,
    /** Starts again what ran when the store was closed. */
    async load(): Promise<void> {
      for (const row of database.all('select map, version from "emulator$dual_write"')) {
        const chosen = definition(String(row['map']), String(row['version']));
        running.set(chosen.displayName, readMap(chosen, dataverse.metadata, financeOperations.entities));
      }
      // Those others look things up in come first.
      const order = [...referenceMaps, ...addressBookMaps, accountMap];
      for (const name of order) {
        const map = running.get(name);
        if (map === undefined) continue;
        running.delete(name);
        running.set(name, map);
      }
    },
    /** Starts the maps of a fresh environment, in generation A, and copies what finance and operations holds. */
    async startAll(): Promise<void> {
      for (const name of referenceMaps) await start(name);
      await start(accountMap, versionOf.A);
      for (const name of [...referenceMaps, accountMap]) await initialWrite(name);
    },
    async maps() {
      return parts.maps.map(({ displayName, version, publisher }) => ({
        name: displayName,
        version,
        publisher,
        status: running.get(displayName)?.definition.version === version ? 'Running' : 'Not running',
      }));
    },
    async act(displayName: string, verb: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown> {
      if (verb === 'start')
        await start(displayName, parameters['version'] === undefined ? undefined : String(parameters['version']));
      else if (verb === 'stop') await stop(displayName);
      else if (verb === 'initial-write') return initialWrite(displayName);
      else if (verb === 'pause' || verb === 'resume')
        throw notEmulated(`'${verb}' of a table map`, 'Stop the map, and use initial-write after starting it again.');
      else throw faults.unknownVerb(verb);
      return { map: displayName, status: running.has(displayName) ? 'Running' : 'Not running' };
    },
    async reconciliation() {
      const value = [];
      for (const map of running.values()) value.push(await compareMap(map, dataverse, parts.handleFinanceOperations));
      return { value };
    },
  };
}
