import * as React from 'react';
import { Link, MessageBar, MessageBarType } from '@fluentui/react';
import { formWords } from '../language/words/form';

export interface GlobalNotification {
  readonly level: number;
  readonly message: string;
  readonly showCloseButton: boolean;
  readonly action: { readonly label: string; run(): void } | undefined;
}

let shown: ReadonlyMap<string, GlobalNotification> = new Map();
let redraw: () => void = () => undefined;

/** Shows a message above every page until it is taken away. @returns what it is taken away by */
export function addGlobalNotification(notification: GlobalNotification): string {
  const id = crypto.randomUUID();
  shown = new Map([...shown, [id, notification]]);
  redraw();
  return id;
}

export function clearGlobalNotification(id: string): void {
  shown = new Map([...shown].filter(([key]) => key !== id));
  redraw();
}

/** Levels, as the client API numbers them. */
const types: Readonly<Record<number, MessageBarType>> = {
  1: MessageBarType.success,
  2: MessageBarType.error,
  3: MessageBarType.warning,
  4: MessageBarType.info,
};

export function GlobalNotifications(): React.ReactElement {
  const [, draw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    redraw = draw;
    draw();
  }, []);
  return (
    <div className="notifications">
      {[...shown].map(([id, { level, message, showCloseButton, action }]) => (
        <MessageBar
          key={id}
          className="notification"
          messageBarType={types[level] ?? MessageBarType.info}
          isMultiline
          {...(showCloseButton ? { onDismiss: () => clearGlobalNotification(id) } : {})}
          dismissButtonAriaLabel={formWords('dismiss')}
        >
          {message} {action !== undefined && <Link onClick={() => action.run()}>{action.label}</Link>}
        </MessageBar>
      ))}
    </div>
  );
}
