import * as React from 'react';
import { colourOf, type DrawingProps } from './marks';

const gap = 3;
const room = 150;

/** One part a category, as wide as its value, the name beside it. */
export function FunnelChart({ data, width, height, markOf }: DrawingProps): React.ReactElement {
  const values = data.series[0]!.values;
  const most = Math.max(1, ...values.map((one) => one?.value ?? 0));
  const tall = (height - 16) / Math.max(1, values.length);
  const widest = width - room - 16;
  const wide = (at: number) => Math.max(2, ((values[at]?.value ?? 0) / most) * widest);
  return (
    <g transform="translate(8 8)">
      {values.map((value, category) => {
        if (value === undefined) return null;
        const [above, below] = [wide(category), wide(Math.min(category + 1, values.length - 1))];
        const [top, bottom] = [category * tall, (category + 1) * tall - gap];
        const centre = widest / 2;
        return (
          <g key={category} {...markOf({ series: 0, category, value })}>
            <path
              className={colourOf(category)}
              d={`M${centre - above / 2} ${top}H${centre + above / 2}L${centre + below / 2} ${bottom}H${centre - below / 2}Z`}
            />
            <title>{`${data.categories[category]}: ${value.text}`}</title>
            <text aria-hidden="true" x={widest + 12} y={(top + bottom) / 2} dy="0.35em">
              {`${shortened(data.categories[category]!)} (${value.text})`}
            </text>
          </g>
        );
      })}
    </g>
  );
}

const widestLabel = 18;
const shortened = (name: string) => (name.length > widestLabel ? `${name.slice(0, widestLabel - 1)}…` : name);
