import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { connectorsFrom, type ConnectorOperation, type ConnectorResult, type Connectors } from './connectors.ts';
import { fromPlain, toPlain } from '../expressions/value.ts';

/** What a stub may answer: a whole result, or a body alone, which means 200. */
function asResult(answer: unknown): ConnectorResult {
  const whole = answer as { statusCode?: unknown; headers?: Record<string, string>; body?: unknown } | null;
  if (typeof whole === 'object' && whole !== null && typeof whole.statusCode === 'number')
    return { statusCode: whole.statusCode, headers: whole.headers ?? {}, body: fromPlain(whole.body ?? null) };
  return { statusCode: 200, headers: {}, body: fromPlain(answer) };
}

/**
 * Connectors from a folder: `<api>/<operation>.json` answers what it holds, `<api>/<operation>.cjs` exports a function of
 * the call `{ parameters }` that answers.
 *
 * @throws Error that names the file
 */
export function readStubs(folder: string): Connectors {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Error(`There is no folder '${folder}' with stubs.`);
  const apis = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return connectorsFrom(
    Object.fromEntries(apis.map(({ name }) => [name, Object.fromEntries(operationsOf(join(folder, name)))])),
  );
}

function operationsOf(folder: string): [string, ConnectorOperation][] {
  return readdirSync(folder).flatMap((file): [string, ConnectorOperation][] => {
    const [, operation, kind] = /^(.+)\.(json|cjs|js)$/.exec(file) ?? [];
    if (operation === undefined) return [];
    const path = join(folder, file);
    return [[operation, kind === 'json' ? answering(path) : calling(path)]];
  });
}

function answering(path: string): ConnectorOperation {
  let answer: unknown;
  try {
    answer = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`The stub '${path}' is not JSON: ${(error as Error).message}`);
  }
  return async () => asResult(answer);
}

function calling(path: string): ConnectorOperation {
  const run: unknown = createRequire(__filename)(resolve(path));
  if (typeof run !== 'function') throw new Error(`The stub '${path}' exports no function.`);
  return async ({ api, operation, parameters }) =>
    asResult(await (run as (call: object) => unknown)({ api, operation, parameters: toPlain(parameters) }));
}
