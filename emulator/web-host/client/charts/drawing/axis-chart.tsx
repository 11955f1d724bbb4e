import * as React from 'react';
import { scaleBand, scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { ChartSeries } from '../chart-xml';
import { formatAxis } from './format-axis';
import { colourOf, type DrawingProps, type Mark } from './marks';
import { stackValues, type Span } from './stack';

interface AxisChartProps extends DrawingProps {
  readonly series: readonly ChartSeries[];
}

const margin = { top: 12, right: 12, bottom: 56, left: 56 };
const wideMargin = { top: 8, right: 24, bottom: 28, left: 128 };

/** Columns, bars, lines and areas over one axis of categories and one of values. */
export function AxisChart({ data, series, width, height, markOf }: AxisChartProps): React.ReactElement {
  const kindOf = (at: number) => series[Math.min(at, series.length - 1)]!;
  const isFlat = series[0]!.kind === 'bar';
  const around = isFlat ? wideMargin : margin;
  const spans = stackValues(data, series[0]!.stacking);
  const ends = spans.flat().flatMap((span) => (span === undefined ? [] : [span.from, span.to]));
  const length = isFlat ? width - around.left - around.right : height - around.top - around.bottom;
  const breadth = isFlat ? height - around.top - around.bottom : width - around.left - around.right;
  const values = scaleLinear()
    .domain([Math.min(0, ...ends), Math.max(0, ...ends) || 1])
    .nice(5)
    .range(isFlat ? [0, length] : [length, 0]);
  const bands = scaleBand<number>()
    .domain(data.categories.map((_name, at) => at))
    .range([0, breadth])
    .padding(0.25);
  const isSideBySide = series[0]!.stacking === 'none';
  const columns = data.series.flatMap((_one, at) => (/^(column|bar)$/.test(kindOf(at).kind) ? [at] : []));
  const inner = scaleBand<number>()
    .domain(isSideBySide ? columns : [0])
    .range([0, bands.bandwidth()])
    .padding(0.05);

  const shape = (mark: Mark, span: Span) => {
    const start = Math.min(values(span.from), values(span.to));
    const size = Math.max(1, Math.abs(values(span.to) - values(span.from)));
    const across = (bands(mark.category) ?? 0) + (inner(isSideBySide ? mark.series : 0) ?? 0);
    return isFlat
      ? { x: start, y: across, width: size, height: inner.bandwidth() }
      : { x: across, y: start, width: inner.bandwidth(), height: size };
  };
  const middle = (category: number) => (bands(category) ?? 0) + bands.bandwidth() / 2;
  const isWhole = ends.every(Number.isInteger);
  const ticks = values.ticks(5).filter((tick) => !isWhole || Number.isInteger(tick));

  return (
    <g transform={`translate(${around.left} ${around.top})`}>
      <Axes {...{ isFlat, ticks, values, length, breadth, data, middle, step: bands.step() }} />
      {data.series.map(({ values: own }, at) => {
        const { kind } = kindOf(at);
        const there = spans[at]!.flatMap((span, category) => (span === undefined ? [] : [{ category, span }]));
        const isLine = kind === 'line' || kind === 'area';
        return (
          <g key={at} className={colourOf(at)}>
            {kind === 'area' && (
              <path
                className="chart-area"
                d={
                  area<(typeof there)[number]>()
                    .x(({ category }) => middle(category))
                    .y0(({ span }) => values(span.from))
                    .y1(({ span }) => values(span.to))(there) ?? ''
                }
              />
            )}
            {isLine && (
              <path
                className="chart-line"
                d={
                  line<(typeof there)[number]>()
                    .x(({ category }) => middle(category))
                    .y(({ span }) => values(span.to))(there) ?? ''
                }
              />
            )}
            {there.map(({ category, span }) => {
              const mark = { series: at, category, value: own[category]! };
              return (
                <g key={category} {...markOf(mark)}>
                  {isLine ? (
                    <circle cx={middle(category)} cy={values(span.to)} r={5} />
                  ) : (
                    <rect {...shape(mark, span)} />
                  )}
                  <title>{`${data.categories[category]}: ${mark.value.text}`}</title>
                </g>
              );
            })}
          </g>
        );
      })}
    </g>
  );
}

interface AxesProps {
  readonly isFlat: boolean;
  readonly ticks: readonly number[];
  readonly values: (value: number) => number;
  readonly length: number;
  readonly breadth: number;
  readonly data: DrawingProps['data'];
  readonly middle: (category: number) => number;
  readonly step: number;
}

/** Room of one line of text. */
const lineHeight = 16;
const widestLabel = 16;

/** Lines and texts beside the values; every value says its name itself, so that screen readers pass over these. */
function Axes({ isFlat, ticks, values, length, breadth, data, middle, step }: AxesProps): React.ReactElement {
  const every = Math.max(1, Math.ceil(lineHeight / step));
  return (
    <g aria-hidden="true" className="axis">
      {ticks.map((tick) => (
        <g key={tick} transform={isFlat ? `translate(${values(tick)} 0)` : `translate(0 ${values(tick)})`}>
          <line x2={isFlat ? 0 : breadth} y2={isFlat ? breadth : 0} />
          <text {...(isFlat ? { y: breadth + 18, textAnchor: 'middle' } : { x: -8, dy: '0.35em', textAnchor: 'end' })}>
            {formatAxis(tick)}
          </text>
        </g>
      ))}
      {data.categories.map((name, at) => {
        if (at % every !== 0) return null;
        const text = name.length > widestLabel ? `${name.slice(0, widestLabel - 1)}…` : name;
        const isTurned = !isFlat && step < 64;
        return (
          <text
            key={at}
            transform={
              isFlat
                ? `translate(-8 ${middle(at)})`
                : `translate(${middle(at)} ${length + 16})${isTurned ? ' rotate(-35)' : ''}`
            }
            dy={isFlat ? '0.35em' : 0}
            textAnchor={isFlat || isTurned ? 'end' : 'middle'}
          >
            {text}
          </text>
        );
      })}
    </g>
  );
}
