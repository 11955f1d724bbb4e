import { retryAfterOf, type FaultEffect, type FaultRule, type FaultRules } from '../../kernel/index.ts';
import type { ConnectorOperation, ConnectorResult, Connectors } from './connectors.ts';
import { unreachable } from './service-client.ts';

/** Lets fault rules strike `connector:<api>/<operation>` before it is sent or after it has answered. */
export function withFaultRules(
  rules: FaultRules,
  sleep: (milliseconds: number) => Promise<void>,
  connectors: Connectors,
): Connectors {
  return {
    find(api, operation) {
      const run = connectors.find(api, operation);
      return run === undefined ? undefined : struck(rules, sleep, `connector:${api}/${operation}`, run);
    },
  };
}

function struck(
  rules: FaultRules,
  sleep: (milliseconds: number) => Promise<void>,
  place: string,
  run: ConnectorOperation,
): ConnectorOperation {
  return async (call) => {
    async function strike(when: FaultRule['when']) {
      const path = String(call.parameters['entityName'] ?? '');
      const { flow, action } = call.from ?? {};
      const effect = rules.strike(place, when, { method: call.operation, path, flow, action });
      if (effect?.crash) return crashed(rules);
      const waitMs = (effect?.delayMs ?? 0) + (effect?.timeout ? gatewayWaitsMs : 0);
      if (waitMs > 0) await (call.from?.sleep ?? sleep)(waitMs);
      return effect;
    }
    const before = await strike('before');
    const early = before && answerOf(before, call.api);
    if (early) return early;
    if (before?.duplicate) await run(call);
    const answer = await run(call);
    const after = await strike('after');
    return (after && answerOf(after, call.api)) ?? answer;
  };
}

/**
 * How long a synchronous call to the outside may take.
 *
 * @see https://learn.microsoft.com/power-automate/limits-and-config#timeout
 */
const gatewayWaitsMs = 120_000;

/** Nothing goes on here: the process has ended, or another platform has taken the place of this one. */
export function crashed(rules: FaultRules): Promise<never> {
  rules.crash();
  return new Promise(() => {});
}

function answerOf(effect: FaultEffect, api: string): ConnectorResult | undefined {
  if (effect.timeout)
    return {
      statusCode: 504,
      headers: {},
      body: { error: { code: 'GatewayTimeout', message: `The connector '${api}' did not answer within 120 seconds.` } },
    };
  if (effect.drop) return unreachable(`The connector '${api}'`, 'the connection was closed without an answer.');
  if (effect.status === undefined) return undefined;
  const message = effect.message ?? `Injected fault: ${effect.status}.`;
  const headers = retryAfterOf(effect);
  return { statusCode: effect.status, headers, body: { error: { code: effect.code ?? 'InjectedFault', message } } };
}
