import * as React from 'react';
import { chartWords } from '../language/words/chart';
import type { ChartData, ChartValue } from './chart-data';
import { ChartTable } from './chart-table';
import type { Chart } from './chart-xml';
import { AxisChart } from './drawing/axis-chart';
import { FunnelChart } from './drawing/funnel-chart';
import { colourOf, useMarks } from './drawing/marks';
import { RoundChart } from './drawing/round-chart';
import type { Segment } from './segment';

interface ChartViewProps {
  readonly chart: Chart;
  readonly data: ChartData;
  readonly name: string;
  /** Label of the column the values are grouped by. */
  readonly categoryLabel: string;
  readonly segment: Segment | undefined;
  onSegment(segment: Segment | undefined): void;
}

const height = 320;

/** The drawing, its legend, and the same values as a table. */
export function ChartView({
  chart,
  data,
  name,
  categoryLabel,
  segment,
  onSegment,
}: ChartViewProps): React.ReactElement {
  const [frame, width] = useWidth();
  const choose = (value: ChartValue) =>
    value.segment !== undefined && onSegment(value.segment.label === segment?.label ? undefined : value.segment);
  const markOf = useMarks(data, segment?.label, choose);
  const { kind } = chart.series[0]!;
  const isByCategory = kind === 'pie' || kind === 'doughnut';
  const drawing = { data, width, height, markOf };
  const legend = isByCategory ? data.categories : data.series.map(({ label }) => label);
  return (
    <div ref={frame} className="chart">
      {data.categories.length === 0 ? (
        <div className="empty" role="status">
          {chartWords('empty')}
        </div>
      ) : (
        <>
          <svg width={width} height={height} role="group" aria-label={chartWords('useArrows', name)}>
            {kind === 'funnel' ? (
              <FunnelChart {...drawing} />
            ) : isByCategory ? (
              <RoundChart {...drawing} isDoughnut={kind === 'doughnut'} />
            ) : (
              <AxisChart {...drawing} series={chart.series} />
            )}
          </svg>
          {kind !== 'funnel' && (
            <ul className="legend">
              {legend.map((label, at) => (
                <li key={label}>
                  <span className={`swatch ${colourOf(at)}`} />
                  {label}
                </li>
              ))}
            </ul>
          )}
          <ChartTable data={data} name={name} categoryLabel={categoryLabel} segment={segment} onChoose={choose} />
        </>
      )}
    </div>
  );
}

const narrowest = 280;

function useWidth(): [React.RefObject<HTMLDivElement>, number] {
  const frame = React.useRef<HTMLDivElement>(null);
  const [width, setWidth] = React.useState(narrowest);
  React.useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.max(narrowest, Math.floor(entry!.contentRect.width))),
    );
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, []);
  return [frame, width];
}
