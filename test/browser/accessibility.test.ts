/** Every page by the rules of axe-core (WCAG 2.1 A and AA), in light and dark. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { richFlowSolution } from '../support/a-rich-flow.ts';
import { openApp, type AppPage } from '../support/app-page.ts';
import { launchBrowser } from '../support/browser.ts';
import { admin, startTestEmulator, type TestEmulator } from '../support/emulator.ts';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let emulator: TestEmulator;
let browser: Browser;
let app: AppPage;

beforeAll(async () => {
  [emulator, browser] = await Promise.all([startTestEmulator(), launchBrowser()]);
  const body = await richFlowSolution();
  expect((await emulator.dataverse('POST', 'ImportSolution', { as: admin, body })).status).toBe(204);
  await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await emulator?.stop();
});
afterEach(() => app.close());

/** What is wrong, and where. */
async function violations(): Promise<string[]> {
  // What is still fading in has no contrast yet.
  await app.page.waitForFunction(() => {
    const endsSometime = ({ effect }: Animation) => effect?.getTiming().iterations !== Infinity;
    return !document.getAnimations().some((one) => one.playState === 'running' && endsSometime(one));
  });
  await app.page.evaluate(axe);
  return app.page.evaluate(async () => {
    const options = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] };
    const run = (window as unknown as { axe: { run(where: Document, options: object): Promise<Result> } }).axe;
    interface Result {
      readonly violations: readonly {
        readonly id: string;
        readonly help: string;
        readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
      }[];
    }
    const { violations: found } = await run.run(document, options);
    return found.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
  });
}

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  beforeEach(async () => void (app = await openApp(browser, emulator, { theme })));

  test('a list', async () => {
    await app.page.getByRole('gridcell', { name: 'US-001' }).waitFor();
    expect(await violations()).toEqual([]);
  });

  test('a form, saved and unsaved', async () => {
    await app.openCustomer('US-001');
    await app.page.getByText('In step with finance and operations').waitFor();
    expect(await violations()).toEqual([]);
    await app.address('Shipping').getByLabel('Street').fill('12 Harbour Road');
    await app.standing('Unsaved');
    expect(await violations()).toEqual([]);
  });

  test('a new row with what is missing told', async () => {
    await app.close();
    app = await openApp(browser, emulator, { theme, as: admin });
    await app.page.getByRole('gridcell', { name: 'US-001' }).waitFor();
    await app.page.getByRole('menuitem', { name: 'New' }).click();
    await app.save();
    await app.page.getByText('Required fields must be filled in').first().waitFor();
    expect(await violations()).toEqual([]);
  });

  test.each([
    ['link', 'Environment link'],
    ['virtual-tables', 'Virtual tables'],
    ['events', 'Events'],
  ])('integration centre: %s', async (path, heading) => {
    await app.page.goto(`${emulator.origin}/integration-centre/${path}`);
    await app.page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    expect(await violations()).toEqual([]);
  });

  test('runs of flows', async () => {
    await app.page.goto(`${emulator.origin}/integration-centre/flow-runs`);
    await app.page.getByRole('heading', { name: 'Flow runs' }).waitFor();
    expect(await violations()).toEqual([]);
  });

  test('flows, a run with its diagram and details, what is sent and asked', async () => {
    const { value } = await emulator.console('POST', '/flows/Rich%20flow/runs', { text: 'Contoso' });
    await emulator.console('POST', '/idle', { timeoutMs: 30_000 });
    const open = (path: string) => app.page.goto(`${emulator.origin}/integration-centre/${path}`);
    await open(`flow-runs?id=${value[0].id}`);
    await app.page.locator('.node-card[data-path="For_each_account"]').click();
    await app.page.getByRole('complementary').waitFor();
    expect(await violations()).toEqual([]);
    await open('flows');
    await app.page.getByRole('button', { name: 'Run Rich flow' }).click();
    await app.page.getByRole('textbox', { name: 'Customer' }).waitFor();
    expect(await violations()).toEqual([]);
    for (const [path, button] of [
      ['approvals', 'Raise the limit of Contoso'],
      ['outbox', 'It failed'],
    ] as const) {
      await open(path);
      await app.page.getByRole('button', { name: button }).first().click();
      await app.page.getByRole('heading', { name: button, level: 2 }).waitFor();
      expect(await violations()).toEqual([]);
    }
  });
});
