import * as React from 'react';
import {
  ConstrainMode,
  DetailsList,
  DetailsListLayoutMode,
  Link,
  Selection,
  SelectionMode,
  type IColumn,
} from '@fluentui/react';
import { column, type Act } from '../pages/centre-page';
import { linkTo } from '../shell/navigation';
import type { TableMap } from '../web-api/dual-write';
import { MapCommands } from './map-commands';
import { MapStatusText } from './map-status';
import { SyncProgress } from './sync-progress';

interface MapListProps {
  readonly maps: readonly TableMap[];
  readonly act: Act;
}

/** The maps: a row is selected, and the commands above are for it. */
export function MapList({ maps, act }: MapListProps): React.ReactElement {
  const [name, setName] = React.useState<string>();
  const selection = React.useMemo(() => {
    const made: Selection = new Selection({
      getKey: (one) => (one as TableMap).name,
      onSelectionChanged: () => setName((made.getSelection()[0] as TableMap | undefined)?.name),
    });
    return made;
  }, []);
  return (
    <div className="card">
      <div className="list-head">
        <h1 className="page-name">Table maps</h1>
      </div>
      <MapCommands map={maps.find((one) => one.name === name)} act={act} />
      <div className="grid-wrap">
        <DetailsList
          items={[...maps]}
          columns={columns}
          getKey={(one: TableMap) => one.name}
          setKey="maps"
          compact
          selection={selection}
          selectionMode={SelectionMode.single}
          ariaLabelForGrid="Table maps"
          ariaLabelForSelectionColumn="Select a table map"
          checkButtonAriaLabel="Select"
          layoutMode={DetailsListLayoutMode.fixedColumns}
          constrainMode={ConstrainMode.unconstrained}
        />
      </div>
    </div>
  );
}

const columns: IColumn[] = [
  column<TableMap>('Table map', 330, ({ name }) => <Link {...linkTo({ kind: 'tableMap', name })}>{name}</Link>),
  column<TableMap>('Status', 130, ({ status }) => <MapStatusText status={status} />),
  column<TableMap>('Version', 90, ({ version }) => version),
  column<TableMap>('Publisher', 100, ({ publisher }) => publisher),
  column<TableMap>('Initial sync', 220, ({ initialSync }) =>
    initialSync === null ? '' : <SyncProgress sync={initialSync} />,
  ),
  column<TableMap>('Queued records', 110, ({ queuedRecords }) => String(queuedRecords)),
  column<TableMap>('Catch-up errors', 110, ({ catchUpErrors }) => String(catchUpErrors)),
];
