import type { Clock } from './clock.ts';

/** What one user may ask of one server; Dataverse and finance and operations have the same figures. */
export const protection = { windowSeconds: 300, requests: 6000, executionSeconds: 1200, concurrent: 52 } as const;

/** A request that was let in. */
export interface Admission {
  /** Headers that tell how much is left. */
  headers(): Record<string, string>;
  /** The request is answered. */
  leave(): void;
}

export interface RateLimits {
  /** @throws the refusal, with the seconds to wait */
  enter(user: string): Admission;
}

/** How a service refuses: each takes what is allowed, the window and the seconds to wait. */
export interface RateRefusals {
  tooConcurrent(most: number, retryAfter: number): Error;
  tooManyRequests(most: number, seconds: number, retryAfter: number): Error;
  tooMuchTime(most: number, seconds: number, retryAfter: number): Error;
}

interface Usage {
  /** Requests of the window, oldest first; refused ones too: who keeps pushing waits longer. */
  readonly requests: { readonly at: number; seconds: number }[];
  active: number;
}

const windowMs = protection.windowSeconds * 1000;

/**
 * Service-protection limits, per user, by the emulator's clock; execution time by the machine's. A batch is one request.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/api-limits
 */
export function createRateLimits(
  clock: Clock,
  refusals: RateRefusals,
  timer: () => number = () => performance.now(),
): RateLimits {
  const users = new Map<string, Usage>();

  function usageOf(userId: string, now: number): Usage {
    let usage = users.get(userId);
    if (usage === undefined) users.set(userId, (usage = { requests: [], active: 0 }));
    const firstInside = usage.requests.findIndex(({ at }) => at > now - windowMs);
    usage.requests.splice(0, firstInside < 0 ? usage.requests.length : firstInside);
    return usage;
  }

  return {
    enter(userId) {
      const now = clock.now().getTime();
      const usage = usageOf(userId, now);
      const { requests } = usage;
      if (usage.active >= protection.concurrent) throw refusals.tooConcurrent(protection.concurrent, 1);
      const request = { at: now, seconds: 0 };
      const spent = requests.reduce((sum, { seconds }) => sum + seconds, 0);
      const isOverTime = spent >= protection.executionSeconds;
      if (requests.length >= protection.requests || isOverTime) {
        // As many have to leave the window as are in it beyond what is allowed.
        const first = requests[Math.max(0, requests.length - protection.requests)]!;
        const wait = Math.max(1, Math.ceil((first.at + windowMs - now) / 1000));
        requests.push(request);
        throw isOverTime
          ? refusals.tooMuchTime(protection.executionSeconds, protection.windowSeconds, wait)
          : refusals.tooManyRequests(protection.requests, protection.windowSeconds, wait);
      }
      requests.push(request);
      usage.active += 1;
      const started = timer();
      return {
        headers: () => ({
          'x-ms-ratelimit-burst-remaining-xrm-requests': String(protection.requests - requests.length),
          'x-ms-ratelimit-time-remaining-xrm-requests': (protection.executionSeconds - spent).toFixed(2),
        }),
        leave() {
          usage.active -= 1;
          request.seconds = (timer() - started) / 1000;
        },
      };
    },
  };
}
