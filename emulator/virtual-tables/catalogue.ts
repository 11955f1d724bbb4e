import { notEmulated, type Clock, type Work } from '../kernel/index.ts';
import type { MetadataCatalogue, OrganizationService, VirtualTableProvider } from '../dataverse/index.ts';
import type { DataEntity, EntityField } from '../finance-operations/contract.ts';
import type { Condition, Row } from '../query/index.ts';
import { theApplication, type Call, type Json } from './call.ts';
import { queryRows } from './catalogue-query.ts';
import { setTracking } from './changes.ts';
import { faults } from './faults.ts';
import { fieldXml } from './generate/column-xml.ts';
import { packageXml, shippedSolution, solutionOf, type GeneratedPackage } from './generate/package-xml.ts';
import { columnName, virtualTableName } from './names.ts';
import { rowId } from '../finance-operations/contract.ts';

/** The catalogue's own table. */
export const catalogueTable = 'mserp_financeandoperationsentity';

export interface CatalogueParts {
  readonly metadata: MetadataCatalogue;
  readonly entities: ReadonlyMap<string, DataEntity>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
  readonly organization: OrganizationService;
  readonly clock: Clock;
  readonly work: Work;
  readonly log: (text: string) => void;
  readonly call: Call;
  /** Codes of the languages Dataverse has. */
  readonly languages: readonly number[];
  /** Id of the label of a data entity, or of one of its fields. */
  readonly labelId: (entity: DataEntity, field?: string) => string;
  /** Installs the solution that brings a virtual table. */
  readonly install: (generated: GeneratedPackage) => Promise<void>;
}

export interface VirtualTableCatalogue extends VirtualTableProvider {
  /** Generates those of these tables that are virtual tables of finance and operations, and not there. */
  generateMissing(tables: readonly string[]): Promise<void>;
  /** Makes the tables of these data entities visible, one after the other. @throws Error naming one there is not */
  show(names: readonly string[]): Promise<void>;
  /** Names of data entities whose tables are there and lack a field. */
  behind(): string[];
  /** Makes a table, or renews it, at once. @throws Fault 0x80071151 while another is being made */
  generateNow(name: string): Promise<void>;
  /** Makes a table, or makes it anew, at once. @throws Fault 0x80071151, and where its changes cannot be tracked */
  renew(entity: DataEntity, changeTracking: boolean): Promise<void>;
  /** Names of data entities whose tables are there. */
  visible(): string[];
}

/** The data entity behind the catalogue. */
const listEntity = 'CDSVirtualEntityListEntity';
/** Decided: how long a generation takes; others are refused meanwhile. */
const generationMs = 1000;
const basicUser = 'Finance and Operations Basic User';

