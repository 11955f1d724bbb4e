import type { Outbox } from '../../kernel/index.ts';
import { asText } from '../expressions/as-text.ts';
import { isObject, type ValueObject } from '../expressions/value.ts';
import type { ConnectorCall, ConnectorOperation, Operations } from './connectors.ts';
import { addressesOf, objectOf, required } from './parameters.ts';
import { nothing, ok } from './result.ts';
import type { Waits } from './waits.ts';

export const teamsApi = 'shared_teams';

interface TeamsParts {
  readonly outbox: Outbox;
  readonly waits: Waits;
  readonly user: (connectionReference: string | undefined) => string;
}

/**
 * Messages and cards of the Microsoft Teams connector; they lie in the outbox beside the mails.
 *
 * Decided: the answer to a posted message is `{ id, messageLink }`, with the status 201.
 *
 * @see https://learn.microsoft.com/connectors/teams
 */
export function teamsOperations({ outbox, waits, user }: TeamsParts): Operations {
  /** @param at where the message stands among the parameters */
  async function post(call: ConnectorCall, at: ValueObject, options?: readonly string[]) {
    return outbox.put({
      channel: 'chat',
      via: `${call.api}/${call.operation}`,
      from: required(call, 'poster') === 'User' ? user(call.connectionReference) : required(call, 'poster'),
      to: recipientsOf(at['recipient'] ?? null),
      subject: asText(at['subject'] ?? ''),
      body: asText(at['messageBody'] ?? ''),
      ...(options === undefined ? {} : { options }),
    });
  }
  const send: ConnectorOperation = async (call) => {
    required(call, 'location');
    const { id } = await post(call, objectOf(call.parameters, 'body'));
    return ok({ id, messageLink: `https://teams.microsoft.com/l/message/${id}` }, 201);
  };
  return {
    PostMessageToConversation: send,
    PostCardToConversation: send,
    async PostCardAndWaitForResponse(call) {
      const at = objectOf(objectOf(call.parameters, 'body'), 'body');
      const { id } = await post(call, at, submitActionsOf(asText(at['messageBody'] ?? '')));
      await waits.wait(id, call.callbackUrl ?? '');
      return nothing(201);
    },
    async 'PostCardAndWaitForResponse/unsubscribe'(call) {
      await waits.forget(call.callbackUrl ?? '');
      return nothing(200);
    },
  };
}

/** Titles of a card's actions that submit; one that cannot be read has the usual one. */
function submitActionsOf(card: string): string[] {
  const titles: string[] = [];
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const { type, title } = part as { type?: unknown; title?: unknown };
    if (type === 'Action.Submit' && typeof title === 'string') titles.push(title);
    Object.values(part).forEach(look);
  };
  try {
    look(JSON.parse(card));
  } catch {
    // Teams shows a card it cannot read as a plain message, which can only be confirmed.
  }
  return titles.length === 0 ? ['Submit'] : titles;
}

/** People, or a chat, as text; `{ to }`; or `{ groupId, channelId }`. */
function recipientsOf(recipient: ValueObject[string]): string[] {
  if (!isObject(recipient)) return addressesOf(asText(recipient));
  if (recipient['to'] !== undefined) return addressesOf(asText(recipient['to']));
  return Object.values(recipient).map(asText);
}
