import type { Value, ValueObject } from '../expressions/value.ts';
import type { ConnectorCall, ConnectorOperation, ConnectorResult, Operations } from './connectors.ts';
import { backgroundOperation } from './dataverse-background.ts';
import { sendChangeset } from './dataverse-changeset.ts';
import { createRowNamer, type TableOfSet } from './dataverse-rows.ts';
import { searchRequest } from './dataverse-search.ts';
import { objectOf, optional, queryOf, required } from './parameters.ts';

/** Sends one request to the Web API as the user of the connection. */
export type SendToDataverse = (call: {
  readonly method: string;
  /** Below `/api/data/v9.2/`, or a next link of it. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Value;
  readonly connectionReference: string | undefined;
}) => Promise<ConnectorResult>;

export interface DataverseParts {
  readonly send: SendToDataverse;
  /** e.g. `http://127.0.0.1:7071` */
  readonly origin: () => string;
  readonly tableOfSet: TableOfSet;
}

export const dataverseApi = 'shared_commondataserviceforapps';

/** The connector asks for all annotations. */
const read = { Prefer: 'odata.include-annotations="*"' };
const write = { Prefer: 'return=representation,odata.include-annotations="*"' };

/**
 * Operations of the Dataverse connector, each one request to the Web API.
 *
 * @see https://learn.microsoft.com/connectors/commondataserviceforapps
 */
export function dataverseOperations(parts: DataverseParts): Operations {
  const { send } = parts;
  const named = createRowNamer(parts);
  const operations: Record<string, ConnectorOperation> = {
    GetItem: async (call) => named(call, await send({ ...rowQuery(call), headers: read })),
    ListRecords: async (call) => named(call, await send({ ...listQuery(call), headers: read })),
    CreateRecord: async (call) => named(call, await send(changeOf(call))),
    UpdateRecord: async (call) => named(call, await send(changeOf(call))),
    UpdateOnlyRecord: async (call) => named(call, await send(changeOf(call))),
    DeleteRecord: (call) => send(changeOf(call)),
    AssociateEntities: (call) =>
      send({ ...from(call), method: 'POST', path: `${related(call)}/$ref`, body: item(call) }),
    DisassociateEntities: (call) =>
      send({ ...from(call), method: 'DELETE', path: `${related(call)}/$ref${queryOf(call, ['$id'])}` }),
    PerformBoundAction: (call) => send({ ...actionOf(call, true), headers: read }),
    PerformUnboundAction: (call) => send({ ...actionOf(call, false), headers: read }),
    // Bound to a row when it names one.
    ...backgroundOperation(send, (call) => actionOf(call, optional(call, 'recordId') !== undefined)),
    GetRelevantRows: (call) =>
      send({
        ...from(call),
        method: 'POST',
        path: `${parts.origin()}/api/search/v1.0/query`,
        body: searchRequest(call),
      }),
    UpdateEntityFileImageFieldContent: (call) => send({ ...from(call), ...upload(call) }),
    GetEntityFileImageFieldContent: (call) =>
      send({ ...from(call), method: 'GET', path: `${column(call)}/$value${queryOf(call, ['size'])}` }),
  };
  return {
    ...operations,
    ...Object.fromEntries(Object.entries(operations).map(([name, run]) => [withOrganization(name), run])),
    ExecuteChangeset: (call) => sendChangeset(call, parts, changeOf),
  };
}

/** `A/unsubscribe` is part of `A`, and of `AWithOrganization` the part `AWithOrganization/unsubscribe`. */
const withOrganization = (name: string) => name.replace(/^[^/]+/, '$&WithOrganization');

/**
 * The request that changes one row, alone or in a change set.
 *
 * Differs: the environment an operation `…WithOrganization` names is always the one there is.
 */
export function changeOf(call: ConnectorCall): Parameters<SendToDataverse>[0] {
  const operation = call.operation.toLowerCase().replace(/withorganization$/, '');
  if (operation === 'createrecord')
    return { ...from(call), method: 'POST', path: set(call), headers: write, body: item(call) };
  if (operation === 'deleterecord') return { ...from(call), method: 'DELETE', path: row(call), headers: {} };
  const only: Record<string, string> = operation === 'updateonlyrecord' ? { 'If-Match': '*' } : {};
  return { ...from(call), method: 'PATCH', path: row(call), headers: { ...write, ...only }, body: item(call) };
}

const listOptions = ['$select', '$filter', '$orderby', '$expand', 'fetchXml', '$top', '$skiptoken', 'partitionId'];

function from(call: ConnectorCall) {
  return { connectionReference: call.connectionReference };
}

const rowQuery = (call: ConnectorCall) => ({
  ...from(call),
  method: 'GET',
  path: row(call) + queryOf(call, ['$select', '$expand', 'partitionId']),
});

const listQuery = (call: ConnectorCall) => ({
  ...from(call),
  method: 'GET',
  path: call.nextLink ?? set(call) + queryOf(call, listOptions),
});

const set = (call: ConnectorCall) => encodeURIComponent(required(call, 'entityName'));

/** The row id may be the values of an alternate key, `accountnumber='A-1'`. */
const row = (call: ConnectorCall) =>
  `${set(call)}(${encodeURIComponent(required(call, 'recordId')).replaceAll('%3D', '=').replaceAll('%2C', ',')})`;

const related = (call: ConnectorCall) =>
  `${row(call)}/${encodeURIComponent(required(call, 'associationEntityRelationship'))}`;

const column = (call: ConnectorCall) => `${row(call)}/${encodeURIComponent(required(call, 'fileImageFieldName'))}`;

const actionOf = (call: ConnectorCall, isBound: boolean) => ({
  ...from(call),
  method: 'POST',
  path: isBound ? `${row(call)}/${action(call, true)}` : action(call, false),
  body: item(call),
});

function action(call: ConnectorCall, isBound: boolean): string {
  const bare = required(call, 'actionName').replace(/^Microsoft\.Dynamics\.CRM\./, '');
  return encodeURIComponent(isBound ? `Microsoft.Dynamics.CRM.${bare}` : bare);
}

const item = ({ parameters }: ConnectorCall): ValueObject => objectOf(parameters, 'item');

function upload(call: ConnectorCall) {
  const name = optional(call, 'x-ms-file-name');
  return {
    method: 'PUT',
    path: column(call),
    headers: {
      'Content-Type': 'application/octet-stream',
      ...(name === undefined ? {} : { 'x-ms-file-name': encodeURIComponent(name) }),
    },
    body: call.parameters['item'] ?? '',
  };
}
