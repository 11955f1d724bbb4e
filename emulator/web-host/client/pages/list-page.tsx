import * as React from 'react';
import { IconButton, SearchBox, type ICommandBarItemProps } from '@fluentui/react';
import { Commands } from '../shell/commands';
import { gridTarget } from '../commands/command-target';
import { GridState } from '../list/grid-state';
import { editRows } from '../form/bulk-edit';
import { removeRows } from '../rows/remove-rows';
import { useAppCommands } from '../commands/command-items';
import { locations } from '../commands/app-commands';
import { CustomControl } from '../control-host/custom-control';
import type { ControlDescription } from '../form/form-xml';
import { readDefaultControl } from '../list/default-control';
import { Grid } from '../list/grid';
import { ViewSelector } from '../list/view-selector';
import { viewToSave } from '../list/view-query';
import { readKeywordColumns } from '../list/keyword-columns';
import { go, replace, settle } from '../shell/navigation';
import { Failed, Loading } from '../shell/page-state';
import { useAsync } from '../shell/use-async';
import { readViews, type App, type View } from '../web-api/apps';
import { readTable, type Table } from '../web-api/metadata';
import { may } from '../web-api/privileges';
import { useTitle } from '../shell/use-title';
import { shellWords } from '../language/words/shell';
import { listWords } from '../language/words/list';
import { ChartPane } from '../charts/chart-pane';
import type { Segment } from '../charts/segment';
import { chartWords } from '../language/words/chart';
import { rowCommands } from '../rows/row-commands';

interface ListPageProps {
  readonly app: App;
  readonly table: string;
  readonly view: string | undefined;
}

/** Rows of a table through one of its views. */
export function ListPage({ app, table, view }: ListPageProps): React.ReactElement {
  const [reads, readAgain] = React.useReducer((count: number) => count + 1, 0);
  const read = useAsync(
    () => Promise.all([readTable(table), readViews(table, app), readDefaultControl(table)]),
    `${table} ${reads}`,
  );
  if (read.state === 'loading') return <Loading />;
  if (read.state === 'failed') return <Failed error={read.error} />;
  const [metadata, views, control] = read.value;
  const first = views.find(({ id }) => id === view) ?? views[0];
  if (first === undefined) return <Failed error={new Error(listWords('noView', metadata.label))} />;
  return (
    <ViewPage
      key={reads}
      app={app}
      table={metadata}
      views={views}
      first={first}
      control={control}
      onViews={(id) => {
        replace({ kind: 'list', app: app.id, table, view: id });
        readAgain();
      }}
    />
  );
}

const pageSize = 50;

interface ViewPageProps {
  readonly app: App;
  readonly table: Table;
  readonly views: readonly View[];
  readonly first: View;
  /** In place of the platform's grid. */
  readonly control: ControlDescription | undefined;
  /** Views have come, changed or gone; this one is to be shown, or the first. */
  onViews(view?: string): void;
}

