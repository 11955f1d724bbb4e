import type { App } from '../web-api/apps';
import { go } from './navigation';
import { readPlace } from './place';

/** The app in sight; empty outside of one. */
export function currentApp(): string {
  const place = readPlace(new URL(location.href));
  return 'app' in place ? place.app : '';
}

let inSight: App | undefined;

/** What is known of the app in sight. */
export const appInSight = (): App | undefined => inSight;
export const setAppInSight = (app: App | undefined): void => void (inSight = app);

/** Opens a row in its main form. */
export const openRow = (table: string, id: string): void =>
  void go({ kind: 'record', app: currentApp(), table, id: id.replace(/[{}]/g, '') });
