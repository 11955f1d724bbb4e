import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromPlain } from '../../emulator/flow-runtime/expressions/value.ts';
import { runFlow, type Connectors } from '../../emulator/flow-runtime/index.ts';

/**
 * Definitions with what a run of them comes to, one a line, as JSON. A line that begins with `# ` names the document and
 * section the lines below it follow.
 */
interface Case {
  readonly source: string;
  readonly name: string;
  readonly actions: object;
  readonly body?: unknown;
  /** Bodies that operations of connectors answer, by `<api>/<operation>`. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** The status the run ends in. */
  readonly run?: string;
  /** Statuses of actions, by name. */
  readonly statuses?: Readonly<Record<string, string>>;
  /** Outputs of actions, by name. */
  readonly gives?: Readonly<Record<string, unknown>>;
  /** Words of the refusal of a definition that cannot be read. */
  readonly refused?: string;
}

const folder = join(__dirname, 'definitions');
const least = 120;

function readCases(file: string): Case[] {
  let source = '';
  return readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('# ')) source = line.slice(2);
      return line === '' || line.startsWith('# ') ? [] : [{ ...(JSON.parse(line) as Case), source }];
    });
}

const cases = readdirSync(folder).sort().flatMap(readCases);

/** Connectors that answer the same whatever they are asked. */
const answering = (answers: Readonly<Record<string, unknown>>): Connectors => ({
  find(api, operation) {
    const body = answers[`${api}/${operation}`];
    return body === undefined ? undefined : async () => ({ statusCode: 200, headers: {}, body: fromPlain(body) });
  },
});

test.each(cases)('$source: $name', async ({ actions, body, answers = {}, run, statuses = {}, gives = {}, refused }) => {
  const definition = { triggers: { manual: { type: 'Request' } }, actions };
  const running = runFlow(definition, { trigger: body ?? {}, connectors: answering(answers) });
  if (refused !== undefined) return expect(running).rejects.toThrow(refused);
  const done = await running;
  const of = (name: string) => done.actions.find((action) => action.name === name);
  if (run !== undefined) expect(done.status).toBe(run);
  for (const [name, status] of Object.entries(statuses)) expect([name, of(name)?.status]).toEqual([name, status]);
  for (const [name, outputs] of Object.entries(gives)) expect([name, of(name)?.outputs]).toEqual([name, outputs]);
});

test(`the corpus holds at least ${least} definitions, each with its source and something it expects`, () => {
  console.log(`${cases.length} definition cases of the corpus`);
  expect(cases.filter(({ source }) => source === '')).toEqual([]);
  const empty = cases.filter((one) => (one.run ?? one.statuses ?? one.gives ?? one.refused) === undefined);
  expect(empty).toEqual([]);
  expect(cases.length).toBeGreaterThanOrEqual(least);
});
