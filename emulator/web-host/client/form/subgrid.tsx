import * as React from 'react';
import { CustomControl } from '../control-host/custom-control';
import type { DataSetSource } from '../control-host/data-set/data-set';
import { readDefaultControl } from '../list/default-control';
import { Grid } from '../list/grid';
import { useAsync } from '../shell/use-async';
import { Failed, Loading } from '../shell/page-state';
import { readView, readViews } from '../web-api/apps';
import { readTable, type Table } from '../web-api/metadata';
import { ChartPane } from '../charts/chart-pane';
import type { Segment } from '../charts/segment';
import { SubgridCommands } from './subgrid-commands';
import type { FormSession } from './form-session';
import type { ControlDescription, FormCell } from './form-xml';
import { formWords } from '../language/words/form';

interface SubgridProps {
  readonly session: FormSession;
  readonly cell: FormCell;
  readonly label: string;
}

/** Rows of another table that point at this one, in the platform's grid or in the control the form names. */
export function Subgrid({ session, cell, label }: SubgridProps): React.ReactElement {
  const { model, table, definition } = session;
  const read = useAsync(async () => {
    const target = cell.parameters.get('TargetEntityType') ?? '';
    const control = definition.descriptions.get(cell.uniqueId ?? '') ?? (await readDefaultControl(target));
    const sources = await readSources(cell, control, label, table, model.id);
    return { control, sources, target: await readTable(sources.get('')!.table) };
  }, `${cell.id} ${model.id}`);
  const [reads, readAgain] = React.useReducer((count: number) => count + 1, 0);
  const [selected, select] = React.useState<readonly string[]>([]);
  const state = model.gridOf(cell.controlId);
  state.refresh = readAgain;
  state.selected = selected;
  if (model.id === '') return <div className="empty">{formWords('saveFirst')}</div>;
  if (read.state === 'loading') return <Loading />;
  if (read.state === 'failed') return <Failed error={read.error} />;
  const { control, sources, target } = read.value;
  const own = sources.get('')!;
  const shown = { key: reads + model.loads, onSelect: select };
  const isChart = cell.parameters.get('ChartGridMode')?.toLowerCase() === 'chart';
  state.relationship =
    own.related === undefined
      ? undefined
      : { name: cell.parameters.get('RelationshipName') ?? '', attributeName: own.related.column };
  return (
    <section aria-label={label}>
      <div className="list-head">
        {cell.showLabel && <h2>{label}</h2>}
        <SubgridCommands session={session} target={target} state={state} related={own.related} onChanged={readAgain} />
      </div>
      {isChart ? (
        <SubgridChart target={target} source={own} chartId={cell.parameters.get('VisualizationId')} />
      ) : control === undefined ? (
        <Grid {...shown} {...own} label={label} state={state} />
      ) : (
        <CustomControl
          {...shown}
          description={control}
          label={label}
          model={model}
          isDisabled={!session.isEditable}
          rowsOf={(dataSet) => sources.get(dataSet) ?? own}
          onChanged={(name) => session.changed(name)}
        />
      )}
    </section>
  );
}

/** A grid set up as a chart: the chart alone. */
function SubgridChart({
  target,
  source,
  chartId,
}: {
  readonly target: Table;
  readonly source: DataSetSource;
  readonly chartId: string | undefined;
}): React.ReactElement {
  const [segment, setSegment] = React.useState<Segment>();
  return (
    <ChartPane
      table={target}
      chartId={chartId?.replace(/[{}]/g, '').toLowerCase()}
      scope={{ viewFetchXml: source.view.fetchXml, keyword: '', keywordColumns: [], related: source.related }}
      segment={segment}
      onSegment={setSegment}
    />
  );
}

/** What is shown, by data set of the control; that of the grid itself under the empty name. */
async function readSources(
  cell: FormCell,
  control: ControlDescription | undefined,
  label: string,
  table: Table,
  id: string,
): Promise<ReadonlyMap<string, DataSetSource>> {
  const asked = [['', cell.parameters] as const, ...(control?.dataSets ?? [])];
  return new Map(
    await Promise.all(
      asked.map(async ([name, given]): Promise<[string, DataSetSource]> => [
        name,
        await readSource(new Map([...cell.parameters, ...given]), label, table, id),
      ]),
    ),
  );
}

const defaultPageSize = 10;

async function readSource(
  given: ReadonlyMap<string, string>,
  label: string,
  table: Table,
  id: string,
): Promise<DataSetSource> {
  const [relationship, target, viewId] = [
    given.get('RelationshipName'),
    given.get('TargetEntityType'),
    given.get('ViewId'),
  ];
  const view = (viewId ? await readView(viewId) : undefined) ?? (await readViews(target ?? '', undefined))[0];
  const child = relationship ? table.childColumn(relationship) : undefined;
  if (view === undefined || target === undefined || (relationship && child === undefined))
    throw new Error(formWords('noSource', label));
  return {
    table: target,
    view,
    pageSize: Number(given.get('RecordsPerPage') || defaultPageSize),
    related: child === undefined ? undefined : { column: child.column, id },
  };
}
