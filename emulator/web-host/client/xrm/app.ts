import { addGlobalNotification, clearGlobalNotification } from '../shell/global-notifications';
import { membersOf } from './members-of';

interface GivenNotification {
  readonly type: number;
  readonly level: number;
  readonly message: string;
  readonly showCloseButton?: boolean;
  readonly action?: { readonly actionLabel?: string; readonly eventHandler?: () => void };
}

/** `Xrm.App`. */
export const app = membersOf('Xrm.App', {
  addGlobalNotification: async ({ level, message, showCloseButton = false, action }: GivenNotification) =>
    addGlobalNotification({
      level,
      message,
      showCloseButton,
      action:
        action === undefined ? undefined : { label: action.actionLabel ?? '', run: () => action.eventHandler?.() },
    }),
  clearGlobalNotification: async (id: string) => clearGlobalNotification(id),
});
