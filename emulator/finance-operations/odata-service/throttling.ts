import { bearerName, createRateLimits, type Admission, type Clock, type HttpRequest } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import { dualWriteUser, isVirtualTableCall } from './call.ts';

/** Clients the limits of users do not hold for: virtual tables, dual-write, and the Fin & Ops apps connector of flows. */
const isExempt = (request: HttpRequest, user: string) =>
  isVirtualTableCall(request) ||
  user === dualWriteUser ||
  /^azure-logic-apps/.test(request.headers['user-agent'] ?? '');

/** @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/service-protection-api-limits */
export function createThrottling(clock: Clock): (request: HttpRequest) => Admission | undefined {
  const limits = createRateLimits(clock, {
    tooConcurrent: faults.tooConcurrent,
    tooManyRequests: faults.tooManyRequests,
    tooMuchTime: faults.tooMuchTime,
  });
  return (request) => {
    const user = bearerName(request.headers) ?? '';
    return isExempt(request, user) ? undefined : limits.enter(user);
  };
}
