import type { FaultEffect, FaultRule, FaultRules } from '../../kernel/index.ts';
import type { ConnectorOperation, ConnectorResult, Connectors } from './connectors.ts';
import { unreachable } from './service-client.ts';

/** Lets fault rules strike `connector:<api>/<operation>` before it is sent or after it has answered. */
export function withFaultRules(rules: FaultRules, connectors: Connectors): Connectors {
  return {
    find(api, operation) {
      const run = connectors.find(api, operation);
      return run === undefined ? undefined : struck(rules, `connector:${api}/${operation}`, run);
    },
  };
}

function struck(rules: FaultRules, place: string, run: ConnectorOperation): ConnectorOperation {
  return async (call) => {
    const strike = (when: FaultRule['when']) =>
      rules.strike(place, when, { method: call.operation, path: String(call.parameters['entityName'] ?? '') });
    const before = strike('before');
    const early = before && answerOf(before, call.api);
    if (early) return early;
    if (before?.duplicate) await run(call);
    const answer = await run(call);
    const after = strike('after');
    return (after && answerOf(after, call.api)) ?? answer;
  };
}

function answerOf(effect: FaultEffect, api: string): ConnectorResult | undefined {
  if (effect.crash) process.exit(70);
  if (effect.drop) return unreachable(`The connector '${api}'`, 'the connection was closed without an answer.');
  if (effect.status === undefined) return undefined;
  const message = effect.message ?? `Injected fault: ${effect.status}.`;
  return { statusCode: effect.status, headers: {}, body: { error: { code: effect.code ?? 'InjectedFault', message } } };
}
