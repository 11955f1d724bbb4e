import type { EntityStore } from '../entity-store.ts';
import { rolePrivilegeTable } from '../business-events/tables.ts';
import { systemAdministrator, type Right } from './roles.ts';

/**
 * Privileges of business events, by what they are called.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/business-events/home-page#role-based-security-for-business-events
 */
export const eventPrivileges = {
  view: 'BusinessEventsCatalogView',
  maintain: 'BusinessEventsCatalogMaintain',
  endpoints: 'Business events security privilege',
  subscribe: 'Subscribe to business events from service',
  viewSecurity: 'BusinessEventsCatalogSecuritySetupView',
  maintainSecurity: 'Maintain business events catalog security',
} as const;

export type EventPrivilege = (typeof eventPrivileges)[keyof typeof eventPrivileges];

/** Duties that hold some of them. */
const duties: Readonly<Record<string, readonly EventPrivilege[]>> = {
  'Business events security duty': [eventPrivileges.endpoints],
};

/** What can be given to a role: privileges and duties. */
export const grantable: readonly string[] = [...Object.values(eventPrivileges), ...Object.keys(duties)];

/** Whether a role gives the privilege, itself or by a duty; administrators have them all. */
export function hasPrivilege(roles: readonly string[], privilege: EventPrivilege, store: EntityStore): boolean {
  if (roles.includes(systemAdministrator)) return true;
  const given = [privilege, ...Object.keys(duties).filter((duty) => duties[duty]!.includes(privilege))];
  return roles.some((Role) => given.some((Privilege) => store.read(rolePrivilegeTable, { Role, Privilege })));
}

/** Gives a privilege or duty to a role, or takes it away. */
export function grant(role: string, privilege: string, isGiven: boolean, store: EntityStore): void {
  const key = { Role: role, Privilege: privilege };
  const isThere = store.read(rolePrivilegeTable, key) !== undefined;
  if (isGiven && !isThere) store.insert(rolePrivilegeTable, key);
  if (!isGiven && isThere) store.remove(rolePrivilegeTable, key);
}

const { view, maintain, endpoints, subscribe } = eventPrivileges;

/** Data entities of business events, and which of these privileges is enough. The catalogue takes an action, which is no read. */
const ofSets: Readonly<Record<string, Readonly<Record<Right, readonly EventPrivilege[]>>>> = {
  BusinessEventsCatalogs: { read: [view, maintain, subscribe], write: [view, maintain, subscribe] },
  BusinessEventsConfigurations: { read: [view, maintain], write: [maintain] },
  BusinessEventsEndpoints: { read: [view, maintain, endpoints], write: [endpoints] },
};

/** Undefined for a data entity that has nothing to do with business events. */
export const privilegesFor = (set: string, right: Right): readonly EventPrivilege[] | undefined => ofSets[set]?.[right];
