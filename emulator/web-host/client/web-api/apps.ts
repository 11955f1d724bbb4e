import { userLanguage } from '../language/speak';
import { readTable } from './metadata';
import { list, listAllowed, type Row } from './web-api';

export interface SiteMapGroup {
  readonly title: string;
  readonly items: readonly { readonly id: string; readonly title: string; readonly table: string }[];
}

export interface App {
  readonly id: string;
  readonly uniqueName: string;
  readonly name: string;
  readonly groups: readonly SiteMapGroup[];
  /** Forms and views the app lists. */
  readonly forms: ReadonlySet<string>;
  readonly views: ReadonlySet<string>;
}

const componentTypes = { view: 26, form: 60 };

export async function readApps(): Promise<App[]> {
  const [apps, components, siteMaps] = await Promise.all([
    list('appmodules?$select=appmoduleid,uniquename,name'),
    list('appmodulecomponents?$select=componenttype,objectid,_appmoduleidunique_value'),
    list('sitemaps?$select=sitemapnameunique,sitemapxml'),
  ]);
  return Promise.all(apps.map((app) => readApp(app, components, siteMaps)));
}

async function readApp(app: Row, components: readonly Row[], siteMaps: readonly Row[]): Promise<App> {
  const own = components.filter((one) => one['_appmoduleidunique_value'] === app['appmoduleid']);
  const of = (type: number) =>
    new Set(own.filter((one) => one['componenttype'] === type).map((one) => String(one['objectid'])));
  const xml = siteMaps.find((one) => one['sitemapnameunique'] === app['uniquename'])?.['sitemapxml'];
  return {
    id: String(app['appmoduleid']),
    uniqueName: String(app['uniquename']),
    name: String(app['name']),
    groups: typeof xml === 'string' ? await readSiteMap(xml) : [],
    forms: of(componentTypes.form),
    views: of(componentTypes.view),
  };
}

function titleOf(element: Element): string {
  const titles = [...(element.querySelector(':scope > Titles')?.children ?? [])];
  const own = titles.find((one) => one.getAttribute('LCID') === String(userLanguage())) ?? titles[0];
  return own?.getAttribute('Title') ?? '';
}

async function readSiteMap(xml: string): Promise<SiteMapGroup[]> {
  const map = new DOMParser().parseFromString(xml, 'application/xml');
  return Promise.all(
    [...map.querySelectorAll('Group')].map(async (group) => ({
      title: titleOf(group),
      items: await Promise.all(
        [...group.querySelectorAll('SubArea[Entity]')].map(async (area) => {
          const table = area.getAttribute('Entity')!;
          const title =
            titleOf(area) ||
            (await readTable(table).then(
              (one) => one.collectionLabel,
              () => table,
            ));
          return { id: area.getAttribute('Id') ?? table, title, table };
        }),
      ),
    })),
  );
}

export interface View {
  readonly id: string;
  readonly name: string;
  readonly fetchXml: string;
  readonly layoutXml: string;
  readonly isDefault: boolean;
  /** Made by the user, for nobody else. */
  readonly isPersonal: boolean;
}

/** Public views of a table, those the app lists first; then those the user has made. */
export async function readViews(table: string, app: App | undefined): Promise<View[]> {
  const [system, personal] = await Promise.all([readSystemViews(table, app), readPersonalViews(table)]);
  return [...system, ...personal];
}

async function readPersonalViews(table: string): Promise<View[]> {
  const own = "Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid')";
  const rows = await listAllowed(
    `userqueries?$select=userqueryid,name,fetchxml,layoutxml&$filter=returnedtypecode eq '${table}' and querytype eq 0 and statecode eq 0 and ${own}&$orderby=name`,
  );
  return rows.map((row) => ({
    id: String(row['userqueryid']),
    name: String(row['name']),
    fetchXml: String(row['fetchxml'] ?? ''),
    layoutXml: String(row['layoutxml'] ?? ''),
    isDefault: false,
    isPersonal: true,
  }));
}

async function readSystemViews(table: string, app: App | undefined): Promise<View[]> {
  const rows = await list(
    `savedqueries?$select=savedqueryid,name,fetchxml,layoutxml,isdefault&$filter=returnedtypecode eq '${table}' and querytype eq 0&$orderby=name`,
  );
  const views = rows.map((row) => ({
    id: String(row['savedqueryid']),
    name: String(row['name']),
    fetchXml: String(row['fetchxml'] ?? ''),
    layoutXml: String(row['layoutxml'] ?? ''),
    isDefault: row['isdefault'] === true,
    isPersonal: false,
  }));
  const listed = (view: View) => (app?.views.has(view.id) ? 0 : view.isDefault ? 1 : 2);
  return views.filter((view) => view.layoutXml !== '').sort((a, b) => listed(a) - listed(b));
}

export async function readView(id: string): Promise<View | undefined> {
  const [row] = await list(
    `savedqueries?$select=savedqueryid,name,fetchxml,layoutxml,isdefault&$filter=savedqueryid eq ${id.replace(/[{}]/g, '')}`,
  );
  return row === undefined
    ? undefined
    : {
        id,
        name: String(row['name']),
        fetchXml: String(row['fetchxml'] ?? ''),
        layoutXml: String(row['layoutxml'] ?? ''),
        isDefault: false,
        isPersonal: false,
      };
}

const mainForm = 2;

/** Main forms of a table; the one the app lists comes first. */
export async function readForms(
  table: string,
  app: App | undefined,
): Promise<{ id: string; name: string; xml: string }[]> {
  const rows = await list(
    `systemforms?$select=formid,name,formxml&$filter=objecttypecode eq '${table}' and type eq ${mainForm}&$orderby=name`,
  );
  const forms = rows.map((row) => ({
    id: String(row['formid']),
    name: String(row['name']),
    xml: String(row['formxml'] ?? ''),
  }));
  return forms.sort((a, b) => Number(app?.forms.has(b.id) ?? false) - Number(app?.forms.has(a.id) ?? false));
}
