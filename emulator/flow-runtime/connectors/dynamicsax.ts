import { isArray, isObject, type ValueObject } from '../expressions/value.ts';
import type { ConnectorCall, ConnectorOperation, ConnectorResult, Operations } from './connectors.ts';
import { createEntityKeys } from './dynamicsax-keys.ts';
import { objectOf, optional, queryOf, required } from './parameters.ts';
import { nothing, ok, refuse } from './result.ts';
import type { ServiceClient } from './service-client.ts';

export const dynamicsaxApi = 'shared_dynamicsax';

/** Asks to be told of a business event of finance and operations. */
export interface BusinessEventSubscription {
  /** Id of the event, e.g. `CustomerPaymentPostedBusinessEvent`. */
  readonly businessEvent: string;
  readonly category: string;
  /** Undefined for every legal entity. */
  readonly legalEntity: string | undefined;
  /** Each event is POSTed here, its payload as the body; 2xx means taken. */
  readonly url: string;
  /** E-mail of the connection's user. */
  readonly user: string;
}

/** Where business events come from; filled by the room that emulates them. */
export interface BusinessEventSource {
  /** @throws Error in words when there is no such event */
  subscribeToBusinessEvent(subscription: BusinessEventSubscription): Promise<void>;
  /** One that is not subscribed there is no failure. */
  unsubscribeFromBusinessEvent(url: string): Promise<void>;
}

interface DynamicsaxParts {
  readonly financeOperations: ServiceClient;
  readonly user: (connectionReference: string | undefined) => string;
  readonly businessEvents: BusinessEventSource | undefined;
}

const listOptions = ['$apply', '$filter', '$orderby', '$top', '$skip', '$select', 'cross-company'];

/**
 * The Fin & Ops Apps connector, over the OData service as the connection's user.
 *
 * Differs: the instance an operation names as `dataset` is always the one there is.
 *
 * @see https://learn.microsoft.com/connectors/dynamicsax
 */
export function dynamicsaxOperations(parts: DynamicsaxParts): Operations {
  const { financeOperations, user } = parts;
  const send = (call: ConnectorCall, method: string, path: string, body?: ValueObject) => {
    required(call, 'dataset');
    return financeOperations.send({ method, path, body, user: user(call.connectionReference) });
  };
  const keys = createEntityKeys((call) => send(call, 'GET', '$metadata'));
  const item = ({ parameters }: ConnectorCall) => objectOf(parameters, 'item');

  /** One record by its key; the company is part of it, so that every company is looked at. */
  const withRow =
    (act: (call: ConnectorCall, path: string) => Promise<ConnectorResult>): ConnectorOperation =>
    async (call) => {
      const key = await keys(call, required(call, 'table'), required(call, 'id'));
      return typeof key === 'string' ? act(call, `${table(call)}(${key})?cross-company=true`) : key;
    };

  return {
    GetItems: (call) => send(call, 'GET', call.nextLink ?? table(call) + queryOf(call, listOptions)),
    GetItem: withRow((call, path) => send(call, 'GET', path)),
    PostItem: (call) => send(call, 'POST', table(call), item(call)),
    PatchItem: withRow(async (call, path) => {
      const answer = await send(call, 'PATCH', path, item(call));
      return answer.statusCode >= 400 ? answer : send(call, 'GET', path);
    }),
    DeleteItem: withRow((call, path) => send(call, 'DELETE', path)),
    ExecuteProcedure: (call) => send(call, 'POST', required(call, 'procedure'), argumentsOf(call)),
    GetTables: async (call) => tablesIn(await send(call, 'GET', '')),
    ...events(parts),
  };
}

const table = (call: ConnectorCall) => encodeURIComponent(required(call, 'table'));

/** Decided: arguments are named `parameters/…` or `item/…`, or stand beside `dataset` and `procedure`. */
function argumentsOf({ parameters }: ConnectorCall): ValueObject {
  const { dataset: _dataset, procedure: _procedure, ...rest } = parameters;
  const plain = Object.entries(rest).filter(([name]) => !/^(parameters|item)(\/|$)/.test(name));
  return { ...Object.fromEntries(plain), ...objectOf(parameters, 'item'), ...objectOf(parameters, 'parameters') };
}

function tablesIn(answer: ConnectorResult): ConnectorResult {
  const sets = isObject(answer.body) && isArray(answer.body['value']) ? answer.body['value'] : undefined;
  if (answer.statusCode >= 400 || sets === undefined) return answer;
  return ok({ value: sets.filter(isObject).map(({ name }) => ({ Name: name ?? '', DisplayName: name ?? '' })) });
}

function events({ businessEvents, user }: DynamicsaxParts): Operations {
  return {
    async SubscribeOnABusinessEvent(call) {
      required(call, 'dataset');
      if (businessEvents === undefined)
        return refuse(501, 'NotEmulated', 'Finance and operations raises no business events here.');
      try {
        await businessEvents.subscribeToBusinessEvent({
          businessEvent: required(call, 'businessevent'),
          category: required(call, 'businesseventcategory'),
          legalEntity: optional(call, 'legalEntity'),
          url: call.callbackUrl ?? '',
          user: user(call.connectionReference),
        });
      } catch (error) {
        return refuse(400, 'BusinessEventNotSubscribed', (error as Error).message);
      }
      return nothing(201);
    },
    async 'SubscribeOnABusinessEvent/unsubscribe'(call) {
      await businessEvents?.unsubscribeFromBusinessEvent(call.callbackUrl ?? '');
      return nothing(200);
    },
  };
}
