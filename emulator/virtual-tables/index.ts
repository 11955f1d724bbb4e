import type {
  Caller,
  MetadataCatalogue,
  OrganizationService,
  TableMetadata,
  VirtualTableProvider,
} from '../dataverse/index.ts';
import type { DataEntity } from '../finance-operations/contract.ts';
import type { Query, Row } from '../query/index.ts';
import { faults } from './faults.ts';
import { fieldOf, queryText, type Translation } from './query-text.ts';
import { recIdOf, rowId } from './row-id.ts';
import { noDate, toRow, type Reading } from './row.ts';

export interface ProviderParts {
  readonly metadata: MetadataCatalogue;
  readonly entities: ReadonlyMap<string, DataEntity>;
  readonly organization: OrganizationService;
  /** Address of finance and operations. */
  readonly origin: () => string;
}

type Json = Record<string, unknown>;

/** Marks calls of this provider: rows come with their RecId. */
const mark = { 'x-ms-virtual-entity': '1' };

export interface VirtualTables extends VirtualTableProvider {
  /** A row of a data entity, RecId and all, as its virtual table shows it; undefined when that has not been generated. */
  virtualRow(
    entity: DataEntity,
    fields: Json,
  ): Promise<{ readonly table: string; readonly id: string; readonly columns: Row } | undefined>;
  /** Logical name of the virtual table over a data entity; undefined when that has not been generated. */
  virtualTableOf(entity: DataEntity): string | undefined;
}

/** Prefix and lower case: `CustCustomerV3Entity` is `mserp_custcustomerv3entity`. */
export const virtualTableName = (entity: string) => `mserp_${entity.toLowerCase()}`;

/** Reads and writes virtual tables by calling finance and operations over HTTP as the calling user. */
export function createVirtualTableProvider(parts: ProviderParts): VirtualTables {
  const { metadata, organization } = parts;

  function entityOf(table: TableMetadata): DataEntity {
    const entity = parts.entities.get(table.externalName ?? '');
    if (entity === undefined) throw faults.noEntity(table.logicalName);
    return entity;
  }

  async function companies(column: 'code' | 'id'): Promise<Map<string, string>> {
    if (metadata.table('cdm_company') === undefined) return new Map();
    const rows = await organization.retrieveMultiple({
      table: 'cdm_company',
      columns: ['cdm_companyid', 'cdm_companycode'],
      joins: [],
      order: [],
    });
    return new Map(
      rows.map((row) =>
        column === 'code'
          ? [String(row['cdm_companycode']).toLowerCase(), String(row['cdm_companyid'])]
          : [String(row['cdm_companyid']), String(row['cdm_companycode'])],
      ),
    );
  }

  const translationOf = (table: TableMetadata): Translation => ({
    table,
    entity: entityOf(table),
    companyCode: async (id) => (await companies('id')).get(id),
  });

  async function call(method: string, path: string, caller: Caller, body?: Json): Promise<Json | undefined> {
    let response: Response;
    try {
      const identity: Record<string, string> = caller.isSystem ? {} : { Authorization: `Bearer ${caller.email}` };
      response = await fetch(`${parts.origin()}/data/${path}`, {
        method,
        headers: { ...mark, ...identity, 'Content-Type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      throw faults.failed('ServiceUnavailable');
    }
    const text = await response.text();
    if (response.ok) return text === '' ? undefined : (JSON.parse(text) as Json);
    if (response.status === 401 || response.status === 403) throw faults.notAuthorized();
    if (response.status === 429) throw faults.failed('429');
    if (response.status >= 500) throw faults.failed('InternalServerError');
    throw faults.refused(infolog(text));
  }

  /** How rows of the table are read; companies are looked up once for all of them. */
  async function reading(table: TableMetadata, columns: readonly string[]): Promise<Reading> {
    const codes = columns.includes('mserp_dataareaid_id') ? await companies('code') : new Map<string, string>();
    return { table, entity: entityOf(table), columns, companyIds: codes };
  }

  async function find(table: TableMetadata, id: string, columns: readonly string[], caller: Caller) {
    const entity = entityOf(table);
    const recId = recIdOf(entity.id, id);
    if (recId === undefined) return undefined;
    const fields = new Set([...entity.key, ...columns.flatMap((name) => fieldOf({ table, entity }, name) ?? [])]);
    const body = await call(
      'GET',
      `${entity.set}?cross-company=true&$select=${[...fields].join(',')}&$filter=RecId eq ${recId}&$top=1`,
      caller,
    );
    const json = (body?.['value'] as Json[] | undefined)?.[0];
    return json === undefined ? undefined : { entity, json };
  }

  const keyText = (entity: DataEntity, json: Json) =>
    entity.key
      .map(
        (name) =>
          `${name}=${entity.fields.get(name)!.type === 'utcDateTime' ? String(json[name]) : `'${encodeURIComponent(String(json[name]).replaceAll("'", "''"))}'`}`,
      )
      .join(',');

  return {
    raisesEvents: (table) => parts.entities.has(table.externalName ?? ''),
    virtualTableOf: (entity) => metadata.table(virtualTableName(entity.name))?.logicalName,
    async virtualRow(entity, fields) {
      const table = metadata.table(virtualTableName(entity.name));
      if (table === undefined) return undefined;
      const { [table.primaryId]: id, ...columns } = toRow(await reading(table, [...table.columns.keys()]), fields);
      return { table: table.logicalName, id: String(id), columns };
    },
    async retrieve(table, id, columns, caller) {
      const found = await find(table, id, columns, caller);
      return found === undefined ? undefined : toRow(await reading(table, columns), found.json);
    },
    async retrieveMultiple(table, query: Query, caller) {
      const entity = entityOf(table);
      const body = await call(
        'GET',
        `${entity.set}?${await queryText(query, translationOf(table))}&$count=true`,
        caller,
      );
      const rows = (body?.['value'] as Json[] | undefined) ?? [];
      const how = await reading(table, query.columns);
      return {
        rows: rows.map((json) => toRow(how, json)),
        moreRows: body?.['@emulator.moreRows'] === true || body?.['@odata.nextLink'] !== undefined,
        count: Number(body?.['@odata.count'] ?? rows.length),
      };
    },
    async create(table, row, caller) {
      const entity = entityOf(table);
      const json = await call('POST', `${entity.set}?cross-company=true`, caller, toBody(table, entity, row));
      return rowId(entity.id, BigInt(String(json?.['RecId'])));
    },
    async update(table, id, row, caller) {
      const found = await find(table, id, [], caller);
      if (found === undefined) throw faults.refused(`The row ${id} of '${table.logicalName}' does not exist.`);
      await call(
        'PATCH',
        `${found.entity.set}(${keyText(found.entity, found.json)})?cross-company=true`,
        caller,
        toBody(table, found.entity, row),
      );
    },
    async delete(table, id, caller) {
      const found = await find(table, id, [], caller);
      if (found === undefined) throw faults.refused(`The row ${id} of '${table.logicalName}' does not exist.`);
      await call('DELETE', `${found.entity.set}(${keyText(found.entity, found.json)})?cross-company=true`, caller);
    },
  };
}

/** The last infolog message of an error of finance and operations. */
function infolog(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: string; innererror?: { message?: string } } };
    return (error?.innererror?.message ?? error?.message ?? text).replace(/^.*Infolog: Error: /s, '');
  } catch {
    return text;
  }
}

function toBody(table: TableMetadata, entity: DataEntity, row: Row): Json {
  const body: Json = {};
  for (const [name, value] of Object.entries(row)) {
    const field = fieldOf({ table, entity }, name);
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
