import { createHash } from 'node:crypto';
import type { ConnectorCall, ConnectorOperation, Operations } from '../connectors/connectors.ts';
import type { ServiceClient } from '../connectors/service-client.ts';
import type { ValueObject } from '../expressions/value.ts';
import { refuseUncatalogued } from './catalogued-action.ts';
import { registrationOf, unregister } from './dataverse-webhook.ts';

/** Columns of a registration, from the parameters of a trigger. */
type Registration = (name: string, url: string, parameters: ValueObject) => ValueObject;

/** Registrations are named after their address, so that the wait or the trigger and nothing else is ended by it. */
const nameOf = ({ callbackUrl = '' }: ConnectorCall) =>
  createHash('sha256').update(callbackUrl).digest('hex').slice(0, 40);

/**
 * Subscriptions of the Dataverse connector, each one row of `callbackregistrations`: "When a row is added, modified or
 * deleted", as a trigger and in the middle of a flow, and "When an action is performed".
 */
export function dataverseSubscription(
  client: ServiceClient,
  user: (connectionReference: string | undefined) => string,
): Operations {
  const subscribe =
    (registration: Registration): ConnectorOperation =>
    async (call) => {
      const as = user(call.connectionReference);
      await unregister(client, as, nameOf(call));
      const body = registration(nameOf(call), call.callbackUrl ?? '', call.parameters);
      const asked = { call, client, user: as, registration: body };
      const refusal = registration === actionRegistrationOf ? await refuseUncatalogued(asked) : undefined;
      if (refusal !== undefined) return refusal;
      return client.send({ method: 'POST', path: 'callbackregistrations', user: as, body });
    };
  const unsubscribe: ConnectorOperation = async (call) => {
    await unregister(client, user(call.connectionReference), nameOf(call));
    return { statusCode: 204, headers: {}, body: null };
  };
  const kinds = { SubscribeWebhookTrigger: registrationOf, BusinessEventsTrigger: actionRegistrationOf };
  return Object.fromEntries(
    Object.entries(kinds).flatMap(([name, registration]) =>
      [name, `${name}WithOrganization`].flatMap((operation) => [
        [operation, subscribe(registration)],
        [`${operation}/unsubscribe`, unsubscribe],
      ]),
    ),
  ) as Operations;
}

/** "When an action is performed": the table is `none` for what is bound to no row. */
function actionRegistrationOf(name: string, url: string, parameters: ValueObject): ValueObject {
  const { entityname, ...registration } = registrationOf(name, url, parameters);
  const isBound = typeof entityname === 'string' && entityname.toLowerCase() !== 'none';
  return { scope: 4n, ...registration, ...(isBound ? { entityname } : {}) };
}
