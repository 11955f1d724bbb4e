import type { Condition } from '../../query/index.ts';
import { eventRoleTable, switchTable } from '../business-events/tables.ts';
import type { EntityStore } from '../entity-store.ts';
import { faults, refused } from '../faults.ts';
import { eventPrivileges, hasPrivilege, type EventPrivilege } from './event-privileges.ts';
import { systemAdministrator } from './roles.ts';

/** Who asks: roles, and companies they hold for; undefined for all. */
export interface EventUser {
  readonly roles: readonly string[];
  readonly companies: readonly string[] | undefined;
}

/** The feature in *Feature management*; it changes nothing by itself. */
export const feature = 'Business events catalog security';
const inCatalogue = 'Security of the catalogue';

const isOn = (name: string, store: EntityStore) => store.read(switchTable, { Name: name })?.['Enabled'] === 'Yes';

function turn(name: string, isEnabled: boolean, store: EntityStore): void {
  const row = { Name: name, Enabled: isEnabled ? 'Yes' : 'No' };
  if (store.read(switchTable, row) === undefined) store.insert(switchTable, row);
  else store.update(switchTable, row, row);
}

/** Turning the feature off turns the security of the catalogue off, too. */
export function turnFeature(isEnabled: boolean, store: EntityStore): void {
  turn(feature, isEnabled, store);
  if (!isEnabled) turn(inCatalogue, false, store);
}

/** *Security > Enable* and *Disable* of the catalogue. @throws Fault while the feature is off */
export function turnSecurity(isEnabled: boolean, store: EntityStore): void {
  if (isEnabled && !isOn(feature, store))
    throw refused(`The feature '${feature}' is off. Enable it in Feature management first.`);
  turn(inCatalogue, isEnabled, store);
}

/** Whether roles decide who sees which event. */
export const isEnforced = (store: EntityStore): boolean => isOn(feature, store) && isOn(inCatalogue, store);

export const isFeatureOn = (store: EntityStore): boolean => isOn(feature, store);

/** The tab *Security*: the roles an event is mapped to, in the place of those it was. */
export function mapRoles(event: string, roles: readonly string[], store: EntityStore): void {
  for (const row of store.find(eventRoleTable, { BusinessEventId: event })) store.remove(eventRoleTable, row);
  for (const Role of new Set(roles)) store.insert(eventRoleTable, { BusinessEventId: event, Role });
}

/** Roles by event, of those that have any. */
export function mappedRoles(store: EntityStore): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const row of store.find(eventRoleTable, {}))
    (all[String(row['BusinessEventId'])] ??= []).push(String(row['Role']));
  return all;
}

/** Events a user sees; undefined for all: security is off, or an administrator asks, who notices nothing. */
function shownTo(roles: readonly string[], store: EntityStore): ReadonlySet<string> | undefined {
  if (!isEnforced(store) || roles.includes(systemAdministrator)) return undefined;
  return new Set(
    roles.flatMap((Role) => store.find(eventRoleTable, { Role }).map((row) => String(row['BusinessEventId']))),
  );
}

export const isShown = (roles: readonly string[], event: string, store: EntityStore): boolean =>
  shownTo(roles, store)?.has(event) ?? true;

/** Columns of data entities that name an event. */
const eventColumns: Readonly<Record<string, string>> = {
  BusinessEventsCatalogs: 'BusinessEventId',
  BusinessEventsConfigurations: 'BusinessEventsTable',
};

/** What narrows the rows of a data entity to the events the user sees. */
export function eventFilter(set: string, { roles }: EventUser, store: EntityStore): Condition | undefined {
  const column = eventColumns[set];
  const shown = column === undefined ? undefined : shownTo(roles, store);
  return shown === undefined ? undefined : { kind: 'in', left: { column: column! }, values: [...shown] };
}

export const eventOf = (set: string, row: Readonly<Record<string, unknown>>): string | undefined =>
  eventColumns[set] === undefined ? undefined : String(row[eventColumns[set]]);

/** @throws Fault 403 naming the privilege */
export function requirePrivilege({ roles }: EventUser, privilege: EventPrivilege, store: EntityStore): void {
  if (!hasPrivilege(roles, privilege, store)) throw faults.privilegeMissing(privilege);
}

/** @throws Fault 403 for an event that is mapped to none of the user's roles while roles decide */
export function requireShown({ roles }: EventUser, event: string, store: EntityStore): void {
  if (!isShown(roles, event, store)) throw faults.eventNotShown(event);
}

/**
 * What a service asks that subscribes for a user, such as Power Automate: the privilege, the event, and the company the user's
 * roles hold for. Without a company all are meant.
 *
 * @throws Fault 403
 */
export function requireSubscription(user: EventUser, event: string, legalEntity: string, store: EntityStore): void {
  requirePrivilege(user, eventPrivileges.subscribe, store);
  requireShown(user, event, store);
  if (!isEnforced(store) || user.companies === undefined || user.roles.includes(systemAdministrator)) return;
  if (legalEntity === '') throw faults.subscriptionOfAll(user.companies);
  if (!user.companies.includes(legalEntity)) throw faults.companyNotAllowed(legalEntity);
}
