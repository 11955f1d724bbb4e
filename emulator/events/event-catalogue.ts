import type { Work } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import type { BusinessEventDefinition, BusinessEventSetup, DataEventDefinition } from '../finance-operations/index.ts';
import type { Database } from '../storage/database.ts';
import { actionName, actionParameters, actionPrivilege } from './event-action.ts';

export interface EventCatalogueParts {
  readonly database: Database;
  readonly work: Work;
  readonly dataverse: Dataverse;
  readonly setup: BusinessEventSetup;
  readonly isLinked: () => boolean;
  /** Ids of business events somebody wants: activated here, or subscribed to in Dataverse. */
  readonly activeEvents: () => ReadonlySet<string>;
  /** Brings the service endpoints up to date, too. */
  readonly synchronizeEndpoints: () => Promise<void>;
}

export interface EventCatalogue {
  /** Brings the catalogs of Dataverse to what they are to be, once the open transaction is through. */
  refresh(): void;
}

/** *Dynamics 365 ERP Virtual Entities*: the solution the catalogs belong to. */
const solution = 'MicrosoftOperationsERPVE';
const basicUser = 'Finance and Operations Basic User';
const rootName = 'Finance and Operations';

/** A category with what is in it. */
interface Category {
  readonly events: BusinessEventDefinition[];
  /** Logical names of virtual tables. */
  readonly tables: Set<string>;
}

/**
 * The events of finance and operations as Dataverse organises them: the catalog *Finance and Operations*, a category for each
 * module, below it the business events that are active, as custom APIs of no table, and the virtual tables that are there, whose
 * data events they stand for. All of it goes with the link.
 *
 * Decided: the unique names of catalogs and custom APIs; none is published.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/business-events/how-to/how-to-dataverse-events
 */
export function createEventCatalogue(parts: EventCatalogueParts): EventCatalogue {
  const { database, dataverse, work } = parts;
  let isWaiting = false;

  async function synchronize(): Promise<void> {
    isWaiting = false;
    if (dataverse.metadata.table('catalogassignment') === undefined) return;
    const categories = parts.isLinked() ? categoriesOf(parts) : new Map<string, Category>();
    await database.transaction(async () => {
      const wanted = putCategories(categories, dataverse);
      removeOthers(wanted, parts);
    });
    await parts.synchronizeEndpoints();
  }

  return {
    refresh() {
      if (isWaiting) return;
      isWaiting = true;
      const start = () => work.start('event catalogue', synchronize);
      if (!database.inTransaction()) return start();
      database.afterCommit(start);
      database.onRollback(() => void (isWaiting = false));
    },
  };
}

function categoriesOf({ setup, dataverse, activeEvents }: EventCatalogueParts): Map<string, Category> {
  const categories = new Map<string, Category>();
  const category = (name: string): Category => {
    const there = categories.get(name) ?? { events: [], tables: new Set<string>() };
    categories.set(name, there);
    return there;
  };
  const active = activeEvents();
  for (const event of setup.catalogue.values()) if (active.has(event.id)) category(event.category).events.push(event);
  for (const event of setup.dataEvents().values()) {
    const table = dataverse.metadata.table(virtualTable(event));
    if (table !== undefined) category(event.category).tables.add(table.logicalName);
  }
  return categories;
}

const virtualTable = ({ entity }: DataEventDefinition) => `mserp_${entity.toLowerCase()}`;

/** `mserp_AccountsReceivable` for *Accounts receivable*. */
export const catalogName = (name: string): string =>
  `mserp_${name.replace(/(^|\W+)(\w)/g, (_all, _gap, letter: string) => letter.toUpperCase())}`;

/** Ids of what the catalogs are to hold, by table. */
type Wanted = ReadonlyMap<string, ReadonlySet<string>>;

