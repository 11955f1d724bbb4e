import * as React from 'react';
import { MessageBar, MessageBarType } from '@fluentui/react';
import type { FormModel, FormNotification } from './form-model';

const types: Readonly<Record<FormNotification['level'], MessageBarType>> = {
  ERROR: MessageBarType.error,
  WARNING: MessageBarType.warning,
  INFO: MessageBarType.info,
  SUCCESS: MessageBarType.success,
};

/** What is told about the row as a whole, above it. */
export function FormNotifications({ model }: { readonly model: FormModel }): React.ReactElement {
  return (
    <div className="notifications">
      {[...model.notifications.values()].map(({ id, level, text }) => (
        <MessageBar key={id} messageBarType={types[level]} isMultiline className="notification">
          <span className="pre">{text}</span>
        </MessageBar>
      ))}
    </div>
  );
}
