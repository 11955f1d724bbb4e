import * as React from 'react';
import { Icon, Link } from '@fluentui/react';
import { chartWords } from '../language/words/chart';
import type { ChartData, ChartValue } from './chart-data';
import type { Segment } from './segment';

interface ChartTableProps {
  readonly data: ChartData;
  readonly name: string;
  readonly categoryLabel: string;
  readonly segment: Segment | undefined;
  onChoose(value: ChartValue): void;
}

/** What the drawing shows, in words and numbers. */
export function ChartTable({ data, name, categoryLabel, segment, onChoose }: ChartTableProps): React.ReactElement {
  return (
    <details className="chart-table">
      <summary>
        <Icon iconName="ChevronRight" className="chevron" /> {chartWords('asTable')}
      </summary>
      <div className="grid-wrap">
        <table>
          <caption className="quiet">{name}</caption>
          <thead>
            <tr>
              <th scope="col">{categoryLabel}</th>
              {data.series.map(({ label }) => (
                <th key={label} scope="col" className="number">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.categories.map((category, at) => (
              <tr key={category}>
                <th scope="row">{category}</th>
                {data.series.map(({ label, values }) => (
                  <td key={label} className="number">
                    <Value value={values[at]} segment={segment} onChoose={onChoose} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

interface ValueProps {
  readonly value: ChartValue | undefined;
  readonly segment: Segment | undefined;
  onChoose(value: ChartValue): void;
}

function Value({ value, segment, onChoose }: ValueProps): React.ReactElement {
  if (value === undefined) return <>–</>;
  if (value.segment === undefined) return <>{value.text}</>;
  return (
    <Link
      aria-pressed={value.segment.label === segment?.label}
      aria-label={`${value.segment.label}: ${value.text}`}
      onClick={() => onChoose(value)}
    >
      {value.text}
    </Link>
  );
}
