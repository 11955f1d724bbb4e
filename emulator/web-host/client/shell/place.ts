/** Where the user is in the app, as the address bar has it. */
export type Place =
  | { readonly kind: 'home' }
  | { readonly kind: 'list'; readonly app: string; readonly table: string; readonly view?: string | undefined }
  | {
      readonly kind: 'record';
      readonly app: string;
      readonly table: string;
      readonly id?: string | undefined;
      readonly form?: string | undefined;
      /** What a new row begins with: the parameter `extraqs`. */
      readonly values?: string | undefined;
    }
  | { readonly kind: 'app'; readonly app: string }
  /** What a search through the tables of the app found. */
  | { readonly kind: 'search'; readonly app: string; readonly text: string }
  /** The integration centre: runs of flows, or one of them. */
  | { readonly kind: 'flowRuns'; readonly id?: string | undefined; readonly flow?: string | undefined }
  /** Its flows, or one of them. */
  | { readonly kind: 'flows'; readonly id?: string | undefined }
  | { readonly kind: 'outbox' }
  | { readonly kind: 'approvals' }
  | { readonly kind: 'link' }
  | { readonly kind: 'events' }
  | { readonly kind: 'catalogue' }
  | { readonly kind: 'financeOperations' }
  | { readonly kind: 'tableMaps' }
  /** One of them, by its display name. */
  | { readonly kind: 'tableMap'; readonly name: string }
  | { readonly kind: 'unknown'; readonly pageType: string };

export type CentrePlace = Extract<Place, { kind: CentreKind | 'flowRuns' | 'flows' | 'tableMap' }>;

const plain = (id: string | null) => (id === null ? undefined : id.replace(/[{}]/g, '').toLowerCase());

const flowRuns = '/integration-centre/flow-runs';
const flows = '/integration-centre/flows';

/** Pages of the integration centre that need no more than their address. */
const centre = {
  link: '/integration-centre/link',
  events: '/integration-centre/events',
  catalogue: '/integration-centre/virtual-tables',
  outbox: '/integration-centre/outbox',
  approvals: '/integration-centre/approvals',
  financeOperations: '/integration-centre/finance-operations',
  tableMaps: '/integration-centre/table-maps',
} as const;
type CentreKind = keyof typeof centre;
const centreKinds = Object.keys(centre) as CentreKind[];

/** Reads the documented parameters of main.aspx; `appname` stands for `appid` where that is missing. */
export function readPlace(url: URL): Place {
  const given = url.searchParams;
  if (url.pathname === flowRuns)
    return { kind: 'flowRuns', id: plain(given.get('id')), flow: given.get('flow') ?? undefined };
  if (url.pathname === flows) return { kind: 'flows', id: plain(given.get('id')) };
  const map = given.get('map');
  if (url.pathname === centre.tableMaps && map !== null) return { kind: 'tableMap', name: map };
  const page = centreKinds.find((kind) => url.pathname === centre[kind]);
  if (page !== undefined) return { kind: page };
  const app = plain(given.get('appid')) ?? given.get('appname') ?? undefined;
  if (app === undefined) return { kind: 'home' };
  const table = given.get('etn')?.toLowerCase();
  const pageType = given.get('pagetype')?.toLowerCase();
  if (pageType === 'search') return { kind: 'search', app, text: given.get('searchText') ?? '' };
  if (pageType === undefined || table === undefined) return { kind: 'app', app };
  if (pageType === 'entitylist') return { kind: 'list', app, table, view: plain(given.get('viewid')) };
  if (pageType === 'entityrecord')
    return {
      kind: 'record',
      app,
      table,
      id: plain(given.get('id')),
      form: plain(given.get('formid')),
      values: given.get('extraqs') ?? undefined,
    };
  return { kind: 'unknown', pageType };
}

const isCentre = (place: Place): place is Extract<Place, { kind: CentreKind }> => place.kind in centre;

function withQuery(path: string, given: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) if (value !== undefined) query.set(name, value);
  return [...query].length === 0 ? path : `${path}?${query}`;
}

export function urlOf(place: Exclude<Place, { kind: 'unknown' }>): string {
  if (place.kind === 'home') return '/';
  if (place.kind === 'tableMap') return withQuery(centre.tableMaps, { map: place.name });
  if (isCentre(place)) return centre[place.kind];
  if (place.kind === 'flowRuns') return withQuery(flowRuns, { id: place.id, flow: place.flow });
  if (place.kind === 'flows') return withQuery(flows, { id: place.id });
  const query = new URLSearchParams({ [place.app.includes('_') ? 'appname' : 'appid']: place.app });
  const add = (name: string, value: string | undefined) => value !== undefined && query.set(name, value);
  if (place.kind === 'search') {
    query.set('pagetype', 'search');
    query.set('searchText', place.text);
  } else if (place.kind !== 'app') {
    query.set('pagetype', place.kind === 'list' ? 'entitylist' : 'entityrecord');
    query.set('etn', place.table);
  }
  if (place.kind === 'list') add('viewid', place.view);
  if (place.kind === 'record') {
    add('id', place.id);
    add('formid', place.form);
    add('extraqs', place.values);
  }
  return `/main.aspx?${query}`;
}
