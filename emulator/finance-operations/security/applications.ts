import { applicationTable } from '../entities/base-tables.ts';
import type { EntityStore } from '../entity-store.ts';

/** One line of *System administration > Setup > Microsoft Entra applications*. */
export interface Application {
  readonly clientId: string;
  readonly name: string;
  /** E-mail of the user whose roles it has. */
  readonly user: string;
}

/** User of the applications Dataverse calls as. */
export const powerPlatformUser = 'PowerPlatformApp';

/**
 * Applications Dataverse calls as; linking has listed them.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/power-platform/faq
 */
const powerPlatform: readonly Application[] = [
  { clientId: '61a0518c-121a-421a-9ad6-f0955a88be43', name: 'PowerPlatformApplication', user: powerPlatformUser },
  { clientId: 'f1752846-f0df-4766-96f5-c109adf67d7f', name: 'PowerPlatRuntimeApp', user: powerPlatformUser },
];

const firstRecId = 5_637_144_576;

const keyOf = (clientId: string) => ({ ClientId: clientId.toLowerCase() });

/** Lists what linking lists, where nobody has taken it away since. */
export function setUpApplications(store: EntityStore): void {
  powerPlatform.forEach(({ clientId, name, user }, index) => {
    const key = keyOf(clientId);
    if (store.read(applicationTable, key) === undefined)
      store.insert(applicationTable, { ...key, Name: name, User: user, IsListed: 'Yes', RecId: firstRecId + index });
  });
}

export const listApplications = (store: EntityStore): Application[] =>
  store
    .find(applicationTable, { IsListed: 'Yes' })
    .map((row) => ({ clientId: String(row['ClientId']), name: String(row['Name']), user: String(row['User']) }));

export function registerApplication({ clientId, name, user }: Application, store: EntityStore): void {
  const key = keyOf(clientId);
  const row = { ...key, Name: name, User: user, IsListed: 'Yes' };
  if (store.read(applicationTable, key) === undefined) store.insert(applicationTable, row);
  else store.update(applicationTable, key, row);
}

/** False when it is not in the list. */
export function removeApplication(clientId: string, store: EntityStore): boolean {
  const key = keyOf(clientId);
  if (store.read(applicationTable, key)?.['IsListed'] !== 'Yes') return false;
  // It is kept as taken away: the next start does not list it again.
  store.update(applicationTable, key, { IsListed: 'No' });
  return true;
}

/** User of an application that is listed. */
export function userOfApplication(clientId: string, store: EntityStore): string | undefined {
  const row = store.setting(applicationTable, keyOf(clientId));
  return row?.['IsListed'] === 'Yes' ? String(row['User']) : undefined;
}

/** Whether Dataverse may call at all: both of its applications are listed. */
export const trustsPowerPlatform = (store: EntityStore): boolean =>
  powerPlatform.every(({ clientId }) => userOfApplication(clientId, store) === powerPlatformUser);
