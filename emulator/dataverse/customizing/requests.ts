import type { HttpResponse } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import { choiceByKey, columnByKey, keyByKey, relationshipByKey, tableByKey } from '../metadata/definition-keys.ts';
import { noContent, version } from '../web-api/answer.ts';
import { parseBody } from '../web-api/parse-body.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import { splitSegment } from '../web-api/split-path.ts';
import type { CustomizingCall } from './call.ts';
import { createChoice, deleteChoice, updateChoice } from './choices.ts';
import { createColumn, deleteColumn, updateColumn } from './columns.ts';
import { customize } from './customize.ts';
import { typeOf } from './definition-values.ts';
import { createKey, deleteKey } from './keys.ts';
import { keyId } from './component-names.ts';
import { createManyToMany, createOneToMany, deleteRelationship, updateRelationship } from './relationships.ts';
import { switchTracking } from './switch-tracking.ts';
import { createTable, deleteTable, updateTable } from './tables.ts';

/** A request that changes definitions: what it names, and what reads it when the answer is to hold it. */
export interface DefinitionRequest {
  readonly context: RequestContext;
  /** Set and key of the first segment, and the segments after. */
  readonly set: string;
  readonly key: string | undefined;
  readonly rest: readonly string[];
  /** Reads a definition by its path, as a GET would. */
  readonly read: (path: string) => HttpResponse;
}

/** POST, PUT and DELETE of definitions. @throws Fault 405 for any other way: definitions are never patched */
export function customizingRequest(asked: DefinitionRequest): Promise<HttpResponse> {
  switch (asked.set) {
    case 'EntityDefinitions':
      return asked.rest.length === 0 ? tableRequest(asked) : tablePartRequest(asked);
    case 'RelationshipDefinitions':
      return relationshipRequest(asked);
    case 'GlobalOptionSetDefinitions':
      return choiceRequest(asked);
    default:
      throw notAllowed(asked);
  }
}

const notAllowed = ({ context }: DefinitionRequest) => faults.methodNotAllowed(context.request.method);

async function tableRequest(asked: DefinitionRequest): Promise<HttpResponse> {
  const { context, key } = asked;
  const body = () => parseBody(context, 'EntityDefinitions');
  if (key === undefined) {
    if (context.request.method !== 'POST') throw notAllowed(asked);
    const table = await customize(context, { right: 'Create', what: 'Entity' }, (call) => createTable(call, body()));
    return created(asked, `EntityDefinitions(${table.metadataId})`);
  }
  switch (context.request.method) {
    case 'PUT':
      await switchTracking(context, tableByKey(context.parts.metadata, key), body());
      await customize(context, { right: 'Write', what: 'Entity' }, (call) =>
        updateTable(call, tableByKey(call.catalogue, key), body()),
      );
      return updated(asked, `EntityDefinitions(${key})`);
    case 'DELETE':
      await customize(context, { right: 'Delete', what: 'Entity' }, (call) =>
        deleteTable(call, tableByKey(call.catalogue, key)),
      );
      return noContent;
    default:
      throw notAllowed(asked);
  }
}

/** `…/Attributes`, `…/Attributes(<key>)`, the same cast to a sub-type, `…/Keys` and `…/Keys(<key>)`. */
function tablePartRequest(asked: DefinitionRequest): Promise<HttpResponse> {
  const { name, inside } = splitSegment(asked.rest[0]!);
  const isCast = asked.rest[1] === undefined || /^Microsoft\.Dynamics\.CRM\.\w+$/.test(asked.rest[1]);
  if (asked.key === undefined || !isCast || asked.rest.length > 2) throw faults.resourceNotFound(asked.rest.join('/'));
  if (name === 'Attributes') return columnRequest(asked, asked.key, inside);
  if (name === 'Keys') return keyRequest(asked, asked.key, inside);
  throw notAllowed(asked);
}

async function columnRequest(asked: DefinitionRequest, table: string, key: string | undefined): Promise<HttpResponse> {
  const { context } = asked;
  const place = `EntityDefinitions(${table})/Attributes`;
  const body = () => parseBody(context, 'Attributes');
  const found = (call: CustomizingCall) => {
    const of = tableByKey(call.catalogue, table);
    return { of, column: columnByKey(of, key!) };
  };
  if (key === undefined) {
    if (context.request.method !== 'POST') throw notAllowed(asked);
    const column = await customize(context, { right: 'Create', what: 'Attribute' }, (call) =>
      createColumn(call, tableByKey(call.catalogue, table), body()),
    );
    return created(asked, `${place}(${column.metadataId})`);
  }
  switch (context.request.method) {
    case 'PUT':
      await customize(context, { right: 'Write', what: 'Attribute' }, (call) => {
        const { of, column } = found(call);
        return updateColumn(call, of, column, body());
      });
      return updated(asked, `${place}(${key})`);
    case 'DELETE':
      await customize(context, { right: 'Delete', what: 'Attribute' }, (call) => {
        const { of, column } = found(call);
        deleteColumn(call, of, column);
      });
      return noContent;
    default:
      throw notAllowed(asked);
  }
}

