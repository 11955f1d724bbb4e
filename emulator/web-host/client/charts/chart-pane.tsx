import * as React from 'react';
import { Dropdown, IconButton } from '@fluentui/react';
import { chartWords } from '../language/words/chart';
import { shellWords } from '../language/words/shell';
import { Failed, Loading } from '../shell/page-state';
import { useAsync } from '../shell/use-async';
import type { Table } from '../web-api/metadata';
import type { ChartScope } from './chart-query';
import { ChartView } from './chart-view';
import { readChartData, readCharts, type ChartDescription } from './read-charts';
import type { Segment } from './segment';

interface ChartPaneProps {
  readonly table: Table;
  readonly scope: ChartScope;
  /** Chart to begin with, by its id. */
  readonly chartId?: string | undefined;
  readonly segment: Segment | undefined;
  onSegment(segment: Segment | undefined): void;
  onClose?(): void;
}

/** The charts of a table beside a list of its rows. */
export function ChartPane(props: ChartPaneProps): React.ReactElement {
  const { table, chartId, onClose, onSegment } = props;
  const charts = useAsync(() => readCharts(table.name), table.name);
  const [chosen, choose] = React.useState(chartId);
  const given = charts.state === 'done' ? charts.value : [];
  const chart = given.find(({ id }) => id === chosen) ?? given[0];
  return (
    <section className="card chart-pane" aria-label={chartWords('pane')}>
      <div className="list-head">
        <Dropdown
          ariaLabel={chartWords('select')}
          options={given.map(({ id, name }) => ({ key: id, text: name }))}
          selectedKey={chart?.id}
          disabled={given.length === 0}
          dropdownWidth="auto"
          className="chart-choice"
          onChange={(_event, option) => {
            choose(String(option!.key));
            onSegment(undefined);
          }}
        />
        {onClose !== undefined && (
          <IconButton
            iconProps={{ iconName: 'Cancel' }}
            title={chartWords('hide')}
            ariaLabel={chartWords('hide')}
            onClick={onClose}
          />
        )}
      </div>
      {charts.state === 'loading' && <Loading label={shellWords('loading')} />}
      {charts.state === 'failed' && <Failed error={charts.error} />}
      {charts.state === 'done' && chart === undefined && (
        <div className="empty" role="status">
          {chartWords('none')}
        </div>
      )}
      {chart !== undefined && <Drawn key={chart.id} {...props} chart={chart} />}
    </section>
  );
}

function Drawn({ table, scope, chart, segment, onSegment }: ChartPaneProps & { readonly chart: ChartDescription }) {
  const drawn = useAsync(() => readChartData(chart, table, scope), JSON.stringify([chart.id, scope]));
  if (drawn.state === 'loading') return <Loading />;
  if (drawn.state === 'failed') return <Failed error={drawn.error} />;
  return <ChartView {...drawn.value} name={chart.name} segment={segment} onSegment={onSegment} />;
}
