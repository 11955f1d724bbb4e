import * as React from 'react';
import { openRow } from '../../shell/open-row';
import type { CustomControlProps } from '../custom-control';
import type { LoadedControl } from '../load-control';
import { DataSet, type DataSetSource } from './data-set';

type DataSetsProps = Pick<CustomControlProps, 'rowsOf' | 'onSelect'> & { readonly loaded: LoadedControl };

/** The data sets of a control's manifest, each made anew when its rows come from elsewhere. */
export function useDataSets(props: DataSetsProps, drawFor: (cause: string) => void): ReadonlyMap<string, DataSet> {
  const latest = React.useRef({ drawFor, onSelect: props.onSelect });
  latest.current = { drawFor, onSelect: props.onSelect };
  const sources = props.loaded.dataSets.map((name) => [name, props.rowsOf?.(name)] as const);
  const key = JSON.stringify(sources);
  const dataSets = React.useMemo(
    () =>
      new Map(sources.flatMap(([name, source]) => (source === undefined ? [] : [[name, make(name, source, latest)]]))),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key says all there is of the sources
    [key],
  );
  React.useEffect(() => {
    for (const dataSet of dataSets.values()) void dataSet.start();
    return () => dataSets.forEach((dataSet) => dataSet.stop());
  }, [dataSets]);
  return dataSets;
}

function make(
  name: string,
  source: DataSetSource,
  latest: { readonly current: { drawFor(cause: string): void; readonly onSelect: DataSetsProps['onSelect'] } },
): DataSet {
  return new DataSet(source, {
    // A control may ask for rows while it is drawn.
    changed: (isFirstFill) =>
      queueMicrotask(() => latest.current.drawFor(isFirstFill ? 'parameters' : `${name}_dataset`)),
    open: ({ id, etn }) => openRow(etn, id.guid),
    select: (ids) => latest.current.onSelect?.(ids),
  });
}
