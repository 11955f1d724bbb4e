import { createHash } from 'node:crypto';
import type { ConnectorCall, ConnectorOperation } from '../connectors/connectors.ts';
import type { DataverseClient } from '../connectors/dataverse-client.ts';
import { registrationOf, unregister } from './dataverse-webhook.ts';

/** Registrations of waits are named after their address, so that the wait and nothing else is ended by it. */
const nameOf = ({ callbackUrl = '' }: ConnectorCall) =>
  createHash('sha256').update(callbackUrl).digest('hex').slice(0, 40);

/** "When a row is added, modified or deleted" in the middle of a flow: a registration for one wait. */
export function dataverseSubscription(
  client: DataverseClient,
  user: (connectionReference: string | undefined) => string,
): Readonly<Record<string, ConnectorOperation>> {
  return {
    async SubscribeWebhookTrigger(call) {
      const as = user(call.connectionReference);
      await unregister(client, as, nameOf(call));
      const body = registrationOf(nameOf(call), call.callbackUrl ?? '', call.parameters);
      return client.send({ method: 'POST', path: 'callbackregistrations', user: as, body });
    },
    async 'SubscribeWebhookTrigger/unsubscribe'(call) {
      await unregister(client, user(call.connectionReference), nameOf(call));
      return { statusCode: 204, headers: {}, body: null };
    },
  };
}
