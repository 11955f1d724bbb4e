import { setTimeout as wait } from 'node:timers/promises';
import type { SolutionPackage } from '../../packaging/index.ts';
import { Refused, type WebApi } from './web-api.ts';
import { catalogue, isVisible, neededTables } from './virtual-tables.ts';

export interface MakeVisibleOptions {
  readonly mostMinutes: number;
  say(text: string): void;
}

/**
 * Makes the virtual tables visible that the solution needs, one at a time: generation is serialised, and a second one that is
 * asked for meanwhile fails. The call that asks for it may time out although the table appears, so the catalogue decides.
 *
 * @returns those that did not appear in time, and why
 */
export async function makeVisible(
  api: WebApi,
  solution: SolutionPackage,
  { mostMinutes, say }: MakeVisibleOptions,
): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { table, id, isVisible: isThere } of await neededTables(api, solution)) {
    if (isThere || id === undefined) continue;
    say(`making ${table} visible`);
    const refusal = await api
      .patch(`${catalogue}(${id})`, { mserp_hasbeengenerated: true })
      .then(() => undefined)
      .catch((error: Error) => error);
    if (refusal !== undefined && !mayYetAppear(refusal)) {
      failed.push(`${table}: ${refusal.message}`);
      continue;
    }
    if (!(await appears(api, table, mostMinutes)))
      failed.push(`${table}: it is not visible after ${mostMinutes} minutes. ${refusal?.message ?? ''}`.trim());
  }
  return failed;
}

const mayYetAppear = (error: Error) => error instanceof Refused && (error.status === 0 || error.status >= 500);

async function appears(api: WebApi, table: string, mostMinutes: number): Promise<boolean> {
  const end = Date.now() + mostMinutes * 60_000;
  for (let pause = 250; ; pause = Math.min(pause * 2, 10_000)) {
    if (await isVisible(api, table)) return true;
    if (Date.now() + pause > end) return false;
    await wait(pause);
  }
}
