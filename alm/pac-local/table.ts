/** Lines of a table as wide as their widest cells: the head, then the rows. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, place) => Math.max(...all.map((row) => row[place]!.length)));
  return all
    .map(
      (row) =>
        `${row
          .map((cell, place) => cell.padEnd(widths[place]!))
          .join(' ')
          .trimEnd()}\n`,
    )
    .join('');
}
