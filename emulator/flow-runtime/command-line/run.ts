import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runFlows, type FlowTestRun } from '../run-flow.ts';
import { readFlows } from './read-flows.ts';
import { readStubs } from '../connectors/stubs.ts';

/**
 * Runs one flow and prints its history; several where its trigger splits, none where its conditions do not hold.
 *
 * @returns the exit code: 1 when a run did not succeed
 */
export async function run(options: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: options,
    options: { trigger: { type: 'string' }, stubs: { type: 'string' }, json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new Error('Say which one flow to run.');
  const flows = await readFlows(path);
  if (flows.length !== 1) throw new Error(`'${path}' holds ${flows.length} flows; name the file of one.`);
  const runs = await runFlows(flows[0]!.json, {
    trigger: values.trigger === undefined ? {} : readBody(values.trigger),
    ...(values.stubs === undefined ? {} : { connectors: readStubs(values.stubs) }),
  });
  const [only] = runs;
  const shown = runs.length === 1 ? only : runs;
  if (values.json) console.log(JSON.stringify(shown, undefined, 2));
  else
    console.log(runs.length === 0 ? 'No run: its trigger starts none for this body.' : runs.map(asText).join('\n\n'));
  return runs.every(({ status }) => status === 'Succeeded') ? 0 : 1;
}

function readBody(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`The trigger's body '${path}' cannot be read: ${(error as Error).message}`);
  }
}

function asText({ status, error, response, actions }: FlowTestRun): string {
  const lines = actions.map((action) => {
    const took = Date.parse(action.endTime ?? '') - Date.parse(action.startTime ?? '');
    const time = Number.isNaN(took) ? '' : ` ${took} ms`;
    const why = action.error === undefined ? '' : `\n      ${JSON.stringify(action.error)}`;
    const outputs = action.status === 'Succeeded' ? `\n      ${shortened(JSON.stringify(action.outputs))}` : '';
    return `  ${action.status.padEnd(9)} ${action.path}${time}${why}${outputs}`;
  });
  const end = error === undefined ? '' : `: ${JSON.stringify(error)}`;
  const answer = response === undefined ? [] : [`response ${JSON.stringify(response)}`];
  return [`${status}${end}`, ...lines, ...answer].join('\n');
}

const most = 160;
const shortened = (text: string | undefined) =>
  text === undefined ? '' : text.length > most ? `${text.slice(0, most)}…` : text;
