import type {
  Caller,
  MetadataCatalogue,
  OrganizationService,
  TableMetadata,
  VirtualTableProvider,
} from '../dataverse/index.ts';
import type { DataEntity } from '../finance-operations/contract.ts';
import type { Lookup, Query, Row } from '../query/index.ts';
import type { Call, Json, ReadPage } from './call.ts';
import { faults } from './faults.ts';
import { virtualTableName } from './names.ts';
import { fieldOf, fieldsOf, queryText, type Translation } from './query-text.ts';
import { relationsOf } from './relations.ts';
import { recIdOf, rowId } from '../finance-operations/contract.ts';
import { byNames, noDate, pageOf, toRow, type FollowedLookup, type Reading } from './row.ts';

export interface ProviderParts {
  readonly metadata: MetadataCatalogue;
  readonly entities: ReadonlyMap<string, DataEntity>;
  readonly organization: OrganizationService;
  readonly call: Call;
  readonly readPage: ReadPage;
}

/** Reads rows of a data entity, however they were come by, as those of its virtual table. */
export interface EntityReader {
  /** Fields they must have. */
  readonly fields: readonly string[];
  read(rows: readonly Json[]): Promise<Row[]>;
}

/** Rows of data entities, as the virtual tables over them: one request a page, and one more for each lookup that is read. */
export interface EntityProvider extends VirtualTableProvider {
  /** Address of the row behind an id, below `/data/`. @throws Fault when there is none */
  rowPath(table: TableMetadata, id: string, caller: Caller): Promise<string>;
  /** @throws Fault for a table whose data entity is not there */
  entityOf(table: TableMetadata): DataEntity;
  reader(table: TableMetadata, columns: readonly string[], caller: Caller): EntityReader;
  /** A row of a data entity, RecId and all, as its virtual table shows it; undefined when that has not been generated. */
  virtualRow(
    entity: DataEntity,
    fields: Json,
  ): Promise<{ readonly table: string; readonly id: string; readonly columns: Row } | undefined>;
}

export function createEntityProvider(parts: ProviderParts): EntityProvider {
  const { metadata, organization, call, readPage } = parts;

  function entityOf(table: TableMetadata): DataEntity {
    const entity = parts.entities.get(table.externalName ?? '');
    if (entity === undefined) throw faults.noEntity(table.logicalName);
    return entity;
  }

  async function companies(column: 'code' | 'id'): Promise<Map<string, string>> {
    if (metadata.table('cdm_company') === undefined) return new Map();
    const columns = ['cdm_companyid', 'cdm_companycode'];
    const rows = await organization.retrieveMultiple({ table: 'cdm_company', columns, joins: [], order: [] });
    const pairs = rows.map((row): [string, string] => [String(row['cdm_companycode']), String(row['cdm_companyid'])]);
    return new Map(pairs.map(([code, id]) => (column === 'code' ? [code.toLowerCase(), id] : [id, code])));
  }

  function translationOf(table: TableMetadata, caller: Caller): Translation {
    const entity = entityOf(table);
    const read = async (target: DataEntity, options: string) => {
      const body = await call('GET', `${target.set}?cross-company=true&${options}`, caller);
      return (body?.['value'] as Json[] | undefined) ?? [];
    };
    const relations = relationsOf(table, entity, { metadata, entities: parts.entities, organization, read, companies });
    return { table, entity, relations, companyCode: async (id) => (await companies('id')).get(id) };
  }

  /** How these rows are read; what lookups point at is looked up once for all of them. */
  async function reading(
    { table, entity, relations }: Translation,
    columns: readonly string[],
    rows: () => readonly Json[],
  ): Promise<Reading> {
    const companyIds = columns.includes('mserp_dataareaid_id') ? await companies('code') : new Map<string, string>();
    const lookups = new Map<string, FollowedLookup>();
    for (const name of columns) {
      const relation = relations.get(name);
      if (relation !== undefined) lookups.set(name, { fields: relation.fields, read: await relation.follow(rows()) });
    }
    return { table, entity, columns, companyIds, lookups };
  }

  async function find(
    translation: Translation,
    id: string,
    columns: readonly string[],
    caller: Caller,
  ): Promise<Json | undefined> {
    const { entity } = translation;
    const recId = recIdOf(entity.id, id);
    if (recId === undefined) return undefined;
    const fields = new Set([...entity.key, ...columns.flatMap((name) => fieldsOf(translation, name))]);
    const select = `$select=${[...fields].join(',')}&$filter=RecId eq ${recId}`;
    const body = await call('GET', `${entity.set}?cross-company=true&${select}`, caller);
    return (body?.['value'] as Json[] | undefined)?.[0];
  }

  /** Address of the row behind an id. @throws Fault when there is none */
  async function rowPath(translation: Translation, id: string, caller: Caller): Promise<string> {
    const json = await find(translation, id, [], caller);
    if (json === undefined) throw faults.refused(`The row ${id} of '${translation.table.logicalName}' does not exist.`);
    return `${translation.entity.set}(${keyText(translation.entity, json)})?cross-company=true`;
  }

  return {
    entityOf,
    reader(table, columns, caller) {
      const translation = translationOf(table, caller);
      return {
        fields: [...new Set([...translation.entity.key, ...columns.flatMap((name) => fieldsOf(translation, name))])],
        async read(rows) {
          const how = await reading(translation, columns, () => rows);
          return rows.map((row) => toRow(how, row));
        },
      };
    },
    rowPath: (table, id, caller) => rowPath(translationOf(table, caller), id, caller),
    raisesEvents: (table) => parts.entities.has(table.externalName ?? ''),
    async virtualRow(entity, fields) {
      const table = metadata.table(virtualTableName(entity.name));
      if (table === undefined) return undefined;
      // Decided: lookups of relations are not told; what they stand on is.
      const columns = [...table.columns.keys()].filter((name) => !name.startsWith('mserp_fk_'));
      const how = await reading({ ...translationOf(table, systemless), relations: new Map() }, columns, () => []);
      const { [table.primaryId]: id, ...told } = toRow(how, fields);
      return { table: table.logicalName, id: String(id), columns: told };
    },
    async retrieve(table, id, columns, caller) {
      const translation = translationOf(table, caller);
      const json = await find(translation, id, columns, caller);
      return json === undefined ? undefined : toRow(await reading(translation, columns, () => [json]), json);
    },
    async retrieveMultiple(table, query: Query, caller, isCounted = false) {
      const translation = translationOf(table, caller);
      const { entity } = translation;
      const top = query.top ?? mostRows;
      const counted = isCounted ? '&$count=true' : '';
      // One row above the page tells whether there are more.
      const path = `${entity.set}?${await queryText({ ...query, top: top + 1 }, translation)}${counted}`;
      const found = await readPage(path, caller);
      const page = { ...found, lines: found.lines.slice(0, top) };
      const how = await reading(translation, query.columns, () => byNames(entity, page));
      return { ...pageOf(how, page), moreRows: found.lines.length > top, count: found.count };
    },
    async create(table, row, caller) {
      const translation = translationOf(table, caller);
      const { entity } = translation;
      const json = await call('POST', `${entity.set}?cross-company=true`, caller, await toBody(translation, row));
      return rowId(entity.id, BigInt(String(json?.['RecId'])));
    },
    async update(table, id, row, caller) {
      const translation = translationOf(table, caller);
      await call('PATCH', await rowPath(translation, id, caller), caller, await toBody(translation, row));
    },
    async delete(table, id, caller) {
      await call('DELETE', await rowPath(translationOf(table, caller), id, caller), caller);
    },
  };
}

