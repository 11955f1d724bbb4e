import * as React from 'react';
import { arc, pie } from 'd3-shape';
import { colourOf, type DrawingProps } from './marks';

interface RoundChartProps extends DrawingProps {
  readonly isDoughnut: boolean;
}

/** Pie and doughnut: one slice a category, its share written beside it. Only what is above nought has a slice. */
export function RoundChart({ data, width, height, isDoughnut, markOf }: RoundChartProps): React.ReactElement {
  const radius = Math.max(10, Math.min(width, height) / 2 - 28);
  const shown = data.series[0]!.values.flatMap((value, category) =>
    value !== undefined && value.value > 0 ? [{ value, category }] : [],
  );
  const slices = pie<(typeof shown)[number]>()
    .sort(null)
    .value(({ value }) => value.value)(shown);
  const slice = arc<(typeof slices)[number]>()
    .innerRadius(isDoughnut ? radius * 0.6 : 0)
    .outerRadius(radius);
  const beside = arc<(typeof slices)[number]>()
    .innerRadius(radius + 14)
    .outerRadius(radius + 14);
  const smallestWritten = 0.15;
  return (
    <g transform={`translate(${width / 2} ${height / 2})`}>
      {slices.map((one) => {
        const { value, category } = one.data;
        return (
          <g key={category} {...markOf({ series: 0, category, value })}>
            <path className={colourOf(category)} d={slice(one) ?? ''} />
            <title>{`${data.categories[category]}: ${value.text}`}</title>
            {one.endAngle - one.startAngle > smallestWritten && (
              <text aria-hidden="true" transform={`translate(${beside.centroid(one)})`} textAnchor="middle" dy="0.35em">
                {value.text}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
