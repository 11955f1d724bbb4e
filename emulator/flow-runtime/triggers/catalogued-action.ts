import { required } from '../connectors/parameters.ts';
import type { ConnectorCall, ConnectorResult } from '../connectors/connectors.ts';
import { refuse } from '../connectors/result.ts';
import type { ServiceClient } from '../connectors/service-client.ts';
import type { ValueObject } from '../expressions/value.ts';
import { rowsOf } from './dataverse-webhook.ts';

interface Asked {
  readonly call: ConnectorCall;
  readonly client: ServiceClient;
  readonly user: string;
  /** Columns of the registration: `sdkmessagename`, and `entityname` of a bound action. */
  readonly registration: ValueObject;
}

/**
 * Looks for the action of *When an action is performed* where its catalog and category say: assigned itself, or bound to a table
 * that is. Read as the connection's user, who needs to read custom APIs.
 *
 * Decided: an action that is not there is refused when the flow is turned on; on the platform the designer offers no other.
 *
 * @returns what refuses it; undefined for an action that is there
 * @see https://learn.microsoft.com/power-automate/dataverse/action-trigger
 */
export async function refuseUncatalogued(asked: Asked): Promise<ConnectorResult | undefined> {
  const { call, registration } = asked;
  const [catalog, category] = [required(call, 'catalog'), required(call, 'category')];
  const action = String(registration['sdkmessagename'] ?? '');
  const root = await find(asked, 'catalogs', `${named('catalogid', catalog)} and _parentcatalogid_value eq null`);
  if (isRefusal(root)) return root ?? absent(`There is no catalog '${catalog}'.`);
  const inside = `${named('catalogid', category)} and _parentcatalogid_value eq ${String(root['catalogid'])}`;
  const group = await find(asked, 'catalogs', inside);
  if (isRefusal(group)) return group ?? absent(`The catalog '${catalog}' has no category '${category}'.`);
  const api = await find(asked, 'customapis', `uniquename eq ${text(action)}`);
  // What is no custom API is refused by name when it is registered for.
  if (isRefusal(api)) return api;
  const table = api['boundentitylogicalname'];
  const bound = typeof table === 'string' ? await find(asked, 'entities', `logicalname eq ${text(table)}`) : undefined;
  if (bound !== undefined && isRefusal(bound)) return bound;
  const objects = [api['customapiid'], bound?.['entityid']].filter((id) => id !== undefined);
  const assigned = `_catalogid_value eq ${String(group['catalogid'])} and (${objects.map((id) => `_object_value eq ${String(id)}`).join(' or ')})`;
  const assignment = await find(asked, 'catalogassignments', assigned);
  if (isRefusal(assignment))
    return (
      assignment ??
      absent(`The category '${category}' of the catalog '${catalog}' does not hold the action '${action}'.`)
    );
  return undefined;
}

type Found = ValueObject | ConnectorResult | undefined;

const isRefusal = (found: Found): found is ConnectorResult | undefined => found === undefined || 'statusCode' in found;

const absent = (what: string): ConnectorResult =>
  refuse(
    404,
    'ActionNotCatalogued',
    `${what} Choose catalog, category and action as the tables 'catalogs' and 'catalogassignments' have them.`,
  );

/** The row, what refuses to read it, or nothing. */
async function find({ client, user }: Asked, set: string, filter: string): Promise<Found> {
  const answer = await client.send({
    method: 'GET',
    path: `${set}?$top=1&$filter=${encodeURIComponent(filter)}`,
    user,
  });
  return answer.statusCode >= 400 ? answer : rowsOf(answer.body)[0];
}

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** By unique name, or by id. */
const named = (key: string, value: string): string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? `${key} eq ${value}` : `uniquename eq ${text(value)}`;