/** Rows of a page nobody has limited. */
const mostRows = 10_000;

/** Nobody is asked: nothing is read as this caller. */
const systemless: Caller = { userId: '', email: '', businessUnitId: '', isSystem: true };

const keyText = (entity: DataEntity, json: Json) =>
  entity.key
    .map((name) => {
      const isPlain = ['utcDateTime', 'date', 'int', 'int64', 'real'].includes(entity.fields.get(name)!.type);
      return `${name}=${isPlain ? String(json[name]) : `'${encodeURIComponent(String(json[name]).replaceAll("'", "''"))}'`}`;
    })
    .join(',');

async function toBody(translation: Translation, row: Row): Promise<Json> {
  const { table, entity, relations } = translation;
  const body: Json = {};
  for (const [name, value] of Object.entries(row)) {
    const relation = relations.get(name);
    if (relation !== undefined) Object.assign(body, await pointingAt(relation, value as Lookup | null));
    const field = fieldOf(translation, name);
    const column = table.columns.get(name);
    if (field === undefined || column === undefined) continue;
    const type = entity.fields.get(field)!.type;
    if (column.type === 'choice')
      body[field] = column.choice?.options.find((option) => option.value === Number(value))?.externalName ?? null;
    else if (type === 'date' || type === 'utcDateTime')
      body[field] = value === null ? noDate : String(value).length === 10 ? `${String(value)}T00:00:00Z` : value;
    else body[field] = value === null ? (type === 'string' ? '' : 0) : value;
  }
  return body;
}

/** What the fields behind a lookup hold when it points there. The company of a row is not moved by emptying a lookup. */
async function pointingAt(
  relation: NonNullable<ReturnType<Translation['relations']['get']>>,
  value: Lookup | null,
): Promise<Json> {
  if (value === null)
    return Object.fromEntries(relation.fields.filter((name) => name !== 'dataAreaId').map((name) => [name, '']));
  const values = await relation.valuesOf(value.id);
  if (values === undefined) throw faults.refused(`The row ${value.id} of '${value.table}' does not exist.`);
  return { ...values };
}
