import * as React from 'react';
import { Link } from '@fluentui/react';
import { centreWords } from '../language/words/centre';
import {
  readCatalogue,
  refreshTable,
  setVisible,
  trackChanges,
  type CatalogueRow,
} from '../web-api/integration-centre';
import { CentrePage, column, Table, type Act } from './centre-page';

/** *Available Finance and Operations Entities*: which data entities are virtual tables. */
export function CataloguePage(): React.ReactElement {
  // A table is generated behind the request: what was asked for is looked for until it is there.
  const asked = React.useRef(new Set<string>()).current;
  const isAwaited = ({ id, isVisible }: CatalogueRow) => asked.has(id) && !isVisible;
  async function show({ id }: CatalogueRow): Promise<void> {
    await setVisible(id, true);
    asked.add(id);
  }
  async function hide({ id }: CatalogueRow): Promise<void> {
    asked.delete(id);
    await setVisible(id, false);
  }
  return (
    <CentrePage
      title={centreWords('virtualTables')}
      read={readCatalogue}
      isMoving={(rows: readonly CatalogueRow[]) => rows.some(isAwaited)}
    >
      {(rows, act) => (
        <Table
          title={centreWords('virtualTables')}
          level={1}
          items={rows}
          columns={columns(act, { isAwaited, show, hide })}
          empty={centreWords('noDataEntity')}
        />
      )}
    </CentrePage>
  );
}

interface Visibility {
  isAwaited(row: CatalogueRow): boolean;
  show(row: CatalogueRow): Promise<unknown>;
  hide(row: CatalogueRow): Promise<unknown>;
}

const yesOrNo = (is: boolean) => centreWords(is ? 'yes' : 'no');

const columns = (act: Act, visibility: Visibility) => [
  column<CatalogueRow>(centreWords('dataEntity'), 380, ({ name }) => name),
  column<CatalogueRow>(centreWords('visible'), 120, (row) =>
    visibility.isAwaited(row) ? centreWords('beingGenerated') : yesOrNo(row.isVisible),
  ),
  column<CatalogueRow>(centreWords('changeTracking'), 200, ({ isVisible, tracksChanges }) =>
    isVisible ? yesOrNo(tracksChanges) : '',
  ),
  column<CatalogueRow>(centreWords('change'), 320, (row) => (
    <div className="row-actions">
      {changesOf(row, visibility).map(({ word, of, run }) => (
        <Link key={word} aria-label={centreWords(of, row.name)} onClick={() => act(run)}>
          {centreWords(word)}
        </Link>
      ))}
    </div>
  )),
];

type Word = Parameters<typeof centreWords>[0];

interface Change {
  readonly word: Word;
  /** The same with the name of the data entity, for who does not see the row. */
  readonly of: Word;
  run(): Promise<unknown>;
}

/** What can be done with a data entity: one that is no table can only become one. */
function changesOf(row: CatalogueRow, { isAwaited, show, hide }: Visibility): readonly Change[] {
  const { id, isVisible, tracksChanges } = row;
  if (isAwaited(row)) return [];
  if (!isVisible) return [{ word: 'show', of: 'showOf', run: () => show(row) }];
  return [
    { word: 'hide', of: 'hideOf', run: () => hide(row) },
    { word: 'refreshTable', of: 'refreshOf', run: () => refreshTable(id) },
    tracksChanges
      ? { word: 'untrack', of: 'untrackOf', run: () => trackChanges(id, false) }
      : { word: 'track', of: 'trackOf', run: () => trackChanges(id, true) },
  ];
}
