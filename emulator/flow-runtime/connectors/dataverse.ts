import { ExpressionError } from '../expressions/expression-error.ts';
import { asText } from '../expressions/as-text.ts';
import { isObject, type Value, type ValueObject } from '../expressions/value.ts';
import { unflatten, type ConnectorCall, type ConnectorOperation, type ConnectorResult } from './connectors.ts';

/** Sends one request to the Web API as the user of the connection. */
export type SendToDataverse = (call: {
  readonly method: string;
  /** Below `/api/data/v9.2/`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Value;
  readonly connectionReference: string | undefined;
}) => Promise<ConnectorResult>;

export const dataverseApi = 'shared_commondataserviceforapps';

/** The connector asks for all annotations; ids of rows come back as `@odata.id` too. */
const read = { Prefer: 'odata.include-annotations="*"' };
const write = { Prefer: 'return=representation,odata.include-annotations="*"' };

/**
 * Operations of the Dataverse connector, each one request to the Web API.
 *
 * @see https://learn.microsoft.com/connectors/commondataserviceforapps
 */
export function dataverseOperations(send: SendToDataverse): Readonly<Record<string, ConnectorOperation>> {
  return {
    GetItem: (call) =>
      send({ ...from(call), method: 'GET', path: row(call) + query(call, ['$select', '$expand']), headers: read }),
    ListRecords: (call) =>
      send({ ...from(call), method: 'GET', path: set(call) + query(call, listOptions), headers: read }),
    CreateRecord: (call) => send({ ...from(call), method: 'POST', path: set(call), headers: write, body: item(call) }),
    UpdateRecord: (call) => send({ ...from(call), method: 'PATCH', path: row(call), headers: write, body: item(call) }),
    UpdateOnlyRecord: (call) =>
      send({
        ...from(call),
        method: 'PATCH',
        path: row(call),
        headers: { ...write, 'If-Match': '*' },
        body: item(call),
      }),
    DeleteRecord: (call) => send({ ...from(call), method: 'DELETE', path: row(call) }),
    AssociateEntities: (call) =>
      send({ ...from(call), method: 'POST', path: `${row(call)}/${relationship(call)}/$ref`, body: item(call) }),
    DisassociateEntities: (call) =>
      send({ ...from(call), method: 'DELETE', path: `${row(call)}/${relationship(call)}/$ref${query(call, ['$id'])}` }),
    PerformBoundAction: (call) =>
      send({
        ...from(call),
        method: 'POST',
        path: `${row(call)}/${action(call, true)}`,
        headers: read,
        body: item(call),
      }),
    PerformUnboundAction: (call) =>
      send({ ...from(call), method: 'POST', path: action(call, false), headers: read, body: item(call) }),
  };
}

const listOptions = ['$select', '$filter', '$orderby', '$expand', 'fetchXml', '$top', '$skiptoken'];

function from(call: ConnectorCall) {
  return { connectionReference: call.connectionReference };
}

function required(call: ConnectorCall, name: string): string {
  const value = call.parameters[name];
  if (value !== undefined && value !== null && value !== '') return asText(value);
  throw new ExpressionError(`The operation '${call.operation}' needs the parameter '${name}', which is empty.`);
}

function set(call: ConnectorCall): string {
  return encodeURIComponent(required(call, 'entityName'));
}

function row(call: ConnectorCall): string {
  return `${set(call)}(${encodeURIComponent(required(call, 'recordId')).replaceAll('%3D', '=').replaceAll('%2C', ',')})`;
}

function relationship(call: ConnectorCall): string {
  return encodeURIComponent(required(call, 'associationEntityRelationship'));
}

function action(call: ConnectorCall, isBound: boolean): string {
  const name = required(call, 'actionName');
  const bare = name.replace(/^Microsoft\.Dynamics\.CRM\./, '');
  return encodeURIComponent(isBound ? `Microsoft.Dynamics.CRM.${bare}` : bare);
}

/** Blank parameters are left out, as the connector does. */
function query(call: ConnectorCall, names: readonly string[]): string {
  const given = names.flatMap((name) => {
    const value = call.parameters[name];
    return value === undefined || value === null || value === ''
      ? []
      : [`${name}=${encodeURIComponent(asText(value))}`];
  });
  return given.length === 0 ? '' : `?${given.join('&')}`;
}

function item(call: ConnectorCall): ValueObject {
  return withoutBlanks(unflatten(call.parameters, 'item'));
}

/** A blank text is skipped, an explicit null clears the column. */
function withoutBlanks(body: ValueObject): ValueObject {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, isObject(value) ? withoutBlanks(value) : value]),
  );
}
