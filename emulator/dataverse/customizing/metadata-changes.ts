import { faults } from '../faults.ts';
import { complexColumns } from '../metadata/complex-definitions.ts';
import type { Definition } from '../metadata/managed-property.ts';
import { inLanguages, readLanguages, readMetadataQuery, type MetadataQuery } from '../metadata/metadata-query.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { keyDefinitions } from '../metadata/table-requests.ts';
import {
  manyToManyDefinition,
  manyToOneDefinitions,
  oneToManyDefinitions,
} from '../metadata/relationship-definition.ts';
import { tableDefinition } from '../metadata/table-definition.ts';
import { respond, type Operations } from '../web-api/operations/operation.ts';
import { functionParameters, jsonParameter } from '../web-api/operations/parameters.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import { changesSince, metadataVersion, type LoggedChange, type LoggedKind } from './change-log.ts';
import { isSent, type Sent } from './definition-values.ts';

/** Deletions are told for as long as the platform keeps them, by default. */
const daysKept = 90;
const day = 24 * 60 * 60 * 1000;

/** `DeletedMetadataFilters`, and what each is here. */
const deletedKinds: Readonly<Record<string, LoggedKind>> = {
  Entity: 'Entity',
  Attribute: 'Attribute',
  Relationship: 'Relationship',
  OptionSet: 'OptionSet',
};

/** What changed since a stamp; undefined where none is sent: everything is answered then. */
interface Changes {
  readonly ids: ReadonlySet<string>;
  readonly deleted: readonly LoggedChange[];
}

export const metadataChanges: Operations = {
  RetrieveMetadataChanges: {
    method: 'GET',
    async run(context, { inside }) {
      const { database, clock } = context.parts;
      const parameters = functionParameters(context, inside);
      const given = parameters.has('Query') ? jsonParameter(parameters, 'Query') : {};
      const query: Sent = isSent(given) ? given : {};
      const changes = readStamp(context, parameters.get('ClientVersionStamp'));
      return respond(context, 'RetrieveMetadataChanges', {
        ServerVersionStamp: `${metadataVersion(database)}!${stampTime(clock.now())}`,
        DeletedMetadata: deletedMetadata(changes, parameters.get('DeletedMetadataFilters')),
        EntityMetadata: tablesOf(context, query, changes),
      });
    },
  },
};

/** Month first, as .NET writes it for no culture. */
function stampTime(time: Date): string {
  const [date, rest] = time.toISOString().split('T') as [string, string];
  const [year, month, dayOfMonth] = date.split('-');
  return `${month}/${dayOfMonth}/${year} ${rest.slice(0, 8)}`;
}

/** @throws Fault 0x80044352 for a stamp older than deletions are kept, or newer than the metadata */
function readStamp({ parts }: RequestContext, text: string | undefined): Changes | undefined {
  const stamp = text?.replace(/^'(.*)'$/, '$1');
  if (stamp === undefined || stamp === 'null' || stamp === '') return undefined;
  const [, version, month, dayOfMonth, year, time] =
    /^(\d+)!(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d)$/.exec(stamp) ?? [];
  if (version === undefined)
    throw faults.invalidArgument(`Invalid Argument: the version stamp '${stamp}' cannot be read.`);
  const age = parts.clock.now().getTime() - Date.parse(`${year}-${month}-${dayOfMonth}T${time}Z`);
  if (age > daysKept * day || Number(version) > metadataVersion(parts.database)) throw faults.versionExpired();
  const changes = changesSince(parts.database, Number(version));
  return {
    ids: new Set(changes.filter(({ isDeleted }) => !isDeleted).map(({ id }) => id)),
    deleted: changes.filter(({ isDeleted }) => isDeleted),
  };
}

/** Decided: the ids of one kind are in `Items`. */
function deletedMetadata(changes: Changes | undefined, filters: string | undefined) {
  const wanted = /'(.*)'$/
    .exec(filters ?? '')?.[1]
    ?.split(',')
    .map((one) => one.trim()) ?? ['Entity'];
  const names = wanted.includes('All')
    ? Object.keys(deletedKinds)
    : wanted.map((one) => (one === 'Default' ? 'Entity' : one));
  const entries = names.flatMap((name) => {
    const ids = (changes?.deleted ?? []).filter(({ kind }) => kind === deletedKinds[name]).map(({ id }) => id);
    return ids.length === 0 ? [] : [[name, { Items: ids }] as const];
  });
  return {
    Count: entries.length,
    IsReadOnly: false,
    Keys: entries.map(([name]) => name),
    Values: entries.map(([, ids]) => ids),
  };
}

function tablesOf({ parts }: RequestContext, query: Sent, changes: Changes | undefined): Definition[] {
  const own = readMetadataQuery(query, ['LogicalName']);
  const languages = readLanguages(query['LabelQuery']);
  const lists = listsOf(query).filter(({ property }) => own.asksFor(property));
  return [...parts.metadata.tables()].flatMap((table) => {
    const definition = tableDefinition(table);
    if (!own.isWanted({ ...definition, ...Object.fromEntries(lists.map(({ property }) => [property, null])) }))
      return [];
    const parted = lists.map(({ property, query: inner, read }) => [
      property,
      changed(read(table, parts.metadata), changes)
        .filter((one) => inner.isWanted(one))
        .map((one) => inner.select(one)),
    ]);
    const [marked] = changed([definition], changes);
    const hasParts = parted.some(([, rows]) => (rows as Definition[]).length > 0);
    // A table of which only a part changed comes along, to hold it.
    if (marked === undefined && !hasParts) return [];
    const row = { ...own.select(marked ?? { ...definition, HasChanged: false }), ...Object.fromEntries(parted) };
    return [inLanguages(row, languages)];
  });
}

/** Those that changed, marked so; all of them where no stamp was sent. */
function changed(definitions: readonly Definition[], changes: Changes | undefined): Definition[] {
  if (changes === undefined) return [...definitions];
  return definitions
    .filter((one) => changes.ids.has(String(one['MetadataId'])))
    .map((one) => ({ ...one, HasChanged: true }));
}

interface PartList {
  readonly property: string;
  readonly query: MetadataQuery;
  read(table: TableMetadata, metadata: RequestContext['parts']['metadata']): Definition[];
}

function listsOf(query: Sent): PartList[] {
  const columns = readMetadataQuery(query['AttributeQuery'] ?? all(query['AttributeQuery']), [
    '@odata.type',
    'LogicalName',
  ]);
  const relationships = readMetadataQuery(query['RelationshipQuery'] ?? all(query['RelationshipQuery']), [
    '@odata.type',
    'SchemaName',
  ]);
  const keys = readMetadataQuery(query['KeyQuery'] ?? all(query['KeyQuery']), ['LogicalName']);
  return [
    { property: 'Attributes', query: columns, read: complexColumns },
    { property: 'Keys', query: keys, read: keyDefinitions },
    { property: 'OneToManyRelationships', query: relationships, read: oneToManyDefinitions },
    { property: 'ManyToOneRelationships', query: relationships, read: manyToOneDefinitions },
    {
      property: 'ManyToManyRelationships',
      query: relationships,
      read: (table) => table.manyToMany.map(manyToManyDefinition),
    },
  ];
}

/** Parts that are asked for without a query of their own come whole. */
const all = (query: unknown) =>
  query === undefined || query === null ? { Properties: { AllProperties: true } } : undefined;
