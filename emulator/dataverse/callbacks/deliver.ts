import type { Clock, FaultRules, Work } from '../../kernel/index.ts';

/** Posts a callback's body. @returns the receiver's status @throws Error when it cannot be reached */
export type Deliver = (url: string, body: string) => Promise<number>;

export const postOverHttp: Deliver = async (url, body) => {
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  await answer.arrayBuffer();
  return answer.status;
};

export interface DeliveryParts {
  readonly deliver: Deliver;
  readonly faultRules: FaultRules;
  readonly clock: Clock;
  readonly work: Work;
}

/** One try, with the faults injected into it. Undefined when the receiver took it, else why not. */
export async function tryDelivery(url: string, body: string, parts: DeliveryParts): Promise<string | undefined> {
  const { deliver, faultRules, clock, work } = parts;
  const effect = faultRules.strike('event-delivery', 'before', { method: 'POST', path: url });
  if (effect?.delayMs !== undefined) await work.asleep(clock.sleep(effect.delayMs));
  if (effect?.drop) return 'dropped by an injected fault';
  if (effect?.status !== undefined) return `refused with ${effect.status} by an injected fault`;
  if (effect?.duplicate) await post(url, body, deliver);
  const error = await post(url, body, deliver);
  const after = faultRules.strike('event-delivery', 'after', { method: 'POST', path: url });
  return after?.drop ? 'its answer was dropped by an injected fault' : error;
}

async function post(url: string, body: string, deliver: Deliver): Promise<string | undefined> {
  try {
    const status = await deliver(url, body);
    return status < 300 ? undefined : `answered ${status}`;
  } catch (error) {
    return (error as Error).message;
  }
}
