import type { Clock } from './clock.ts';
import { ConnectionDropped, json, type HttpHandler } from './http.ts';

/** An injected fault: where it strikes, what it matches, what it does. Set through the console. */
export interface FaultRule {
  readonly id: string;
  /** `dataverse`, `finance-operations`, `dual-write`, `event-delivery`, `connector:<api>/<operation>` or `flow-action`. */
  readonly where: string;
  readonly match?: FaultSubject;
  readonly effect: FaultEffect;
  readonly when: 'before' | 'after';
  /** How often it strikes; undefined is until deleted. */
  readonly times?: number;
}

/** What a rule can tell one call from another by. */
export interface FaultSubject {
  readonly method?: string;
  /** Part of the address; of a connector's call, of its table. */
  readonly path?: string;
  /** Name of the flow that calls. */
  readonly flow?: string;
  /** Name of the action that calls, or its place in the run: `For_each[2]/Update_row`. */
  readonly action?: string;
}

export interface FaultEffect {
  readonly status?: number;
  /** Sent with the status; 1 with 429 and 503 where it is not stated. */
  readonly retryAfterSeconds?: number;
  readonly code?: string;
  readonly message?: string;
  readonly delayMs?: number;
  /** Of a connector's call: there is no answer within the 120 seconds the gateway waits, so it gives 504. */
  readonly timeout?: boolean;
  readonly drop?: boolean;
  readonly duplicate?: boolean;
  /** Of event deliveries: the next one goes first. */
  readonly reorder?: boolean;
  readonly crash?: boolean;
}

export interface FaultRules {
  list(): readonly FaultRule[];
  add(rule: FaultRule): void;
  remove(id?: string): void;
  /** The effect due for this subject, counted as struck; undefined when no rule matches. */
  strike(
    where: string,
    when: FaultRule['when'],
    subject: FaultSubject,
    wanted?: (effect: FaultEffect) => boolean,
  ): FaultEffect | undefined;
  /** What the effect `crash` does: as a rule the process ends here. */
  crash(): void;
}

export function createFaultRules(crash: () => void = () => process.exit(70)): FaultRules {
  let rules: { rule: FaultRule; left: number }[] = [];
  return {
    crash,
    list: () => rules.map(({ rule }) => rule),
    add: (rule) => void rules.push({ rule, left: rule.times ?? Infinity }),
    remove: (id) => void (rules = id === undefined ? [] : rules.filter(({ rule }) => rule.id !== id)),
    strike(where, when, subject, wanted = () => true) {
      const hit = rules.find(
        ({ rule }) => rule.where === where && rule.when === when && wanted(rule.effect) && matches(rule, subject),
      );
      if (hit === undefined) return undefined;
      hit.left -= 1;
      rules = rules.filter(({ left }) => left > 0);
      return hit.rule.effect;
    },
  };
}

function matches({ match = {} }: FaultRule, subject: FaultSubject): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== subject.method?.toUpperCase()) return false;
  if (match.flow !== undefined && match.flow !== subject.flow) return false;
  if (match.action !== undefined && match.action !== subject.action && match.action !== nameOf(subject.action))
    return false;
  return match.path === undefined || (subject.path ?? '').includes(match.path);
}

const nameOf = (place: string | undefined) => place?.split('/').at(-1);

/** What a service that asks to be called later sends along. */
export function retryAfterOf({ status, retryAfterSeconds }: FaultEffect): Record<string, string> {
  const seconds = retryAfterSeconds ?? (status === 429 || status === 503 ? 1 : undefined);
  return seconds === undefined ? {} : { 'Retry-After': String(seconds) };
}

/** Lets fault rules strike a service before it acts or after it has acted. */
export function withFaultRules(where: string, rules: FaultRules, clock: Clock, handler: HttpHandler): HttpHandler {
  return async (request) => {
    const subject = { method: request.method, path: safeDecode(request.url) };
    const before = rules.strike(where, 'before', subject);
    const early = before && (await apply(before, clock, rules));
    if (early) return early;
    if (before?.duplicate) await handler(request);
    const response = await handler(request);
    const after = rules.strike(where, 'after', subject);
    return (after && (await apply(after, clock, rules))) ?? response;
  };
}

async function apply(effect: FaultEffect, clock: Clock, rules: FaultRules) {
  if (effect.delayMs !== undefined) await clock.sleep(effect.delayMs);
  if (effect.crash) rules.crash();
  if (effect.drop || effect.crash) throw new ConnectionDropped();
  if (effect.status === undefined) return undefined;
  const message = effect.message ?? `Injected fault: ${effect.status}.`;
  return json(effect.status, { error: { code: effect.code ?? 'InjectedFault', message } }, retryAfterOf(effect));
}

function safeDecode(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
