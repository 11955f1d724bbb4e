import { bearerName, type HttpRequest } from '../../kernel/index.ts';
import { systemStateTable, throttlingPriorityTable } from '../entities/base-tables.ts';
import type { EntityStore } from '../entity-store.ts';
import { faults } from '../faults.ts';

/** From the first that is refused to the last. */
export const priorities = ['Low', 'Medium', 'High'] as const;
/** Of whom *Throttling priority mapping* does not name. Decided. */
const usualPriority = 'Medium';

/** How busy the environment is. Decided: which priorities each refuses; the platform tells no figures. */
const refusedAt: Readonly<Record<string, readonly string[]>> = {
  Normal: [],
  High: ['Low'],
  Critical: ['Low', 'Medium'],
};
export const utilizations: readonly string[] = Object.keys(refusedAt);

const retryAfterSeconds = 30;
const stateKey = { Name: 'ResourceUtilization' };

export function setUtilization(level: string, store: EntityStore): void {
  const row = { ...stateKey, Value: level };
  if (store.read(systemStateTable, stateKey) === undefined) store.insert(systemStateTable, row);
  else store.update(systemStateTable, stateKey, row);
}

/** A line of *System administration > Setup > Throttling priority mapping*: a user by e-mail, an application by client id. */
export function setPriority(integration: string, priority: string, store: EntityStore): void {
  const key = { Integration: integration.toLowerCase() };
  const row = { ...key, Priority: priority };
  if (store.read(throttlingPriorityTable, key) === undefined) store.insert(throttlingPriorityTable, row);
  else store.update(throttlingPriorityTable, key, row);
}

/**
 * Refuses a request whose integration does not matter enough, while the environment is busy. Nobody is exempt.
 *
 * @throws Fault 429 with `Retry-After`
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/priority-based-throttling
 */
export function requirePriority(request: HttpRequest, store: EntityStore): void {
  const refused = refusedAt[String(store.setting(systemStateTable, stateKey)?.['Value'] ?? 'Normal')] ?? [];
  if (refused.length === 0) return;
  const key = { Integration: (bearerName(request.headers) ?? '').toLowerCase() };
  const priority = String(store.setting(throttlingPriorityTable, key)?.['Priority'] ?? usualPriority);
  if (refused.includes(priority)) throw faults.resourcesExhausted(retryAfterSeconds);
}
