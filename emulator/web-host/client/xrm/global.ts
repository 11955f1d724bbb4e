import { app } from './app';
import { encoding } from './encoding';
import { execute } from './execute';
import { membersOf } from './members-of';
import { navigation } from './navigation';
import { formInSight } from './page';
import { utility } from './utility';
import { executeMultiple, webApi } from './web-api';

const online = { ...webApi, execute, executeMultiple, isAvailableOffline: () => false };

/** `Xrm`, as form scripts expect it. Members that are missing throw their name. */
export const xrm = membersOf('Xrm', {
  WebApi: membersOf('Xrm.WebApi', { ...online, online: membersOf('Xrm.WebApi.online', online) }),
  Utility: utility,
  Navigation: navigation,
  App: app,
  Encoding: encoding,
  Device: membersOf('Xrm.Device', {}),
  Panel: membersOf('Xrm.Panel', {}),
  Page: membersOf('Xrm.Page', {
    context: utility.getGlobalContext,
    get data() {
      return formInSight().data;
    },
    get ui() {
      return formInSight().ui;
    },
    getAttribute: (name?: string) => formInSight().getAttribute(name),
    getControl: (name?: string) => formInSight().getControl(name),
  }),
});

/** Puts `Xrm` on the page, and the function web resources ask for the global context by. */
export function installXrm(): void {
  Object.assign(window, { Xrm: xrm, GetGlobalContext: utility.getGlobalContext });
}
