import * as React from 'react';
import { Icon, Spinner, SpinnerSize } from '@fluentui/react';
import { statusText } from './names';

const icons: Readonly<Record<string, string>> = {
  succeeded: 'Completed',
  failed: 'ErrorBadge',
  timedout: 'ErrorBadge',
  cancelled: 'Blocked2',
  skipped: 'Cancel',
};

/** How something went, as sign and word. */
export function Status({ status }: { readonly status: string }): React.ReactElement {
  return (
    <span className={`status status-${status.toLowerCase()}`}>
      <StatusSign status={status} /> {statusText(status)}
    </span>
  );
}

export function StatusSign({ status }: { readonly status: string }): React.ReactElement {
  const kind = status.toLowerCase();
  if (kind === 'running') return <Spinner size={SpinnerSize.xSmall} className="status-sign" aria-hidden />;
  return <Icon iconName={icons[kind] ?? 'Info'} className="status-sign" />;
}
