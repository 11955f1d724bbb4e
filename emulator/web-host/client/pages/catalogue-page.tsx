import * as React from 'react';
import { Link } from '@fluentui/react';
import { centreWords } from '../language/words/centre';
import { readCatalogue, setVisible, type CatalogueRow } from '../web-api/integration-centre';
import { CentrePage, column, Table } from './centre-page';

/** *Available Finance and Operations Entities*: which data entities are virtual tables. */
export function CataloguePage(): React.ReactElement {
  return (
    <CentrePage title={centreWords('virtualTables')} read={readCatalogue}>
      {(rows, act) => (
        <Table
          title={centreWords('virtualTables')}
          level={1}
          items={rows}
          columns={columns((row) => act(() => setVisible(row.id, !row.isVisible)))}
          empty={centreWords('noDataEntity')}
        />
      )}
    </CentrePage>
  );
}

const columns = (change: (row: CatalogueRow) => void) => [
  column<CatalogueRow>(centreWords('dataEntity'), 380, ({ name }) => name),
  column<CatalogueRow>(centreWords('visible'), 80, ({ isVisible }) => centreWords(isVisible ? 'yes' : 'no')),
  column<CatalogueRow>(centreWords('change'), 120, (row) => (
    <Link aria-label={centreWords(row.isVisible ? 'hideOf' : 'showOf', row.name)} onClick={() => change(row)}>
      {centreWords(row.isVisible ? 'hide' : 'show')}
    </Link>
  )),
];
