import { readGuid } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import { complexColumns } from '../metadata/complex-definitions.ts';
import type { Definition } from '../metadata/managed-property.ts';
import type { TableMetadata } from '../metadata/model.ts';
import {
  manyToManyDefinition,
  manyToOneDefinitions,
  oneToManyDefinitions,
} from '../metadata/relationship-definition.ts';
import { tableDefinition } from '../metadata/table-definition.ts';
import { keyDefinitions } from '../metadata/table-requests.ts';
import { respond, type Operations } from '../web-api/operations/operation.ts';
import { functionParameters } from '../web-api/operations/parameters.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import { metadataVersion } from './change-log.ts';

type Metadata = RequestContext['parts']['metadata'];
type Part = 'Attributes' | 'Privileges' | 'Relationships';

/** `EntityFilters`: the bits of each name. */
const filterBits: Readonly<Record<string, number>> = {
  Default: 1,
  Entity: 1,
  Attributes: 2,
  Privileges: 4,
  Relationships: 8,
  All: 15,
};
const none = '00000000-0000-0000-0000-000000000000';

/**
 * `RetrieveEntity` and `RetrieveAllEntities`: whole definitions, with the parts `EntityFilters` asks for. Customizations
 * are in force at once here, so `RetrieveAsIfPublished` changes nothing. Columns, relationships and choices have no such
 * function in the Web API: their definitions are read by their paths.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/retrieveentity
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/retrieveallentities
 */
export const wholeTables: Operations = {
  RetrieveEntity: {
    method: 'GET',
    async run(context, { inside }) {
      const { metadata } = context.parts;
      const parameters = functionParameters(context, inside);
      const parts = readFilters(parameters, 'RetrieveEntity');
      return respond(context, 'RetrieveEntity', {
        EntityMetadata: whole(tableAsked(metadata, parameters), parts, metadata),
      });
    },
  },
  RetrieveAllEntities: {
    method: 'GET',
    async run(context, { inside }) {
      const { metadata, database } = context.parts;
      const parts = readFilters(functionParameters(context, inside), 'RetrieveAllEntities');
      return respond(context, 'RetrieveAllEntities', {
        Timestamp: String(metadataVersion(database)),
        EntityMetadata: [...metadata.tables()].map((table) => whole(table, parts, metadata)),
      });
    },
  },
};

/** Decided: a list that is not asked for is empty, as the list of a complex type cannot be null. */
function whole(table: TableMetadata, parts: ReadonlySet<Part>, metadata: Metadata): Definition {
  const { Privileges, ...definition } = tableDefinition(table);
  const related = parts.has('Relationships');
  return {
    ...definition,
    Privileges: parts.has('Privileges') ? Privileges : [],
    Attributes: parts.has('Attributes') ? complexColumns(table) : [],
    Keys: keyDefinitions(table),
    OneToManyRelationships: related ? oneToManyDefinitions(table, metadata) : [],
    ManyToOneRelationships: related ? manyToOneDefinitions(table) : [],
    ManyToManyRelationships: related ? table.manyToMany.map(manyToManyDefinition) : [],
  };
}

/** `Microsoft.Dynamics.CRM.EntityFilters'Attributes,Relationships'`; a number is the sum of the bits. */
function readFilters(parameters: ReadonlyMap<string, string>, operation: string): ReadonlySet<Part> {
  const text = parameters.get('EntityFilters');
  if (text === undefined || text === 'null') throw faults.parameterMissing('EntityFilters', operation);
  const names = (/'(.*)'$/.exec(text)?.[1] ?? text).split(',').map((name) => name.trim());
  const bits = names.reduce((sum, name) => sum | bitsOf(name), 0);
  return new Set((['Attributes', 'Privileges', 'Relationships'] as const).filter((part) => bits & filterBits[part]!));
}

function bitsOf(name: string): number {
  const bits = /^\d+$/.test(name) ? Number(name) : filterBits[name];
  if (bits === undefined || bits < 1 || bits > filterBits['All']!)
    throw faults.queryNotSupported(`The string '${name}' is not a valid enumeration type constant.`);
  return bits;
}

/** By `LogicalName`, else by `MetadataId`; a GUID of zeros is none. */
function tableAsked(metadata: Metadata, parameters: ReadonlyMap<string, string>): TableMetadata {
  const name = (parameters.get('LogicalName') ?? 'null').replace(/^'(.*)'$/, '$1');
  if (name !== 'null' && name !== '') {
    const table = metadata.table(name);
    if (table === undefined) throw faults.tableNotFound(name);
    return table;
  }
  const text = (parameters.get('MetadataId') ?? 'null').replace(/^'(.*)'$/, '$1');
  const id = readGuid(text);
  if (id === undefined || id === none) throw faults.parameterMissing('LogicalName', 'RetrieveEntity');
  const table = [...metadata.tables()].find(({ metadataId }) => metadataId === id);
  if (table === undefined) throw faults.rowNotFound('Entity', id);
  return table;
}
