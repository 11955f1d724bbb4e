import type { Database } from '../../storage/index.ts';
import { isComputed } from '../metadata/computed-columns.ts';
import type { ColumnMetadata, MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import { faults } from './faults.ts';
import { readQuickFind } from './quick-find.ts';

/** A table that is searched, and how. */
export interface SearchableTable {
  readonly table: TableMetadata;
  /** Columns whose text is searched: the primary name and the find columns of the quick-find view that can be. */
  readonly findColumns: readonly ColumnMetadata[];
  readonly viewColumns: readonly string[];
  /** Columns that are in the index: what may be shown, filtered and ordered by, and counted. */
  readonly indexed: ReadonlySet<string>;
  /** FetchXML that says which rows are searched; undefined for all. */
  readonly filter: string | undefined;
}

interface Store {
  readonly database: Database;
  readonly metadata: MetadataCatalogue;
}

/** @throws Fault 0x80048d0b where the organisation has search switched off */
export function requireSearch(store: Store): void {
  if (!isSearchOn(store)) throw faults.searchDisabled();
}

/** Decided: on, as in a production environment, unless the organisation says otherwise. */
export function isSearchOn({ database, metadata }: Store): boolean {
  if (metadata.table('organization')?.columns.has('isexternalsearchindexenabled') !== true) return true;
  const row = database.get('select isexternalsearchindexenabled as "on" from organization limit 1');
  return row?.['on'] !== 0;
}

/**
 * The tables that are enabled for search and have a default quick-find view.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/overview#enable-tables-and-columns-for-search
 */
export function searchableTables({ database, metadata }: Store): SearchableTable[] {
  if (metadata.table('savedquery') === undefined) return [];
  return [...metadata.tables()].filter(isEnabled).flatMap((table) => {
    const view = database.get(
      'select fetchxml, layoutxml from savedquery where returnedtypecode = ? and querytype = 4 and isdefault = 1 order by savedqueryid limit 1',
      [table.logicalName],
    );
    return view === undefined ? [] : searchable(table, String(view['fetchxml'] ?? ''), String(view['layoutxml'] ?? ''));
  });
}

const isEnabled = ({ isVirtual, changeTrackingEnabled, settings = {} }: TableMetadata): boolean =>
  !isVirtual &&
  changeTrackingEnabled &&
  settings['SyncToExternalSearchIndex'] === true &&
  settings['CanEnableSyncToExternalSearchIndex'] !== false;

/** Columns every table brings into the index. */
const common = [
  'entityimage_url',
  'ownerid',
  'owningbusinessunit',
  'statecode',
  'statuscode',
  'createdon',
  'modifiedon',
  'versionnumber',
];

function searchable(table: TableMetadata, fetchXml: string, layoutXml: string): SearchableTable[] {
  if (fetchXml === '') return [];
  const { findColumns, viewColumns, filterColumns, filter } = readQuickFind(fetchXml, layoutXml);
  const columnsOf = (names: readonly (string | undefined)[]) =>
    [...new Set(names)].flatMap((name) => {
      const column = name === undefined ? undefined : table.columns.get(name);
      return column === undefined || isComputed(column) ? [] : column;
    });
  const namesOf = (names: readonly string[]) => columnsOf(names).map(({ logicalName }) => logicalName);
  const { primaryId, primaryName } = table;
  const searched = columnsOf([primaryName, ...findColumns]).filter(isSearchable);
  if (searched.length === 0) return [];
  return [
    {
      table,
      findColumns: searched,
      viewColumns: namesOf(viewColumns),
      indexed: new Set([
        primaryId,
        ...namesOf([primaryName ?? primaryId, ...common, ...viewColumns, ...findColumns, ...filterColumns]),
      ]),
      filter,
    },
  ];
}

/**
 * Text, choices and lookups; anything else in a quick-find view is passed over, and so are the owner and other lookups that
 * lead to more than one table.
 *
 * @see https://learn.microsoft.com/power-apps/user/relevance-faq
 */
function isSearchable({ attributeType, targets }: ColumnMetadata): boolean {
  if (attributeType === 'Lookup') return targets.length === 1;
  return ['String', 'Memo', 'Picklist', 'MultiSelectPicklist', 'State', 'Status'].includes(attributeType);
}