function ViewPage({ app, table, views, first, control, onViews }: ViewPageProps): React.ReactElement {
  const [view, setView] = React.useState(first);
  const [keyword, setKeyword] = React.useState('');
  const [selected, setSelected] = React.useState<readonly string[]>([]);
  const [isCharted, setCharted] = React.useState(false);
  const [segment, setSegment] = React.useState<Segment>();
  const keywordColumns = useAsync(() => readKeywordColumns(table), table.name);
  const [reads, readAgain] = React.useReducer((count: number) => count + 1, 0);
  useTitle(view.name);
  const [state] = React.useState(() => new GridState());
  Object.assign(state, { table: table.name, primaryId: table.primaryId, primaryName: table.primaryName });
  state.selected = selected;
  state.refresh = readAgain;

  function choose(id: string): void {
    setView(views.find((one) => one.id === id)!);
    setSelected([]);
    setSegment(undefined);
    settle({ kind: 'list', app: app.id, table: table.name, view: id });
  }

  async function remove(): Promise<void> {
    if (!(await removeRows(table, selected))) return;
    setSelected([]);
    readAgain();
  }

  async function edit(): Promise<void> {
    if (selected.length === 1) return open(selected[0]);
    if ((await editRows(app, table, selected)) === 0) return;
    setSelected([]);
    readAgain();
  }

  const open = (id?: string) => void go({ kind: 'record', app: app.id, table: table.name, id });
  const commands: ICommandBarItemProps[] = [
    ...(may('Create', table)
      ? [{ key: 'new', text: listWords('newRow'), iconProps: { iconName: 'Add' }, onClick: () => open() }]
      : []),
    ...(selected.length === 1 || (selected.length > 1 && may('Write', table))
      ? [{ key: 'edit', text: listWords('edit'), iconProps: { iconName: 'Edit' }, onClick: () => void edit() }]
      : []),
    ...rowCommands({
      table,
      ids: selected,
      state: undefined,
      ready: async () => true,
      changed() {
        setSelected([]);
        readAgain();
      },
    }),
    ...(selected.length > 0 && may('Delete', table)
      ? [{ key: 'delete', text: listWords('remove'), iconProps: { iconName: 'Delete' }, onClick: () => void remove() }]
      : []),
    {
      key: 'chart',
      text: chartWords(isCharted ? 'hide' : 'show'),
      iconProps: { iconName: 'Chart' },
      onClick: () => {
        setCharted(!isCharted);
        setSegment(undefined);
      },
    },
    { key: 'refresh', text: shellWords('refresh'), iconProps: { iconName: 'Refresh' }, onClick: readAgain },
    ...useAppCommands(app.id, table.name, locations.mainGrid, () => gridTarget(state, table.typeCode)),
  ];
  return (
    <>
      <div className="card command-bar">
        <Commands items={commands} ariaLabel={listWords('commandsOf', table.collectionLabel)} />
      </div>
      <div className={isCharted ? 'with-chart' : undefined}>
        <div className="card list-rows">
          <div className="list-head">
            <ViewSelector
              table={table.name}
              views={views}
              view={view}
              fetchXml={() => viewToSave(view.fetchXml, { orders: state.orders, segment })}
              onChoose={choose}
              onChanged={onViews}
            />
            <SearchBox
              placeholder={listWords('filterByKeyword')}
              ariaLabel={listWords('filterRows', table.collectionLabel)}
              styles={{ root: { width: 240, maxWidth: '100%' } }}
              onSearch={(text) => setKeyword(text.trim())}
              onClear={() => setKeyword('')}
            />
          </div>
          {segment !== undefined && <Narrowed segment={segment} onClear={() => setSegment(undefined)} />}
          <ViewRows
            key={`${view.id} ${reads} ${keyword} ${segment?.label}`}
            table={table}
            view={view}
            keyword={keyword}
            segment={segment}
            control={control}
            state={state}
            onSelect={setSelected}
          />
        </div>
        {isCharted && keywordColumns.state === 'done' && (
          <ChartPane
            key={reads}
            table={table}
            scope={{ viewFetchXml: view.fetchXml, keyword, keywordColumns: keywordColumns.value, related: undefined }}
            segment={segment}
            onSegment={setSegment}
            onClose={() => setCharted(false)}
          />
        )}
      </div>
    </>
  );
}

/** What the list is narrowed to by a click on the chart. */
function Narrowed({ segment, onClear }: { readonly segment: Segment; onClear(): void }): React.ReactElement {
  return (
    <div className="narrowed">
      <span role="status">{chartWords('narrowed', segment.label)}</span>
      <IconButton
        iconProps={{ iconName: 'Cancel' }}
        title={chartWords('clear')}
        ariaLabel={chartWords('clear')}
        onClick={onClear}
      />
    </div>
  );
}

interface ViewRowsProps {
  readonly table: Table;
  readonly view: View;
  readonly keyword: string;
  readonly segment: Segment | undefined;
  readonly control: ControlDescription | undefined;
  readonly state: GridState;
  onSelect(ids: readonly string[]): void;
}

/** The rows of the view: in the platform's grid, or in the control that is set for all grids of the table. */
function ViewRows({ table, view, keyword, segment, control, state, onSelect }: ViewRowsProps): React.ReactElement {
  const columns = useAsync(() => readKeywordColumns(table), table.name);
  const shown = { table: table.name, view, pageSize, keyword, segment };
  if (control === undefined) return <Grid {...shown} label={view.name} state={state} onSelect={onSelect} />;
  if (columns.state === 'loading') return <Loading />;
  if (columns.state === 'failed') return <Failed error={columns.error} />;
  return (
    <CustomControl
      description={control}
      label={view.name}
      isDisabled={false}
      rowsOf={() => ({ ...shown, keywordColumns: columns.value })}
      onSelect={onSelect}
    />
  );
}