/** *Available Finance and Operations Entities*: every data entity, and which of them Dataverse shows as virtual tables. */
export function createCatalogue(parts: CatalogueParts): VirtualTableCatalogue {
  const { metadata, entities } = parts;
  let busy: string | undefined;

  const tableOf = ({ name }: DataEntity) => metadata.table(virtualTableName(name));

  /** What finance and operations lists, by its id here. @throws Fault when it does not let the application in */
  async function listed(): Promise<Map<string, DataEntity>> {
    const list = entities.get(listEntity)!;
    const body = await parts.call('GET', `${list.set}?$select=PhysicalName`, theApplication);
    return new Map(
      (body?.['value'] as Json[]).flatMap(({ PhysicalName, RecId }): [string, DataEntity][] => {
        const entity = entities.get(String(PhysicalName));
        return entity === undefined ? [] : [[rowId(list.id, BigInt(String(RecId))), entity]];
      }),
    );
  }

  const rowOf = (id: string, entity: DataEntity): Row => ({
    mserp_financeandoperationsentityid: id,
    mserp_physicalname: entity.name,
    mserp_description: entity.label,
    mserp_hasbeengenerated: tableOf(entity) !== undefined,
    mserp_changetrackingenabled: tableOf(entity)?.changeTrackingEnabled ?? false,
    mserp_refresh: false,
  });

  async function generate(entity: DataEntity, changeTracking: boolean): Promise<void> {
    const own = virtualTableName(entity.name);
    const wasTracked = tableOf(entity)?.changeTrackingEnabled === true;
    await parts.install(
      packageXml({
        entity,
        enums: parts.enums,
        languages: parts.languages,
        labelId: parts.labelId,
        solution: (await isShipped(entity)) ? shippedSolution : solutionOf(entity),
        changeTracking,
        isThere: (table) => metadata.table(table) !== undefined,
        hasColumn: (column) => metadata.table(own)?.columns.has(column) === true,
        hasChoice: (choice) => metadata.globalChoice(choice) !== undefined,
      }),
    );
    if (changeTracking || wasTracked) await setTracking(parts.call, entity, changeTracking);
    await grantToBasicUser(own, parts.organization);
  }

  /** @throws Fault in the words of finance and operations */
  function requireTrackable({ name, untracked }: DataEntity): void {
    if (untracked !== undefined) throw faults.refused(untracked(name));
  }

  /** Starts generating, and answers at once: the table is there a little later. @throws Fault 0x80071151 */
  function start(entity: DataEntity, changeTracking: boolean): void {
    if (busy !== undefined) throw faults.locked();
    busy = entity.name;
    parts.work.start(`virtual table ${entity.name}`, async () => {
      try {
        await parts.work.asleep(parts.clock.sleep(generationMs));
        await generate(entity, changeTracking);
      } finally {
        busy = undefined;
      }
    });
  }

  /** The same at once. */
  async function renew(entity: DataEntity, changeTracking: boolean): Promise<void> {
    if (busy !== undefined) throw faults.locked();
    if (changeTracking) requireTrackable(entity);
    busy = entity.name;
    try {
      await generate(entity, changeTracking);
    } finally {
      busy = undefined;
    }
  }

  const hasEnum = (name: string) => parts.enums[name] !== undefined;
  const isBehind = (entity: DataEntity): boolean => {
    const table = tableOf(entity);
    const lacks = (field: EntityField) =>
      table?.columns.has(columnName(field.name)) === false && fieldXml(field, false, hasEnum) !== undefined;
    return table !== undefined && [...entity.fields.values()].some(lacks);
  };

  const solutionRow = async (entity: DataEntity): Promise<string | undefined> => {
    const found = await readWhere(
      parts.organization,
      'solution',
      ['solutionid'],
      equal('uniquename', solutionOf(entity)),
    );
    return found[0] === undefined ? undefined : String(found[0]['solutionid']);
  };
  const isShipped = async (entity: DataEntity) =>
    tableOf(entity) !== undefined && (await solutionRow(entity)) === undefined;

  /** Takes the table away with its solution. @throws Fault 0x8004F01D while another needs it */
  async function hide(entity: DataEntity): Promise<void> {
    const table = tableOf(entity);
    if (table === undefined) return;
    const wasTracked = table.changeTrackingEnabled;
    const solution = await solutionRow(entity);
    if (solution === undefined)
      throw notEmulated(`Hiding the shipped virtual table of '${entity.name}'`, 'Leave it visible.');
    await parts.organization.delete('solution', solution);
    if (wasTracked) await setTracking(parts.call, entity, false);
  }

  async function update(id: string, row: Row): Promise<void> {
    const entity = (await listed()).get(id.toLowerCase());
    if (entity === undefined) throw faults.refused(`The data entity '${id}' is not in the catalogue.`);
    const fixed = Object.keys(row).find(
      (name) => !['mserp_hasbeengenerated', 'mserp_changetrackingenabled', 'mserp_refresh'].includes(name),
    );
    if (fixed !== undefined) throw faults.refused(`The column '${fixed}' of the catalogue cannot be changed.`);
    const table = tableOf(entity);
    const isVisible = row['mserp_hasbeengenerated'] ?? table !== undefined;
    const tracking = row['mserp_changetrackingenabled'] ?? table?.changeTrackingEnabled ?? false;
    if (isVisible !== true) {
      if (busy !== undefined) throw faults.locked();
      return hide(entity);
    }
    if (tracking === true) requireTrackable(entity);
    const isChanged = table === undefined || row['mserp_refresh'] === true || tracking !== table.changeTrackingEnabled;
    if (isChanged) start(entity, tracking === true);
  }

  return {
    retrieve: async (_table, id) => {
      const entity = (await listed()).get(id.toLowerCase());
      return entity === undefined ? undefined : rowOf(id, entity);
    },
    retrieveMultiple: async (_table, query) =>
      queryRows(
        [...(await listed())].map(([id, entity]) => rowOf(id, entity)),
        query,
      ),
    async create() {
      throw faults.refused('Rows of the catalogue come with the data entities; they cannot be created.');
    },
    update: (_table, id, row) => update(id, row),
    async delete() {
      throw faults.refused('Rows of the catalogue cannot be deleted; clear Visible instead.');
    },
    async generateMissing(tables) {
      for (const name of tables) {
        const entity = [...entities.values()].find((one) => virtualTableName(one.name) === name);
        if (entity !== undefined && tableOf(entity) === undefined) await generate(entity, false);
      }
    },
    async show(names) {
      const unknown = names.find((name) => !entities.has(name));
      if (unknown !== undefined) throw new Error(`There is no data entity '${unknown}'.`);
      for (const name of names)
        if (tableOf(entities.get(name)!) === undefined) await generate(entities.get(name)!, false);
    },
    behind: () => [...entities.values()].filter(isBehind).map(({ name }) => name),
    async generateNow(name) {
      const entity = entities.get(name)!;
      await renew(entity, tableOf(entity)?.changeTrackingEnabled ?? false);
    },
    renew,
    visible: () => [...entities.values()].filter((entity) => tableOf(entity) !== undefined).map(({ name }) => name),
  };
}

const equal = (column: string, right: string): Condition => ({
  kind: 'compare',
  left: { column },
  operator: 'eq',
  right,
});

const readWhere = (organization: OrganizationService, table: string, columns: readonly string[], filter: Condition) =>
  organization.retrieveMultiple({ table, columns, joins: [], order: [], filter });

/** Privileges of a new virtual table go to the role every licensed user has. */
async function grantToBasicUser(table: string, organization: OrganizationService): Promise<void> {
  const find = (name: string, columns: readonly string[], filter: Condition) =>
    readWhere(organization, name, columns, filter);
  const [role] = await find('role', ['roleid'], equal('name', basicUser));
  if (role === undefined) return;
  const roleid = String(role['roleid']);
  const names = ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo'].map((right) => `prv${right}${table}`);
  const wanted = await find('privilege', ['privilegeid'], {
    kind: 'any',
    of: names.map((name) => equal('name', name)),
  });
  const given = await find('roleprivileges', ['privilegeid'], equal('roleid', roleid));
  const has = new Set(given.map((row) => String(row['privilegeid'])));
  for (const { privilegeid } of wanted)
    if (!has.has(String(privilegeid)))
      await organization.create('roleprivileges', { roleid, privilegeid: privilegeid!, privilegedepthmask: 8 });
}
