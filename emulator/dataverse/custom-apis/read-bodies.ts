import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CustomApiBodies, CustomApiBody } from '../contract.ts';

/**
 * Bodies of custom APIs in a folder: `<unique name>.cjs`, whose export is the function. A file is looked for when its API
 * is called, and loaded once.
 *
 * @throws Error when there is no such folder
 */
export function readCustomApis(folder: string): CustomApiBodies {
  const path = resolve(folder);
  if (!existsSync(path)) throw new Error(`There is no folder '${folder}' with custom APIs.`);
  return (name) => {
    const file = join(path, `${name}.cjs`);
    if (!/^\w+$/.test(name) || !existsSync(file)) return undefined;
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- its own file, known when it is asked for
    const body: unknown = require(file);
    if (typeof body !== 'function') throw new Error(`'${file}' exports no function.`);
    return body as CustomApiBody;
  };
}
