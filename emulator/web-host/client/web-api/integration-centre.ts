import { errorOf, list, send } from './web-api';

/** The console of the emulator: the platform has no Web API for these. */
export async function callConsole<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`/_emulator/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await errorOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export interface LinkStatus {
  readonly state: string;
  readonly checks: readonly { readonly name: string; readonly passed: boolean; readonly message: string }[];
  readonly completedOn: string | null;
}

export interface AddIn {
  readonly uniqueName: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly settings: readonly { readonly name: string; readonly label: string; readonly default: string | number }[];
  readonly installation: {
    readonly state: string;
    readonly configuration: Readonly<Record<string, string | number>>;
    readonly message: string | null;
  } | null;
}

export const readLink = () => callConsole<LinkStatus>('GET', 'link');
export const changeLink = (verb: string) => callConsole<LinkStatus>('POST', `link/${verb}`);
export const readAddIns = () => callConsole<{ isAvailable: boolean; value: readonly AddIn[] }>('GET', 'add-ins');
export const changeAddIn = (name: string, verb: string, configuration: object) =>
  callConsole<unknown>('POST', `add-ins/${name}/${verb}`, configuration);

export interface CatalogueRow {
  readonly id: string;
  readonly name: string;
  readonly isVisible: boolean;
  readonly tracksChanges: boolean;
}

const catalogue = 'mserp_financeandoperationsentities';

/** The catalogue of virtual tables, over the Web API, as its own table has it. */
export async function readCatalogue(): Promise<CatalogueRow[]> {
  const rows = await list(`${catalogue}?$orderby=mserp_physicalname`);
  return rows.map((row) => ({
    id: String(row['mserp_financeandoperationsentityid']),
    name: String(row['mserp_physicalname']),
    isVisible: row['mserp_hasbeengenerated'] === true,
    tracksChanges: row['mserp_changetrackingenabled'] === true,
  }));
}

const change = (id: string, values: object) => send('PATCH', `${catalogue}(${id})`, values);
export const setVisible = (id: string, isVisible: boolean) => change(id, { mserp_hasbeengenerated: isVisible });
export const trackChanges = (id: string, isTracked: boolean) => change(id, { mserp_changetrackingenabled: isTracked });
/** Reads the table's metadata from finance and operations again. */
export const refreshTable = (id: string) => change(id, { mserp_refresh: true });
