import type { Clock, HttpHandler, NewId, Work } from '../../kernel/index.ts';
import type { AskContext, Lookup } from '../../query/index.ts';
import { readRow, type Database, type Shapes } from '../../storage/index.ts';
import type { BackgroundOperations } from '../background/background-operations.ts';
import type { Caller, Dataverse, VirtualTableProvider } from '../contract.ts';
import type { Solutions } from '../solutions.ts';
import type { CustomApis } from '../custom-apis/custom-apis.ts';
import type { Deletions } from '../change-tracking/deletions.ts';
import type { AdmitSearch } from '../search/search-limits.ts';
import type { Files } from '../files/files.ts';
import type { MetadataCatalogue } from '../metadata/model.ts';
import type { Pipeline } from '../messages/pipeline.ts';
import type { ColumnSecurity } from '../security/column-security.ts';
import type { Privileges } from '../security/privileges.ts';
import type { RowAccess } from '../security/row-access.ts';
import type { Callers } from '../security/callers.ts';
import type { SelectColumns } from './selected-columns.ts';
import { formatsOf } from './user-formats.ts';

/** What the Web API stands on. */
export interface ApiParts {
  readonly database: Database;
  readonly metadata: MetadataCatalogue;
  readonly shapes: Shapes;
  readonly selectedColumns: SelectColumns;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Where system jobs run. */
  readonly work: Work;
  readonly pipeline: Pipeline;
  readonly privileges: Privileges;
  readonly access: RowAccess;
  readonly columnSecurity: ColumnSecurity;
  readonly files: Files;
  readonly deletions: Deletions;
  readonly callers: Callers;
  readonly customApis: CustomApis;
  readonly background: BackgroundOperations;
  /** Hosts beyond this machine that may be called back. */
  readonly allowedHosts: ReadonlySet<string>;
  readonly origin: () => string;
  /** The tenant tokens are of; the organisation stands for it where there is none. */
  readonly tenantId: string | undefined;
  readonly provider: () => VirtualTableProvider | undefined;
  /** Address, tenant and id of the linked finance and operations environment; undefined when there is none. */
  readonly integration: () => { readonly Url: string; readonly TenantId: string; readonly Id: string } | undefined;
  /** Solution work: everything that imports, upgrades, stages or removes. */
  readonly solutions: Solutions;
  readonly raiseExternal: Dataverse['raiseExternal'];
  /** Lets a search in; undefined without service protection. */
  readonly admitSearch: AdmitSearch | undefined;
  /** The dispatcher itself: `$batch` hands its parts to it, whose URLs may be longer. */
  handlePart: HttpHandler;
}

/** Sunday unless the organisation says otherwise. */
const weekStartOf = (database: Database) =>
  Number(database.get('select weekstartdaycode from organization limit 1')?.['weekstartdaycode'] ?? 0);

/** What most requests never ask for is looked up when it is. */
export function once<T>(read: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: read() }).value;
}

export function askContext(parts: ApiParts, caller: Caller): AskContext {
  const formats = once(() => formatsOf(caller, parts.database, parts.metadata));
  return {
    now: parts.clock.now(),
    get timeZone() {
      return formats().timeZone;
    },
    get language() {
      return formats().language;
    },
    get weekStart() {
      return weekStartOf(parts.database);
    },
    userId: caller.userId,
    businessUnitId: caller.businessUnitId,
    get teamIds() {
      return parts.privileges.teamsOf(caller);
    },
  };
}

/** Primary names of rows lookups point at, each read once a request. */
export function createNames({
  database,
  metadata,
  shapes,
}: Pick<ApiParts, 'database' | 'metadata' | 'shapes'>): (lookup: Lookup) => string | undefined {
  const known = new Map<string, string | undefined>();
  return ({ table, id }) => {
    const key = `${table}/${id}`;
    if (known.has(key)) return known.get(key);
    const target = metadata.table(table);
    const column = target?.primaryName;
    const row =
      target === undefined || target.isVirtual || column === undefined
        ? undefined
        : readRow(database, shapes(table), { [target.primaryId]: id }, [column]);
    const name = row?.[column!] === null || row === undefined ? undefined : String(row[column!]);
    known.set(key, name);
    return name;
  };
}

/** Currency symbols by row id, each read once a request. */
export function createSymbols({
  database,
  shapes,
}: ApiParts): (currency: Lookup | null | undefined) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (currency) => {
    if (currency === null || currency === undefined) return undefined;
    if (!known.has(currency.id)) {
      const row = readRow(database, shapes('transactioncurrency'), { transactioncurrencyid: currency.id }, [
        'currencysymbol',
      ]);
      known.set(currency.id, row === undefined ? undefined : String(row['currencysymbol']));
    }
    return known.get(currency.id);
  };
}
