import * as React from 'react';
import type { ChartData, ChartValue } from '../chart-data';

/** One value, at its place on the drawing. */
export interface Mark {
  readonly series: number;
  readonly category: number;
  readonly value: ChartValue;
}

export interface DrawingProps {
  readonly data: ChartData;
  readonly width: number;
  readonly height: number;
  /** Properties of the shape that stands for a value: its name, the keys, whether it is the chosen one. */
  markOf(mark: Mark): React.SVGProps<SVGGElement> & { readonly 'data-mark': string };
}

export const colours = 8;

/** Class of a series, or of a category where each has its colour. */
export const colourOf = (at: number): string => `series-${at % colours}`;

/** Every value that is there, category by category. */
export function marksOf({ categories, series }: ChartData): Mark[] {
  return categories.flatMap((_name, category) =>
    series.flatMap(({ values }, at) => {
      const value = values[category];
      return value === undefined ? [] : [{ series: at, category, value }];
    }),
  );
}

const keyOf = ({ series, category }: Pick<Mark, 'series' | 'category'>) => `${series} ${category}`;

/**
 * One stop for the Tab key in the drawing; inside of it the arrow keys go from value to value, Enter and the space bar
 * choose one.
 */
export function useMarks(
  data: ChartData,
  chosen: string | undefined,
  onChoose: (value: ChartValue) => void,
): DrawingProps['markOf'] {
  const [focused, setFocused] = React.useState('');
  const marks = marksOf(data);
  const entry = marks.some((one) => keyOf(one) === focused) ? focused : marks[0] && keyOf(marks[0]);

  function move(from: Mark, step: number, element: Element): void {
    const at = marks.findIndex((one) => keyOf(one) === keyOf(from));
    const next = marks[(at + step + marks.length) % marks.length]!;
    setFocused(keyOf(next));
    element
      .closest('svg')!
      .querySelector<SVGGElement>(`[data-mark="${keyOf(next)}"]`)
      ?.focus();
  }

  return (mark) => {
    const { value, series, category } = mark;
    const label =
      data.series.length > 1
        ? `${data.categories[category]}, ${data.series[series]!.label}`
        : data.categories[category]!;
    const isButton = value.segment !== undefined;
    return {
      'data-mark': keyOf(mark),
      role: isButton ? 'button' : 'img',
      'aria-label': `${label}: ${value.text}`,
      'aria-pressed': isButton ? value.segment!.label === chosen : undefined,
      tabIndex: keyOf(mark) === entry ? 0 : -1,
      className: 'mark',
      onFocus: () => setFocused(keyOf(mark)),
      onClick: () => onChoose(value),
      onKeyDown(event) {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (step !== undefined) move(mark, step, event.currentTarget);
        else if (event.key === 'Enter' || event.key === ' ') onChoose(value);
        else return;
        event.preventDefault();
      },
    };
  };
}
