/** What pcf-scripts prints before an error, coloured or not. */
const colours = /\u001b\[[0-9;]*m/g;
const most = 12;

/**
 * The errors in what pcf-scripts printed, one a line: compiler errors with file and place, missing modules, problems of
 * the manifest. The end of the output when it has none that we know.
 *
 * @param folder the control's, cut off the names of its files
 */
export function pcfErrors(output: string, folder: string): string {
  const plain = output.replace(colours, '').replaceAll(`${folder}/`, '');
  const compiler = [...plain.matchAll(/\[tsl\] ERROR in (\S+)\((\d+),(\d+)\)\s+(TS\d+: .*)/g)].map(
    ([, file, line, column, text]) => `${file}:${line}:${column}: ${text}`,
  );
  const modules = [...plain.matchAll(/^Module (?:not found|parse failed|build failed).*$/gm)].map(([text]) => text);
  const tool = [...plain.matchAll(/^\[pcf-\d+\] \[Error\] (.*)$/gm)].map(([, text]) => text!);
  const found = [...new Set([...compiler, ...modules])];
  // The tool's own words add nothing to the compiler's.
  const told = found.length > 0 ? found : tool.length > 0 ? tool : plain.trim().split('\n').slice(-most);
  const rest = told.length > most ? [`… and ${told.length - most} more`] : [];
  return [...told.slice(0, most), ...rest].map((line) => `  ${line.trim()}`).join('\n');
}
