import * as React from 'react';
import { Icon, Spinner, SpinnerSize } from '@fluentui/react';
import type { WebApiError } from '../web-api/web-api';
import { shellWords } from '../language/words/shell';

export function Loading({ label = shellWords('loading') }: { readonly label?: string }): React.ReactElement {
  return (
    <div className="empty" aria-live="polite">
      <Spinner size={SpinnerSize.medium} label={label} />
    </div>
  );
}

const forbidden = 403;
const notFound = 404;

/** A page or a part of one that could not be read: what happened, in the platform's words. */
export function Failed({ error }: { readonly error: Error }): React.ReactElement {
  const { status, code } = error as Partial<WebApiError>;
  return (
    <div className="empty" role="alert">
      <Icon iconName={status === forbidden ? 'Lock' : 'Error'} className="empty-icon" />
      <h2>{titleOf(status)}</h2>
      <p>{error.message}</p>
      {code !== undefined && <p className="quiet">{shellWords('errorCode', code)}</p>}
    </div>
  );
}

function titleOf(status: number | undefined): string {
  if (status === forbidden) return shellWords('noPermission');
  if (status === notFound) return shellWords('unavailable');
  return shellWords('notLoaded');
}
