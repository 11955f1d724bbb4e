import type { DataEntity } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import {
  activate,
  activationsOf,
  deactivate,
  listActivations,
  removeActivation,
  type Activation,
  type ActivationKey,
} from './activations.ts';
import { businessEvents, type BusinessEventDefinition } from './catalogue.ts';
import { dataEvents, type DataEventDefinition } from './data-events.ts';
import {
  addEndpoint,
  endpointNamed,
  listEndpoints,
  removeEndpoint,
  renameEndpoint,
  type Endpoint,
} from './endpoints.ts';
import { eventPrivileges } from '../security/event-privileges.ts';
import {
  isEnforced,
  isFeatureOn,
  isShown,
  mappedRoles,
  requirePrivilege,
  requireShown,
  requireSubscription,
  type EventUser,
} from '../security/event-security.ts';
import { systemAdministrator } from '../security/roles.ts';
import { faults } from './faults.ts';
import { readParameters, writeParameters, type EventParameters } from './parameters.ts';

/** *System administration > Set up > Business events*, for the room that delivers what is set up here. */
export interface BusinessEventSetup {
  readonly catalogue: ReadonlyMap<string, BusinessEventDefinition>;
  /** @throws Fault 404 */
  businessEvent(id: string): BusinessEventDefinition;
  /** Called when *Rebuild business events catalog* has been asked for. */
  onRebuilt(listener: () => void): void;
  rebuilt(): void;
  dataEvents(): ReadonlyMap<string, DataEventDefinition>;
  /** By name. */
  endpoints(): Endpoint[];
  endpoint(name: string): Endpoint | undefined;
  /** @throws Fault when there is one of another type by this name */
  addEndpoint(endpoint: Endpoint): void;
  /** What is active for it goes with it. @throws Fault 404; 400 for a name that is taken, or is none */
  renameEndpoint(from: string, to: string): void;
  /** @throws Fault 404, 409 while it is in use */
  removeEndpoint(name: string): void;
  activations(): Activation[];
  /** Active ones that an event in this company concerns. */
  activationsOf(event: string, legalEntity: string): readonly Activation[];
  /** @throws Fault when something it names is not there, or there are as many endpoints as allowed */
  activate(key: ActivationKey): void;
  /** Stops sending and keeps the history. @throws Fault 404 */
  deactivate(key: ActivationKey): void;
  /** @throws Fault 404 */
  removeActivation(key: ActivationKey): void;
  /** @param user e-mail; undefined asks as an administrator */
  securityOf(user: string | undefined): EventSecurity;
  parameters(): EventParameters;
  /** @throws Fault for an unknown name, or a value out of its range */
  setParameters(changes: Readonly<Record<string, unknown>>): EventParameters;
}

/** What one user may do with business events; each refuses with a Fault 403 that names the privilege. */
export interface EventSecurity {
  require(action: 'view' | 'maintain' | 'endpoints' | 'viewSecurity' | 'maintainSecurity'): void;
  isShown(event: string): boolean;
  requireShown(event: string): void;
  /** What a service asks that subscribes for the user. */
  requireSubscription(event: string, legalEntity: string): void;
  /** *Feature management*, the security of the catalogue, and the roles of each event. */
  setup(): { readonly isFeatureOn: boolean; readonly isEnforced: boolean; readonly roles: Record<string, string[]> };
}

export function createBusinessEventSetup(
  store: EntityStore,
  entities: ReadonlyMap<string, DataEntity>,
  userByName: (name: string) => EventUser,
): BusinessEventSetup {
  const data = dataEvents(entities);
  let present: EventParameters | undefined;
  const listeners: (() => void)[] = [];
  return {
    catalogue: businessEvents,
    businessEvent(id) {
      const definition = businessEvents.get(id);
      if (definition === undefined) throw faults.noEvent(id);
      return definition;
    },
    onRebuilt: (listener) => void listeners.push(listener),
    rebuilt: () => listeners.forEach((listener) => listener()),
    dataEvents: () => data,
    endpoints: () => listEndpoints(store),
    endpoint: (name) => endpointNamed(name, store),
    addEndpoint: (endpoint) => addEndpoint(endpoint, store),
    renameEndpoint: (from, to) => renameEndpoint(from, to, store),
    removeEndpoint: (name) => removeEndpoint(name, store),
    activations: () => listActivations(store),
    activationsOf: (event, legalEntity) => activationsOf(event, legalEntity, store),
    activate: (key) => activate(key, store),
    deactivate: (key) => deactivate(key, store),
    removeActivation: (key) => removeActivation(key, store),
    securityOf(name) {
      const user: EventUser =
        name === undefined ? { roles: [systemAdministrator], companies: undefined } : userByName(name);
      return {
        require: (action) => requirePrivilege(user, eventPrivileges[action], store),
        isShown: (event) => isShown(user.roles, event, store),
        requireShown: (event) => requireShown(user, event, store),
        requireSubscription: (event, legalEntity) => requireSubscription(user, event, legalEntity, store),
        setup: () => ({ isFeatureOn: isFeatureOn(store), isEnforced: isEnforced(store), roles: mappedRoles(store) }),
      };
    },
    // Asked for with every event.
    parameters: () => (present ??= readParameters(store)),
    setParameters(changes) {
      writeParameters(changes, store);
      return (present = readParameters(store));
    },
  };
}
