import { businessEvents } from '../business-events/catalogue.ts';
import { faults } from '../faults.ts';
import { grant, grantable } from '../security/event-privileges.ts';
import { feature, isEnforced, mapRoles, mappedRoles, turnFeature, turnSecurity } from '../security/event-security.ts';
import { roles } from '../security/roles.ts';
import type { Command } from './command.ts';

const role = {
  name: 'role',
  label: 'Security role',
  kind: 'choice',
  choices: Object.keys(roles),
  isRequired: true,
} as const;
const privilege = {
  name: 'privilege',
  label: 'Privilege or duty',
  kind: 'choice',
  choices: grantable,
  isRequired: true,
} as const;
const enabled = { name: 'enabled', label: 'Enabled', kind: 'yesNo', isRequired: true } as const;

/** Who sees, activates and subscribes to which business events. */
export const eventSecurityCommands: readonly Command[] = [
  {
    name: 'grant-role-privilege',
    label: 'Add a privilege or duty of business events to a role',
    parameters: [role, privilege],
    run: ({ values, store }) => grant(values.text('role'), values.text('privilege'), true, store),
  },
  {
    name: 'revoke-role-privilege',
    label: 'Take a privilege or duty of business events from a role',
    parameters: [role, privilege],
    run: ({ values, store }) => grant(values.text('role'), values.text('privilege'), false, store),
  },
  {
    name: 'turn-business-events-security-feature',
    label: `Feature management: ${feature}`,
    parameters: [enabled],
    run: ({ values, store }) => turnFeature(values.isTrue('enabled', true), store),
  },
  {
    name: 'turn-business-events-security',
    label: 'Business events catalog: enable or disable security',
    parameters: [enabled],
    run({ values, store }) {
      turnSecurity(values.isTrue('enabled', true), store);
      return { isEnforced: isEnforced(store) };
    },
  },
  {
    name: 'map-business-event-roles',
    label: 'Business events catalog: roles of an event',
    parameters: [
      { name: 'event', label: 'Business event', kind: 'text', isRequired: true },
      { name: 'roles', label: 'Security roles (none: of nobody)', kind: 'texts' },
    ],
    run({ values, store }) {
      const event = values.text('event');
      if (!businessEvents.has(event))
        throw faults.badCommand(`There is no business event '${event}' in the catalogue.`);
      const unknown = values.texts('roles').find((name) => roles[name] === undefined);
      if (unknown !== undefined)
        throw faults.badCommand(`There is no security role '${unknown}'. There are ${Object.keys(roles).join(', ')}.`);
      mapRoles(event, values.texts('roles'), store);
      return { roles: mappedRoles(store)[event] ?? [] };
    },
  },
];

/** Those of the tab and the menu *Security* of the catalogue, which need a privilege. */
export const securityCommandNames: ReadonlySet<string> = new Set([
  'turn-business-events-security',
  'map-business-event-roles',
]);
