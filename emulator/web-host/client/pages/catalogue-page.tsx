import * as React from 'react';
import { Link } from '@fluentui/react';
import { readCatalogue, setVisible, type CatalogueRow } from '../web-api/integration-centre';
import { CentrePage, column, Table } from './centre-page';

/** *Available Finance and Operations Entities*: which data entities are virtual tables. */
export function CataloguePage(): React.ReactElement {
  return (
    <CentrePage title="Virtual tables" read={readCatalogue}>
      {(rows, act) => (
        <Table
          title="Virtual tables"
          level={1}
          items={rows}
          columns={columns((row) => act(() => setVisible(row.id, !row.isVisible)))}
          empty="There is no data entity"
        />
      )}
    </CentrePage>
  );
}

const columns = (change: (row: CatalogueRow) => void) => [
  column<CatalogueRow>('Data entity', 380, ({ name }) => name),
  column<CatalogueRow>('Visible', 80, ({ isVisible }) => (isVisible ? 'Yes' : 'No')),
  column<CatalogueRow>('Change', 120, (row) => (
    <Link aria-label={`${row.isVisible ? 'Hide' : 'Show'} ${row.name}`} onClick={() => change(row)}>
      {row.isVisible ? 'Hide' : 'Show'}
    </Link>
  )),
];
