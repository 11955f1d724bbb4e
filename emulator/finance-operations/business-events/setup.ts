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
import { addEndpoint, endpointNamed, listEndpoints, removeEndpoint, type Endpoint } from './endpoints.ts';
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
  parameters(): EventParameters;
  /** @throws Fault for an unknown name, or a value out of its range */
  setParameters(changes: Readonly<Record<string, unknown>>): EventParameters;
}

export function createBusinessEventSetup(
  store: EntityStore,
  entities: ReadonlyMap<string, DataEntity>,
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
    removeEndpoint: (name) => removeEndpoint(name, store),
    activations: () => listActivations(store),
    activationsOf: (event, legalEntity) => activationsOf(event, legalEntity, store),
    activate: (key) => activate(key, store),
    deactivate: (key) => deactivate(key, store),
    removeActivation: (key) => removeActivation(key, store),
    // Asked for with every event.
    parameters: () => (present ??= readParameters(store)),
    setParameters(changes) {
      writeParameters(changes, store);
      return (present = readParameters(store));
    },
  };
}
