import type { TriggerDefinition } from '../definition/model.ts';
import type { ValueObject } from '../expressions/value.ts';

/** Who starts a flow by hand. */
export interface Invoker {
  readonly id: string;
  readonly displayName: string;
  readonly email: string;
}

export const isStartedByHand = ({ type, kind }: TriggerDefinition) =>
  type.toLowerCase() === 'request' && kind !== undefined && kind.toLowerCase() !== 'http';

const encoded = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/**
 * The headers that tell a flow started by hand or from an app who did it, plain and as base64 of UTF-8; none for a flow that
 * is called over HTTP, by events or by the clock.
 *
 * @see https://learn.microsoft.com/power-automate/introduction-to-button-flows#use-trigger-tokens
 */
export function invokerHeaders(trigger: TriggerDefinition, invoker: Invoker, now: Date): ValueObject {
  if (!isStartedByHand(trigger)) return {};
  const { id, displayName, email } = invoker;
  return {
    'x-ms-user-id': id,
    'x-ms-user-name': displayName,
    'x-ms-user-email': email,
    'x-ms-user-name-encoded': encoded(displayName),
    'x-ms-user-email-encoded': encoded(email),
    'x-ms-user-timestamp': now.toISOString(),
  };
}
