import type { Clock } from './clock.ts';
import { ConnectionDropped, json, type HttpHandler } from './http.ts';

/** An injected fault: where it strikes, what it matches, what it does. Set through the console. */
export interface FaultRule {
  readonly id: string;
  /** `dataverse`, `finance-operations`, `dual-write`, `event-delivery` or `connector:<api>/<operation>`. */
  readonly where: string;
  readonly match?: { readonly method?: string; readonly path?: string };
  readonly effect: FaultEffect;
  readonly when: 'before' | 'after';
  /** How often it strikes; undefined is until deleted. */
  readonly times?: number;
}

export interface FaultEffect {
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  readonly delayMs?: number;
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
    subject: { method?: string; path?: string },
    wanted?: (effect: FaultEffect) => boolean,
  ): FaultEffect | undefined;
}

export function createFaultRules(): FaultRules {
  let rules: { rule: FaultRule; left: number }[] = [];
  return {
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

function matches({ match }: FaultRule, subject: { method?: string; path?: string }): boolean {
  if (match?.method !== undefined && match.method.toUpperCase() !== subject.method?.toUpperCase()) return false;
  return match?.path === undefined || (subject.path ?? '').includes(match.path);
}

/** Lets fault rules strike a service before it acts or after it has acted. */
export function withFaultRules(where: string, rules: FaultRules, clock: Clock, handler: HttpHandler): HttpHandler {
  return async (request) => {
    const subject = { method: request.method, path: safeDecode(request.url) };
    const before = rules.strike(where, 'before', subject);
    const early = before && (await apply(before, clock));
    if (early) return early;
    if (before?.duplicate) await handler(request);
    const response = await handler(request);
    const after = rules.strike(where, 'after', subject);
    return (after && (await apply(after, clock))) ?? response;
  };
}

async function apply(effect: FaultEffect, clock: Clock) {
  if (effect.delayMs !== undefined) await clock.sleep(effect.delayMs);
  if (effect.crash) process.exit(70);
  if (effect.drop) throw new ConnectionDropped();
  if (effect.status === undefined) return undefined;
  const message = effect.message ?? `Injected fault: ${effect.status}.`;
  const headers: Record<string, string> = effect.status === 429 || effect.status === 503 ? { 'Retry-After': '1' } : {};
  return json(effect.status, { error: { code: effect.code ?? 'InjectedFault', message } }, headers);
}

function safeDecode(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
