import { notEmulated, type HttpResponse } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import { answer } from '../web-api/read-set.ts';
import type { Signature } from '../messages/operations/operation.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import { choiceDefinition } from './choice-definition.ts';
import { writeCsdl } from './csdl.ts';
import { choiceByKey, relationshipByKey } from './definition-keys.ts';
import { filterBy, selectFrom } from './definition-query.ts';
import type { Definition } from './managed-property.ts';
import { inLanguages } from './metadata-query.ts';
import type { MetadataCatalogue } from './model.ts';
import { allRelationshipDefinitions } from './relationship-definition.ts';
import { tableRequest, tablesRequest } from './table-requests.ts';

const roots =
  /^(\$metadata|EntityDefinitions|GlobalOptionSetDefinitions|RelationshipDefinitions|ManagedPropertyDefinitions)(?:\((.*)\))?$/;

/** Set and key of a segment that begins a path of definitions; undefined for another. */
export function definitionSet(segment: string): { readonly set: string; readonly key: string | undefined } | undefined {
  const [, set, key] = roots.exec(segment) ?? [];
  return set === undefined || set === '$metadata' ? undefined : { set, key };
}

/**
 * Answers `$metadata`, `EntityDefinitions…`, `GlobalOptionSetDefinitions…` and `RelationshipDefinitions…`; undefined for
 * other paths.
 *
 * @param segments of the path below the service's root, decoded
 * @param operations that `$metadata` declares
 * @throws Fault for what is not there; 405 for another method than GET
 */
export function handleMetadataRequest(
  metadata: MetadataCatalogue,
  context: RequestContext,
  segments: readonly string[],
  operations: () => readonly Signature[] = () => [],
): HttpResponse | undefined {
  const match = roots.exec(segments[0] ?? '');
  if (match === null) return undefined;
  const [, kind, key] = match;
  if (context.request.method !== 'GET') throw faults.methodNotAllowed(context.request.method);
  const rest = segments.slice(1);
  switch (kind) {
    case '$metadata':
      return csdlResponse(metadata, operations());
    case 'EntityDefinitions':
      return withLanguages(
        context,
        key === undefined
          ? tablesRequest(metadata, requireWhole(context, rest))
          : tableRequest(metadata, context, key, rest),
      );
    case 'GlobalOptionSetDefinitions':
      return withLanguages(context, choiceRequest(metadata, context, key, rest));
    case 'RelationshipDefinitions':
      return withLanguages(context, relationshipRequest(metadata, context, key, rest));
    default:
      throw notEmulated('ManagedPropertyDefinitions', 'Read the managed properties of the definition itself.');
  }
}

/** The query option `LabelLanguages`: labels in these languages only. */
function withLanguages({ options }: RequestContext, response: HttpResponse): HttpResponse {
  const asked = options.get('LabelLanguages');
  if (asked === undefined) return response;
  const languages = new Set(asked.split(',').map(Number));
  return { ...response, body: JSON.stringify(inLanguages(JSON.parse(response.body.toString()) as object, languages)) };
}

function csdlResponse(metadata: MetadataCatalogue, operations: readonly Signature[]): HttpResponse {
  const headers = { 'Content-Type': 'application/xml', 'OData-Version': '4.0' };
  return { status: 200, headers, body: writeCsdl(metadata, operations) };
}

const isCast = (segment: string | undefined) => /^Microsoft\.Dynamics\.CRM\.\w+$/.test(segment ?? '');

/** A set is read as it is, or cast. @throws Fault 404 for anything else behind it */
function requireWhole(context: RequestContext, rest: readonly string[]): RequestContext {
  const behind = isCast(rest[0]) ? rest[1] : rest[0];
  if (behind !== undefined) throw faults.resourceNotFound(behind);
  return context;
}

/** A definition, cast or not, or one property of it. */
function readDefinition(
  context: RequestContext,
  definition: Definition,
  { set, type, rest }: { readonly set: string; readonly type: string; readonly rest: readonly string[] },
): HttpResponse {
  const { base, options } = context;
  const [property, ...more] = isCast(rest[0]) ? rest.slice(1) : rest;
  if (property === undefined)
    return answer(context, {
      '@odata.context': `${base}/$metadata#${set}/$entity`,
      ...selectFrom(definition, options.get('$select'), type),
    });
  if (more.length > 0 || !(property in definition)) throw faults.resourceNotFound(more[0] ?? property);
  return answer(context, {
    '@odata.context': `${base}/$metadata#${set}(${String(definition['MetadataId'])})/${property}`,
    value: definition[property],
  });
}

function choiceRequest(
  metadata: MetadataCatalogue,
  context: RequestContext,
  key: string | undefined,
  rest: readonly string[],
): HttpResponse {
  const name = 'GlobalOptionSetDefinitions';
  const { base, options } = context;
  const all = [...metadata.globalChoices()];
  if (key !== undefined)
    return readDefinition(context, choiceDefinition(choiceByKey(metadata, key)), {
      set: name,
      type: 'OptionSetMetadata',
      rest,
    });
  requireWhole(context, rest);
  if (options.has('$filter')) throw faults.queryNotSupported('The query parameter $filter is not supported');
  const value = all.map((choice) => selectFrom(choiceDefinition(choice), options.get('$select'), 'OptionSetMetadata'));
  return answer(context, { '@odata.context': `${base}/$metadata#${name}`, value });
}

function relationshipRequest(
  metadata: MetadataCatalogue,
  context: RequestContext,
  key: string | undefined,
  rest: readonly string[],
): HttpResponse {
  const name = 'RelationshipDefinitions';
  const { base, options } = context;
  const cast = isCast(rest[0]) ? rest[0] : undefined;
  const isOfType = (row: Definition) => cast === undefined || row['@odata.type'] === `#${cast}`;
  const all = allRelationshipDefinitions(metadata).filter(isOfType);
  if (key === undefined) {
    requireWhole(context, rest);
    const value = filterBy(all, options.get('$filter'), 'RelationshipMetadataBase').map((row) =>
      selectFrom(row, options.get('$select'), 'RelationshipMetadataBase'),
    );
    return answer(context, { '@odata.context': `${base}/$metadata#${name}`, value });
  }
  const { metadataId } = relationshipByKey(metadata, key);
  const found = all.find((one) => one['MetadataId'] === metadataId);
  if (found === undefined) throw faults.resourceNotFound(`${name}(${key})`);
  return readDefinition(context, found, { set: name, type: 'RelationshipMetadataBase', rest });
}