async function keyRequest(asked: DefinitionRequest, table: string, key: string | undefined): Promise<HttpResponse> {
  const { context } = asked;
  if (key === undefined) {
    if (context.request.method !== 'POST') throw notAllowed(asked);
    const id = await customize(context, { right: 'Write', what: 'Entity' }, (call) => {
      const of = tableByKey(call.catalogue, table);
      return keyId(of.logicalName, createKey(call, of, parseBody(context, 'Keys')).logicalName);
    });
    return created(asked, `EntityDefinitions(${table})/Keys(${id})`);
  }
  if (context.request.method !== 'DELETE') throw notAllowed(asked);
  await customize(context, { right: 'Write', what: 'Entity' }, (call) => {
    const of = tableByKey(call.catalogue, table);
    deleteKey(call, of, keyByKey(of, key));
  });
  return noContent;
}

async function relationshipRequest(asked: DefinitionRequest): Promise<HttpResponse> {
  const { context, key } = asked;
  const what = 'Relationship' as const;
  if (key === undefined) {
    if (context.request.method !== 'POST') throw notAllowed(asked);
    const body = parseBody(context, 'RelationshipDefinitions');
    const type = typeOf(body);
    if (type !== 'OneToManyRelationshipMetadata' && type !== 'ManyToManyRelationshipMetadata')
      throw faults.payload(
        'RelationshipDefinitions',
        "Microsoft.OData.ODataException: A relationship says by '@odata.type' which kind it is: OneToManyRelationshipMetadata or ManyToManyRelationshipMetadata.",
      );
    const made = await customize(context, { right: 'Create', what }, (call) =>
      type === 'ManyToManyRelationshipMetadata' ? createManyToMany(call, body) : createOneToMany(call, body),
    );
    return created(asked, `RelationshipDefinitions(${made.metadataId})`);
  }
  switch (context.request.method) {
    case 'PUT':
      await customize(context, { right: 'Write', what }, (call) =>
        updateRelationship(
          call,
          relationshipByKey(call.catalogue, key).schemaName,
          parseBody(context, 'RelationshipDefinitions'),
        ),
      );
      return updated(asked, `RelationshipDefinitions(${key})`);
    case 'DELETE':
      await customize(context, { right: 'Delete', what }, (call) =>
        deleteRelationship(call, relationshipByKey(call.catalogue, key).schemaName),
      );
      return noContent;
    default:
      throw notAllowed(asked);
  }
}

async function choiceRequest(asked: DefinitionRequest): Promise<HttpResponse> {
  const { context, key } = asked;
  const what = 'OptionSet' as const;
  const body = () => parseBody(context, 'GlobalOptionSetDefinitions');
  if (key === undefined) {
    if (context.request.method !== 'POST') throw notAllowed(asked);
    const choice = await customize(context, { right: 'Create', what }, (call) => createChoice(call, body()));
    return created(asked, `GlobalOptionSetDefinitions(${choice.metadataId})`);
  }
  switch (context.request.method) {
    case 'PUT':
      await customize(context, { right: 'Write', what }, (call) =>
        updateChoice(call, choiceByKey(call.catalogue, key), body()),
      );
      return updated(asked, `GlobalOptionSetDefinitions(${key})`);
    case 'DELETE':
      await customize(context, { right: 'Delete', what }, (call) =>
        deleteChoice(call, choiceByKey(call.catalogue, key)),
      );
      return noContent;
    default:
      throw notAllowed(asked);
  }
}

function created({ context, read }: DefinitionRequest, path: string): HttpResponse {
  const location = `${context.base}/${path}`;
  if (!context.preferences.returnRepresentation)
    return { status: 204, headers: { ...version, 'OData-EntityId': location, Location: location }, body: '' };
  const shown = read(path);
  return { ...shown, status: 201, headers: { ...shown.headers, Location: location } };
}

function updated({ context, read }: DefinitionRequest, path: string): HttpResponse {
  if (context.preferences.returnRepresentation) return read(path);
  return { status: 204, headers: { ...version, 'OData-EntityId': `${context.base}/${path}` }, body: '' };
}
