import * as React from 'react';

/** Names the page in the browser's tab, as model-driven apps do. */
export function useTitle(title: string): void {
  React.useEffect(() => {
    document.title = `${title} - Power Apps`;
  }, [title]);
}
