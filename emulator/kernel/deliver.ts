import type { Clock } from './clock.ts';
import type { FaultEffect, FaultRules } from './fault-rules.ts';
import type { Work } from './work.ts';

/** Posts a body. @returns the receiver's status @throws Error when it cannot be reached */
export type Deliver = (url: string, body: string) => Promise<number>;

export const postOverHttp: Deliver = async (url, body) => {
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  await answer.arrayBuffer();
  return answer.status;
};

export interface DeliveryParts {
  readonly faultRules: FaultRules;
  readonly clock: Clock;
  readonly work: Work;
}

const place = 'event-delivery';
const isReorder = ({ reorder }: FaultEffect) => reorder === true;

/** Whether a fault rule wants this delivery to be overtaken by the next. */
export function isToBeOvertaken(target: string, faultRules: FaultRules): boolean {
  return faultRules.strike(place, 'before', { method: 'POST', path: target }, isReorder) !== undefined;
}

/** One try, with the faults injected into it. Undefined when the receiver took it, else why not. */
export async function tryDelivery(
  target: string,
  send: () => Promise<number>,
  { faultRules, clock, work }: DeliveryParts,
): Promise<string | undefined> {
  const subject = { method: 'POST', path: target };
  const effect = faultRules.strike(place, 'before', subject, (one) => !isReorder(one));
  if (effect?.delayMs !== undefined) await work.asleep(clock.sleep(effect.delayMs));
  if (effect?.drop) return 'dropped by an injected fault';
  if (effect?.status !== undefined) return `refused with ${effect.status} by an injected fault`;
  if (effect?.duplicate) await outcome(send);
  const error = await outcome(send);
  const after = faultRules.strike(place, 'after', subject);
  return after?.drop ? 'its answer was dropped by an injected fault' : error;
}

async function outcome(send: () => Promise<number>): Promise<string | undefined> {
  try {
    const status = await send();
    return status < 300 ? undefined : `answered ${status}`;
  } catch (error) {
    return (error as Error).message;
  }
}