function putCategories(categories: ReadonlyMap<string, Category>, { components, metadata }: Dataverse): Wanted {
  const wanted = new Map(['catalog', 'catalogassignment', 'customapi'].map((table) => [table, new Set<string>()]));
  const put = (table: string, row: { readonly id: string; readonly [column: string]: unknown }) => {
    const { id, ...columns } = row;
    components.put(table, { [metadata.table(table)!.primaryId]: id, ...columns } as never, solution);
    wanted.get(table)!.add(id);
    return { table, id };
  };
  const catalog = (name: string, description: string, parent: object | null) =>
    put('catalog', {
      id: components.idOf('catalog', catalogName(name)),
      ...{ uniquename: catalogName(name), name, displayname: name, description, parentcatalogid: parent },
      iscustomizable: false,
    });
  const assign = (category: { readonly id: string }, object: { readonly id: string }, name: string) =>
    put('catalogassignment', {
      id: components.idOf('catalogassignment', category.id, object.id),
      ...{ name: name.slice(0, 100), catalogid: category, object, iscustomizable: false },
    });
  if (categories.size === 0) return wanted;
  const root = catalog(rootName, 'Events of finance and operations', null);
  for (const [name, { events, tables }] of categories) {
    const category = catalog(name, `Events of the module ${name}`, root);
    for (const event of events) assign(category, put('customapi', actionRow(event, components)), event.name);
    for (const table of tables) {
      const { metadataId, label, schemaName } = metadata.table(table)!;
      assign(category, { table: 'entity', id: metadataId } as { id: string }, label[1033] ?? schemaName);
    }
  }
  return wanted;
}

/** Writes the parameters and the privilege of an event's custom API. @returns its row */
function actionRow(event: BusinessEventDefinition, components: Dataverse['components']) {
  const uniquename = actionName(event.id);
  const id = components.idOf('customapi', uniquename);
  components.addPrivilege(actionPrivilege(event.id), basicUser);
  for (const { name, type } of actionParameters(event))
    components.put('customapirequestparameter', {
      customapirequestparameterid: components.idOf('customapirequestparameter', uniquename, name),
      customapiid: { table: 'customapi', id },
      ...{ uniquename: name, name, displayname: name, description: name, type, isoptional: true },
    });
  return {
    id,
    uniquename,
    name: uniquename,
    displayname: event.name,
    description: event.description.slice(0, 100),
    bindingtype: 0,
    boundentitylogicalname: null,
    isfunction: false,
    isprivate: false,
    workflowsdkstepenabled: false,
    // Asynchronous steps only: what is told has happened.
    allowedcustomprocessingsteptype: 1,
    executeprivilegename: actionPrivilege(event.id),
    iscustomizable: false,
  };
}

/** Takes away what an earlier time has put there. */
function removeOthers(wanted: Wanted, { database, dataverse: { components } }: EventCatalogueParts): void {
  const below = `select catalogid from catalog where ismanaged = 1 and uniquename like 'mserp\\_%' escape '\\'`;
  const ours: Readonly<Record<string, string>> = {
    catalogassignment: `select catalogassignmentid as id from catalogassignment where catalogid in (${below})`,
    customapi: `select customapiid as id from customapi where executeprivilegename like 'prvExecutemserp\\_%' escape '\\'`,
    // Categories before the catalog they are of.
    catalog: `select catalogid as id from catalog where catalogid in (${below}) order by parentcatalogid is null`,
  };
  for (const [table, sql] of Object.entries(ours))
    for (const { id } of database.all(sql)) {
      if (wanted.get(table)!.has(String(id))) continue;
      if (table === 'customapi') removeParts(String(id), { database, components });
      components.remove(table, String(id));
    }
}

function removeParts(
  api: string,
  { database, components }: Pick<Dataverse, 'components'> & { database: Database },
): void {
  const parts = database.all(
    'select customapirequestparameterid as id from customapirequestparameter where customapiid = ?',
    [api],
  );
  for (const { id } of parts) components.remove('customapirequestparameter', String(id));
  const row = database.get('select executeprivilegename as name from customapi where customapiid = ?', [api]);
  components.removePrivilege(String(row!['name']));
}
