import { callConsole } from './integration-centre';
import { list, send } from './web-api';

export type MapStatus = 'Not running' | 'Initializing' | 'Running' | 'Paused' | 'Resuming';
export type Side = 'dataverse' | 'finance-operations';

export interface RunCounts {
  readonly created: number;
  readonly updated: number;
  readonly skipped: number;
  readonly failed: number;
}

export interface InitialSync {
  readonly id: string;
  readonly version: string;
  readonly status: string;
  readonly startedOn: string;
  readonly endedOn: string | null;
  readonly plan: { readonly master: Side; readonly expected: Readonly<Record<string, number>> };
  /** By direction, then legal entity. */
  readonly counts: Readonly<Partial<Record<Side, Readonly<Record<string, RunCounts>>>>>;
}

export interface TableMap {
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly versions: readonly { readonly version: string; readonly publisher: string }[];
  readonly financeOperations: string;
  readonly dataverse: string;
  readonly status: MapStatus;
  readonly queuedRecords: number;
  readonly catchUpErrors: number;
  readonly initialSync: (InitialSync & { readonly errors: number }) | null;
}

export interface FieldMapping {
  readonly sourceField: string;
  readonly destinationField: string;
  readonly syncDirection: 1 | 2 | 3;
  readonly valueTransforms: readonly {
    readonly transformType: string;
    readonly valueMap?: Readonly<Record<string, string>>;
    readonly defaultValue?: string;
  }[];
}

export interface RunError {
  readonly from: Side;
  readonly legalEntity: string;
  readonly key: string;
  readonly message: string;
}

export interface QueuedRecord {
  readonly sequence: number;
  readonly from: Side;
  readonly kind: 'write' | 'delete';
  readonly key: string;
  readonly queuedOn: string;
  readonly error: string | null;
}

export interface AlertSetting {
  readonly name: string;
  readonly errorType: 'Application error' | 'System error';
  readonly count: number;
  readonly minutes: number;
  readonly emails: readonly string[];
  readonly action: 'None' | 'Pause' | 'Stop';
}

export interface MapLeg {
  readonly sourceSchema: string;
  readonly destinationSchema: string;
  readonly sourceFilter: string;
  readonly reversedSourceFilter: string;
  readonly fieldMappings: readonly FieldMapping[];
}

export interface MapDetails extends Omit<TableMap, 'initialSync'> {
  readonly mapping: {
    readonly legs: readonly MapLeg[];
  };
  readonly related: readonly { readonly name: string; readonly status: MapStatus }[];
  readonly runs: readonly (InitialSync & { readonly errors: readonly RunError[] })[];
  readonly activities: readonly { readonly time: string; readonly version: string; readonly what: string }[];
  readonly errors: readonly {
    readonly time: string;
    readonly from: Side;
    readonly type: string;
    readonly key: string;
    readonly message: string;
  }[];
  readonly queued: readonly QueuedRecord[];
  readonly failed: readonly QueuedRecord[];
  readonly alerts: readonly AlertSetting[];
}

export interface Company {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly owningTeam: string;
}

export interface Finding {
  readonly id: number;
  readonly kind: 'different' | 'missingInDataverse' | 'missingInFinanceOperations';
  readonly why: 'filter' | 'company' | 'key' | 'error' | 'queued' | 'notSent';
  readonly legalEntity: string;
  readonly key: string;
  readonly columns: readonly {
    readonly column: string;
    readonly field: string;
    readonly dataverse: unknown;
    readonly financeOperations: unknown;
  }[];
  readonly message: string | null;
}

export interface Report {
  readonly map: string;
  readonly comparedOn: string;
  readonly same: number;
  readonly counts: Readonly<
    Record<Finding['kind'], { readonly rows: number; readonly why: Readonly<Record<string, number>> }>
  >;
  readonly rows: readonly Finding[];
  readonly nextLink?: string;
}

const mapPath = (name: string) => `dual-write/maps/${encodeURIComponent(name)}`;

export const readMaps = async () =>
  (await callConsole<{ readonly value: readonly TableMap[] }>('GET', 'dual-write/maps')).value;
export const readMap = (name: string) => callConsole<MapDetails>('GET', mapPath(name));
export const actOnMap = (name: string, verb: string, given: object = {}) =>
  callConsole<{ readonly status: MapStatus }>('POST', `${mapPath(name)}/${verb}`, given);

/** @param skip 0 compares anew, more shows later rows of that comparison */
export async function readReport(map: string, kind: string, skip: number): Promise<Report> {
  const query = new URLSearchParams({ map, top: '50', skip: String(skip), ...(kind === '' ? {} : { kind }) });
  const { value } = await callConsole<{ value: readonly Report[] }>('GET', `dual-write/reconciliation?${query}`);
  return value[0]!;
}

export interface Resent {
  readonly sent: number;
  readonly skipped: number;
  readonly failed: number;
  readonly errors: readonly { readonly key: string; readonly message: string }[];
}
export const resendRows = (given: object) => callConsole<Resent>('POST', 'dual-write/reconciliation/resend', given);

/** Companies of Dataverse, over the Web API, as their own table has them. */
export async function readCompanies(): Promise<Company[]> {
  const rows = await list(
    'cdm_companies?$select=cdm_companycode,cdm_name,cdm_isenabledfordualwrite&$expand=cdm_defaultowningteam($select=name)&$orderby=cdm_companycode',
  );
  return rows.map((row) => ({
    id: String(row['cdm_companyid']),
    code: String(row['cdm_companycode']),
    name: String(row['cdm_name'] ?? ''),
    isEnabled: row['cdm_isenabledfordualwrite'] === true,
    owningTeam: String((row['cdm_defaultowningteam'] as { name?: string } | null)?.name ?? ''),
  }));
}

export const enableCompany = (id: string, isEnabled: boolean) =>
  send('PATCH', `cdm_companies(${id})`, { cdm_isenabledfordualwrite: isEnabled });
