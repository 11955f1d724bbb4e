import type { Clock } from '../../kernel/index.ts';
import { faults } from '../faults.ts';

/** @throws Fault 429 with the seconds to wait */
export type AdmitSearch = (userId: string) => void;

const perUser = { requests: 1, seconds: 1 };
const perOrganization = { requests: 150, seconds: 60 };

/**
 * The limits of search, lower than those of other requests: one search a second for each user, 150 a minute for all.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/overview#service-protection-limits
 */
export function createSearchLimits(clock: Clock): AdmitSearch {
  let searches: { readonly userId: string; readonly at: number }[] = [];
  return (userId) => {
    const now = clock.now().getTime();
    searches = searches.filter(({ at }) => at > now - perOrganization.seconds * 1000);
    const own = searches.filter((one) => one.userId === userId && one.at > now - perUser.seconds * 1000);
    for (const [made, { requests, seconds }] of [
      [own, perUser],
      [searches, perOrganization],
    ] as const) {
      if (made.length < requests) continue;
      throw faults.tooManyRequests(requests, seconds, Math.ceil((made[0]!.at + seconds * 1000 - now) / 1000));
    }
    searches.push({ userId, at: now });
  };
}
