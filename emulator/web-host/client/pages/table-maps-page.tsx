import * as React from 'react';
import { Companies } from '../dual-write/companies';
import { MapDetailsView } from '../dual-write/map-details';
import { MapList } from '../dual-write/map-list';
import { readCompanies, readMap, readMaps, type MapStatus } from '../web-api/dual-write';
import { CentrePage } from './centre-page';

const moving: readonly MapStatus[] = ['Initializing', 'Resuming'];

const read = async () => ({ maps: await readMaps(), companies: await readCompanies() });

/** The maps of dual-write and its companies, as the page *Dual-write* of finance and operations shows them. */
export function TableMapsPage(): React.ReactElement {
  return (
    <CentrePage
      title="Table maps"
      read={read}
      isMoving={({ maps }) =>
        maps.some(({ status, initialSync }) => moving.includes(status) && initialSync?.status !== failed)
      }
    >
      {({ maps, companies }, act) => (
        <>
          <MapList maps={maps} act={act} />
          <Companies companies={companies} act={act} />
        </>
      )}
    </CentrePage>
  );
}

/** An initial sync that waits for somebody. */
const failed = 'Completed with errors';

export function TableMapPage({ name }: { readonly name: string }): React.ReactElement {
  return (
    <CentrePage
      title={name}
      read={() => readMap(name)}
      isMoving={({ status, runs }) => moving.includes(status) && runs[0]?.status !== failed}
    >
      {(map, act) => <MapDetailsView map={map} act={act} />}
    </CentrePage>
  );
}
