import * as React from 'react';

export type Async<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: Error }
  | { readonly state: 'done'; readonly value: T };

/** Follows work that is started anew whenever `key` changes; the answer of an older start is dropped. */
export function useAsync<T>(work: () => Promise<T>, key: string): Async<T> {
  const [result, setResult] = React.useState<{ readonly key: string; readonly async: Async<T> }>();
  const latest = React.useRef(work);
  latest.current = work;
  React.useEffect(() => {
    let isWanted = true;
    const take = (async: Async<T>) => isWanted && setResult({ key, async });
    latest.current().then(
      (value) => take({ state: 'done', value }),
      (error: Error) => take({ state: 'failed', error }),
    );
    return () => {
      isWanted = false;
    };
  }, [key]);
  return result?.key === key ? result.async : { state: 'loading' };
}
