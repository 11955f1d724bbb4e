import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What is wrong on a page, or in the element a selector names, by the rules of WCAG 2.1 A and AA, and where. */
export async function violationsOn(page: Page, within = 'html'): Promise<string[]> {
  // What is still fading in has no contrast yet.
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  await page.evaluate(axe);
  return page.evaluate(async (selector) => {
    const options = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] };
    const run = (window as unknown as { axe: { run(where: Element, options: object): Promise<Result> } }).axe;
    interface Result {
      readonly violations: readonly {
        readonly id: string;
        readonly help: string;
        readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
      }[];
    }
    const { violations: found } = await run.run(document.querySelector(selector)!, options);
    return found.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
  }, within);
}
