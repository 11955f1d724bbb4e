import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

const root = join(__dirname, '../..');

/** Text values of a step, as the file has them. */
export type Values = Readonly<Record<string, string>>;

/** One step of a job: a script, or something of the service or of Microsoft that is named. */
export interface PipelineStep {
  readonly name: string;
  readonly script?: string;
  /** e.g. `actions/checkout@v4`, `PowerPlatformImportSolution@2`. */
  readonly uses?: string;
  readonly inputs: Values;
  readonly env: Values;
}

type Node = Readonly<Record<string, unknown>>;

const nodes = (value: unknown) => (value ?? []) as readonly Node[];
const values = (value: unknown): Values =>
  Object.fromEntries(Object.entries((value ?? {}) as Node).map(([name, one]) => [name, String(one)]));

/** A pipeline file as a tree. */
export const readPipeline = (path: string) => load(readFileSync(join(root, path), 'utf8')) as Node;

/** The steps of a job of a GitHub workflow. */
export function workflowSteps(path: string, job: string): PipelineStep[] {
  const jobs = readPipeline(path)['jobs'] as Readonly<Record<string, Node>>;
  return nodes(jobs[job]!['steps']).map((step) => ({
    name: String(step['name'] ?? step['uses']),
    ...(step['run'] === undefined ? {} : { script: String(step['run']) }),
    ...(step['uses'] === undefined ? {} : { uses: String(step['uses']) }),
    inputs: values(step['with']),
    env: values(step['env']),
  }));
}

/** The steps of an Azure pipeline: its own, or those of the deployment in a template of jobs. */
export function azureSteps(path: string): PipelineStep[] {
  const tree = readPipeline(path);
  const deployment = nodes(tree['jobs'])[0]?.['strategy'] as { runOnce: { deploy: Node } } | undefined;
  return nodes(tree['steps'] ?? deployment?.runOnce.deploy['steps']).map((step) => {
    const uses =
      step['task'] ?? (['checkout', 'download', 'publish'] as const).find((word) => step[word] !== undefined);
    return {
      name: String(step['displayName'] ?? uses),
      ...(step['script'] === undefined ? {} : { script: String(step['script']) }),
      ...(step['script'] !== undefined ? {} : { uses: String(uses) }),
      inputs: {
        ...values(step['inputs']),
        ...(step['artifact'] === undefined ? {} : { artifact: String(step['artifact']) }),
      },
      env: values(step['env']),
    };
  });
}

/**
 * Puts values in for `${{ name }}` and `$(name)`. What is no value of the pipeline stays: a shell has its own `$(…)`.
 *
 * @throws Error for a `${{ … }}` that the rehearsal gives no value
 */
export function expand(text: string, given: Values): string {
  return text
    .replace(/\$\{\{\s*([^}]+?)\s*\}\}/g, (_, name: string) => {
      if (given[name] === undefined) throw new Error(`The rehearsal has no value for '${name}'.`);
      return given[name];
    })
    .replace(/\$\(([\w.]+)\)/g, (whole, name: string) => given[name] ?? whole);
}
