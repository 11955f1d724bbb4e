import type { CellResult } from './matrix.ts';

/** The matrix as text: a line for each place, each fault with ✓ or ✗, the problems below, the count at the end. */
export function printMatrix(cells: readonly CellResult[]): string {
  const places = [...new Set(cells.map(placeOf))];
  const lines = places.map((place) => {
    const here = cells.filter((cell) => placeOf(cell) === place);
    return `${place}\n${here.map((cell) => `  ${cell.isRight ? '✓' : '✗'} ${cell.fault}${runsOf(cell)}`).join('\n')}`;
  });
  const wrong = cells.filter(({ isRight }) => !isRight);
  const problems = wrong.map((cell) => `✗ ${placeOf(cell)} ${cell.fault}:\n${indented(cell.problem ?? '')}`);
  return [...lines, ...problems, countOf(cells)].join('\n');
}

export const countOf = (cells: readonly CellResult[]) =>
  `${cells.length} cells at ${new Set(cells.map(placeOf)).size} places, ${cells.filter(({ isRight }) => isRight).length} right`;

const placeOf = ({ flow, action, operation }: CellResult) =>
  `${flow} › ${action ?? 'the event'}${operation === undefined ? '' : ` (${operation.split('/').at(-1)})`}`;

const runsOf = ({ runs }: CellResult) =>
  runs.every((status) => status === 'Succeeded') ? '' : ` [${runs.join(', ')}]`;

const indented = (text: string) => text.replace(/^/gm, '    ');
